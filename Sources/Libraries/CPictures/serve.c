// One picture, from a file to pixels that are small enough to be shown.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "shim.h"

static unsigned long read_all(uint8_t *bytes, unsigned long most) {
  unsigned long count = 0;
  while (count < most) {
    ssize_t more = read(STDIN_FILENO, bytes + count, most - count);
    if (more <= 0) break;
    count += (unsigned long)more;
  }
  return count;
}

static int write_all(const uint8_t *bytes, unsigned long count) {
  while (count > 0) {
    ssize_t done = write(STDOUT_FILENO, bytes, count);
    if (done <= 0) return 0;
    bytes += done;
    count -= (unsigned long)done;
  }
  return 1;
}

// Each pixel of the smaller picture is the mean of those that it stands for.
static void scale(const cpictures_image *from, uint8_t *to, uint32_t width, uint32_t height) {
  for (uint32_t y = 0; y < height; y++) {
    uint32_t top = (uint64_t)y * from->height / height;
    uint32_t bottom = (uint64_t)(y + 1) * from->height / height;
    if (bottom == top) bottom++;
    for (uint32_t x = 0; x < width; x++) {
      uint32_t left = (uint64_t)x * from->width / width;
      uint32_t right = (uint64_t)(x + 1) * from->width / width;
      if (right == left) right++;
      uint64_t sum[4] = {0, 0, 0, 0};
      for (uint32_t v = top; v < bottom; v++) {
        const uint8_t *pixel = from->pixels + ((size_t)v * from->width + left) * 4;
        for (uint32_t u = left; u < right; u++)
          for (int i = 0; i < 4; i++) sum[i] += *pixel++;
      }
      uint64_t count = (uint64_t)(bottom - top) * (right - left);
      for (int i = 0; i < 4; i++) *to++ = (uint8_t)(sum[i] / count);
    }
  }
}

// Exif's orientations: 2 to 4 mirror and turn by half, 5 to 8 exchange rows and columns as well.
static uint8_t *turned(const uint8_t *pixels, uint32_t *width, uint32_t *height, int turn) {
  uint32_t w = *width, h = *height;
  uint8_t *result = malloc((size_t)w * h * 4);
  if (!result) return NULL;
  int swaps = turn >= 5;
  for (uint32_t y = 0; y < h; y++) {
    for (uint32_t x = 0; x < w; x++) {
      uint32_t u = swaps ? y : x, v = swaps ? x : y;
      uint32_t columns = swaps ? h : w, rows = swaps ? w : h;
      if (turn == 2 || turn == 3 || turn == 6 || turn == 7) u = columns - 1 - u;
      if (turn == 3 || turn == 4 || turn == 7 || turn == 8) v = rows - 1 - v;
      memcpy(result + ((size_t)v * columns + u) * 4, pixels + ((size_t)y * w + x) * 4, 4);
    }
  }
  if (swaps) {
    *width = h;
    *height = w;
  }
  return result;
}

static void put(uint8_t *at, uint32_t value) {
  for (int i = 0; i < 4; i++) at[i] = (uint8_t)(value >> 8 * i);
}

int cpictures_serve(int side) {
  if (side < 1 || side > 4096) return cpictures_large;
  // Libraries are opened before files cannot be any more.
  const char *no_png = cpng_failure(), *no_jpeg = cjpeg_failure();
  if (cpictures_lock()) return cpictures_missing;
  uint8_t *bytes = malloc(CPICTURES_BYTES + 1);
  if (!bytes) return cpictures_large;
  unsigned long count = read_all(bytes, CPICTURES_BYTES + 1);
  if (count > CPICTURES_BYTES) return cpictures_large;
  cpictures_image image = {0};
  int code = cpictures_unknown;
  if (count > 8 && !memcmp(bytes, "\x89PNG\r\n\x1a\n", 8)) {
    code = no_png ? cpictures_missing : cpng_decode(bytes, count, &image);
  } else if (count > 3 && !memcmp(bytes, "\xff\xd8\xff", 3)) {
    code = no_jpeg ? cpictures_missing : cjpeg_decode(bytes, count, (uint32_t)side, &image);
  }
  if (code != cpictures_done) return code;
  if (!image.width || !image.height) return cpictures_broken;
  uint32_t width = image.width, height = image.height;
  uint32_t longest = width > height ? width : height;
  if (longest > (uint32_t)side) {
    width = (uint32_t)((uint64_t)width * (uint32_t)side / longest);
    height = (uint32_t)((uint64_t)height * (uint32_t)side / longest);
    if (!width) width = 1;
    if (!height) height = 1;
  }
  uint8_t *small = malloc((size_t)width * height * 4);
  if (!small) return cpictures_large;
  scale(&image, small, width, height);
  uint8_t *shown = turned(small, &width, &height, image.turn);
  if (!shown) return cpictures_large;
  uint8_t head[8];
  put(head, width);
  put(head + 4, height);
  return write_all(head, 8) && write_all(shown, (unsigned long)width * height * 4)
             ? cpictures_done
             : cpictures_broken;
}
