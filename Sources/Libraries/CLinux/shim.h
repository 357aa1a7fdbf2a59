#include <spawn.h>
#include <sys/prctl.h>

/* Variadic, which Swift does not call: forbids core dumps and other processes' looks into memory. */
static inline int linux_forbid_dumps(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

/* Declared by glibc only under feature macros that Swift's Glibc module does not set. */
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
int pipe2(int ends[2], int flags);
int pidfd_open(int process, unsigned int flags);
static inline short linux_spawn_new_session(void) { return 0x80; /* POSIX_SPAWN_SETSID */ }
