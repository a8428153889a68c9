#define _GNU_SOURCE
#include "stage.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/// One byte of the lock file stands for one worktree, by its inode. The file is ours, out of every program's reach: what
/// a program can open, such as the worktree itself, it can also lock.
static bool lock(const struct placeholder *placeholder, short type, int command) {
    struct stat status;
    if (fstat(placeholder->worktree, &status) < 0) return false;
    // Of the open file and not of the process, so that it means something between processes of one user.
    struct flock range = {.l_type = type, .l_whence = SEEK_SET, .l_start = status.st_ino & (((ino_t)1 << 62) - 1), .l_len = 1};
    int result;
    while ((result = fcntl(placeholder->lock, command, &range)) < 0 && errno == EINTR) continue;
    return result == 0;
}

struct placeholder placeholder_make(const char *worktree, const char *lock_file) {
    struct placeholder placeholder = {-1, -1};
    if (!worktree) return placeholder;
    placeholder.worktree = open(worktree, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (placeholder.worktree < 0) refuse("cannot open the worktree", worktree, errno);
    placeholder.lock = open(lock_file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    // Several runs may share a worktree. None goes on without the lock: another that took itself for the last would
    // remove the folder, and the kernel with it what is mounted there for us.
    if (placeholder.lock < 0 || !lock(&placeholder, F_RDLCK, F_OFD_SETLKW)) refuse("cannot lock", lock_file, errno);
    if (mkdirat(placeholder.worktree, ".git", 0700) < 0 && errno != EEXIST)
        refuse("cannot hide the repository of", worktree, errno);
    return placeholder;
}

bool placeholder_remove(const struct placeholder *placeholder) {
    if (placeholder->worktree < 0) return true;
    // Given back before it is asked for alone: of several that end at once, the last to give it back gets it.
    lock(placeholder, F_UNLCK, F_OFD_SETLK);
    // Only an empty folder goes, which is no repository whoever made it. Another run that shares it takes it away.
    bool last = lock(placeholder, F_WRLCK, F_OFD_SETLK);
    bool removed = !last || unlinkat(placeholder->worktree, ".git", AT_REMOVEDIR) == 0 || errno == ENOENT ||
                   errno == ENOTEMPTY || errno == ENOTDIR;
    close(placeholder->lock);
    close(placeholder->worktree);
    return removed;
}
