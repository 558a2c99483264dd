#include <stddef.h>
#include <sys/prctl.h>

/* prctl(2) is variadic, and Swift does not import variadic functions. */

/* Prevents core dumps and access by other processes of the user (prctl(2), PR_SET_DUMPABLE). */
static inline int forbid_dumps_of_this_process(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

/* What the loader says of each library (dl_iterate_phdr(3), struct dl_phdr_info). glibc declares both only with _GNU_SOURCE, with which
   other types of its headers would not be those of Swift's own module. */
struct loaded_library {
    void *address;
    const char *name;
    const void *headers;
    unsigned short header_count;
    unsigned long long libraries_ever_loaded;
};
extern int dl_iterate_phdr(int (*each)(struct loaded_library *library, size_t size, void *count), void *count);

static inline int take_count_of_libraries(struct loaded_library *library, size_t size, void *count) {
    *(unsigned long long *)count = library->libraries_ever_loaded;
    return 1;
}

/* Returns how many libraries have ever been loaded into this process. */
static inline unsigned long long libraries_ever_loaded(void) {
    unsigned long long count = 0;
    dl_iterate_phdr(take_count_of_libraries, &count);
    return count;
}

/* memfd_create(2) and its seals, which Swift does not import: glibc declares them only with _GNU_SOURCE. */
extern int memfd_create(const char *name, unsigned int flags);

/* A wait that no change of the date makes longer (sem_clockwait(3)): of a sem_t, by a clockid_t, until a struct timespec, whose
   headers, were they included here, would make these types this module's. */
extern int sem_clockwait(void *semaphore, int clock, const void *end);

/* MFD_CLOEXEC | MFD_ALLOW_SEALING */
static inline int sealable_memory_file(const char *name) { return memfd_create(name, 0x0001U | 0x0002U); }

/* F_ADD_SEALS, and F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE */
static const int add_seals_command = 1033;
static const int every_seal = 0x000F;

#include <sys/xattr.h>

/* Returns the size of an attribute, without following links, or -1 with errno. Swift's Glibc has no xattr(7). */
static inline ssize_t size_of_attribute(const char *path, const char *name) { return lgetxattr(path, name, 0, 0); }

/* Copies the access control list of a file, or removes it if that file has none. Returns -1 with errno if it fails. */
static inline int copy_access_list(const char *from, int to) {
    char list[1 << 16];
    const char *name = "system.posix_acl_access";
    ssize_t size = lgetxattr(from, name, list, sizeof list);
    if (size >= 0) return fsetxattr(to, name, list, (size_t)size, 0);
    /* The file may have inherited a list from its folder. */
    return fremovexattr(to, name);
}
