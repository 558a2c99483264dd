#include <sys/prctl.h>

/* prctl(2) takes any number of arguments, which Swift does not import. */

/* Neither a core dump nor another process of the user may look into this one. */
static inline int forbid_dumps_of_this_process(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

/* Whether descendants that lose their parent become children of this process, instead of init's. */
static inline int adopt_orphans(int is_on) { return prctl(PR_SET_CHILD_SUBREAPER, is_on, 0, 0, 0); }
