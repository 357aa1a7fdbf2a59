#include <fribidi/fribidi.h>

/// Opens libfribidi, once a process: NULL, or why there is none, in the system's words.
const char *cfribidi_failure(void);
