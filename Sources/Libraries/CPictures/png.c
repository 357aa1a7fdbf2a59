// PNG by libpng's simple interface.
#include <png.h>
#include "shim.h"
#include "../lazy.h"

#define FUNCTIONS(F)                                                                            \
  F(int, png_image_begin_read_from_memory,                                                      \
    (png_imagep image, png_const_voidp memory, size_t size), (image, memory, size))             \
  F(int, png_image_finish_read,                                                                 \
    (png_imagep image, png_const_colorp background, void *buffer, png_int_32 stride, void *map), \
    (image, background, buffer, stride, map))                                                   \
  F(void, png_image_free, (png_imagep image), (image))

#define VARIADIC(F)

LAZY_LIBRARY(cpng, "libpng16.so.16", FUNCTIONS, VARIADIC)

int cpng_decode(const uint8_t *bytes, unsigned long count, cpictures_image *it) {
  png_image image;
  memset(&image, 0, sizeof image);
  image.version = PNG_IMAGE_VERSION;
  // The header alone: what follows is not touched before its size is known.
  if (!png_image_begin_read_from_memory(&image, bytes, count)) return cpictures_broken;
  if (image.width > CPICTURES_SIDE || image.height > CPICTURES_SIDE ||
      (uint64_t)image.width * image.height > CPICTURES_PIXELS)
    return cpictures_large;
  image.format = PNG_FORMAT_RGBA;
  it->pixels = malloc((size_t)image.width * image.height * 4);
  if (!it->pixels) return cpictures_large;
  if (!png_image_finish_read(&image, NULL, it->pixels, 0, NULL)) return cpictures_broken;
  it->width = image.width;
  it->height = image.height;
  it->turn = 1;
  return cpictures_done;
}
