#define _GNU_SOURCE
#include "CLauncher.h"
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static int resource_named(const char *name) {
    static const struct { const char *name; int resource; } known[] = {
        {"core", RLIMIT_CORE},         {"cpu", RLIMIT_CPU},   {"data", RLIMIT_DATA},       {"file-size", RLIMIT_FSIZE},
        {"open-files", RLIMIT_NOFILE}, {"stack", RLIMIT_STACK}, {"processes", RLIMIT_NPROC},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcmp(name, known[i].name)) return known[i].resource;
    refuse("init does not know the limit", name, 0);
}

static struct program read_program(void) {
    struct words words = words_from(FD_INIT_REQUEST);
    struct program program = {0};
    while (words_left(&words)) {
        const char *key = word(&words);
        if (!strcmp(key, "directory")) {
            program.directory = word(&words);
        } else if (!strcmp(key, "limit") && program.limits < 8) {
            program.limit[program.limits].resource = resource_named(word(&words));
            program.limit[program.limits++].value = number(&words);
        } else if (!strcmp(key, "arguments")) {
            program.arguments = word_list(&words);
        } else if (!strcmp(key, "environment")) {
            program.environment = word_list(&words);
        } else {
            refuse("init does not know the word", key, 0);
        }
    }
    if (!program.directory || !program.arguments || !program.environment) refuse("init was told too little", NULL, 0);
    return program;
}

static void tell(const struct init_report *report) {
    // Nobody to tell means that stage is gone: then this namespace must go too.
    if (send(FD_CHANNEL, report, sizeof *report, MSG_NOSIGNAL) < 0) _exit(1);
}

static pid_t start(const struct program *program) {
    int failure[2];
    if (pipe2(failure, O_CLOEXEC) < 0) refuse("cannot make a pipe", NULL, errno);
    pid_t child = fork();
    if (child < 0) refuse("cannot fork", NULL, errno);
    if (child == 0) {
        struct program_failure failed = program_execute(program);
        if (write(failure[1], &failed, sizeof failed) < 0) _exit(126);
        _exit(127);
    }
    close(failure[1]);
    struct program_failure failed;
    // The pipe closes by itself when exec succeeds.
    if (read(failure[0], &failed, sizeof failed) == sizeof failed) {
        struct init_report report = {.event = INIT_EXEC_FAILED, .error = failed.error, .step = failed.step};
        tell(&report);
        _exit(0);
    }
    close(failure[0]);
    tell(&(struct init_report){.event = INIT_STARTED});
    return child;
}

static uint64_t microseconds(struct timeval time) {
    return (uint64_t)time.tv_sec * 1000000 + time.tv_usec;
}

/// The program has ended: ends whatever it left behind, tells how it went, and takes the namespace down.
static _Noreturn void finish(int status) {
    // A daemon that holds stdout open must not keep the run waiting.
    kill(-1, SIGKILL);
    while (waitpid(-1, NULL, 0) > 0 || errno == EINTR) continue;
    struct rusage usage;
    getrusage(RUSAGE_CHILDREN, &usage);
    struct init_report report = {
        .event = INIT_ENDED,
        .status = status,
        .user_microseconds = microseconds(usage.ru_utime),
        .system_microseconds = microseconds(usage.ru_stime),
        .peak_kilobytes = usage.ru_maxrss,
    };
    tell(&report);
    _exit(0);
}

static void reap(pid_t program) {
    int status;
    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;)
        if (pid == program) finish(status);
}

int init_main(void) {
    // Not dumpable: the program, which has our user, can then neither trace us nor open /proc/1/fd, and so cannot
    // write into the channel how it ended.
    if (prctl(PR_SET_DUMPABLE, 0) < 0) refuse("cannot protect init", NULL, errno);
    close_range(FD_ARGUMENTS, ~0U, 0);
    struct program program = read_program();
    close(FD_INIT_REQUEST);
    // Everything blocked: as pid 1 we get only what we have a handler for, and we read that from a descriptor.
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    sigset_t children;
    sigemptyset(&children);
    sigaddset(&children, SIGCHLD);
    int signals = signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK);
    if (signals < 0) refuse("cannot wait for children", NULL, errno);
    // Stage puts us into the control groups before there is anything to put in.
    tell(&(struct init_report){.event = INIT_READY});
    char order;
    if (recv(FD_CHANNEL, &order, 1, 0) != 1 || order != INIT_ORDER_START) _exit(1);
    pid_t child = start(&program);
    close(FD_OUTPUT);
    close(FD_PROGRAM_ERROR);
    struct pollfd waits[] = {{.fd = signals, .events = POLLIN}, {.fd = FD_CHANNEL, .events = POLLIN}};
    for (;;) {
        if (poll(waits, 2, -1) < 0 && errno != EINTR) _exit(1);
        if (waits[0].revents) {
            struct signalfd_siginfo ignored;
            while (read(signals, &ignored, sizeof ignored) > 0) continue;
            reap(child);
        }
        if (waits[1].revents) {
            if (recv(FD_CHANNEL, &order, 1, 0) <= 0) _exit(1);
            // Everything inside is asked to end; what is stopped must run to hear it.
            kill(-1, SIGTERM);
            kill(-1, SIGCONT);
        }
    }
}
