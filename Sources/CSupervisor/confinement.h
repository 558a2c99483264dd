#pragma once

#include "CSupervisor.h"

/* Confines the calling process for good, under the rules of the descriptor, if there are any. Returns -1 with errno. Like all that
   runs after a fork, it calls only what signal-safety(7) lists, and bare system calls. */
int confine(const struct program_confinement *confinement, int rules);
