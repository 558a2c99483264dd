/* Runs a program and notes how it ended and what it left: fault-runner REPORT SECONDS [SIGNAL MICROSECONDS] -- PROGRAM ARGUMENT...
 *
 * Everything that the program leaves behind becomes a child of this process, which is its subreaper, and is counted and
 * ended. Writes to REPORT: the exit code (1000 + N if signal N ended it, 2000 if it had to be ended SECONDS after its start), the
 * milliseconds that it took, the number of processes that it left, and whether the signal found it running. */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long microseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

/* Waits for SIGCHLD, at most so long. */
static void wait_for_child(const sigset_t *child, long long time) {
  if (time <= 0) return;
  struct timespec most = {time / 1000000, time % 1000000 * 1000};
  sigtimedwait(child, NULL, &most);
}

/* How many children there are, which are sent a signal unless it is 0. */
static int children(int number) {
  FILE *list = fopen("/proc/thread-self/children", "re");
  int count = 0, child;
  while (list && fscanf(list, "%d", &child) == 1) {
    if (number) kill(child, number);
    count++;
  }
  if (list) fclose(list);
  return count;
}

int main(int count, char **arguments) {
  int first = count > 3 && !strcmp(arguments[3], "--") ? 4 : count > 5 && !strcmp(arguments[5], "--") ? 6 : 0;
  if (!first || first >= count) return 64;
  int number = first == 6 ? atoi(arguments[3]) : 0;
  long long moment = first == 6 ? atoll(arguments[4]) : 0;
  FILE *report = fopen(arguments[1], "we");
  if (!report || prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)) return 70;
  sigset_t child;
  sigemptyset(&child);
  sigaddset(&child, SIGCHLD);
  sigprocmask(SIG_BLOCK, &child, NULL);

  long long start = microseconds(), end = start + atoll(arguments[2]) * 1000000;
  pid_t program = fork();
  if (program == 0) {
    sigprocmask(SIG_UNBLOCK, &child, NULL);
    execv(arguments[first], arguments + first);
    _exit(126);
  }
  int status = -1, was_running = 0;
  int signalled = number == 0;
  for (;;) {
    int ended_status;
    pid_t ended;
    while ((ended = waitpid(-1, &ended_status, WNOHANG)) > 0)
      if (ended == program) status = ended_status;
    long long now = microseconds();
    if (status != -1 || now >= end) break;
    if (!signalled && now >= start + moment) {
      was_running = kill(program, number) == 0;
      signalled = 1;
      continue;
    }
    wait_for_child(&child, (signalled ? end : start + moment) - now);
  }
  long long took = (microseconds() - start) / 1000;
  int code = status == -1 ? 2000 : WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
  if (status == -1) kill(program, SIGKILL);

  /* Supervisors see that their program's parent is gone, and end. */
  long long grace = microseconds() + 2000000;
  while (waitpid(-1, NULL, WNOHANG) >= 0 && microseconds() < grace) wait_for_child(&child, 20000);
  int left = waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD ? 0 : children(SIGKILL);
  while (waitpid(-1, NULL, 0) > 0) children(SIGKILL);
  fprintf(report, "%d %lld %d %d\n", code, took, left, was_running);
  return fclose(report) ? 74 : 0;
}
