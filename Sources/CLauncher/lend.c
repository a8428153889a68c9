#define _GNU_SOURCE
#include "CLauncher.h"
#include "internal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

// Where a file system cannot map owners (overlayfs, which containers have as their root) a folder is given to the
// sandbox's user for the time of the run, and what is in it then is given back.

/// Who owns what, and who is to own it. What `from` made has no name elsewhere that matters; what was there before may
/// have, and a file with a second name is left alone then.
struct change {
    dev_t device;
    uid_t from, to;
    gid_t group;
    bool follows_names;
};

/// A folder on the way down: which it is, and those in it that are still to be entered.
struct level {
    dev_t device;
    ino_t number;
    char **names;
    int count;
};

/// Changes the owner of all in `directory` that is to change hands, and notes the folders in it. Another file system is
/// not the folder's, and is left alone. False where there is no memory left.
static bool take(int directory, const struct change *change, struct level *level) {
    int copy = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *stream = copy < 0 ? NULL : fdopendir(copy);
    if (!stream) {
        if (copy >= 0) close(copy);
        return true;
    }
    bool done = true;
    for (struct dirent *entry; done && (entry = readdir(stream));) {
        struct stat status;
        const char *name = entry->d_name;
        if (!strcmp(name, ".") || !strcmp(name, "..") || fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) < 0) continue;
        bool is_folder = S_ISDIR(status.st_mode);
        if (status.st_dev != change->device || (!is_folder && status.st_nlink > 1 && !change->follows_names)) continue;
        if (status.st_uid == change->from) fchownat(directory, name, change->to, change->group, AT_SYMLINK_NOFOLLOW);
        if (!is_folder) continue;
        char **more = realloc(level->names, (level->count + 1) * sizeof *more);
        if (more) level->names = more;
        done = more && (level->names[level->count] = strdup(name));
        level->count += done;
    }
    closedir(stream);
    return done;
}

static bool identify(int directory, struct level *level) {
    struct stat status;
    if (fstat(directory, &status) < 0) return false;
    level->device = status.st_dev;
    level->number = status.st_ino;
    return true;
}

static void forget(struct level *level) {
    while (level->count) free(level->names[--level->count]);
    free(level->names);
}

/// Changes the owner of all below `directory`, which is taken over: in one descriptor and no recursion, however deep.
static void hand_over(int directory, const struct change *change) {
    int depth = 0;
    struct level *levels = calloc(1, sizeof *levels);
    bool goes_on = levels && identify(directory, levels) && take(directory, change, levels);
    while (goes_on) {
        struct level *level = &levels[depth];
        if (level->count) {
            char *name = level->names[--level->count];
            int next = openat(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
            free(name);
            if (next < 0) continue;
            struct level *more = realloc(levels, (depth + 2) * sizeof *levels);
            if (more) levels = more;
            close(directory);
            directory = next;
            if (!more) break;
            levels[++depth] = (struct level){0};
            goes_on = identify(directory, &levels[depth]) && take(directory, change, &levels[depth]);
            continue;
        }
        if (depth == 0) break;
        // Back by `..`, if that still is where we came from.
        struct level up = {0};
        int parent = openat(directory, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        goes_on = parent >= 0 && identify(parent, &up) && up.device == levels[depth - 1].device &&
                  up.number == levels[depth - 1].number;
        close(directory);
        directory = parent;
        forget(&levels[depth--]);
    }
    for (; levels && depth >= 0; depth--) forget(&levels[depth]);
    free(levels);
    if (directory >= 0) close(directory);
}

/// Whether a run that lives has claimed `user`.
static bool is_held(uid_t user, const char *lock_directory) {
    char path[4096];
    snprintf(path, sizeof path, "%s/user-%u", lock_directory, user);
    int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) return false;
    bool held = flock(fd, LOCK_EX | LOCK_NB) < 0;
    close(fd);
    return held;
}

void lend(struct staged *staged, const struct claim *claim) {
    int fd = open(staged->source, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    struct stat status;
    if (fd < 0 || fstat(fd, &status) < 0) refuse("cannot open", staged->source, errno);
    bool is_lent = status.st_uid >= claim->first && status.st_uid < claim->first + claim->count;
    if (is_lent && is_held(status.st_uid, claim->lock_directory))
        refuse("this file system cannot map owners, so only one run at a time can use", staged->source, 0);
    // A run that was killed gave nothing back; only root lends.
    staged->owner = is_lent ? geteuid() : status.st_uid;
    staged->group = is_lent ? getegid() : status.st_gid;
    staged->is_lent = true;
    if (fchown(fd, claim->user, claim->user) < 0) refuse("cannot lend", staged->source, errno);
    if (S_ISDIR(status.st_mode)) hand_over(fd, &(struct change){status.st_dev, status.st_uid, claim->user, claim->user, is_lent});
    else close(fd);
}

void lend_give_back(struct staged *staged, const struct claim *claim) {
    if (!staged->is_lent) return;
    staged->is_lent = false;
    int fd = open(staged->source, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    struct stat status;
    if (fd < 0) return;
    if (fstat(fd, &status) == 0 && status.st_uid == claim->user) fchown(fd, staged->owner, staged->group);
    if (S_ISDIR(status.st_mode)) hand_over(fd, &(struct change){status.st_dev, claim->user, staged->owner, staged->group, true});
    else close(fd);
}

int fettle_maps_owners(const char *path) {
    struct statfs status;
    return statfs(path, &status) < 0 || status.f_type != OVERLAYFS_SUPER_MAGIC;
}
