#pragma once

#include "internal.h"

enum { MAX_STAGED = 64 };

/// What Fettle asks of one stage.
struct request {
    const char *bubblewrap;
    const char *placeholder; // made if absent, and removed in the end
    long user;               // claimed; -1 where we are not root
    long wall, grace;        // milliseconds; 0 is no limit
    struct groups groups;
    struct staged staged[MAX_STAGED];
    int staged_count;
    const char *data[MAX_DATA];
    int data_count;
    char **arguments, **init;
};

/// What stage watches while bubblewrap runs.
struct supervision {
    pid_t bubblewrap;
    int init, complaints, signals;
};

/// Watches one run to its end, and tells Fettle how it went when nothing of it is left alive.
void supervise(const struct request *request, const struct supervision *watch);
