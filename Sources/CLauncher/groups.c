#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static void path_of(char *path, size_t capacity, const char *directory, const char *file) {
    if ((size_t)snprintf(path, capacity, "%s/%s", directory, file) >= capacity)
        refuse("the path is too long:", directory, 0);
}

void groups_add(struct groups *groups, const char *directory) {
    if (groups->count == 8) refuse("too many control groups at", directory, 0);
    if (mkdir(directory, 0755) < 0 && errno != EEXIST) refuse("cannot make the control group", directory, errno);
    groups->directory[groups->count++] = directory;
}

void groups_limit(const struct groups *groups, const char *file, const char *value) {
    char path[4096];
    path_of(path, sizeof path, groups->directory[groups->count - 1], file);
    if (!write_text(path, value)) refuse("cannot set the limit", path, errno);
}

void groups_want(struct groups *groups, const char *file) {
    if (groups->reads == 16) refuse("too many control-group files at", file, 0);
    groups->read[groups->reads].group = groups->count - 1;
    groups->read[groups->reads++].name = file;
}

void groups_bound_time(struct groups *groups, const char *file, long milliseconds) {
    groups->processor_group = groups->count - 1;
    groups->processor_file = file;
    groups->processor_limit = milliseconds;
}

bool groups_time_is_spent(const struct groups *groups) {
    char path[4096], text[4096];
    if (groups->processor_limit <= 0) return false;
    path_of(path, sizeof path, groups->directory[groups->processor_group], groups->processor_file);
    if (!read_text(path, text, sizeof text)) return false;
    // Version 1 tells nanoseconds and nothing else, version 2 microseconds and more.
    const char *named = strstr(text, "usage_usec ");
    long used = named ? strtol(named + strlen("usage_usec "), NULL, 10) / 1000 : strtol(text, NULL, 10) / 1000000;
    return used >= groups->processor_limit;
}

void groups_prepare(const struct groups *groups) {
    // The kernel moves processes between groups under a lock that takes a grace period (ten milliseconds and more) to
    // get, and little to get again soon after. A move of ourselves to where we are pays for that while bubblewrap
    // still builds its walls.
    char path[4096];
    if (!groups->count) return;
    size_t length = strlen(groups->directory[0]);
    while (length && groups->directory[0][length - 1] != '/') length--;
    snprintf(path, sizeof path, "%.*scgroup.procs", (int)length, groups->directory[0]);
    write_text(path, "0"); // where it is refused, joining takes longer and that is all
}

bool groups_join(const struct groups *groups, pid_t pid) {
    char path[4096], text[16];
    snprintf(text, sizeof text, "%d", pid);
    for (int i = 0; i < groups->count; i++) {
        path_of(path, sizeof path, groups->directory[i], "cgroup.procs");
        if (!write_text(path, text)) return false;
    }
    return true;
}

size_t groups_report(const struct groups *groups, char *text, size_t capacity) {
    size_t used = 0;
    for (int i = 0; i < groups->reads; i++) {
        char path[4096], content[4096];
        const char *name = groups->read[i].name;
        path_of(path, sizeof path, groups->directory[groups->read[i].group], name);
        if (!read_text(path, content, sizeof content)) continue;
        size_t needed = strlen(name) + strlen(content) + 2;
        if (used + needed > capacity) break;
        strcpy(text + used, name);
        strcpy(text + used + strlen(name) + 1, content);
        used += needed;
    }
    return used;
}

const char *groups_remove(const struct groups *groups) {
    const char *left = NULL;
    // The kernel lets go of the last process a moment after it was reaped.
    for (int attempt = 0; attempt < 200; attempt++) {
        left = NULL;
        for (int i = 0; i < groups->count; i++)
            if (rmdir(groups->directory[i]) < 0 && errno != ENOENT) left = groups->directory[i];
        if (!left) break;
        nanosleep(&(struct timespec){0, attempt < 20 ? 200000 : 2000000}, NULL);
    }
    return left;
}
