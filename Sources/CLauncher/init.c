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
#include <time.h>
#include <unistd.h>

static int resource_named(const char *name) {
    static const struct { const char *name; int resource; } known[] = {
        {"core", RLIMIT_CORE},         {"cpu", RLIMIT_CPU},   {"data", RLIMIT_DATA},       {"file-size", RLIMIT_FSIZE},
        {"open-files", RLIMIT_NOFILE}, {"stack", RLIMIT_STACK}, {"processes", RLIMIT_NPROC},
        {"nice", RLIMIT_NICE},         {"real-time", RLIMIT_RTPRIO},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcmp(name, known[i].name)) return known[i].resource;
    refuse("init does not know the limit", name, 0);
}

static struct program read_program(int request) {
    struct words words = words_from(request);
    struct program program = {0};
    while (words_left(&words)) {
        const char *key = word(&words);
        if (!strcmp(key, "directory")) {
            program.directory = word(&words);
        } else if (!strcmp(key, "limit") && program.limits < 12) {
            program.limit[program.limits].resource = resource_named(word(&words));
            program.limit[program.limits++].value = number(&words);
        } else if (!strcmp(key, "processor-time")) {
            program.processor_limit = number(&words);
        } else if (!strcmp(key, "copy-on-write")) {
            program.copies_on_write = true;
        } else if (!strcmp(key, "allow")) {
            program.allowed_calls = word_list(&words);
        } else if (!strcmp(key, "arguments")) {
            program.arguments = word_list(&words);
        } else if (!strcmp(key, "environment")) {
            program.environment = word_list(&words);
        } else {
            refuse("init does not know the word", key, 0);
        }
    }
    if (!program.directory || !program.arguments || !program.environment || !program.allowed_calls)
        refuse("init was told too little", NULL, 0);
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

static void end_everything(bool alone) {
    kill(-1, SIGKILL);
    if (!alone) {
        while (waitpid(-1, NULL, 0) > 0 || errno == EINTR) continue;
        return;
    }
    // Without a namespace a process may be born of one that is just dying, and come to us only then.
    for (;;) {
        pid_t pid = waitpid(-1, NULL, WNOHANG);
        if (pid < 0 && errno == ECHILD) return;
        if (pid > 0) continue;
        kill(-1, SIGKILL);
        nanosleep(&(struct timespec){0, 200000}, NULL);
    }
}

/// The program has ended: ends whatever it left behind, tells how it went, and takes the namespace down.
static _Noreturn void finish(int status, struct watch *watch) {
    watch_look(watch);
    uint32_t survivors = watch_count(watch);
    // A daemon that holds stdout open must not keep the run waiting.
    end_everything(watch->alone);
    struct rusage usage;
    getrusage(RUSAGE_CHILDREN, &usage);
    struct init_report report = {
        .event = INIT_ENDED,
        .status = status,
        .user_microseconds = microseconds(usage.ru_utime),
        .system_microseconds = microseconds(usage.ru_stime),
        .peak_kilobytes = usage.ru_maxrss,
        .peak_processes = watch->peak_processes,
        .survivors = survivors,
        .disk_full = watch->disk_was_full,
    };
    tell(&report);
    _exit(0);
}

static void reap(pid_t program, struct watch *watch) {
    int status;
    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;)
        if (pid == program) finish(status, watch);
}

/// Waits for the program, and takes its outputs at their fixed places.
static struct program receive_program(void) {
    struct start start;
    struct message message = message_receive(FD_CHANNEL, &start, sizeof start, 0);
    // Nobody there any more, or told to end before there was anything to start.
    if (message.length != sizeof start || start.order != INIT_ORDER_START || message.descriptors[2] < 0) _exit(1);
    int request = fcntl(message.descriptors[0], F_DUPFD_CLOEXEC, FD_SAFE);
    int output = fcntl(message.descriptors[1], F_DUPFD_CLOEXEC, FD_SAFE);
    int error = fcntl(message.descriptors[2], F_DUPFD_CLOEXEC, FD_SAFE);
    if (request < 0 || output < 0 || error < 0) refuse("cannot take the program's descriptors", NULL, errno);
    struct program program = read_program(request);
    place(output, FD_OUTPUT);
    place(error, FD_PROGRAM_ERROR);
    close_range(FD_PROGRAM_ERROR + 1, ~0U, 0);
    return program;
}

/// Tells stage once of each limit that init sees to.
static int look(struct watch *watch) {
    bool spent = watch->processor_time_was_spent, full = watch->disk_was_full;
    int next = watch_look(watch);
    if (watch->processor_time_was_spent && !spent) tell(&(struct init_report){.event = INIT_PROCESSOR_TIME_SPENT});
    if (watch->disk_was_full && !full) tell(&(struct init_report){.event = INIT_DISK_FULL});
    return next;
}

int init_main(bool alone) {
    // Not dumpable: the program, which has our user, can then neither trace us nor open /proc/1/fd, and so cannot
    // write into the channel how it ended.
    if (prctl(PR_SET_DUMPABLE, 0) < 0) refuse("cannot protect init", NULL, errno);
    close_range(FD_CHANNEL + 1, ~0U, 0);
    // Everything blocked: as pid 1 we get only what we have a handler for, and we read that from a descriptor.
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    // Stage puts us into the control groups before there is anything to put in.
    tell(&(struct init_report){.event = INIT_READY});
    struct program program = receive_program();
    program.alone = alone;
    struct watch watch = {.processor_limit = program.processor_limit, .alone = alone, .disk = -1};
    if (program.copies_on_write) watch.disk = open("/worktree", O_PATH | O_DIRECTORY | O_CLOEXEC);
    sigset_t children;
    sigemptyset(&children);
    sigaddset(&children, SIGCHLD);
    int signals = signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK);
    if (signals < 0) refuse("cannot wait for children", NULL, errno);
    pid_t child = start(&program);
    close(FD_OUTPUT);
    close(FD_PROGRAM_ERROR);
    struct pollfd waits[] = {{.fd = signals, .events = POLLIN}, {.fd = FD_CHANNEL, .events = POLLIN}};
    for (int next = 5;;) {
        if (poll(waits, 2, next) < 0 && errno != EINTR) _exit(1);
        if (waits[0].revents) {
            struct signalfd_siginfo ignored;
            while (read(signals, &ignored, sizeof ignored) > 0) continue;
            reap(child, &watch);
        }
        if (waits[1].revents) {
            if (recv(FD_CHANNEL, &(char){0}, 1, 0) <= 0) _exit(1);
            // Everything inside is asked to end; what is stopped must run to hear it.
            kill(-1, SIGTERM);
            kill(-1, SIGCONT);
        }
        next = look(&watch);
    }
}
