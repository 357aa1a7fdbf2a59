// libfribidi is opened when the first character is met that is written from right to left.
#include "shim.h"
#include "../lazy.h"

// Macros of the header, which only reorder arguments.
#undef fribidi_get_bidi_types
#undef fribidi_get_bracket_types
#undef fribidi_get_par_embedding_levels_ex
#undef fribidi_get_mirror_char

#define FUNCTIONS(F)                                                                            \
  F(void, fribidi_get_bidi_types,                                                               \
    (const FriBidiChar *text, const FriBidiStrIndex count, FriBidiCharType *types),             \
    (text, count, types))                                                                       \
  F(void, fribidi_get_bracket_types,                                                            \
    (const FriBidiChar *text, const FriBidiStrIndex count, const FriBidiCharType *types,        \
     FriBidiBracketType *brackets),                                                             \
    (text, count, types, brackets))                                                             \
  F(FriBidiLevel, fribidi_get_par_embedding_levels_ex,                                          \
    (const FriBidiCharType *types, const FriBidiBracketType *brackets,                          \
     const FriBidiStrIndex count, FriBidiParType *base, FriBidiLevel *levels),                  \
    (types, brackets, count, base, levels))                                                     \
  F(fribidi_boolean, fribidi_get_mirror_char, (FriBidiChar letter, FriBidiChar *mirrored),      \
    (letter, mirrored))

#define VARIADIC(F)

LAZY_LIBRARY(cfribidi, "libfribidi.so.0", FUNCTIONS, VARIADIC)
