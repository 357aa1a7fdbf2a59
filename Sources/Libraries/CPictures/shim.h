#include <stdint.h>

// Decoding pictures that somebody has sent. It is done by a process of its own, which has been given up
// before it begins: it can read its input, write its output and end, and nothing else.

/// How the decoding ended: the exit code of that process.
enum {
  cpictures_done = 0,
  cpictures_unknown = 3,  // neither PNG nor JPEG
  cpictures_broken = 4,   // it says that it is one, and is not
  cpictures_large = 5,    // more bytes or pixels than are decoded
  cpictures_missing = 6,  // the library is not installed
};

/// What is decoded at most: bytes of a file, pixels of a side and of the whole.
#define CPICTURES_BYTES (8 << 20)
#define CPICTURES_SIDE 16384
#define CPICTURES_PIXELS (32 << 20)

/// Reads a PNG or JPEG file from standard input and writes it to standard output: width and height, four
/// bytes each, the least first, then red, green, blue and opacity of each pixel. No side is longer
/// than `side` pixels then.
///
/// Returns one of the codes above; a file that makes a library fail ends the process at once.
int cpictures_serve(int side);

// What the parts of it share.

typedef struct {
  uint8_t *pixels;  // red, green, blue, opacity
  uint32_t width;
  uint32_t height;
  int turn;  // as Exif counts orientations, 1 to 8
} cpictures_image;

/// Opens the library and says why that failed, or NULL.
const char *cpng_failure(void);
const char *cjpeg_failure(void);
int cpng_decode(const uint8_t *bytes, unsigned long count, cpictures_image *image);
int cjpeg_decode(const uint8_t *bytes, unsigned long count, uint32_t side, cpictures_image *image);
/// From here on the process can read, write, and end.
int cpictures_lock(void);
