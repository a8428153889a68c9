// attack: fill the kernel's buffers instead of one's own memory
// outside: not shown: it would lean on the machine
// inside: may succeed
// limits: memory 64M, open-files 4096
// needs: memory
// judge: memory-bounded
#include "attack.h"

int main(void) {
    tried();
    static char block[1 << 16];
    for (int ends[2]; pipe(ends) == 0;) {
        fcntl(ends[1], F_SETFL, O_NONBLOCK);
        fcntl(ends[1], 1031 /* F_SETPIPE_SZ */, 1 << 20);
        while (write(ends[1], block, sizeof block) > 0) continue;
    }
    return 0;
}
