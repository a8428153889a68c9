// attack: make the read-only root writable again
// outside: not shown: the machine's own root is writable
#include "attack.h"

int main(void) {
    tried();
    static const char *const places[] = {"/", "/usr", "/fettle/init", "/worktree/.git", "/dev", "/proc/sys"};
    bool any = false;
    for (int i = 0; i < 6; i++) {
        any |= mount(NULL, places[i], NULL, MS_REMOUNT | MS_BIND, NULL) == 0;
        any |= umount2(places[i], MNT_DETACH) == 0;
    }
    return verdict(any);
}
