#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <term.h>
#include <wchar.h>

/* Declared by glibc only under feature macros that Swift's Glibc module does not set. */
int wcwidth(wchar_t character);
int memfd_create(const char *name, unsigned int flags);

/* A file in memory, which no program that is started takes over; -1 where there is none. */
static inline int memory_file(const char *name) { return memfd_create(name, 1 /* MFD_CLOEXEC */); }

/* Swift 6 does not read mutable C globals, and stdin and stdout are such. */
static inline SCREEN *curses_open(const char *terminal) {
  return newterm(terminal, stdout, stdin);
}
static inline WINDOW *curses_standard_screen(void) { return stdscr; }
static inline int curses_color_pairs(void) { return COLOR_PAIRS; }

/* Attributes are macros with casts, which Swift does not import. */
static inline attr_t curses_bold(void) { return A_BOLD; }
static inline attr_t curses_dim(void) { return A_DIM; }
static inline attr_t curses_underline(void) { return A_UNDERLINE; }
static inline attr_t curses_reverse(void) { return A_REVERSE; }
static inline attr_t curses_italic(void) { return A_ITALIC; }

/* Writes text at a place in one look; the pair of colours is a short. */
static inline int curses_put(
    WINDOW *window, int row, int column, const wchar_t *text, int length, attr_t attributes,
    short pair) {
  wattr_set(window, attributes, pair, NULL);
  return mvwaddnwstr(window, row, column, text, length);
}
