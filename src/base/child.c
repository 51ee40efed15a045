/* Runs one program on untrusted input, with everything it does not need taken away. */
#include "chamthi/child.h"

#include "cage.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { COMPLAINT_MAX = 400, CLOCK_FACTOR = 3, FIRST_SPARE_FD = 3, OPEN_FILES_MOST = 256 };

static bool search(const char *program, char *path, size_t path_size)
{
    const char *from = getenv("PATH");
    if (!from || !*from)
        from = "/usr/local/bin:/usr/bin:/bin";
    while (*from) {
        size_t size = strcspn(from, ":");
        int n = snprintf(path, path_size, "%.*s/%s", (int)size, from, program);
        if (size && n > 0 && (size_t)n < path_size && access(path, X_OK) == 0)
            return true;
        from += size + (from[size] == ':');
    }
    return false;
}

status child_find(const char *program, const char *package, char *path, size_t path_size, fault *f)
{
    if (strchr(program, '/')) {
        if (snprintf(path, path_size, "%s", program) < (int)path_size && access(path, X_OK) == 0)
            return OK;
    } else if (search(program, path, path_size)) {
        return OK;
    }
    return FAIL(f, E_SYSTEM, "chưa cài chương trình %s; hãy cài gói Debian %s rồi chạy lại",
                "the program %s is not installed; install the Debian package %s and run again",
                program, package);
}

/* The input as a file in memory: programs want to seek in it, and it never touches the disk. */
static int input_file(slice input)
{
    int fd = memfd_create("chamthi", MFD_CLOEXEC);
    size_t at = 0;
    while (fd >= 0 && at < input.size) {
        ssize_t done = write(fd, input.bytes + at, input.size - at);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0) {
            close(fd);
            return -1;
        }
        at += (size_t)done;
    }
    if (fd >= 0 && lseek(fd, 0, SEEK_SET) < 0) {
        close(fd);
        return -1;
    }
    return fd;
}

static void set_limits(const child_job *job)
{
    setrlimit(RLIMIT_NOFILE, &(struct rlimit){OPEN_FILES_MOST, OPEN_FILES_MOST});
    setrlimit(RLIMIT_CPU, &(struct rlimit){job->seconds, job->seconds});
    setrlimit(RLIMIT_AS, &(struct rlimit){job->memory, job->memory});
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){job->file_size, job->file_size});
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
}

/* In the child, between fork and exec: async-signal-safe calls only. Never returns. */
static void become(const child_job *job, const char *path, char *const *environment, int in,
                   int out, int err)
{
    if (dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0 ||
        chdir(job->folder ? job->folder : "/") != 0)
        _exit(127);
    close_range(FIRST_SPARE_FD, ~0U, 0);
    setsid(); /* so that whatever it starts is killed with it */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (cage_close(job->folder) != 0)
        _exit(127);
    set_limits(job);
    signal(SIGPIPE, SIG_DFL);
    execve(path, (char *const *)(uintptr_t)job->argv, environment);
    _exit(127);
}

static int64_t milliseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

typedef enum { READ_DONE, READ_LATE, READ_MUCH, READ_FAILED } read_outcome;

/* Takes what is there from one pipe; closes it at its end. `keep` 0: thrown away beyond the limit. */
static read_outcome drain(struct pollfd *p, buffer *to, size_t most, bool over_is_error)
{
    char bytes[16384];
    if (!(p->revents & (POLLIN | POLLHUP | POLLERR)))
        return READ_DONE;
    ssize_t got = read(p->fd, bytes, sizeof bytes);
    if (got < 0)
        return errno == EINTR ? READ_DONE : READ_FAILED;
    if (got == 0) {
        close(p->fd);
        p->fd = -1;
        return READ_DONE;
    }
    size_t room = to->size < most ? most - to->size : 0;
    if ((size_t)got > room && over_is_error)
        return READ_MUCH;
    buffer_put(to, bytes, (size_t)got < room ? (size_t)got : room);
    return to->failed ? READ_FAILED : READ_DONE;
}

static read_outcome collect(const child_job *job, int out_fd, int err_fd, buffer *out,
                            buffer *complaint)
{
    int64_t deadline = milliseconds() + (int64_t)job->seconds * 1000 * CLOCK_FACTOR;
    size_t most = out->size + job->output_limit;
    struct pollfd pipes[2] = {{out_fd, POLLIN, 0}, {err_fd, POLLIN, 0}};
    read_outcome outcome = READ_DONE;
    while (outcome == READ_DONE && (pipes[0].fd >= 0 || pipes[1].fd >= 0)) {
        int64_t left = deadline - milliseconds();
        if (left <= 0) {
            outcome = READ_LATE;
        } else if (poll(pipes, 2, (int)left) < 0) {
            outcome = errno == EINTR ? READ_DONE : READ_FAILED;
        } else {
            outcome = drain(&pipes[0], out, most, true);
            if (outcome == READ_DONE)
                outcome = drain(&pipes[1], complaint, COMPLAINT_MAX, false);
        }
    }
    for (int i = 0; i < 2; i++)
        if (pipes[i].fd >= 0)
            close(pipes[i].fd);
    return outcome;
}

static status judge(const child_job *job, read_outcome outcome, int ended, buffer *complaint,
                    fault *f)
{
    const char *name = job->argv[0];
    bool by_limit =
        WIFSIGNALED(ended) && (WTERMSIG(ended) == SIGXCPU || WTERMSIG(ended) == SIGXFSZ ||
                               (WTERMSIG(ended) == SIGKILL && outcome == READ_DONE));
    if (outcome == READ_FAILED)
        return FAIL(f, E_SYSTEM, "không đọc được kết quả của %s: %s",
                    "cannot read what %s wrote: %s", name, strerror(errno));
    if (outcome == READ_LATE || by_limit)
        return FAIL(f, E_LIMIT, "%s chạy quá lâu với tệp này nên đã bị dừng",
                    "%s took too long over this file and was stopped", name);
    if (outcome == READ_MUCH)
        return FAIL(f, E_LIMIT, "%s cho ra quá nhiều chữ với tệp này nên đã bị dừng",
                    "%s wrote too much for this file and was stopped", name);
    if (WIFEXITED(ended) && WEXITSTATUS(ended) == 0)
        return OK;
    complaint->bytes[strcspn(complaint->bytes, "\r\n")] = '\0';
    return FAIL(f, E_INPUT, "%s không đọc được tệp này%s%s", "%s cannot read this file%s%s", name,
                complaint->bytes[0] ? ": " : "", complaint->bytes);
}

static status fail_start(const child_job *job, fault *f)
{
    return FAIL(f, E_SYSTEM, "không chạy được %s: %s", "cannot start %s: %s", job->argv[0],
                strerror(errno));
}

static status start(const child_job *job, const char *path, int in, pid_t *child, int fds[2],
                    fault *f)
{
    int out[2], err[2];
    char home[PATH_MAX + 8], temporary[PATH_MAX + 8];
    const char *folder = job->folder ? job->folder : "";
    char *const environment[] = {*folder ? home : NULL, temporary, NULL};
    snprintf(home, sizeof home, "HOME=%s", folder);
    snprintf(temporary, sizeof temporary, "TMPDIR=%s", folder);
    if (pipe2(out, O_CLOEXEC) != 0)
        return fail_start(job, f);
    if (pipe2(err, O_CLOEXEC) != 0) {
        close(out[0]);
        close(out[1]);
        return fail_start(job, f);
    }
    *child = fork();
    if (*child == 0)
        become(job, path, environment, in, out[1], err[1]);
    close(out[1]);
    close(err[1]);
    fds[0] = out[0];
    fds[1] = err[0];
    if (*child > 0)
        return OK;
    close(out[0]);
    close(err[0]);
    return fail_start(job, f);
}

status child_run(const child_job *job, buffer *out, fault *f)
{
    char path[PATH_MAX];
    TRY(child_find(job->argv[0], job->package, path, sizeof path, f));
    int in = input_file(job->input), fds[2] = {-1, -1}, ended = 0;
    if (in < 0)
        return fail_start(job, f);
    pid_t child = -1;
    status st = start(job, path, in, &child, fds, f);
    close(in);
    TRY(st);
    buffer complaint = BUFFER_INIT;
    read_outcome outcome = collect(job, fds[0], fds[1], out, &complaint);
    if (outcome != READ_DONE && kill(-child, SIGKILL) != 0)
        kill(child, SIGKILL);
    while (waitpid(child, &ended, 0) < 0 && errno == EINTR)
        ;
    /* Room to end the complaint at its first line, even when there was none. */
    buffer_byte(&complaint, '\n');
    st = buffer_check(&complaint, f);
    if (st == OK)
        st = judge(job, outcome, ended, &complaint, f);
    buffer_free(&complaint);
    return st;
}
