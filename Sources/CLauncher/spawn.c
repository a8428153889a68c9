#define _GNU_SOURCE
#include "CLauncher.h"
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FIRST_FREE = 10 };

int fettle_data_descriptor(int index) { return FD_DATA + index; }

/// Moves a descriptor above the fixed numbers, so that placing one never overwrites another. Returns -1 on failure.
static int raised(int fd) {
    if (fd < 0 || fd >= FIRST_FREE) return fd;
    int high = fcntl(fd, F_DUPFD_CLOEXEC, FIRST_FREE);
    int error = errno;
    close(fd);
    errno = error;
    return high;
}

static int raise_both(int ends[2]) {
    ends[0] = raised(ends[0]);
    int error = ends[0] < 0 ? errno : 0;
    ends[1] = raised(ends[1]);
    if (ends[0] >= 0 && ends[1] >= 0) return 0;
    if (!error) error = errno;
    for (int i = 0; i < 2; i++)
        if (ends[i] >= 0) close(ends[i]);
    return error;
}

int fettle_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC) < 0 ? errno : raise_both(ends); }

int fettle_channel(int ends[2]) {
    return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0 ? errno : raise_both(ends);
}

int fettle_memory_file(const void *bytes, size_t length) { return raised(memory_file("fettle-request", bytes, length)); }

void fettle_say(int channel, enum fettle_order order) {
    char byte = (char)order;
    send(channel, &byte, 1, MSG_NOSIGNAL | MSG_DONTWAIT);
}

int fettle_reap(pid_t pid, int *status) {
    while (waitpid(pid, status, 0) < 0)
        if (errno != EINTR) return errno;
    return 0;
}

int fettle_spawn_stage(const char *launcher, int channel, int request, pid_t *pid) {
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_t actions;
    int failed = posix_spawnattr_init(&attributes);
    if (failed) return failed;
    if ((failed = posix_spawn_file_actions_init(&actions))) {
        posix_spawnattr_destroy(&attributes);
        return failed;
    }
    // Swift's runtime blocks signals in its threads and a host may ignore some: both are inherited, so both are reset.
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    failed = posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    if (!failed) failed = posix_spawnattr_setsigmask(&attributes, &none);
    if (!failed) failed = posix_spawnattr_setsigdefault(&attributes, &all);
    if (!failed) failed = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    if (!failed) failed = posix_spawn_file_actions_addopen(&actions, FD_OUTPUT, "/dev/null", O_WRONLY, 0);
    if (!failed) failed = posix_spawn_file_actions_addopen(&actions, FD_ERROR, "/dev/null", O_WRONLY, 0);
    if (!failed) failed = posix_spawn_file_actions_adddup2(&actions, channel, FD_CHANNEL);
    if (!failed) failed = posix_spawn_file_actions_adddup2(&actions, request, FD_REQUEST);
    // What some other part of the process opened without O_CLOEXEC does not come along either.
    if (!failed) failed = posix_spawn_file_actions_addclosefrom_np(&actions, FD_REQUEST + 1);
    char *argv[] = {"fettle-launcher", "stage", NULL};
    char *environment[] = {NULL};
    if (!failed) failed = posix_spawn(pid, launcher, &actions, &attributes, argv, environment);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return failed;
}
