#include <sys/types.h>

/* A program that is run under a supervisor of its own. */
struct supervised_program {
  const char *path;
  char *const *arguments;
  char *const *environment;
  /* What it has as standard input, output and error; none of them is one of these already. */
  int input, output, errors;
};

/* What the supervisor says on its channel. */
enum supervisor_event {
  /* The value is the program's number, which is that of its process group as well. It is about to be executed. */
  program_started = 1,
  /* The value is the error number (execve(2)); nothing was started. */
  program_not_started = 2,
  /* The value is the status, as waitpid(2) gives it. Nothing that descends from the program is left. */
  program_ended = 3,
};

struct supervisor_message {
  int event;
  int value;
};

/*
 * Starts a supervisor, and it the program. Returns the number of the supervisor, a child of the caller, or -1.
 *
 * The channel is one end of a pair of sockets that keep the borders of messages (SOCK_SEQPACKET); the other one is the
 * caller's. A byte sent to the supervisor has it ask the program to end (SIGTERM). When the caller shuts its end down,
 * or is gone, the supervisor ends all that descends from the program (SIGKILL).
 *
 * All signals have to be blocked in the calling thread. The caller closes its copy of the channel.
 */
pid_t start_supervisor(const struct supervised_program *program, int channel);

/* Whether the calling process is the subreaper of what descends from it; -1 where that cannot be told. */
int is_subreaper(void);

/* Makes it that, or no longer: execve(2) keeps it (prctl(2), PR_SET_CHILD_SUBREAPER). */
int become_subreaper(int whether);
