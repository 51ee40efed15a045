/* Landlock and seccomp, by their system calls: both are a few lines and need no library. */
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (UINT64_C(1) << 14)
#endif
#if defined __x86_64__
#define THIS_ARCH AUDIT_ARCH_X86_64
#elif defined __aarch64__
#define THIS_ARCH AUDIT_ARCH_AARCH64
#endif

/* ---- files ---- */

/* Every right to files of the first version, and those the running kernel added. */
static uint64_t rights_of(long version)
{
    uint64_t all = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;
    if (version >= 2)
        all |= LANDLOCK_ACCESS_FS_REFER;
    if (version >= 3)
        all |= LANDLOCK_ACCESS_FS_TRUNCATE;
    return all;
}

static int folder_of(const char *database)
{
    char folder[4096];
    const char *slash = strrchr(database, '/');
    int size = slash ? (int)(slash - database) + 1 : 2;
    snprintf(folder, sizeof folder, "%.*s", size, slash ? database : "./");
    return open(folder, O_PATH | O_CLOEXEC);
}

static bool keep_to_folder(const char *database)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1)
        return false;
    struct landlock_ruleset_attr attr = {.handled_access_fs = rights_of(version)};
    struct landlock_path_beneath_attr rule = {
        .allowed_access =
            attr.handled_access_fs & (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR |
                                      LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG |
                                      LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_TRUNCATE),
        .parent_fd = folder_of(database)};
    int rules = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof attr, 0);
    bool good = rules >= 0 && rule.parent_fd >= 0 &&
                syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0 &&
                syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    if (rule.parent_fd >= 0)
        close(rule.parent_fd);
    if (rules >= 0)
        close(rules);
    return good;
}

/* ---- system calls ---- */

#ifdef THIS_ARCH
static const int refused[] = {SYS_execve,
                              SYS_execveat,
                              SYS_connect,
                              SYS_ptrace,
                              SYS_process_vm_readv,
                              SYS_process_vm_writev,
                              SYS_pidfd_getfd,
                              SYS_bpf,
                              SYS_perf_event_open,
                              SYS_userfaultfd,
                              SYS_keyctl,
                              SYS_add_key,
                              SYS_request_key,
                              SYS_mount,
                              SYS_umount2,
                              SYS_pivot_root,
                              SYS_chroot,
                              SYS_setns,
                              SYS_unshare,
                              SYS_kexec_load,
                              SYS_init_module,
                              SYS_finit_module,
                              SYS_delete_module,
                              SYS_reboot,
                              SYS_open_by_handle_at,
                              SYS_io_uring_setup};
enum { REFUSED = sizeof refused / sizeof *refused };

static bool refuse_calls(void)
{
    enum { HEAD = 4, SIZE = HEAD + REFUSED + 2 };
    struct sock_filter code[SIZE] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, THIS_ARCH, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
    };
    for (int i = 0; i < REFUSED; i++) /* to the last line */
        code[HEAD + i] = (struct sock_filter)BPF_JUMP(
            BPF_JMP | BPF_JEQ | BPF_K, (unsigned)refused[i], (unsigned char)(REFUSED - i), 0);
    code[HEAD + REFUSED] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    code[HEAD + REFUSED + 1] =
        (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
    struct sock_fprog program = {SIZE, code};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}
#else
static bool refuse_calls(void)
{
    return false;
}
#endif

status sandbox_enter(const char *database, fault *f)
{
    bool alone = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
    bool files = alone && keep_to_folder(database), calls = alone && refuse_calls();
    if (files && calls)
        return OK;
    return FAIL(f, E_SYSTEM,
                "nhân Linux này không có %s; máy chủ vẫn chạy nhưng ít được che chắn hơn",
                "this Linux kernel has no %s; the server runs all the same, less shielded",
                files   ? "seccomp"
                : calls ? "Landlock"
                        : "Landlock, seccomp");
}
