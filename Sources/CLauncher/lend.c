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

/// Gives what `from` owns below `directory`, which is taken over, to `to`. A file with a second name may be anyone's
/// elsewhere, and another file system is not the folder's: both are left alone.
static void hand_over(int directory, dev_t device, uid_t from, uid_t to, gid_t group) {
    DIR *stream = fdopendir(directory);
    if (!stream) {
        close(directory);
        return;
    }
    for (struct dirent *entry; (entry = readdir(stream));) {
        struct stat status;
        const char *name = entry->d_name;
        if (!strcmp(name, ".") || !strcmp(name, "..") || fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) < 0) continue;
        if (status.st_dev != device || (!S_ISDIR(status.st_mode) && status.st_nlink > 1)) continue;
        if (status.st_uid == from) fchownat(directory, name, to, group, AT_SYMLINK_NOFOLLOW);
        if (!S_ISDIR(status.st_mode)) continue;
        int next = openat(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        // Deeper than there are descriptors nothing changes hands, which the program meets as a refusal.
        if (next >= 0) hand_over(next, device, from, to, group);
    }
    closedir(stream);
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
    if (S_ISDIR(status.st_mode)) hand_over(fd, status.st_dev, status.st_uid, claim->user, claim->user);
    else close(fd);
}

void lend_give_back(struct staged *staged, const struct claim *claim) {
    if (!staged->is_lent) return;
    staged->is_lent = false;
    int fd = open(staged->source, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    struct stat status;
    if (fd < 0) return;
    if (fstat(fd, &status) == 0 && status.st_uid == claim->user) fchown(fd, staged->owner, staged->group);
    if (S_ISDIR(status.st_mode)) hand_over(fd, status.st_dev, claim->user, staged->owner, staged->group);
    else close(fd);
}

int fettle_maps_owners(const char *path) {
    struct statfs status;
    return statfs(path, &status) < 0 || status.f_type != OVERLAYFS_SUPER_MAGIC;
}
