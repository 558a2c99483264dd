#define _GNU_SOURCE
#include "CSupervisor.h"
#include "confinement.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/*
 * The supervisor is a fork of a process that may have many threads, and does not call execve(2). After the fork it may
 * therefore only call the functions that signal-safety(7) lists, and bare system calls.
 *
 * It is the subreaper of the program: a descendant of the program that loses its parent becomes a child of the
 * supervisor. All of the supervisor's children are therefore descendants of the program.
 */

/* The number of the channel in the supervisor. */
#define CHANNEL 3
/* The number of Landlock's rules for the program, if there are any. */
#define RULES 4
/* How long to wait for the remaining processes to end after SIGKILL, in seconds. */
#define PATIENCE 5

static void say(int event, int value) {
  struct supervisor_message message = {event, value};
  send(CHANNEL, &message, sizeof message, MSG_NOSIGNAL | MSG_DONTWAIT);
}

/* Does nothing: the signal only interrupts ppoll(2). */
static void note_child(int signal) { (void)signal; }

/* Keeps the program's descriptors and the channel, and closes all others: while another process holds an end of a
   pipe, its end cannot be seen. Returns -1 with errno if that fails. */
static int arrange_descriptors(const struct supervised_program *program, int channel) {
  int has_rules = program->confinement.rules >= 0;
  int kept = fcntl(channel, F_DUPFD_CLOEXEC, RULES + 1);
  int rules = has_rules ? fcntl(program->confinement.rules, F_DUPFD_CLOEXEC, RULES + 1) : -1;
  if (kept < 0 || dup2(program->input, 0) < 0 || dup2(program->output, 1) < 0 || dup2(program->errors, 2) < 0 ||
      dup3(kept, CHANNEL, O_CLOEXEC) < 0 || (has_rules && dup3(rules, RULES, O_CLOEXEC) < 0))
    return -1;
  int first = has_rules ? RULES + 1 : CHANNEL + 1;
  if (syscall(SYS_close_range, first, ~0U, 0) == 0) return 0;
  /* Linux before 5.9 has no close_range(2). */
  struct rlimit most;
  int end = getrlimit(RLIMIT_NOFILE, &most) == 0 && most.rlim_cur < 65536 ? (int)most.rlim_cur : 65536;
  for (int number = first; number < end; number++) close(number);
  return 0;
}

/* Starts the program in a process group of its own. Returns its process id, or the negative error number. */
static pid_t start(const struct supervised_program *program) {
  /* The child shares this process's memory until execve(2), so that nothing is copied again. */
  volatile int failure = 0;
  pid_t started = vfork();
  if (started == 0) {
    setpgid(0, 0);
    /* The program does not outlive a supervisor that is killed. */
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (confine(&program->confinement, RULES) != 0) {
      failure = errno;
      _exit(127);
    }
    /* Reported before the program can do anything, such as ending the supervisor. */
    say(program_started, getpid());
    execve(program->path, program->arguments, program->environment);
    failure = errno;
    _exit(127);
  }
  if (started < 0) return -errno;
  if (failure == 0) return started;
  waitpid(started, NULL, 0);
  return -failure;
}

/* Whether the program has ended. It is not collected yet, so that its process id and group cannot be reused. */
static int has_ended(pid_t program) {
  for (;;) {
    siginfo_t ended;
    ended.si_pid = 0;
    if (waitid(P_ALL, 0, &ended, WEXITED | WNOHANG | WNOWAIT) != 0) return errno == ECHILD;
    if (ended.si_pid == 0) return 0;
    if (ended.si_pid == program) return 1;
    waitpid(ended.si_pid, NULL, 0);
  }
}

/* Sends SIGKILL to the processes whose ids are listed in a file, separated by characters other than digits. */
static void end_listed(int list) {
  char text[4096];
  pid_t number = 0;
  ssize_t count;
  while ((count = read(list, text, sizeof text)) > 0) {
    for (ssize_t index = 0; index < count; index++) {
      if (text[index] >= '0' && text[index] <= '9') {
        number = number * 10 + (text[index] - '0');
      } else {
        if (number > 1) kill(number, SIGKILL);
        number = 0;
      }
    }
  }
  if (number > 1) kill(number, SIGKILL);
}

/* Returns the parent of a process according to /proc/NUMBER/stat, or 0 if it cannot be read. */
static pid_t parent_of(const char *number) {
  char path[64] = "/proc/";
  if (strlen(number) > 16) return 0;
  strcat(strcat(path, number), "/stat");
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  char text[512];
  ssize_t count = read(file, text, sizeof text - 1);
  close(file);
  if (count <= 0) return 0;
  text[count] = 0;
  /* The name is in parentheses and may contain anything; after it come the state and the parent. */
  char *bracket = strrchr(text, ')');
  if (!bracket || strlen(bracket) < 5) return 0;
  pid_t parent = 0;
  for (char *digit = bracket + 4; *digit >= '0' && *digit <= '9'; digit++) parent = parent * 10 + (*digit - '0');
  return parent;
}

/* Sends SIGKILL to all children, for kernels that do not list them (CONFIG_PROC_CHILDREN). */
static void end_children_in_table(void) {
  /* The process ids in the /proc of another PID namespace belong to other processes. */
  char own[16];
  ssize_t length = readlink("/proc/self", own, sizeof own - 1);
  pid_t self = 0;
  for (ssize_t index = 0; index < length; index++) self = self * 10 + (own[index] - '0');
  if (self != getpid()) return;
  int folder = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;
  /* struct linux_dirent64 (getdents64(2)): the length is at offset 16, the name at offset 19. */
  char entries[4096];
  long count;
  while ((count = syscall(SYS_getdents64, folder, entries, sizeof entries)) > 0) {
    for (long at = 0; at < count;) {
      unsigned short size;
      memcpy(&size, entries + at + 16, sizeof size);
      const char *name = entries + at + 19;
      pid_t number = 0;
      for (const char *digit = name; *digit >= '0' && *digit <= '9'; digit++) number = number * 10 + (*digit - '0');
      if (number > 1 && parent_of(name) == self) kill(number, SIGKILL);
      at += size;
    }
  }
  close(folder);
}

/* Sends SIGKILL to all children. Their process ids cannot be reused before this process collects them. */
static void end_children(void) {
  int list = open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
  if (list < 0) return end_children_in_table();
  end_listed(list);
  close(list);
}

static long milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Ends the program and all its descendants. Returns the program's status, as in waitpid(2). */
static int end_all(pid_t program, const sigset_t *waking) {
  int status_of_program = SIGKILL;
  long end = milliseconds() + PATIENCE * 1000;
  kill(-program, SIGKILL);
  /* The program may have left its process group. */
  kill(program, SIGKILL);
  for (;;) {
    int status;
    pid_t ended;
    while ((ended = waitpid(-1, &status, WNOHANG)) > 0)
      if (ended == program) status_of_program = status;
    /* No child is left, which is usually the case at once. */
    if (ended < 0 || milliseconds() > end) return status_of_program;
    /* The children of a process that ends become ours, so that all levels are reached in turn. */
    end_children();
    struct timespec moment = {0, 10 * 1000 * 1000};
    ppoll(NULL, 0, &moment, waking);
  }
}

static _Noreturn void supervise(const struct supervised_program *program, int channel) {
  prctl(PR_SET_NAME, "cps-supervisor", 0, 0, 0);
  /* No other program of the user may trace it, not even the one that it supervises. */
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  /* If the program has stopped the supervisor, it continues when the caller is gone, and notices that. */
  prctl(PR_SET_PDEATHSIG, SIGCONT, 0, 0, 0);
  /* In a session of its own, signals of the terminal or to our process group reach neither it nor the program. */
  setsid();
  if (arrange_descriptors(program, channel) != 0) {
    struct supervisor_message message = {program_not_started, errno};
    send(channel, &message, sizeof message, MSG_NOSIGNAL | MSG_DONTWAIT);
    _exit(1);
  }
  /* The program starts with default actions for all signals. The supervisor blocks them except in ppoll(2). */
  struct sigaction usual = {.sa_handler = SIG_DFL};
  for (int number = 1; number < NSIG; number++) sigaction(number, &usual, NULL);
  struct sigaction noting = {.sa_handler = note_child};
  sigaction(SIGCHLD, &noting, NULL);
  sigset_t waking;
  sigfillset(&waking);
  sigdelset(&waking, SIGCHLD);
  if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0) {
    say(program_not_started, errno);
    _exit(1);
  }

  const char *folder = program->confinement.folder;
  /* Without it the program has none, for example if /tmp cannot be written to. */
  if (folder && mkdir(folder, 0700) == 0 && program->confinement.rules >= 0)
    landlock_allow(RULES, folder, program->confinement.folder_rights, 1);
  pid_t started = start(program);
  if (started < 0) {
    if (folder) remove_folder(folder);
    say(program_not_started, -started);
    _exit(1);
  }
  for (int number = 0; number < CHANNEL; number++) close(number);
  if (program->confinement.rules >= 0) close(RULES);
  /* The supervisor must not keep a folder in use. */
  (void)!chdir("/");
  while (!has_ended(started)) {
    struct pollfd asked = {.fd = CHANNEL, .events = POLLIN};
    int woken = ppoll(&asked, 1, NULL, &waking);
    /* One that cannot wait must not ask for ever. */
    if (woken < 0 && errno != EINTR) break;
    if (woken <= 0) continue;
    char request;
    ssize_t count = recv(CHANNEL, &request, 1, MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    /* The caller wants everything ended now, or is gone. */
    if (count <= 0) break;
    kill(-started, SIGTERM);
    kill(started, SIGTERM);
  }
  say(program_ended, end_all(started, &waking));
  /* The caller waits until the channel is closed. */
  if (folder) remove_folder(folder);
  _exit(0);
}

int is_subreaper(void) {
  int whether = 0;
  return prctl(PR_GET_CHILD_SUBREAPER, &whether, 0, 0, 0) == 0 ? whether : -1;
}

int become_subreaper(int whether) { return prctl(PR_SET_CHILD_SUBREAPER, whether, 0, 0, 0); }

/* _Fork(3) does not call the fork handlers of libraries, which are not safe in a fork of a process with threads. */
#define FORK _Fork
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
/* ThreadSanitizer's runtime does not see it. A lock of that runtime which another thread held would never be free in the fork, where
   even system calls wait for it. Its fork handlers take the locks before and give them up after. */
#undef FORK
#define FORK fork
#endif
#endif

pid_t start_supervisor(const struct supervised_program *program, int channel) {
  pid_t supervisor = FORK();
  if (supervisor == 0) supervise(program, channel);
  return supervisor;
}
