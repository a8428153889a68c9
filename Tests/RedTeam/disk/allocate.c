// attack: reserve space without writing
// outside: succeeds
// limits: file-size 1M
// judge: small-worktree
#include "attack.h"

int main(void) {
    tried();
    return verdict(fallocate(open("reserved", O_CREAT | O_RDWR, 0600), 0, 0, 8 << 20) == 0);
}
