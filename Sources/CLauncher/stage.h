#pragma once

#include "internal.h"

enum { MAX_STAGED = 64 };

/// What Fettle asks of one stage.
struct request {
    const char *bubblewrap;
    const char *worktree;    // where `.git` is hidden
    long user;               // claimed; -1 where we are not root
    long wall, grace;        // milliseconds; 0 is no limit
    struct groups groups;
    struct staged staged[MAX_STAGED];
    int staged_count;
    const char *data[MAX_DATA];
    int data_count;
    char **arguments, **init;
};

/// Something for bubblewrap to lie over where a worktree has no `.git`, so that the program cannot make one.
struct placeholder { int worktree; };
struct placeholder placeholder_make(const char *worktree);
void placeholder_remove(const struct placeholder *placeholder);

/// What stage watches while bubblewrap runs.
struct supervision {
    pid_t bubblewrap;
    int init, complaints, signals;
};

/// Watches one run to its end, and tells Fettle how it went when nothing of it is left alive.
void supervise(const struct request *request, const struct supervision *watch);
