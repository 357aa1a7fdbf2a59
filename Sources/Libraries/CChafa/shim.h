#include <stddef.h>
#include <stdint.h>

/// Opens libchafa, once a process: NULL, or why there is none, in the system's words.
const char *cchafa_failure(void);

/// What stands in one cell of a picture that is made of characters. Colours are numbers of the 256 that
/// terminals have, -1 for none.
typedef struct {
  uint32_t letter;
  int32_t ink;
  int32_t ground;
} cchafa_cell;

/// Draws pixels (red, green, blue and opacity, a byte each) with characters, into `columns * rows` cells;
/// 0 where there is no memory.
int cchafa_draw(const uint8_t *pixels, int width, int height, int columns, int rows, cchafa_cell *cells);

/// The bytes by which a terminal draws pixels at its cursor, to be given back with `free`; NULL where
/// there are none.
///
/// - is_kitty: in kitty's way, otherwise in that of DEC.
/// - cell_width, cell_height: of a cell, in pixels.
char *cchafa_sequence(const uint8_t *pixels, int width, int height, int columns, int rows,
                      int cell_width, int cell_height, int is_kitty, size_t *count);
