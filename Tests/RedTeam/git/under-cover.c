// attack: take the cover off the repository
// outside: not shown: there is no cover
#include "attack.h"

int main(void) {
    tried();
    bool any = umount2(".git", MNT_DETACH) == 0 || umount2("/worktree/.git", UMOUNT_NOFOLLOW) == 0;
    any |= mount(".", "/tmp", NULL, MS_BIND, NULL) == 0;
    int tree = syscall(SYS_open_tree, AT_FDCWD, "/worktree", 1);
    any |= tree >= 0;
    any |= rename(".git", "moved") == 0 || syscall(SYS_renameat2, AT_FDCWD, ".git", AT_FDCWD, "other", 2) == 0;
    any |= link(".git", "second") == 0 || opens(".git/../.git/config", O_RDONLY);
    return verdict(any);
}
