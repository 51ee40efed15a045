/* Takes network and files away from a child, by seccomp and Landlock. */
#include "cage.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define NATIVE_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define NATIVE_ARCH AUDIT_ARCH_AARCH64
#endif

/* ---- system calls ---- */

#define LOAD(field)                                                                                \
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offsetof(struct seccomp_data, field))
#define REFUSE_CALL BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES)
#define ANSWER_IF(nr, error)                                                                       \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (nr), 0, 1),                                               \
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (error))
#define REFUSE_IF(nr) ANSWER_IF(nr, EACCES)

static int close_network(void)
{
    /* A network of its own has nobody in it. Without rights for one, the filter below stands alone. */
    if (unshare(CLONE_NEWNET) != 0)
        (void)!unshare(CLONE_NEWUSER | CLONE_NEWNET);
#ifdef NATIVE_ARCH
    static const struct sock_filter rules[] = {
        LOAD(arch),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, NATIVE_ARCH, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        LOAD(nr),
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000u, 0,
                 1), /* the same calls by other numbers */
        REFUSE_CALL,
        REFUSE_IF(__NR_io_uring_setup), /* would open sockets past this filter */
        REFUSE_IF(__NR_ptrace),
        REFUSE_IF(__NR_process_vm_readv),
        ANSWER_IF(__NR_connect, ECONNREFUSED),
        /* LibreOffice gives up without a socket in /tmp: it is told that it has one. */
        ANSWER_IF(__NR_bind, 0),
        ANSWER_IF(__NR_listen, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_socket, 0, 3),
        LOAD(args[0]),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_UNIX, 1, 0),
        REFUSE_CALL,
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const struct sock_fprog program = {sizeof rules / sizeof *rules,
                                       (struct sock_filter *)(uintptr_t)rules};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
#else
    return 0;
#endif
}

/* ---- files ---- */

enum {
    READS = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
    FILE_RIGHTS =
        LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE,
    EVERYTHING = 2 * LANDLOCK_ACCESS_FS_MAKE_SYM - 1
};

static void allow(int rules, const char *path, uint64_t rights)
{
    struct stat info;
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return;
    if (fstat(fd, &info) == 0 && !S_ISDIR(info.st_mode))
        rights &= FILE_RIGHTS;
    struct landlock_path_beneath_attr rule = {.allowed_access = rights, .parent_fd = fd};
    syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(fd);
}

static void close_files(const char *folder)
{
    static const char *const system_paths[] = {"/usr",
                                               "/lib",
                                               "/lib64",
                                               "/bin",
                                               "/etc",
                                               "/opt",
                                               "/proc",
                                               "/dev",
                                               "/var/cache/fontconfig",
                                               "/var/lib/libreoffice",
                                               "/var/spool/libreoffice"};
    struct landlock_ruleset_attr attributes = {.handled_access_fs = EVERYTHING};
    int rules = (int)syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
    if (rules < 0)
        return;
    for (size_t i = 0; i < sizeof system_paths / sizeof *system_paths; i++)
        allow(rules, system_paths[i], READS);
    allow(rules, "/dev/null", FILE_RIGHTS);
    if (folder)
        allow(rules, folder, EVERYTHING);
    syscall(SYS_landlock_restrict_self, rules, 0);
    close(rules);
}

int cage_close(const char *folder)
{
    close_files(folder);
    return close_network();
}
