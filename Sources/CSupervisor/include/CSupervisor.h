#pragma once

#include <stdint.h>
#include <sys/resource.h>
#include <sys/types.h>

/* A limit that execve(2) keeps (setrlimit(2)). One that is already lower stays. */
struct resource_limit {
  int resource;
  rlim_t most;
};

/* What a program, and all that it starts, may not do although the user who runs it may. */
struct program_confinement {
  const struct resource_limit *limits;
  size_t limit_count;
  /* Whether it can gain no privileges, for example through set-user-ID programs (PR_SET_NO_NEW_PRIVS). */
  int gains_nothing;
  /* The rules of Landlock that it runs under, a descriptor of landlock_rules(), or -1. Needs gains_nothing. */
  int rules;
  /* A folder of its own, which the supervisor makes, and removes when nothing of the program is left; or NULL. */
  const char *folder;
  /* What the program may do with the files in that folder, for landlock_allow(). */
  uint64_t folder_rights;
};

/* A program that runs under its own supervisor. */
struct supervised_program {
  const char *path;
  char *const *arguments;
  char *const *environment;
  /* The descriptors for standard input, output and error. None of them may be 0, 1 or 2. */
  int input, output, errors;
  struct program_confinement confinement;
};

/* The events that the supervisor reports on its channel. */
enum supervisor_event {
  /* The program is about to be executed. The value is its process id, which is also the id of its process group. */
  program_started = 1,
  /* The program was not started. The value is the error number of execve(2). */
  program_not_started = 2,
  /* The program has ended, and so have its descendants, or they were waited for in vain for PATIENCE seconds. The value is its status, as in waitpid(2). */
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

/* Removes a folder and all that is in it, by rm(1). */
void remove_folder(const char *path);

/* landlock(7), which glibc does not declare. The numbers of rights are those of the kernel. */

/* Returns the newest version of Landlock's ABI that the kernel offers, or -1 with errno: ENOSYS where it has none, EOPNOTSUPP
   where it was started without. */
int landlock_version(void);

/* What a ruleset handles, and so forbids unless a rule allows it (struct landlock_ruleset_attr). */
struct landlock_handled {
  uint64_t files, network, scopes;
};

/* Returns a new ruleset, or -1 with errno. The size is that of the part of the structure which the ABI knows. */
int landlock_rules(const struct landlock_handled *handled, size_t size);

/* Allows these actions on a file, or below a folder, that exists at the path. Unless it follows links, a path that has a symbolic
   link is refused (ELOOP). Returns -1 with errno. */
int landlock_allow(int rules, const char *path, uint64_t rights, int follows_links);
