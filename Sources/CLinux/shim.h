#include <sys/prctl.h>

/* prctl(2) takes any number of arguments, which Swift does not import. */

/* Neither a core dump nor another process of the user may look into this one. */
static inline int forbid_dumps_of_this_process(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

/* memfd_create(2) and its seals, which Swift does not import: glibc shows them to GNU sources only. */
extern int memfd_create(const char *name, unsigned int flags);

/* MFD_CLOEXEC | MFD_ALLOW_SEALING */
static inline int sealable_memory_file(const char *name) { return memfd_create(name, 0x0001U | 0x0002U); }

/* F_ADD_SEALS, and F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE */
static const int add_seals_command = 1033;
static const int every_seal = 0x000F;

#include <sys/xattr.h>

/* The size of an attribute of that file itself, or -1 with errno: Swift's Glibc does not have xattr(7). */
static inline ssize_t size_of_attribute(const char *path, const char *name) { return lgetxattr(path, name, 0, 0); }

/* Gives a file the access control list of another, or none where that has none; -1 with errno where it cannot. */
static inline int copy_access_list(const char *from, int to) {
    char list[1 << 16];
    const char *name = "system.posix_acl_access";
    ssize_t size = lgetxattr(from, name, list, sizeof list);
    if (size >= 0) return fsetxattr(to, name, list, (size_t)size, 0);
    /* It may have inherited one of its folder's. */
    return fremovexattr(to, name);
}
