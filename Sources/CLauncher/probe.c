#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

// Attacks on the walls from inside, small enough to try on every machine. Each line says `GUARANTEE held` or
// `GUARANTEE broken WHAT`. Outside the sandbox nearly all of them succeed, which is what makes them worth trying.

static bool intact;

static void broken(const char *guarantee, const char *what) {
    intact = false;
    printf("%s broken %s\n", guarantee, what);
}

static void judge(const char *guarantee) {
    if (intact) printf("%s held\n", guarantee);
    intact = true;
}

static bool opens(const char *path, int flags) {
    int fd = open(path, flags | O_CLOEXEC);
    if (fd < 0) return false;
    close(fd);
    return true;
}

static void attack_files(const char *secret) {
    if (opens(secret, O_RDONLY)) broken("fileSystem", "a file of the host can be read");
    if (opens("/proc/sys/kernel/core_pattern", O_WRONLY)) broken("fileSystem", "a setting of the kernel can be changed");
    if (opens("/usr", O_TMPFILE | O_WRONLY)) broken("fileSystem", "/usr can be written");
    if (mkdir("/fettle-probe", 0700) == 0) broken("fileSystem", "the root folder can be written");
    if (mount(NULL, "/", NULL, MS_REMOUNT | MS_BIND, NULL) == 0) broken("fileSystem", "mounts can be changed");
    if (opens("/dev/kmsg", O_RDONLY) || opens("/dev/mem", O_RDONLY)) broken("fileSystem", "devices of the host are there");
    // In the Landlock tier only below its top folder.
    if (!opens(".", O_TMPFILE | O_WRONLY) && errno != EOPNOTSUPP && !opens("inner", O_TMPFILE | O_WRONLY)) broken("fileSystem", "the worktree cannot be written");
    judge("fileSystem");
}

/// `listener` is an abstract socket of the host's, which only a network namespace of one's own hides.
static void attack_network(const char *listener) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = strlen(listener);
    if (length < sizeof address.sun_path - 1) memcpy(address.sun_path + 1, listener, length);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&address, offsetof(struct sockaddr_un, sun_path) + 1 + length) == 0)
        broken("network", "a socket of the host can be reached");
    close(fd);
    char interfaces[4096] = "";
    read_text("/proc/net/dev", interfaces, sizeof interfaces);
    int lines = 0;
    for (const char *c = interfaces; *c; c++) lines += *c == '\n';
    int internet = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (lines > 3 && internet >= 0) broken("network", "there is an interface beside the loopback"); // two lines of heading
    close(internet);
    // Last: where Landlock is the wall this is known, and must not hide what is not.
    if (opens("pipe", O_WRONLY | O_NONBLOCK)) broken("network", "a pipe in the worktree can be opened");
    judge("network");
}

/// How many children there can be where no namespace parts us from the user's other processes: the kernel counts those
/// too, and what of them ends meanwhile leaves its place to us, up to the limit itself. That many at most, lest a limit
/// that is not in force be taken at its word.
static long most_children(long limit) {
    enum { ENDED_MEANWHILE = 1024 };
    struct rlimit shared = {RLIM_INFINITY, RLIM_INFINITY};
    getrlimit(RLIMIT_NPROC, &shared);
    if (shared.rlim_cur > (rlim_t)limit + ENDED_MEANWHILE) return limit + ENDED_MEANWHILE;
    return shared.rlim_cur > (rlim_t)limit ? (long)shared.rlim_cur : limit;
}

static void attack_processes(pid_t outside, long limit) {
    if (kill(outside, 0) == 0) broken("processes", "a process of the host can be signalled");
    kill(1, SIGKILL); // if that works, the run ends without a report
    if (opens("/proc/1/mem", O_RDONLY)) broken("processes", "init's memory can be read");
    pid_t escaped = syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, NULL, NULL, NULL, NULL);
    if (escaped == 0) _exit(0);
    if (escaped > 0) broken("processes", "a user namespace with capabilities can be made");
    long children = 0;
    for (pid_t child; children <= limit && (child = fork()) >= 0; children++)
        if (child == 0)
            for (;;) pause();
    if (children > limit) broken("processes", "their number has no bound");
    // They stay, and hold our stdout: the walls must end them.
    judge("processes");
}

/// `treasure` is something that lies in the user's home folder.
static void attack_secrets(const char *treasure) {
    if (getenv("FETTLE_PROBE_SECRET")) broken("secrets", "the user's environment can be read");
    if (opens(treasure, O_RDONLY)) broken("secrets", "the user's home folder can be read");
    else if (access(treasure, F_OK) == 0) broken("secrets", "names in the user's home folder can be seen");
    judge("secrets");
}

static void attack_git(void) {
    if (opens(".git/config", O_RDWR) || opens(".git/config", O_RDONLY)) broken("git", "the repository can be read");
    else if (opens(".git/probe", O_WRONLY | O_CREAT)) broken("git", "the repository can be written");
    if (rename(".git", "moved") == 0 || unlink(".git") == 0 || rmdir(".git") == 0)
        broken("git", "the repository can be moved away");
    // Last: where Landlock is the wall this is known, and must not hide what is not.
    if (chmod(".git", 0700) == 0) broken("git", "the repository can be opened up");
    judge("git");
}

static void attack_filter(void) {
    char parameters[256] = {0};
    if (syscall(SYS_io_uring_setup, 1, parameters) >= 0 || errno != ENOSYS) broken("seccomp", "io_uring is open");
    if (socket(AF_VSOCK, SOCK_STREAM | SOCK_CLOEXEC, 0) >= 0) broken("seccomp", "AF_VSOCK is open");
    if (syscall(SYS_keyctl, 0, -3, 0) >= 0) broken("seccomp", "keyrings are open");
    int fd = open("probe-set-user-id", O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (fd >= 0 && fchmod(fd, 04700) == 0) broken("seccomp", "files can be made set-user-id");
    close(fd);
    unlink("probe-set-user-id");
    judge("seccomp");
}

/// Writes until nothing more can be written.
static int fill(void) {
    static char block[65536];
    int fd = open("probe-fill", O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0) return 1;
    while (write(fd, block, sizeof block) > 0) continue;
    return 2;
}

/// Two processes that compute, for ever.
static _Noreturn void spin(void) {
    fork();
    for (volatile unsigned long turns = 0;; turns++) continue;
}

int probe_main(char **arguments) {
    intact = true;
    if (!arguments[0]) return 64;
    if (!strcmp(arguments[0], "disk")) return fill();
    if (!strcmp(arguments[0], "processor")) spin();
    if (!strcmp(arguments[0], "memory")) {
        // Three times the limit: without one this succeeds.
        size_t bytes = 3 * strtoul(arguments[1] ? arguments[1] : "0", NULL, 10);
        char *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED) return 1;
        memset(memory, 1, bytes);
        return 0;
    }
    if (!arguments[1] || !arguments[2] || !arguments[3] || !arguments[4]) return 64;
    attack_files(arguments[0]);
    attack_network(arguments[1]);
    attack_secrets(arguments[3]);
    attack_git();
    attack_filter();
    long limit = strtol(arguments[4], NULL, 10);
    bool shared = arguments[5] && !strcmp(arguments[5], "shared");
    attack_processes(strtol(arguments[2], NULL, 10), shared ? most_children(limit) : limit);
    fflush(stdout);
    return 0;
}
