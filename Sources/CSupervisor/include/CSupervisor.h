#include <sys/types.h>

/* A program that runs under its own supervisor. */
struct supervised_program {
  const char *path;
  char *const *arguments;
  char *const *environment;
  /* The descriptors for standard input, output and error. None of them may be 0, 1 or 2. */
  int input, output, errors;
};

/* The events that the supervisor reports on its channel. */
enum supervisor_event {
  /* The program is about to be executed. The value is its process id, which is also the id of its process group. */
  program_started = 1,
  /* The program was not started. The value is the error number of execve(2). */
  program_not_started = 2,
  /* The program has ended, and none of its descendants is left. The value is its status, as in waitpid(2). */
  program_ended = 3,
};

struct supervisor_message {
  int event;
  int value;
};

/*
 * Starts a supervisor, which starts the program. Returns the process id of the supervisor, a child of the caller, or -1
 * with errno.
 *
 * The channel is one end of a socket pair of type SOCK_SEQPACKET; the caller keeps the other end. For each byte that it
 * receives, the supervisor asks the program to end (SIGTERM). When the caller shuts its end down, or is gone, the
 * supervisor ends the program and all its descendants (SIGKILL).
 *
 * All signals must be blocked in the calling thread. The caller must close its copy of the channel.
 */
pid_t start_supervisor(const struct supervised_program *program, int channel);

/* Returns whether the calling process is the subreaper of its descendants, or -1 if that cannot be found out. */
int is_subreaper(void);

/* Sets whether the calling process is a subreaper (prctl(2), PR_SET_CHILD_SUBREAPER). execve(2) keeps the setting. */
int become_subreaper(int whether);
