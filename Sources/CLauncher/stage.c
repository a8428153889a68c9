#define _GNU_SOURCE
#include "CLauncher.h"
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "stage.h"

static struct request read_request(void) {
    struct words words = words_from(FD_REQUEST);
    struct request request = {.user = -1};
    while (words_left(&words)) {
        const char *key = word(&words);
        if (!strcmp(key, "bubblewrap")) request.bubblewrap = word(&words);
        else if (!strcmp(key, "group")) groups_add(&request.groups, word(&words));
        else if (!strcmp(key, "set") && request.groups.count) {
            const char *file = word(&words);
            groups_limit(&request.groups, file, word(&words));
        } else if (!strcmp(key, "read") && request.groups.count) groups_want(&request.groups, word(&words));
        else if (!strcmp(key, "user")) {
            long first = number(&words), count = number(&words);
            request.user = user_claim(first, count, word(&words));
            if (request.user < 0) refuse("every sandbox user is taken; run fewer things at once", NULL, 0);
        } else if ((!strcmp(key, "stage") || !strcmp(key, "stage-owned")) && request.staged_count < MAX_STAGED)
            request.staged[request.staged_count++] = (struct staged){word(&words), key[5] != 0};
        else if (!strcmp(key, "data") && request.data_count < MAX_DATA)
            request.data[request.data_count++] = word(&words);
        else if (!strcmp(key, "worktree")) request.worktree = word(&words);
        else if (!strcmp(key, "wall")) request.wall = number(&words);
        else if (!strcmp(key, "grace")) request.grace = number(&words);
        else if (!strcmp(key, "arguments")) request.arguments = word_list(&words);
        else if (!strcmp(key, "init")) request.init = word_list(&words);
        else refuse("stage does not know the word", key, 0);
    }
    if (!request.bubblewrap || !request.arguments || !request.init) refuse("stage was told too little", NULL, 0);
    return request;
}

/// The child that becomes bubblewrap. Every failure is a message on its stderr, which stage reads.
static _Noreturn void become_bubblewrap(const struct request *request, int channel, int complaints, pid_t stage) {
    int program_error = fcntl(FD_ERROR, F_DUPFD_CLOEXEC, FD_SAFE);
    if (program_error < 0) refuse("cannot keep a descriptor", NULL, errno);
    place(complaints, FD_ERROR);
    if (geteuid() == 0) {
        // Refused, not ignored: bubblewrap with the kernel's user 0 is no sandbox.
        if (request->user <= 0) refuse("as root, stage needs a user to become", NULL, 0);
        mounts_stage(request->staged, request->staged_count, request->user);
        user_become(request->user);
    }
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) refuse("cannot give up new privileges", NULL, errno);
    // After the change of user, which would clear it.
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || getppid() != stage) refuse("stage is gone", NULL, 0);
    int arguments = memory_file_of(request->arguments), init = memory_file_of(request->init);
    if (arguments < 0 || init < 0) refuse("cannot write the arguments", NULL, errno);
    int data[MAX_DATA];
    for (int i = 0; i < request->data_count; i++) {
        int file = memory_file("fettle-data", request->data[i], strlen(request->data[i]));
        data[i] = file < 0 ? -1 : fcntl(file, F_DUPFD_CLOEXEC, FD_SAFE);
        if (data[i] < 0) refuse("cannot write a file for the sandbox", NULL, errno);
    }
    int high_channel = fcntl(channel, F_DUPFD_CLOEXEC, FD_SAFE);
    int high_arguments = fcntl(arguments, F_DUPFD_CLOEXEC, FD_SAFE), high_init = fcntl(init, F_DUPFD_CLOEXEC, FD_SAFE);
    place(high_channel, FD_CHANNEL);
    place(program_error, FD_PROGRAM_ERROR);
    place(high_init, FD_INIT_REQUEST);
    place(high_arguments, FD_ARGUMENTS);
    for (int i = 0; i < request->data_count; i++) place(data[i], FD_DATA + i);
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

int stage_main(void) {
    // Fettle's death is seen as the channel's end, which leaves us time to clear up; ours is bubblewrap's by PDEATHSIG.
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    sigset_t mask;
    sigemptyset(&mask);
    sigaddset(&mask, SIGCHLD);
    sigaddset(&mask, SIGTERM);
    sigaddset(&mask, SIGINT);
    sigaddset(&mask, SIGHUP);
    sigprocmask(SIG_SETMASK, &mask, NULL);
    struct supervision watch = {.signals = signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK)};
    int channel[2], complaints[2];
    if (watch.signals < 0 || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, channel) < 0 ||
        setsockopt(channel[0], SOL_SOCKET, SO_PASSCRED, &(int){1}, sizeof(int)) < 0 ||
        pipe2(complaints, O_CLOEXEC | O_NONBLOCK) < 0)
        refuse("cannot make channels", NULL, errno);
    struct request request = read_request();
    struct placeholder placeholder = placeholder_make(request.worktree);
    pid_t self = getpid();
    watch.bubblewrap = fork();
    if (watch.bubblewrap < 0) refuse("cannot fork", NULL, errno);
    // A group of its own, set on both sides of the fork so that it stands whoever comes first.
    setpgid(watch.bubblewrap, watch.bubblewrap);
    if (watch.bubblewrap == 0) become_bubblewrap(&request, channel[1], complaints[1], self);
    close(channel[1]);
    close(complaints[1]);
    // The program's outputs belong to the program: Fettle sees their end when the program has ended.
    close(FD_OUTPUT);
    close(FD_ERROR);
    watch.init = channel[0];
    watch.complaints = complaints[0];
    supervise(&request, &watch);
    placeholder_remove(&placeholder);
    groups_remove(&request.groups);
    return 0;
}
