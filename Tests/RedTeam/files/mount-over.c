// attack: mount something over a folder
// outside: succeeds as root
#include "attack.h"

int main(void) {
    tried();
    // In a mount namespace of its own where that can be had, so that the host does not see it.
    unshare(CLONE_NEWNS);
    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
    mkdir("over", 0700);
    return verdict(mount("t", "over", "tmpfs", 0, NULL) == 0 || mount("/", "over", NULL, MS_BIND, NULL) == 0 ||
                   mount("proc", "over", "proc", 0, NULL) == 0);
}
