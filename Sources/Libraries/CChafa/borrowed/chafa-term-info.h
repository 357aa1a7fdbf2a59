#include <chafa/chafa-term-info.h>
