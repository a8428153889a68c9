#pragma once

#include "internal.h"

enum { MAX_STAGED = 64, MAX_RULES = 512 };

/// What Fettle asks of one stage.
struct request {
    const char *bubblewrap;
    const char *worktree;    // where `.git` is hidden
    const char *lock_file;   // says who is the last run there
    long user;               // claimed; -1 where we are not root
    struct claim claim;
    long grace;              // milliseconds
    bool is_prompt;          // Fettle wants to know when the program is gone, not when the walls are
    struct groups groups;
    struct staged staged[MAX_STAGED];
    int staged_count;
    struct data { const char *text, *file; } data[MAX_DATA];
    int data_count;
    char **arguments;
    bool is_landlocked;      // Landlock in place of bubblewrap
    struct rule { const char *path; enum { RULE_LISTABLE, RULE_READABLE, RULE_WRITABLE } how; } rules[MAX_RULES];
    int rule_count;
};

/// Something for bubblewrap to lie over where a worktree has no `.git`, so that the program cannot make one.
struct placeholder { int worktree, lock; };
struct placeholder placeholder_make(const char *worktree, const char *lock_file);
/// False if it stays though it is ours.
bool placeholder_remove(const struct placeholder *placeholder);

/// What stage watches while bubblewrap runs.
struct supervision {
    pid_t bubblewrap;
    int init, complaints, signals;
};

/// Gives back what was lent for the run.
void give_back(struct request *request);

/// Forks and becomes bubblewrap in the child.
void bubblewrap_start(struct request *request, struct supervision *watch);

/// The same without namespaces: forks, and becomes init in the child, held by Landlock alone.
void tier_start(const struct request *request, struct supervision *watch);

/// Restricts this process, and all that come of it, to what the rules name.
void landlock_enter(const struct request *request);

/// Watches one run to its end, clears up, and tells Fettle how it went when nothing of it is left alive.
void supervise(struct request *request, const struct supervision *watch, const struct placeholder *placeholder);
