#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

/// Descriptors at fixed numbers, so that nothing needs to be told and nothing can be confused.
enum {
    FD_OUTPUT = 1,         // init: the program's, once it is to start
    FD_ERROR = 2,          // bubblewrap and init: their own complaints, read by stage
    FD_CHANNEL = 3,        // stage: to Fettle; bubblewrap and init: to stage
    FD_REQUEST = 4,        // stage only
    FD_PROGRAM_ERROR = 4,  // init: what becomes the program's stderr
    FD_ARGUMENTS = 6,      // bubblewrap's --args
    FD_DATA = 16,          // small generated files, one descriptor each
    MAX_DATA = 32,
    FD_SAFE = 64,          // above every fixed number
};

int stage_main(void);
/// `alone` says that there is no namespace around it, only Landlock.
int init_main(bool alone);

/// Ends this process with a message: on `FD_ERROR`, which stage reads and makes FETTLE_SANDBOX_FAILED of, or in stage
/// itself as that report. Whatever `refuse_ends` names is killed first, and the groups are removed.
_Noreturn void refuse(const char *what, const char *which, int error);
extern bool refuse_reports;
extern pid_t refuse_ends;
extern const struct groups *refuse_removes;
/// What else is to be undone first; NULL for nothing.
extern void (*refuse_undoes)(void);

// messages.c
/// What Fettle tells stage and stage tells init when the program is to start; the program's request, stdout and stderr
/// come along as descriptors.
struct start { char order; int64_t wall; };
/// Sends `length` bytes with `count` descriptors. False with `errno` set on failure.
bool message_send(int socket, const void *bytes, size_t length, const int *descriptors, int count);
struct message {
    ssize_t length;         // -1 with `errno` set on failure, 0 at the end
    int descriptors[3];     // -1 where there is none; the receiver's to close
    pid_t sender;           // as this process numbers it; -1 if the socket does not say
};
struct message message_receive(int socket, void *bytes, size_t capacity, int flags);

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
    long processor_limit; // milliseconds that `processor_group` may use; 0 is no limit
    int processor_group;
    const char *processor_file;
};
void groups_add(struct groups *groups, const char *directory);
void groups_limit(const struct groups *groups, const char *file, const char *value);
void groups_want(struct groups *groups, const char *file);
/// Bounds the processor time of the group added last, as `file` tells it.
void groups_bound_time(struct groups *groups, const char *file, long milliseconds);
/// Whether it has been used up.
bool groups_time_is_spent(const struct groups *groups);
/// Makes the next join quick.
void groups_prepare(const struct groups *groups);
/// Puts a process, and what it forks from then on, into all groups. False with `errno` set on failure.
bool groups_join(const struct groups *groups, pid_t pid);
/// Appends name and content of each wanted file as NUL-terminated texts. Returns the bytes written.
size_t groups_report(const struct groups *groups, char *text, size_t capacity);
/// Returns the directory of one that cannot be removed; NULL is the usual answer.
const char *groups_remove(const struct groups *groups);

// user.c
/// Locks and returns a user id of [first, first + count) that no other run on this machine holds; -1 if all are held.
long user_claim(long first, long count, const char *lock_directory);
/// Becomes `user` for good: no groups, no capabilities, no way back.
void user_become(uid_t user);

// mounts.c
/// One folder or file of the host for bubblewrap to find at /tmp/INDEX.
struct staged {
    const char *source;
    enum { STAGED_READ_ONLY, STAGED_OWNED, STAGED_COPY_ON_WRITE } how;
    long bytes, inodes; // of what is written to a copy
    bool lends;         // its file system cannot map owners
    char **covered;     // sockets and pipes in it, relative, that nobody is to reach; NULL for none
    bool is_lent;
    uid_t owner;        // while it is lent
    gid_t group;
};
/// The sandbox's user of one run, and those that there are.
struct claim { uid_t user, first, count; const char *lock_directory; };
// lend.c
void lend(struct staged *staged, const struct claim *claim);
void lend_give_back(struct staged *staged, const struct claim *claim);
// mounts.c
/// In a private mount namespace, puts each source at /tmp/INDEX, readable by `user` whatever lies above it. As root
/// `user` is not us, and owners are mapped; otherwise we are alone in a user namespace, in which only we exist.
void mounts_stage(const struct staged *all, int count, uid_t user, bool root);
/// As root, beforehand and among the host's processes: describes how owners are mapped.
void mounts_prepare(const struct staged *all, int count, uid_t user);
// overlay.c
/// Mounts a copy of the mount `tree` at `place`, which keeps what is written in memory. `status` is the tree's root.
void overlay_mount(int tree, const struct staged *staged, const char *place, const struct stat *status, uid_t user, bool root);

// cover.c
/// Lays a file that cannot be opened over each of these sockets and pipes below `place`. Those that are gone are passed over.
void cover_special_files(const char *place, char **paths);

// init.c, stage.c: what init tells stage.
struct init_report {
    uint32_t event;
    int32_t status;
    int32_t error;
    int32_t step;
    uint64_t user_microseconds, system_microseconds, peak_kilobytes;
    uint32_t peak_processes, survivors;
    uint8_t disk_full;
};
enum { INIT_READY = 1, INIT_STARTED, INIT_PROCESSOR_TIME_SPENT, INIT_DISK_FULL, INIT_ENDED, INIT_EXEC_FAILED };
/// What stage tells init: the first with a `struct start` and descriptors, the second alone.
enum { INIT_ORDER_START = 'S', INIT_ORDER_TERM = 'T' };

// watch.c: what init sees of the program while it runs.
struct watch {
    long processor_limit;       // milliseconds of all processes together; 0 is no limit
    bool alone;                 // no namespace says who is inside: those that descend from us
    int disk;                   // a copy-on-write worktree; -1 for none
    uint32_t peak_processes;
    bool disk_was_full, processor_time_was_spent;
    int64_t next_look;          // at the processes, milliseconds
};
/// Looks once. Returns the milliseconds until the next look.
int watch_look(struct watch *watch);
/// How many processes there are beside us, those that have ended left out.
uint32_t watch_count(const struct watch *watch);
/// Kills and waits for every child of this process, and for what becomes its child by that, until there is none.
void watch_end_children(void);

// filter.c
/// Refuses, for this process and all that come of it, the system calls that lead round the other walls.
#define FILTER_NO_SOCKETS "no sockets"
/// `allowed` are names of the groups of calls that are not refused, or the word above.
bool filter_install(char **allowed);

// landlock.c
long landlock_version(void);
/// Once more, so that what comes of this process can signal neither its parent nor anyone else outside.
bool landlock_enter_again(void);

// probe.c
int probe_main(char **arguments);

// program.c
struct program {
    char **arguments, **environment;
    char **allowed_calls;
    const char *directory;
    long processor_limit; // milliseconds of all processes together; 0 is no limit
    bool copies_on_write, alone;
    int limits;
    struct { int resource; long value; } limit[12];
};
enum { STEP_LIMIT, STEP_DIRECTORY, STEP_FILTER, STEP_EXEC };
struct program_failure { int32_t step, error; };
/// In the child: sets limits, directory and descriptors, then executes. Returns only on failure.
struct program_failure program_execute(const struct program *program);
