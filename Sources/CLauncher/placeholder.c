#define _GNU_SOURCE
#include "stage.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct placeholder placeholder_make(const char *worktree) {
    struct placeholder placeholder = {-1};
    if (!worktree) return placeholder;
    placeholder.worktree = open(worktree, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (placeholder.worktree < 0) refuse("cannot open the worktree", worktree, errno);
    // Several runs may share a worktree; the lock says who is the last. Waited for while another run tidies up, but not
    // for ever: a program inside can hold it.
    for (int attempt = 0; attempt < 20 && flock(placeholder.worktree, LOCK_SH | LOCK_NB) < 0; attempt++)
        nanosleep(&(struct timespec){0, 1000000}, NULL);
    if (mkdirat(placeholder.worktree, ".git", 0700) < 0 && errno != EEXIST)
        refuse("cannot hide the repository of", worktree, errno);
    return placeholder;
}

bool placeholder_remove(const struct placeholder *placeholder) {
    if (placeholder->worktree < 0) return true;
    // Only an empty folder goes, which is no repository whoever made it. Another run that shares it takes it away.
    bool last = flock(placeholder->worktree, LOCK_EX | LOCK_NB) == 0;
    bool removed = !last || unlinkat(placeholder->worktree, ".git", AT_REMOVEDIR) == 0 || errno == ENOENT ||
                   errno == ENOTEMPTY || errno == ENOTDIR;
    close(placeholder->worktree);
    return removed;
}
