#include <linux/fs.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/types.h>

/* Variadic, which Swift does not call: forbids core dumps and other processes' looks into memory. */
static inline int linux_forbid_dumps(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

/* A macro with a cast: all threads allocate from one heap. */
static inline void linux_use_one_heap(void) { mallopt(M_ARENA_MAX, 1); }

/* Declared by glibc only under feature macros that Swift's Glibc module does not set. */
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
int pipe2(int ends[2], int flags);
int pidfd_open(int process, unsigned int flags);
int posix_openpt(int flags);
int grantpt(int terminal);
int unlockpt(int terminal);
char *ptsname(int terminal);
ssize_t copy_file_range(int from, long *fromOffset, int to, long *toOffset, size_t count,
                        unsigned int flags);
int sync_file_range(int file, long offset, long count, unsigned int flags);

/* A program starts as from a shell, whatever we do about signals: none is blocked, each does what it
   does by itself. In a session of its own it has no terminal but one that it opens. */
static inline void linux_spawn_afresh(posix_spawnattr_t *attributes, int in_new_session) {
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_init(attributes);
  posix_spawnattr_setsigmask(attributes, &none);
  posix_spawnattr_setsigdefault(attributes, &all);
  posix_spawnattr_setflags(
      attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                      (in_new_session ? 0x80 /* POSIX_SPAWN_SETSID */ : 0));
}

/* Makes a child's group of its own the one that a terminal is for. */
static inline int linux_spawn_with_terminal(posix_spawn_file_actions_t *actions,
                                            posix_spawnattr_t *attributes, int terminal) {
  posix_spawnattr_setpgroup(attributes, 0);
  short flags = 0;
  posix_spawnattr_getflags(attributes, &flags);
  posix_spawnattr_setflags(attributes, flags | POSIX_SPAWN_SETPGROUP);
  return posix_spawn_file_actions_addtcsetpgrp_np(actions, terminal);
}

/* Has a file share the bytes of another. */
static inline int linux_clone_file(int to, int from) { return ioctl(to, FICLONE, from); }
/* Writes a range of a file to the disk and waits for it (SYNC_FILE_RANGE_WAIT_BEFORE, _WRITE and
   _WAIT_AFTER). */
static inline int linux_flush_range(int file, long offset, long count) {
  return sync_file_range(file, offset, count, 7);
}

/* What CFRunLoop serves the main queue with on Linux, exported for it by libdispatch: a descriptor
   that is readable while the queue has something to do, and doing that, on the main thread alone. */
int _dispatch_get_main_queue_handle_4CF(void);
void _dispatch_main_queue_callback_4CF(void *unused);

/* Declared by glibc only under a feature macro. The second waits with another set of blocked
   signals. */
void *memmem(const void *bytes, size_t count, const void *sought, size_t length);
int ppoll(struct pollfd *places, nfds_t count, const struct timespec *longest, const sigset_t *blocked);
