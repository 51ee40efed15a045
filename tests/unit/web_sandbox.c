/* What the server can no longer do once it runs. Each test is a child process: there is no way back. */
#include "test.h"

#include "web/sandbox.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>

static char folder[64], database[96];

static bool opens(const char *path, int flags)
{
    int fd = open(path, flags, 0600);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

static void *nothing(void *context)
{
    return context;
}

/* Each returns whether the sandbox did what it should. */
static bool reads_and_writes_beside_the_database(void)
{
    char other[100];
    snprintf(other, sizeof other, "%s/chamthi.db-wal", folder);
    return opens(database, O_RDWR) && opens(other, O_RDWR | O_CREAT | O_TRUNC) &&
           unlink(other) == 0;
}
static bool no_other_file(void)
{
    return !opens("/etc/passwd", O_RDONLY) && !opens("/tmp/chamthi-escape", O_WRONLY | O_CREAT) &&
           !opens("/proc/self/mem", O_RDONLY) && !opens("/", O_RDONLY | O_DIRECTORY);
}
static bool no_program(void)
{
    char *const argv[] = {"true", NULL};
    return execv("/bin/true", argv) == -1 && (errno == EPERM || errno == EACCES);
}
static bool no_connection_out(void)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(9)};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return connect(fd, (struct sockaddr *)&to, sizeof to) == -1 && errno == EPERM;
}
static bool no_look_into_others(void)
{
    return ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == -1 && errno == EPERM;
}
static bool still_serves(void)
{
    pthread_t thread;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in any = {.sin_family = AF_INET};
    any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return bind(fd, (struct sockaddr *)&any, sizeof any) == 0 && listen(fd, 5) == 0 &&
           pthread_create(&thread, NULL, nothing, NULL) == 0 && pthread_join(thread, NULL) == 0;
}

static const struct {
    const char *name;
    bool (*holds)(void);
} promises[] = {{"files beside the database", reads_and_writes_beside_the_database},
                {"no other file", no_other_file},
                {"no program", no_program},
                {"no connection out", no_connection_out},
                {"no look into other processes", no_look_into_others},
                {"threads and listening", still_serves}};

TEST("in the sandbox the server keeps its database and its visitors and can do nothing else")
{
    test_folder(folder);
    snprintf(database, sizeof database, "%s/chamthi.db", folder);
    assert_true(opens(database, O_RDWR | O_CREAT));
    for (size_t i = 0; i < sizeof promises / sizeof *promises; i++) {
        int end;
        pid_t child = fork();
        if (child == 0)
            _exit(sandbox_enter(database, NULL) != OK ? 2 : promises[i].holds() ? 0 : 1);
        assert_int_equal(waitpid(child, &end, 0), child);
        if (!WIFEXITED(end) || WEXITSTATUS(end) == 1)
            fail_msg("%s: %x", promises[i].name, end);
        if (WEXITSTATUS(end) == 2)
            print_message("this kernel has no sandbox\n");
    }
    test_folder_remove(folder);
}
