#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef AT_RECURSIVE
#define AT_RECURSIVE 0x8000
#endif

/// A user namespace in which `owner` of the disk is `user`. It exists only to describe the mapping to `mount_setattr`;
/// nothing ever runs in it. Returns a descriptor.
static int mapping_namespace(const struct stat *owner, uid_t user) {
    // Created by clone, so that it is there when the call returns; the child does nothing but wait.
    pid_t child = syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, NULL, NULL, NULL, NULL);
    if (child < 0) refuse("cannot make a user namespace for the worktree's owner", NULL, errno);
    if (child == 0)
        for (;;) pause();
    char path[64], map[64];
    snprintf(path, sizeof path, "/proc/%d/uid_map", child);
    snprintf(map, sizeof map, "%u %u 1", owner->st_uid, user);
    bool mapped = write_text(path, map);
    snprintf(path, sizeof path, "/proc/%d/gid_map", child);
    snprintf(map, sizeof map, "%u %u 1", owner->st_gid, user);
    mapped = mapped && write_text(path, map);
    int error = errno;
    snprintf(path, sizeof path, "/proc/%d/ns/user", child);
    int namespace = open(path, O_RDONLY | O_CLOEXEC);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    if (!mapped) refuse("cannot map the worktree's owner", NULL, error);
    if (namespace < 0) refuse("cannot open the mapping's namespace", NULL, errno);
    return namespace;
}

/// Nearly always there is one: worktree, inputs and output have the same owner.
static struct mapping { uid_t owner; gid_t group; int namespace; } mappings[8];
static int mapping_count;

static int mapping_of(const struct stat *status) {
    for (int i = 0; i < mapping_count; i++)
        if (mappings[i].owner == status->st_uid && mappings[i].group == status->st_gid) return mappings[i].namespace;
    return -1;
}

void mounts_prepare(const struct staged *all, int count, uid_t user) {
    for (int i = 0; i < count; i++) {
        struct stat status;
        if (all[i].how == STAGED_READ_ONLY || all[i].lends) continue;
        if (stat(all[i].source, &status) < 0) refuse("cannot open", all[i].source, errno);
        if (mapping_of(&status) >= 0) continue;
        if (mapping_count == 8) refuse("too many owners at", all[i].source, 0);
        mappings[mapping_count++] =
            (struct mapping){status.st_uid, status.st_gid, mapping_namespace(&status, user)};
    }
}

/// A detached copy of `source`'s mount. Nothing above or beside it comes along.
static int detached_copy(const struct staged *staged, bool root, struct stat *status) {
    bool owned = staged->how != STAGED_READ_ONLY;
    // A mount inside the worktree is not the worktree's. Where we are root in a user namespace only, the kernel lets
    // nobody take mounts apart that came together, so there they stay.
    unsigned int recursive = owned && root ? 0 : AT_RECURSIVE;
    int tree = open_tree(AT_FDCWD, staged->source, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | recursive);
    if (tree < 0 || fstat(tree, status) < 0) refuse("cannot open", staged->source, errno);
    struct mount_attr attributes = {.attr_set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV};
    if (!owned) attributes.attr_set |= MOUNT_ATTR_RDONLY;
    bool maps = owned && root && !staged->lends;
    if (maps) {
        attributes.attr_set |= MOUNT_ATTR_IDMAP;
        int namespace = mapping_of(status);
        if (namespace < 0) refuse("its owner has just changed:", staged->source, 0);
        attributes.userns_fd = namespace;
    }
    if (mount_setattr(tree, "", AT_EMPTY_PATH | recursive, &attributes, sizeof attributes) < 0)
        refuse(maps ? "this file system cannot map owners (idmapped mounts); move Fettle's state folder to "
                               "ext4, xfs, btrfs or tmpfs, or do not run as root:"
                             : "cannot protect",
               staged->source, errno);
    return tree;
}

void mounts_stage(const struct staged *all, int count, uid_t user, bool root) {
    if (root && unshare(CLONE_NEWNS) < 0) refuse("cannot make a mount namespace", NULL, errno);
    // Nothing mounted from here on may show on the host.
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0) refuse("cannot detach from the host's mounts", NULL, errno);
    int *trees = calloc(count + 1, sizeof *trees);
    struct stat *statuses = calloc(count + 1, sizeof *statuses);
    if (!trees || !statuses) refuse("out of memory", NULL, 0);
    // All copies are taken before /tmp is covered, since a source may lie there.
    for (int i = 0; i < count; i++) trees[i] = detached_copy(&all[i], root, &statuses[i]);
    if (mount("fettle", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "mode=0755,size=64k,nr_inodes=256") < 0)
        refuse("cannot mount the staging folder", NULL, errno);
    for (int i = 0; i < count; i++) {
        char place[32];
        snprintf(place, sizeof place, "/tmp/%d", i);
        int made = S_ISDIR(statuses[i].st_mode) ? mkdir(place, 0700) : mknod(place, S_IFREG | 0600, 0);
        if (made < 0) refuse("cannot stage", all[i].source, errno);
        if (all[i].how == STAGED_COPY_ON_WRITE) overlay_mount(trees[i], &all[i], place, &statuses[i], user, root);
        else if (move_mount(trees[i], "", AT_FDCWD, place, MOVE_MOUNT_F_EMPTY_PATH) < 0)
            refuse("cannot stage", all[i].source, errno);
        close(trees[i]);
        if (all[i].covered) cover_special_files(place, all[i].covered);
    }
    free(trees);
    free(statuses);
}
