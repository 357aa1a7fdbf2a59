// A shared library that is opened when it is first needed and not with the program, because opening
// it and the libraries that it needs itself takes longer than the way to the first picture may.
//
// A file of C names the functions that the program calls and defines each of them: it passes the call
// on to the library's function of the same name. The compiler compares every definition with the
// library's header, and the linker reports a function that nobody has defined.
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// - prefix: of `prefix_failure()`, which opens the library and says why that failed, or NULL.
// - file: the library's name with the version that its header belongs to.
// - FUNCTIONS(F): F(result, name, (parameters), (arguments)) for each function.
// - VARIADIC(F): F(name) for each one that C cannot pass on; it is called as `library.name(…)`.
#define LAZY_LIBRARY(prefix, file, FUNCTIONS, VARIADIC)                                         \
  static struct { FUNCTIONS(LAZY_FIELD) VARIADIC(LAZY_VARIADIC_FIELD) } library;                \
  static char *failure;                                                                         \
  static pthread_once_t opening = PTHREAD_ONCE_INIT;                                            \
                                                                                                \
  static void *lazy_find(void *opened, const char *name) {                                      \
    void *found = dlsym(opened, name);                                                          \
    if (!found && !failure) failure = strdup(dlerror());                                        \
    return found;                                                                               \
  }                                                                                             \
                                                                                                \
  static void lazy_open(void) {                                                                 \
    /* Global: libssl, which comes with libcurl, is looked for by its names. */                 \
    void *opened = dlopen(file, RTLD_NOW | RTLD_GLOBAL);                                        \
    if (!opened) {                                                                              \
      failure = strdup(dlerror());                                                              \
      return;                                                                                   \
    }                                                                                           \
    FUNCTIONS(LAZY_FIND)                                                                        \
    VARIADIC(LAZY_VARIADIC_FIND)                                                                \
  }                                                                                             \
                                                                                                \
  const char *prefix##_failure(void) {                                                          \
    pthread_once(&opening, lazy_open);                                                          \
    return failure;                                                                             \
  }                                                                                             \
                                                                                                \
  /* Whoever has not asked whether there is a library has no way to go on without it. */        \
  static void lazy_need(void) {                                                                 \
    if (!prefix##_failure()) return;                                                            \
    fprintf(stderr, "%s\n", failure);                                                           \
    abort();                                                                                    \
  }                                                                                             \
  FUNCTIONS(LAZY_DEFINITION)

#define LAZY_FIELD(result, name, parameters, arguments) __typeof__(name) *name;
#define LAZY_VARIADIC_FIELD(name) __typeof__(name) *name;
#define LAZY_FIND(result, name, parameters, arguments) LAZY_VARIADIC_FIND(name)
#define LAZY_VARIADIC_FIND(name) library.name = (__typeof__(name) *)lazy_find(opened, #name);
#define LAZY_DEFINITION(result, name, parameters, arguments)                                    \
  result name parameters {                                                                      \
    lazy_need();                                                                                \
    return library.name arguments;                                                              \
  }
