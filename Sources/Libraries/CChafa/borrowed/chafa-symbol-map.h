#include <chafa/chafa-symbol-map.h>
