#define _GNU_SOURCE
#include "stage.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/// Whether something needs mounts of ours, without which bubblewrap could not show it.
static bool needs_mounts(const struct request *request) {
    for (int i = 0; i < request->staged_count; i++)
        if (request->staged[i].how == STAGED_COPY_ON_WRITE || request->staged[i].covered) return true;
    return false;
}

/// We are root only in here: owner of what is ours outside, and of nothing else.
static void map_ourselves(uid_t user, gid_t group) {
    char map[64];
    snprintf(map, sizeof map, "%u %u 1", user, user);
    if (!write_text("/proc/self/uid_map", map)) refuse("cannot map the user", NULL, errno);
    snprintf(map, sizeof map, "%u %u 1", group, group);
    if (!write_text("/proc/self/setgroups", "deny") || !write_text("/proc/self/gid_map", map))
        refuse("cannot map the group", NULL, errno);
}

/// The child that becomes bubblewrap. Every failure is a message on its stderr, which stage reads.
static _Noreturn void become_bubblewrap(const struct request *request, int channel, int complaints, uid_t user, gid_t group) {
    refuse_reports = false;
    refuse_ends = 0;
    refuse_removes = NULL;
    refuse_undoes = NULL;
    place(complaints, FD_ERROR);
    // While we still are who may read them.
    int data[MAX_DATA];
    for (int i = 0; i < request->data_count; i++) {
        const struct data *one = &request->data[i];
        int file = one->file ? open(one->file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
                             : memory_file("fettle-data", one->text, strlen(one->text));
        data[i] = file < 0 ? -1 : fcntl(file, F_DUPFD_CLOEXEC, FD_SAFE);
        if (data[i] < 0) refuse("cannot prepare a file for the sandbox", one->file, errno);
        close(file);
    }
    if (user == 0) {
        // Refused, not ignored: bubblewrap with the kernel's user 0 is no sandbox.
        if (request->user <= 0) refuse("as root, stage needs a user to become", NULL, 0);
        mounts_stage(request->staged, request->staged_count, request->user, true);
        user_become(request->user);
    } else if (needs_mounts(request)) {
        map_ourselves(user, group);
        mounts_stage(request->staged, request->staged_count, user, false);
    }
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) refuse("cannot give up new privileges", NULL, errno);
    // After the change of user, which would clear it. Then a look whether stage died before; its number would not tell,
    // since we may have a process namespace of our own.
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0) refuse("cannot follow stage", NULL, errno);
    if (recv(channel, &(char){0}, 1, MSG_PEEK | MSG_DONTWAIT) == 0) refuse("stage is gone", NULL, 0);
    int arguments = memory_file_of(request->arguments);
    if (arguments < 0) refuse("cannot write the arguments", NULL, errno);
    int high_channel = fcntl(channel, F_DUPFD_CLOEXEC, FD_SAFE);
    int high_arguments = fcntl(arguments, F_DUPFD_CLOEXEC, FD_SAFE);
    place(high_channel, FD_CHANNEL);
    place(high_arguments, FD_ARGUMENTS);
    for (int i = 0; i < request->data_count; i++) place(data[i], FD_DATA + i);
    close_range(FD_CHANNEL + 1, FD_ARGUMENTS - 1, 0);
    close_range(FD_ARGUMENTS + 1, FD_DATA - 1, 0);
    close_range(FD_DATA + request->data_count, ~0U, 0);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    char descriptor[16];
    snprintf(descriptor, sizeof descriptor, "%d", FD_ARGUMENTS);
    char *argv[] = {"bwrap", "--args", descriptor, "--", "/fettle/init", "init", NULL};
    char *environment[] = {NULL};
    execve(request->bubblewrap, argv, environment);
    refuse("cannot start", request->bubblewrap, errno);
}

void bubblewrap_start(struct request *request, struct supervision *watch) {
    int channel[2], complaints[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, channel) < 0 ||
        setsockopt(channel[0], SOL_SOCKET, SO_PASSCRED, &(int){1}, sizeof(int)) < 0 ||
        pipe2(complaints, O_CLOEXEC | O_NONBLOCK) < 0)
        refuse("cannot make channels", NULL, errno);
    // Known by their outer numbers: in a new user namespace we have none until they are mapped.
    uid_t user = geteuid();
    gid_t group = getegid();
    for (int i = 0; user == 0 && request->user > 0 && i < request->staged_count; i++)
        if (request->staged[i].lends) lend(&request->staged[i], &request->claim);
    if (user == 0 && request->user > 0) mounts_prepare(request->staged, request->staged_count, request->user);
    // In a process namespace of its own, which ends with it: bubblewrap's own child waits for a word from its parent
    // before it follows it into death, and would wait for ever if stage and parent were killed just then.
    unsigned long namespaces = user == 0 ? CLONE_NEWPID : 0;
    if (user != 0 && needs_mounts(request)) namespaces = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID;
    watch->bubblewrap = syscall(SYS_clone, namespaces | SIGCHLD, NULL, NULL, NULL, NULL);
    if (watch->bubblewrap < 0) refuse("cannot make namespaces", NULL, errno);
    refuse_ends = watch->bubblewrap;
    if (watch->bubblewrap == 0) {
        // A group of its own, set on both sides of the fork so that it stands whoever comes first.
        setpgid(0, 0);
        close(channel[0]);
        become_bubblewrap(request, channel[1], complaints[1], user, group);
    }
    setpgid(watch->bubblewrap, watch->bubblewrap);
    close(channel[1]);
    close(complaints[1]);
    watch->init = channel[0];
    watch->complaints = complaints[0];
}
