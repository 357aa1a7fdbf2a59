#include <chafa/chafa-term-seq-def.h>
