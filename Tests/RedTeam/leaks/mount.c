// attack: leave a mount behind
// outside: not shown: it would stay
#include "attack.h"

int main(void) {
    tried();
    mkdir("left", 0700);
    return verdict(mount("left", "left", "tmpfs", 0, NULL) == 0 || unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0);
}
