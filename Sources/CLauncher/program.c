#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

static struct program_failure failed(int step) {
    return (struct program_failure){step, errno};
}

static const char *value_of(char **environment, const char *name) {
    size_t length = strlen(name);
    for (; *environment; environment++)
        if (!strncmp(*environment, name, length) && (*environment)[length] == '=') return *environment + length + 1;
    return NULL;
}

/// Like execvpe, but never hands a file that is no program to a shell.
static void execute(const struct program *program) {
    const char *name = program->arguments[0];
    if (!name || !*name) {
        errno = ENOENT;
        return;
    }
    if (strchr(name, '/')) {
        execve(name, program->arguments, program->environment);
        return;
    }
    const char *path = value_of(program->environment, "PATH");
    int error = ENOENT;
    while (path && *path) {
        size_t length = strcspn(path, ":");
        char candidate[4096];
        // An empty entry would mean the working directory, which the program under test can write.
        if (length && (size_t)snprintf(candidate, sizeof candidate, "%.*s/%s", (int)length, path, name) < sizeof candidate) {
            execve(candidate, program->arguments, program->environment);
            if (errno != ENOENT && errno != ENOTDIR && error == ENOENT) error = errno;
        }
        path += length + (path[length] == ':');
    }
    errno = error;
}

struct program_failure program_execute(const struct program *program) {
    // Away from init's session, so that a signal to the program's own group means just that group.
    setsid();
    // When memory runs out the program goes first, and init stays to tell what happened.
    // Dumpable for it, since the file would belong to root otherwise; nobody else is inside yet to make use of that.
    prctl(PR_SET_DUMPABLE, 1);
    write_text("/proc/self/oom_score_adj", "1000");
    for (int i = 0; i < program->limits; i++) {
        struct rlimit current, wanted = {program->limit[i].value, program->limit[i].value};
        int resource = program->limit[i].resource;
        // Never above what the host grants already.
        if (getrlimit(resource, &current) == 0 && current.rlim_max < wanted.rlim_max)
            wanted.rlim_cur = wanted.rlim_max = current.rlim_max;
        if (setrlimit(resource, &wanted) < 0) return failed(STEP_LIMIT);
    }
    if (chdir(program->directory) < 0) return failed(STEP_DIRECTORY);
    if (dup2(FD_PROGRAM_ERROR, FD_ERROR) < 0) return failed(STEP_EXEC);
    // The program gets 0, 1 and 2 and nothing else: above all neither the channel nor the request.
    if (close_range(3, ~0U, CLOSE_RANGE_CLOEXEC) < 0) return failed(STEP_EXEC);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (program->alone && !landlock_enter_again()) return failed(STEP_FILTER);
    if (!filter_install(program->allowed_calls)) return failed(STEP_FILTER);
    execute(program);
    return failed(STEP_EXEC);
}
