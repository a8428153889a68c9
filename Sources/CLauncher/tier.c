#define _GNU_SOURCE
#include "stage.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

/// The child that becomes init without a namespace around it.
static _Noreturn void become_init(const struct request *request, int channel, int complaints, pid_t stage) {
    refuse_reports = false;
    refuse_ends = 0;
    refuse_removes = NULL;
    refuse_undoes = NULL;
    if (geteuid() == 0) refuse("root needs no Landlock tier: it can make namespaces", NULL, 0);
    int high_channel = fcntl(channel, F_DUPFD_CLOEXEC, FD_SAFE);
    place(complaints, FD_ERROR);
    place(high_channel, FD_CHANNEL);
    close_range(FD_CHANNEL + 1, ~0U, 0);
    if (setsid() < 0) refuse("cannot begin a session", NULL, errno);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) refuse("cannot give up new privileges", NULL, errno);
    // What a program leaves behind becomes ours, as it would become a process namespace's first process's.
    if (prctl(PR_SET_CHILD_SUBREAPER, 1) < 0) refuse("cannot take over orphans", NULL, errno);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || getppid() != stage) refuse("stage is gone", NULL, 0);
    landlock_enter(request);
    exit(init_main(true));
}

void tier_start(const struct request *request, struct supervision *watch) {
    int channel[2], complaints[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, channel) < 0 ||
        setsockopt(channel[0], SOL_SOCKET, SO_PASSCRED, &(int){1}, sizeof(int)) < 0 ||
        pipe2(complaints, O_CLOEXEC | O_NONBLOCK) < 0)
        refuse("cannot make channels", NULL, errno);
    pid_t stage = getpid();
    watch->bubblewrap = fork();
    if (watch->bubblewrap < 0) refuse("cannot fork", NULL, errno);
    if (watch->bubblewrap == 0) {
        close(channel[0]);
        become_init(request, channel[1], complaints[1], stage);
    }
    refuse_ends = watch->bubblewrap;
    close(channel[1]);
    close(complaints[1]);
    watch->init = channel[0];
    watch->complaints = complaints[0];
}
