#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/// A mount of `/dev/null` on which no device works: nobody can open it, and nobody listens there.
static int dead_end(void) {
    int tree = open_tree(AT_FDCWD, "/dev/null", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
    struct mount_attr attributes = {
        .attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC};
    if (tree < 0 || mount_setattr(tree, "", AT_EMPTY_PATH, &attributes, sizeof attributes) < 0)
        refuse("cannot make a cover for the worktree's sockets and pipes", NULL, errno);
    return tree;
}

void cover_special_files(const char *place, char **paths) {
    int top = open(place, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (top < 0) refuse("cannot open", place, errno);
    for (; *paths; paths++) {
        // What has become a link, or lies behind one now, is not what was found there, and is not followed.
        struct open_how how = {
            .flags = O_PATH | O_NOFOLLOW | O_CLOEXEC, .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS};
        int file = syscall(SYS_openat2, top, *paths, &how, sizeof how);
        if (file < 0 && (errno == ENOENT || errno == ENOTDIR || errno == ELOOP)) continue;
        struct stat status;
        if (file < 0 || fstat(file, &status) < 0) refuse("cannot cover", *paths, errno);
        if (S_ISSOCK(status.st_mode) || S_ISFIFO(status.st_mode)) {
            int tree = dead_end();
            if (move_mount(tree, "", file, "", MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH) < 0)
                refuse("cannot cover", *paths, errno);
            close(tree);
        }
        close(file);
    }
    close(top);
}
