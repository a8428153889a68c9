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

/// A user namespace in which `owner` of the disk is `user` of the sandbox and everybody else is nobody.
/// It exists only to describe that mapping to `mount_setattr`; nothing ever runs in it.
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

/// A detached copy of `source`'s mount. Nothing above or beside it comes along.
static int detached_copy(const struct staged *staged, uid_t user, struct stat *status) {
    // No AT_RECURSIVE for owned trees: a mount inside the worktree is not the worktree's.
    unsigned int flags = OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | (staged->owned ? 0 : AT_RECURSIVE);
    int tree = open_tree(AT_FDCWD, staged->source, flags);
    if (tree < 0 || fstat(tree, status) < 0) refuse("cannot open", staged->source, errno);
    struct mount_attr attributes = {.attr_set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV};
    if (staged->owned) {
        attributes.attr_set |= MOUNT_ATTR_IDMAP;
        attributes.userns_fd = mapping_namespace(status, user);
    } else {
        attributes.attr_set |= MOUNT_ATTR_RDONLY;
    }
    if (mount_setattr(tree, "", AT_EMPTY_PATH | (staged->owned ? 0 : AT_RECURSIVE), &attributes, sizeof attributes) < 0)
        refuse(staged->owned ? "this file system cannot map owners (idmapped mounts); move Fettle's state folder to "
                               "ext4, xfs, btrfs or tmpfs, or do not run as root:"
                             : "cannot protect",
               staged->source, errno);
    if (staged->owned) close(attributes.userns_fd);
    return tree;
}

void mounts_stage(const struct staged *all, int count, uid_t user) {
    if (unshare(CLONE_NEWNS) < 0) refuse("cannot make a mount namespace", NULL, errno);
    // Nothing mounted from here on may show on the host.
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0) refuse("cannot detach from the host's mounts", NULL, errno);
    int *trees = calloc(count + 1, sizeof *trees);
    struct stat *statuses = calloc(count + 1, sizeof *statuses);
    if (!trees || !statuses) refuse("out of memory", NULL, 0);
    // All copies are taken before /tmp is covered, since a source may lie there.
    for (int i = 0; i < count; i++) trees[i] = detached_copy(&all[i], user, &statuses[i]);
    if (mount("fettle", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "mode=0755,size=64k,nr_inodes=256") < 0)
        refuse("cannot mount the staging folder", NULL, errno);
    for (int i = 0; i < count; i++) {
        char place[32];
        snprintf(place, sizeof place, "/tmp/%d", i);
        int made = S_ISDIR(statuses[i].st_mode) ? mkdir(place, 0700) : mknod(place, S_IFREG | 0600, 0);
        if (made < 0) refuse("cannot stage", all[i].source, errno);
        if (move_mount(trees[i], "", AT_FDCWD, place, MOVE_MOUNT_F_EMPTY_PATH) < 0)
            refuse("cannot stage", all[i].source, errno);
        close(trees[i]);
    }
    free(trees);
    free(statuses);
}
