// JPEG by libjpeg-turbo, decoded no larger than it has to be.
#include <stdio.h>
#include <unistd.h>
#include <jpeglib.h>
#include "shim.h"
#include "../lazy.h"

#define FUNCTIONS(F)                                                                            \
  F(struct jpeg_error_mgr *, jpeg_std_error, (struct jpeg_error_mgr *errors), (errors))         \
  F(void, jpeg_CreateDecompress, (j_decompress_ptr it, int version, size_t size),               \
    (it, version, size))                                                                        \
  F(void, jpeg_mem_src, (j_decompress_ptr it, const unsigned char *bytes, unsigned long count), \
    (it, bytes, count))                                                                         \
  F(void, jpeg_save_markers, (j_decompress_ptr it, int marker, unsigned int limit),             \
    (it, marker, limit))                                                                        \
  F(int, jpeg_read_header, (j_decompress_ptr it, boolean whole), (it, whole))                   \
  F(void, jpeg_calc_output_dimensions, (j_decompress_ptr it), (it))                             \
  F(boolean, jpeg_start_decompress, (j_decompress_ptr it), (it))                                \
  F(JDIMENSION, jpeg_read_scanlines, (j_decompress_ptr it, JSAMPARRAY lines, JDIMENSION most),  \
    (it, lines, most))

#define VARIADIC(F)

LAZY_LIBRARY(cjpeg, "libjpeg.so.62", FUNCTIONS, VARIADIC)

// The process is there for this picture alone: nothing has to be put in order.
static void give_up(j_common_ptr it) {
  (void)it;
  _exit(cpictures_broken);
}

static void say_nothing(j_common_ptr it) { (void)it; }

static unsigned number(const uint8_t *at, int count, int is_little) {
  unsigned value = 0;
  for (int i = 0; i < count; i++) value |= at[i] << 8 * (is_little ? i : count - 1 - i);
  return value;
}

// How the camera was held (Exif's tag 0x0112).
static int turn(const struct jpeg_marker_struct *marker) {
  for (; marker; marker = marker->next) {
    const uint8_t *data = marker->data;
    unsigned count = marker->data_length;
    if (marker->marker != JPEG_APP0 + 1 || count < 14 || memcmp(data, "Exif\0\0", 6)) continue;
    data += 6;
    count -= 6;
    int is_little = data[0] == 'I';
    unsigned first = number(data + 4, 4, is_little);
    if (first > count - 2) return 1;
    unsigned entries = number(data + first, 2, is_little);
    for (unsigned i = 0; i < entries; i++) {
      unsigned at = first + 2 + 12 * i;
      if (at + 12 > count) return 1;
      if (number(data + at, 2, is_little) != 0x0112) continue;
      unsigned value = number(data + at + 8, 2, is_little);
      return value >= 1 && value <= 8 ? (int)value : 1;
    }
  }
  return 1;
}

int cjpeg_decode(const uint8_t *bytes, unsigned long count, uint32_t side, cpictures_image *it) {
  struct jpeg_decompress_struct jpeg;
  struct jpeg_error_mgr errors;
  jpeg.err = jpeg_std_error(&errors);
  errors.error_exit = give_up;
  errors.output_message = say_nothing;
  jpeg_CreateDecompress(&jpeg, JPEG_LIB_VERSION, sizeof jpeg);
  jpeg_mem_src(&jpeg, bytes, count);
  jpeg_save_markers(&jpeg, JPEG_APP0 + 1, 0xffff);
  if (jpeg_read_header(&jpeg, TRUE) != JPEG_HEADER_OK) return cpictures_broken;
  if (jpeg.image_width > CPICTURES_SIDE || jpeg.image_height > CPICTURES_SIDE ||
      (uint64_t)jpeg.image_width * jpeg.image_height > CPICTURES_PIXELS)
    return cpictures_large;
  jpeg.out_color_space = JCS_EXT_RGBA;
  // The smallest of the sizes in which it is decoded at once that loses nothing that is shown.
  jpeg.scale_denom = 8;
  for (jpeg.scale_num = 1; jpeg.scale_num < 8; jpeg.scale_num++) {
    jpeg_calc_output_dimensions(&jpeg);
    if (jpeg.output_width >= side || jpeg.output_height >= side) break;
  }
  if (!jpeg_start_decompress(&jpeg)) return cpictures_broken;
  it->width = jpeg.output_width;
  it->height = jpeg.output_height;
  it->pixels = malloc((size_t)it->width * it->height * 4);
  if (!it->pixels) return cpictures_large;
  while (jpeg.output_scanline < jpeg.output_height) {
    JSAMPROW line = it->pixels + (size_t)jpeg.output_scanline * it->width * 4;
    if (!jpeg_read_scanlines(&jpeg, &line, 1)) return cpictures_broken;
  }
  it->turn = turn(jpeg.marker_list);
  return cpictures_done;
}
