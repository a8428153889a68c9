#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// Descriptors at fixed numbers, so that nothing needs to be told and nothing can be confused.
enum {
    FD_OUTPUT = 1,
    FD_ERROR = 2,          // stage: the program's stderr; bubblewrap: its own complaints, read by stage
    FD_CHANNEL = 3,        // stage: to Fettle; bubblewrap and init: to stage
    FD_REQUEST = 4,        // stage only
    FD_PROGRAM_ERROR = 4,  // bubblewrap and init: what becomes the program's stderr
    FD_INIT_REQUEST = 5,   // init's words
    FD_ARGUMENTS = 6,      // bubblewrap's --args
    FD_DATA = 16,          // small generated files, one descriptor each
    MAX_DATA = 16,
    FD_SAFE = 64,          // above every fixed number
};

int stage_main(void);
int init_main(void);

/// Ends this process with a message on `FD_ERROR`; stage turns it into FETTLE_SANDBOX_FAILED.
_Noreturn void refuse(const char *what, const char *which, int error);

// words.c: a request is a run of NUL-terminated words.
struct words { const char *next, *end; };
struct words words_from(int fd);
bool words_left(const struct words *words);
const char *word(struct words *words);
long number(struct words *words);
/// A counted list as an argv-like array, with its end marked by NULL.
char **word_list(struct words *words);

// files.c
bool write_text(const char *path, const char *text);
/// Reads at most `capacity - 1` bytes and ends them with NUL.
bool read_text(const char *path, char *text, size_t capacity);
int memory_file(const char *name, const void *bytes, size_t length);
/// Writes a counted list's words into a memory file, each with its NUL.
int memory_file_of(char **list);
/// Moves a descriptor to `target` for an exec that is about to happen.
void place(int fd, int target);

// groups.c: the control groups of one run.
struct groups {
    int count, reads;
    const char *directory[8];
    struct { int group; const char *name; } read[16];
};
void groups_add(struct groups *groups, const char *directory);
void groups_limit(const struct groups *groups, const char *file, const char *value);
void groups_want(struct groups *groups, const char *file);
/// Makes the next join quick.
void groups_prepare(const struct groups *groups);
/// Puts a process, and what it forks from then on, into all groups. False with `errno` set on failure.
bool groups_join(const struct groups *groups, pid_t pid);
/// Appends name and content of each wanted file as NUL-terminated texts. Returns the bytes written.
size_t groups_report(const struct groups *groups, char *text, size_t capacity);
void groups_remove(const struct groups *groups);

// user.c
/// Locks and returns a user id of [first, first + count) that no other run on this machine holds; -1 if all are held.
long user_claim(long first, long count, const char *lock_directory);
/// Becomes `user` for good: no groups, no capabilities, no way back.
void user_become(uid_t user);

// mounts.c
struct staged { const char *source; bool owned; };
/// In a private mount namespace, puts each source at /tmp/INDEX, readable by `user` whatever lies above it.
void mounts_stage(const struct staged *all, int count, uid_t user);

// init.c, stage.c: what init tells stage.
struct init_report {
    uint32_t event;
    int32_t status;
    int32_t error;
    int32_t step;
    uint64_t user_microseconds, system_microseconds, peak_kilobytes;
};
enum { INIT_READY = 1, INIT_STARTED, INIT_ENDED, INIT_EXEC_FAILED };
/// What stage tells init, one byte a message.
enum { INIT_ORDER_START = 'S', INIT_ORDER_TERM = 'T' };

// filter.c
/// Refuses, for this process and all that come of it, the system calls that lead round the other walls.
bool filter_install(void);

// probe.c
int probe_main(char **arguments);

// program.c
struct program {
    char **arguments, **environment;
    const char *directory;
    int limits;
    struct { int resource; long value; } limit[8];
};
enum { STEP_LIMIT, STEP_DIRECTORY, STEP_FILTER, STEP_EXEC };
struct program_failure { int32_t step, error; };
/// In the child: sets limits, directory and descriptors, then executes. Returns only on failure.
struct program_failure program_execute(const struct program *program);
