/* Calls of the C library and of pcsc-lite that fail as the environment asks, and are otherwise the real ones.
 *
 * It is loaded before them (LD_PRELOAD), for faults that no test can bring about: a disk that loses what was written, a folder
 * that cannot be read to its end, a service that reports one more reader each time. Variables:
 *
 *   FAULTY_FSYNC=FILE, FAULTY_FTRUNCATE=FILE   the call on that file fails with EIO
 *   FAULTY_WRITE=FILE                          the call on that file writes its first byte only
 *   FAULTY_READDIR=FOLDER                      the call on that folder fails with EIO after the first entry
 *   FAULTY_CLOCK=SECONDS                       the real-time clock stands there, and goes on; negative: before 1970
 *   FAULTY_CLOCK_BACK=CALLS                    from that call of the clock on it shows one day less
 *   FAULTY_LANDLOCK=off, none or NUMBER        the kernel was started without Landlock, has none, or offers that version of its ABI
 *   FAULTY_READERS                             SCardListReaders always has one reader more than there is space for
 *   CALLS=FILE                                 SCardEstablishContext and SCardReleaseContext each add a line to that file
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* Whether the descriptor is of the file or folder that the variable names. */
static int is_named(const char *variable, int descriptor) {
  const char *path = getenv(variable);
  char link[64], target[PATH_MAX];
  if (!path) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, target, sizeof target - 1);
  if (length < 0) return 0;
  target[length] = 0;
  return !strcmp(target, path);
}

int fsync(int descriptor) {
  if (!is_named("FAULTY_FSYNC", descriptor)) return REAL(fsync)(descriptor);
  errno = EIO;
  return -1;
}

int ftruncate(int descriptor, off_t length) {
  if (!is_named("FAULTY_FTRUNCATE", descriptor)) return REAL(ftruncate)(descriptor, length);
  errno = EIO;
  return -1;
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
  return REAL(write)(descriptor, bytes, count > 1 && is_named("FAULTY_WRITE", descriptor) ? 1 : count);
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  static long long start;
  static int calls;
  int status = REAL(clock_gettime)(clock, time);
  if (status || clock != CLOCK_REALTIME) return status;
  const char *first = getenv("FAULTY_CLOCK"), *back = getenv("FAULTY_CLOCK_BACK");
  if (first) {
    if (!start) start = time->tv_sec;
    time->tv_sec = atoll(first) + (time->tv_sec - start);
  }
  if (back && calls++ >= atoi(back)) time->tv_sec -= 86400;
  return 0;
}

struct dirent *readdir(DIR *stream) {
  static int entries;
  if (!is_named("FAULTY_READDIR", dirfd(stream)) || entries++ == 0) return REAL(readdir)(stream);
  errno = EIO;
  return NULL;
}

/* Found beforehand, as nothing may be looked up after a fork. */
static long (*real_syscall)(long, ...);
static const char *landlock;
__attribute__((constructor)) static void prepare(void) {
  real_syscall = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
  landlock = getenv("FAULTY_LANDLOCK");
}

long syscall(long number, ...) {
  va_list list;
  va_start(list, number);
  long given[6];
  for (int k = 0; k < 6; k++) given[k] = va_arg(list, long);
  va_end(list);
  if (number == SYS_landlock_create_ruleset && landlock && !given[0] && given[2] == 1) {
    long version = strtol(landlock, NULL, 10);
    if (version > 0) return version;
    errno = !strcmp(landlock, "off") ? EOPNOTSUPP : ENOSYS;
    return -1;
  }
  if (!real_syscall) prepare();
  return real_syscall(number, given[0], given[1], given[2], given[3], given[4], given[5]);
}

/* PC/SC part 5, as pcsc-lite declares it. */
typedef long LONG;
typedef unsigned long DWORD;

static void note(const char *call) {
  const char *path = getenv("CALLS");
  FILE *file = path ? fopen(path, "a") : NULL;
  if (!file) return;
  fprintf(file, "%s\n", call);
  fclose(file);
}

LONG SCardListReaders(LONG context, const char *groups, char *readers, DWORD *length);
LONG SCardListReaders(LONG context, const char *groups, char *readers, DWORD *length) {
  LONG status = REAL(SCardListReaders)(context, groups, readers, length);
  if (!getenv("FAULTY_READERS") || !readers) return status;
  *length += 16;
  return (LONG)0x80100008; /* SCARD_E_INSUFFICIENT_BUFFER */
}

LONG SCardEstablishContext(DWORD scope, const void *first, const void *second, LONG *context);
LONG SCardEstablishContext(DWORD scope, const void *first, const void *second, LONG *context) {
  note("SCardEstablishContext");
  return REAL(SCardEstablishContext)(scope, first, second, context);
}

LONG SCardReleaseContext(LONG context);
LONG SCardReleaseContext(LONG context) {
  note("SCardReleaseContext");
  return REAL(SCardReleaseContext)(context);
}
