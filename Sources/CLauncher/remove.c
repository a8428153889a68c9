#define _GNU_SOURCE
#include "CLauncher.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/// A folder on the way down: what it is called in the one above, which it is, and what in it cannot be removed.
struct level {
    char *name;
    dev_t device;
    ino_t number;
    char **stuck;
    int stuck_count;
};

static bool is_stuck(const struct level *level, const char *name) {
    for (int i = 0; i < level->stuck_count; i++)
        if (!strcmp(level->stuck[i], name)) return true;
    return false;
}

/// False where there is no memory to note it, and then it is better to stop than to try for ever.
static bool note_stuck(struct level *level, const char *name) {
    char **more = realloc(level->stuck, (level->stuck_count + 1) * sizeof *more);
    if (!more) return false;
    level->stuck = more;
    return (level->stuck[level->stuck_count] = strdup(name)) && ++level->stuck_count;
}

static void forget(struct level *level) {
    for (int i = 0; i < level->stuck_count; i++) free(level->stuck[i]);
    free(level->stuck);
    free(level->name);
}

/// A folder below another, made accessible first where it is ours and is not. -1 and `errno` on failure.
static int opened(int directory, const char *name) {
    // A descriptor that only names it cannot be swapped for a link between the look and the change.
    int handle = openat(directory, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (handle < 0) return -1;
    struct stat status;
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", handle);
    if (fstat(handle, &status) == 0 && (status.st_mode & S_IRWXU) != S_IRWXU)
        chmod(path, (status.st_mode & 07777) | S_IRWXU);
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int error = errno;
    close(handle);
    errno = error;
    return fd;
}

/// Removes what is in `directory` and is no folder that has something in it. The name of the first such is returned,
/// the caller's to free; NULL if there is none, with `*failure` set where something else stays.
static char *clear(int directory, struct level *level, int *failure) {
    int copy = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *stream = copy < 0 ? NULL : fdopendir(copy);
    if (!stream) {
        *failure = errno;
        if (copy >= 0) close(copy);
        return NULL;
    }
    char *found = NULL;
    for (struct dirent *entry; !found && (entry = readdir(stream));) {
        const char *name = entry->d_name;
        if (!strcmp(name, ".") || !strcmp(name, "..") || is_stuck(level, name)) continue;
        if (unlinkat(directory, name, 0) == 0 || errno == ENOENT) continue;
        int error = errno;
        if (unlinkat(directory, name, AT_REMOVEDIR) == 0 || errno == ENOENT) continue;
        if (errno == ENOTEMPTY || errno == EEXIST || errno == EACCES) {
            found = strdup(name);
        } else {
            *failure = errno == ENOTDIR ? error : errno;
            if (!note_stuck(level, name)) break;
        }
    }
    closedir(stream);
    return found;
}

static bool is_at(int directory, const struct level *level) {
    struct stat status;
    return fstat(directory, &status) == 0 && status.st_dev == level->device && status.st_ino == level->number;
}

/// Empties a folder from its deepest one up. Takes `directory` over. Returns 0 or an errno.
static int empty(int directory) {
    int depth = 0, failure = 0;
    struct stat status;
    struct level *levels = calloc(1, sizeof *levels);
    if (!levels || fstat(directory, &status) < 0) {
        failure = errno;
        free(levels);
        close(directory);
        return failure;
    }
    levels[0].device = status.st_dev;
    levels[0].number = status.st_ino;
    while (depth >= 0) {
        char *name = clear(directory, &levels[depth], &failure);
        if (name) {
            int next = opened(directory, name);
            struct level *more = next < 0 ? NULL : realloc(levels, (depth + 2) * sizeof *levels);
            if (more) levels = more;
            if (!more || fstat(next, &status) < 0) {
                failure = errno;
                bool noted = note_stuck(&levels[depth], name);
                free(name);
                if (next >= 0) close(next);
                if (noted) continue;
                break;
            }
            close(directory);
            directory = next;
            levels[++depth] = (struct level){.name = name, .device = status.st_dev, .number = status.st_ino};
            continue;
        }
        if (depth == 0) break;
        // Back by `..`, if that still is where we came from: someone who moves folders about must not lead us out.
        int up = openat(directory, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (up < 0 || !is_at(up, &levels[depth - 1])) {
            failure = up < 0 ? errno : EXDEV;
            if (up >= 0) close(up);
            break;
        }
        close(directory);
        directory = up;
        bool goes_on = true;
        if (unlinkat(directory, levels[depth].name, AT_REMOVEDIR) < 0 && errno != ENOENT) {
            if (!failure) failure = errno;
            goes_on = note_stuck(&levels[depth - 1], levels[depth].name);
        }
        forget(&levels[depth--]);
        if (!goes_on) break;
    }
    for (; depth >= 0; depth--) forget(&levels[depth]);
    free(levels);
    close(directory);
    return failure;
}

int fettle_remove_tree(const char *path) {
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    if (!*name || !strcmp(name, ".") || !strcmp(name, "..")) return EINVAL;
    char *above = slash == path ? strdup("/") : slash ? strndup(path, slash - path) : strdup(".");
    if (!above) return ENOMEM;
    int parent = open(above, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int failure = parent < 0 ? errno : 0;
    free(above);
    if (parent < 0) return failure == ENOENT ? 0 : failure;
    if (unlinkat(parent, name, 0) < 0 && errno != ENOENT) {
        int directory = opened(parent, name);
        failure = directory < 0 ? errno : empty(directory);
        if (unlinkat(parent, name, AT_REMOVEDIR) == 0 || errno == ENOENT) failure = 0;
        else if (!failure) failure = errno;
    }
    close(parent);
    return failure;
}
