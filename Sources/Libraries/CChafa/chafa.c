// libchafa brings GLib: it is opened when the first picture is looked at.
#include "borrowed/glib.h"
// One by one: the header of all of them looks for its parts in a directory that only its own package
// names to the compiler.
#define __CHAFA_H_INSIDE__
#include <chafa/chafa-version-macros.h>
#include <chafa/chafa-common.h>
#include <chafa/chafa-canvas-config.h>
#include <chafa/chafa-term-info.h>
#include <chafa/chafa-canvas.h>
#include <chafa/chafa-symbol-map.h>
#include <chafa/chafa-term-db.h>
#include "shim.h"
#include "../lazy.h"

#define FUNCTIONS(F)                                                                            \
  F(ChafaCanvasConfig *, chafa_canvas_config_new, (void), ())                                   \
  F(void, chafa_canvas_config_unref, (ChafaCanvasConfig *config), (config))                     \
  F(void, chafa_canvas_config_set_geometry, (ChafaCanvasConfig *config, gint width, gint height), \
    (config, width, height))                                                                    \
  F(void, chafa_canvas_config_set_cell_geometry,                                                \
    (ChafaCanvasConfig *config, gint width, gint height), (config, width, height))              \
  F(void, chafa_canvas_config_set_canvas_mode,                                                  \
    (ChafaCanvasConfig *config, ChafaCanvasMode mode), (config, mode))                          \
  F(void, chafa_canvas_config_set_pixel_mode,                                                   \
    (ChafaCanvasConfig *config, ChafaPixelMode mode), (config, mode))                           \
  F(void, chafa_canvas_config_set_symbol_map,                                                   \
    (ChafaCanvasConfig *config, const ChafaSymbolMap *map), (config, map))                      \
  F(ChafaSymbolMap *, chafa_symbol_map_new, (void), ())                                         \
  F(void, chafa_symbol_map_unref, (ChafaSymbolMap *map), (map))                                 \
  F(void, chafa_symbol_map_add_by_tags, (ChafaSymbolMap *map, ChafaSymbolTags tags), (map, tags)) \
  F(ChafaCanvas *, chafa_canvas_new, (const ChafaCanvasConfig *config), (config))               \
  F(void, chafa_canvas_unref, (ChafaCanvas *canvas), (canvas))                                  \
  F(void, chafa_canvas_draw_all_pixels,                                                         \
    (ChafaCanvas *canvas, ChafaPixelType type, const guint8 *pixels, gint width, gint height,   \
     gint stride),                                                                              \
    (canvas, type, pixels, width, height, stride))                                              \
  F(gunichar, chafa_canvas_get_char_at, (ChafaCanvas *canvas, gint x, gint y), (canvas, x, y))  \
  F(void, chafa_canvas_get_raw_colors_at,                                                       \
    (ChafaCanvas *canvas, gint x, gint y, gint *ink, gint *ground), (canvas, x, y, ink, ground)) \
  F(GString *, chafa_canvas_print, (ChafaCanvas *canvas, ChafaTermInfo *info), (canvas, info))  \
  F(ChafaTermDb *, chafa_term_db_get_default, (void), ())                                       \
  F(ChafaTermInfo *, chafa_term_db_get_fallback_info, (ChafaTermDb *db), (db))                  \
  F(void, chafa_term_info_unref, (ChafaTermInfo *info), (info))

#define VARIADIC(F)

LAZY_LIBRARY(cchafa, "libchafa.so.0", FUNCTIONS, VARIADIC)

static ChafaCanvas *drawn(const uint8_t *pixels, int width, int height, ChafaCanvasConfig *config) {
  ChafaCanvas *canvas = chafa_canvas_new(config);
  if (canvas) {
    chafa_canvas_draw_all_pixels(canvas, CHAFA_PIXEL_RGBA8_UNASSOCIATED, pixels, width, height,
                                 width * 4);
  }
  return canvas;
}

int cchafa_draw(const uint8_t *pixels, int width, int height, int columns, int rows,
                cchafa_cell *cells) {
  ChafaCanvasConfig *config = chafa_canvas_config_new();
  ChafaSymbolMap *map = chafa_symbol_map_new();
  // Blocks, which every font draws edge to edge.
  chafa_symbol_map_add_by_tags(map, CHAFA_SYMBOL_TAG_SPACE | CHAFA_SYMBOL_TAG_BLOCK);
  chafa_canvas_config_set_symbol_map(config, map);
  chafa_canvas_config_set_geometry(config, columns, rows);
  // Without the sixteen colours that everybody sets as they like.
  chafa_canvas_config_set_canvas_mode(config, CHAFA_CANVAS_MODE_INDEXED_240);
  chafa_canvas_config_set_pixel_mode(config, CHAFA_PIXEL_MODE_SYMBOLS);
  ChafaCanvas *canvas = drawn(pixels, width, height, config);
  if (canvas) {
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        cchafa_cell *cell = &cells[y * columns + x];
        cell->letter = chafa_canvas_get_char_at(canvas, x, y);
        gint ink = -1, ground = -1;
        chafa_canvas_get_raw_colors_at(canvas, x, y, &ink, &ground);
        cell->ink = ink >= 0 && ink < 256 ? ink : -1;
        cell->ground = ground >= 0 && ground < 256 ? ground : -1;
      }
    }
    chafa_canvas_unref(canvas);
  }
  chafa_symbol_map_unref(map);
  chafa_canvas_config_unref(config);
  return canvas != NULL;
}

char *cchafa_sequence(const uint8_t *pixels, int width, int height, int columns, int rows,
                      int cell_width, int cell_height, int is_kitty, size_t *count) {
  ChafaCanvasConfig *config = chafa_canvas_config_new();
  chafa_canvas_config_set_geometry(config, columns, rows);
  chafa_canvas_config_set_cell_geometry(config, cell_width, cell_height);
  chafa_canvas_config_set_canvas_mode(config, CHAFA_CANVAS_MODE_TRUECOLOR);
  chafa_canvas_config_set_pixel_mode(
      config, is_kitty ? CHAFA_PIXEL_MODE_KITTY : CHAFA_PIXEL_MODE_SIXELS);
  ChafaCanvas *canvas = drawn(pixels, width, height, config);
  char *bytes = NULL;
  if (canvas) {
    ChafaTermInfo *info = chafa_term_db_get_fallback_info(chafa_term_db_get_default());
    GString *text = info ? chafa_canvas_print(canvas, info) : NULL;
    // The string itself stays: GLib alone could free it, and it is as small as a picture's description.
    if (text && text->len > 0 && (bytes = malloc(text->len))) {
      memcpy(bytes, text->str, text->len);
      *count = text->len;
    }
    // GLib allocates by malloc.
    if (text) {
      free(text->str);
      text->str = NULL;
    }
    if (info) chafa_term_info_unref(info);
    chafa_canvas_unref(canvas);
  }
  chafa_canvas_config_unref(config);
  return bytes;
}
