#include <stddef.h>
#include <p11-kit/p11-kit.h>
#include <p11-kit/pkcs11.h>
#include <sys/prctl.h>

/* prctl(2) takes any number of arguments, which Swift does not import. */
static inline int forbid_dumps_of_this_process(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }
