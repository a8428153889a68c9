#define _GNU_SOURCE
#include "internal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

struct process {
    pid_t number, parent;
    char state;
    bool counts;
    unsigned long ticks; // processor time, its own and that of children it waited for
    uint32_t threads;
};

/// From /proc/PID/stat, proc(5). False where the process is gone.
static bool process_read(const char *name, struct process *process) {
    char path[64], text[1024];
    snprintf(path, sizeof path, "/proc/%.16s/stat", name);
    if (!read_text(path, text, sizeof text)) return false;
    // A program may name itself as it likes, `) R 1 1` included: the last bracket ends the name.
    const char *fields = strrchr(text, ')');
    unsigned long own[2];
    long children[2], threads;
    if (!fields || sscanf(fields + 1, " %c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu %ld %ld %*d %*d %ld",
                          &process->state, &process->parent, &own[0], &own[1], &children[0], &children[1], &threads) != 7)
        return false;
    process->number = atoi(name);
    process->ticks = own[0] + own[1] + children[0] + children[1];
    process->threads = threads > 0 ? threads : 1;
    return true;
}

/// As many as there are: without a namespace those of the whole machine, of which ours are the youngest and come last.
static struct process *processes;

static int all_processes(void) {
    static int capacity;
    int count = 0;
    DIR *directory = opendir("/proc");
    if (!directory) return 0;
    for (struct dirent *entry; (entry = readdir(directory));) {
        if (entry->d_name[0] < '1' || entry->d_name[0] > '9') continue;
        if (count == capacity) {
            struct process *more = realloc(processes, (capacity + 512) * sizeof *more);
            if (!more) break;
            processes = more;
            capacity += 512;
        }
        if (process_read(entry->d_name, &processes[count])) count++;
    }
    closedir(directory);
    return count;
}

/// Marks those inside: all, or where no namespace says so those that descend from us.
static void mark(int count, bool alone) {
    pid_t self = getpid();
    for (int i = 0; i < count; i++) processes[i].counts = !alone || processes[i].number == self;
    for (bool changed = alone; changed;) {
        changed = false;
        for (int i = 0; i < count; i++)
            for (int j = 0; !processes[i].counts && j < count; j++)
                if (processes[j].counts && processes[i].parent == processes[j].number)
                    changed = processes[i].counts = true;
    }
}

/// Every process but us, and the processor time of all that ever were, us included: our share of it is next to nothing,
/// and what orphans used is told as that of our children.
static uint32_t add_up(bool alone, unsigned long *ticks, uint32_t *living) {
    uint32_t threads = 0;
    *ticks = 0;
    *living = 0;
    int count = all_processes();
    mark(count, alone);
    for (int i = 0; i < count; i++) {
        if (!processes[i].counts) continue;
        *ticks += processes[i].ticks;
        if (processes[i].number == getpid() || processes[i].state == 'Z' || processes[i].state == 'X') continue;
        threads += processes[i].threads;
        *living += 1;
    }
    return threads;
}

void watch_end_children(void) {
    // A process may be born of one that is just dying, and come to us only then.
    for (;;) {
        pid_t pid = waitpid(-1, NULL, WNOHANG);
        if (pid < 0 && errno == ECHILD) return;
        if (pid > 0) continue;
        int count = all_processes();
        for (int i = 0; i < count; i++)
            if (processes[i].parent == getpid()) kill(processes[i].number, SIGKILL);
        nanosleep(&(struct timespec){0, 200000}, NULL);
    }
}

uint32_t watch_count(const struct watch *watch) {
    unsigned long ticks;
    uint32_t living;
    // Nobody to ask is the usual case, and quick to find.
    if (kill(-1, 0) < 0) return 0;
    add_up(watch->alone, &ticks, &living);
    return living;
}

static void look_at_disk(struct watch *watch) {
    struct statfs space;
    if (watch->disk < 0 || fstatfs(watch->disk, &space) < 0) return;
    if (space.f_bfree == 0 || space.f_ffree == 0) watch->disk_was_full = true;
}

int watch_look(struct watch *watch) {
    look_at_disk(watch);
    int64_t time = now();
    if (time >= watch->next_look) {
        unsigned long ticks;
        uint32_t living;
        uint32_t threads = add_up(watch->alone, &ticks, &living);
        if (threads > watch->peak_processes) watch->peak_processes = threads;
        if (watch->processor_limit && (long)(ticks * 1000 / sysconf(_SC_CLK_TCK)) >= watch->processor_limit)
            watch->processor_time_was_spent = true;
        // Looking at many takes long: never more than a twentieth of the time.
        int64_t took = now() - time;
        watch->next_look = time + took + (took > 5 ? 20 * took : 100);
    }
    int64_t left = watch->next_look - now();
    if (left < 1) left = 1;
    // A full disk is seen only while it is full.
    return watch->disk >= 0 && left > 10 ? 10 : (int)left;
}
