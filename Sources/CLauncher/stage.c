#define _GNU_SOURCE
#include "stage.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

static int rule_named(const char *key) {
    static const char *const names[] = {"listable", "readable", "writable"};
    for (int i = 0; i < 3; i++)
        if (!strcmp(key, names[i])) return i;
    return -1;
}

static struct request request;

void give_back(struct request *request) {
    for (int i = 0; i < request->staged_count; i++) lend_give_back(&request->staged[i], &request->claim);
}

static void undo(void) { give_back(&request); }

static struct request *read_request(void) {
    struct words words = words_from(FD_REQUEST);
    refuse_undoes = undo;
    refuse_removes = &request.groups;
    request.user = -1;
    while (words_left(&words)) {
        const char *key = word(&words);
        bool room = request.staged_count < MAX_STAGED;
        struct staged *staged = &request.staged[request.staged_count];
        if (!strcmp(key, "bubblewrap")) request.bubblewrap = word(&words);
        else if (!strcmp(key, "group")) groups_add(&request.groups, word(&words));
        else if (!strcmp(key, "set") && request.groups.count) {
            const char *file = word(&words);
            groups_limit(&request.groups, file, word(&words));
        } else if (!strcmp(key, "read") && request.groups.count) groups_want(&request.groups, word(&words));
        else if (!strcmp(key, "processor-time") && request.groups.count) {
            const char *file = word(&words);
            groups_bound_time(&request.groups, file, number(&words));
        } else if (!strcmp(key, "user")) {
            long first = number(&words), count = number(&words);
            const char *locks = word(&words);
            request.user = user_claim(first, count, locks);
            request.claim = (struct claim){request.user, first, count, locks};
            if (request.user < 0) refuse("every sandbox user is taken; run fewer things at once", NULL, 0);
        } else if (!strcmp(key, "stage") && room) {
            *staged = (struct staged){.source = word(&words), .how = STAGED_READ_ONLY};
            request.staged_count++;
        } else if (!strcmp(key, "stage-owned") && room) {
            *staged = (struct staged){.source = word(&words), .how = STAGED_OWNED};
            request.staged_count++;
        } else if (!strcmp(key, "lend") && request.staged_count) {
            staged[-1].lends = true;
        } else if (!strcmp(key, "cover") && request.staged_count) {
            staged[-1].covered = word_list(&words);
        } else if (!strcmp(key, "stage-copy") && room) {
            *staged = (struct staged){.source = word(&words), .how = STAGED_COPY_ON_WRITE};
            staged->bytes = number(&words);
            staged->inodes = number(&words);
            request.staged_count++;
        } else if (!strcmp(key, "data") && request.data_count < MAX_DATA)
            request.data[request.data_count++] = (struct data){.text = word(&words)};
        else if (!strcmp(key, "data-file") && request.data_count < MAX_DATA)
            request.data[request.data_count++] = (struct data){.file = word(&words)};
        else if (!strcmp(key, "worktree")) {
            request.worktree = word(&words);
            request.lock_file = word(&words);
        }
        else if (!strcmp(key, "landlock")) request.is_landlocked = true;
        else if (rule_named(key) >= 0 && request.rule_count < MAX_RULES)
            request.rules[request.rule_count++] = (struct rule){.how = rule_named(key), .path = word(&words)};
        else if (!strcmp(key, "prompt")) request.is_prompt = true;
        else if (!strcmp(key, "grace")) request.grace = number(&words);
        else if (!strcmp(key, "arguments")) request.arguments = word_list(&words);
        else refuse("stage does not know the word", key, 0);
    }
    if (!request.is_landlocked && (!request.bubblewrap || !request.arguments)) refuse("stage was told too little", NULL, 0);
    return &request;
}

int stage_main(void) {
    refuse_reports = true;
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
    if (watch.signals < 0) refuse("cannot wait for signals", NULL, errno);
    struct request *request = read_request();
    struct placeholder placeholder = placeholder_make(request->worktree, request->lock_file);
    if (request->is_landlocked) tier_start(request, &watch);
    else bubblewrap_start(request, &watch);
    supervise(request, &watch, &placeholder);
    return 0;
}
