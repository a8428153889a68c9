#pragma once

#include <stdint.h>
#include <sys/types.h>

/// What the launcher tells Fettle when a run is over: this header, then NUL-terminated texts:
/// the message (empty unless `ending` has one), then name and content of each control-group file asked for.
struct fettle_report {
    uint32_t ending;            ///< one of `enum fettle_ending`
    int32_t status;             ///< exit status, or signal, or errno
    uint8_t core;               ///< the signal left a core dump
    uint8_t timed_out;          ///< the wall-clock limit passed before the program ended
    uint8_t grace_exhausted;    ///< the program was still there when its grace ran out
    uint8_t processor_time_spent; ///< the limit on processor time passed before the program ended; `timed_out` is set too
    uint8_t disk_full;          ///< a copy-on-write worktree was full
    uint8_t reserved[3];
    uint32_t peak_processes;    ///< and threads, as far as they were seen; 0 if nobody looked
    uint32_t survivors;         ///< processes that were still there when the program had ended
    uint64_t wall_microseconds; ///< from the program's start to its end
    uint64_t user_microseconds;
    uint64_t system_microseconds;
    uint64_t peak_kilobytes;    ///< of the largest single process
};

enum fettle_ending {
    FETTLE_EXITED,         ///< `status` is the exit status
    FETTLE_SIGNALLED,      ///< `status` is the signal
    FETTLE_EXEC_FAILED,    ///< the program could not be started; the message says which step failed
    FETTLE_SANDBOX_FAILED, ///< the walls could not be built; the message says why
    FETTLE_GONE,           ///< the sandbox ended without a word: killed from outside, by a limit or by us
};

/// What Fettle may say to a running launcher, one byte a message. Closing the channel means KILL.
enum fettle_order {
    FETTLE_ORDER_TERM = 'T', ///< TERM to everything inside, KILL after the grace
    FETTLE_ORDER_KILL = 'K', ///< KILL to everything inside, now
    FETTLE_ORDER_START = 'G', ///< see `fettle_start`
};

/// The descriptor that carries the `index`th `data` word of a request into bubblewrap.
int fettle_data_descriptor(int index);

/// The launcher's whole program: `stage`, `init` or `probe` by its first argument.
int fettle_launcher_main(int argc, char **argv);

/// Starts `launcher stage` in a session of its own with clean signals and exactly these descriptors:
/// 0 to 2 /dev/null, 3 the channel, 4 the request. Both must be above 9. It builds the walls and then waits for
/// `fettle_start`, which may come before it is ready. Returns 0 or an errno.
int fettle_spawn_stage(const char *launcher, int channel, int request, pid_t *pid);

/// Gives a stage its program: the request of init, the program's outputs, and the wall-clock limit in milliseconds
/// (0 is no limit). A stage that is gone does not hear it, which shows as a channel that ends. Returns 0 or an errno.
int fettle_start(int channel, int program, int output, int error, int64_t wall);

/// A pipe, and a pair of connected packet sockets, close-on-exec, at descriptors above 9. Return 0 or an errno.
int fettle_pipe(int ends[2]);
int fettle_channel(int ends[2]);

/// A close-on-exec memory file at a descriptor above 9 that holds `length` bytes, or -1 and errno.
int fettle_memory_file(const void *bytes, size_t length);

/// Says something to a running launcher. One that is gone does not hear it, which is no error.
void fettle_say(int channel, enum fettle_order order);

/// Waits for one child. Returns 0 or an errno.
int fettle_reap(pid_t pid, int *status);

/// Removes a file, or a folder and all below it: however deep, whatever its permissions, never through a link. Returns 0,
/// or an errno where something stays.
int fettle_remove_tree(const char *path);

/// Whether the file system of `path` can show files with another owner (idmapped mounts): overlayfs cannot.
int fettle_maps_owners(const char *path);
