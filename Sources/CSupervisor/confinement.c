#define _GNU_SOURCE
#include "confinement.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int confine(const struct program_confinement *confinement, int rules) {
  for (size_t index = 0; index < confinement->limit_count; index++) {
    struct resource_limit limit = confinement->limits[index];
    struct rlimit now;
    if (getrlimit(limit.resource, &now) != 0) return -1;
    if (now.rlim_max > limit.most) now.rlim_max = limit.most;
    /* For core dumps, one byte is stricter than zero: at zero the kernel still runs a program that takes the dump. */
    if (now.rlim_cur > now.rlim_max || limit.resource == RLIMIT_CORE) now.rlim_cur = now.rlim_max;
    if (setrlimit(limit.resource, &now) != 0) return -1;
  }
  if (confinement->gains_nothing && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
  if (confinement->rules >= 0 && syscall(SYS_landlock_restrict_self, rules, 0) != 0) return -1;
  return 0;
}

int landlock_version(void) {
  const int asks_version = 1;
  return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, asks_version);
}

int landlock_rules(const struct landlock_handled *handled, size_t size) {
  return (int)syscall(SYS_landlock_create_ruleset, handled, size, 0);
}

/* Opens what has no symbolic link in its path: one that is there now was put there since the path was looked at. */
static int open_without_links(const char *path) {
  /* struct open_how of openat2(2), which glibc does not declare. Landlock is newer than that call. */
  struct {
    uint64_t flags, mode, resolve;
  } how = {O_PATH | O_CLOEXEC, 0, 0x04 /* RESOLVE_NO_SYMLINKS */};
  int file = (int)syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof how);
  /* A container may not let it through. */
  if (file < 0 && (errno == ENOSYS || errno == EPERM)) file = open(path, O_PATH | O_CLOEXEC | O_NOFOLLOW);
  return file;
}

int landlock_allow(int rules, const char *path, uint64_t rights, int follows_links) {
  /* struct landlock_path_beneath_attr */
  struct __attribute__((packed)) {
    uint64_t rights;
    int32_t file;
  } rule = {rights, follows_links ? open(path, O_PATH | O_CLOEXEC) : open_without_links(path)};
  if (rule.file < 0) return -1;
  const int path_beneath = 1;
  int result = (int)syscall(SYS_landlock_add_rule, rules, path_beneath, &rule, 0);
  int failure = errno;
  close(rule.file);
  errno = failure;
  return result;
}

/* Runs a program of the system and waits for its end. */
static void run(const char *path, char *const *arguments) {
  pid_t started = vfork();
  if (started == 0) {
    char *const environment[] = {NULL};
    execve(path, arguments, environment);
    _exit(127);
  }
  while (started > 0 && waitpid(started, NULL, 0) < 0 && errno == EINTR) {}
}

void remove_folder(const char *path) {
  /* It usually holds nothing. */
  if (rmdir(path) == 0 || errno == ENOENT) return;
  char *folder = (char *)path;
  /* If the program has put a link in its place, chmod(1) would follow it. */
  int file = open(path, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (file < 0) {
    unlink(path);
    return;
  }
  close(file);
  /* A folder that its owner may not write to cannot be emptied. */
  run("/bin/chmod", (char *const[]){"chmod", "-R", "u+rwX", "--", folder, NULL});
  run("/bin/rm", (char *const[]){"rm", "-rf", "--one-file-system", "--", folder, NULL});
}
