// attack: many processes, each below the memory limit, all together far above it
// outside: not shown: there is no limit
// inside: may succeed
// limits: memory 64M
// needs: memory
// judge: memory-bounded
#include "attack.h"

int main(void) {
    tried();
    for (int i = 0; i < 8; i++)
        if (fork() == 0) {
            char *block = malloc(32 << 20);
            memset(block, 1, 32 << 20);
            sleep(1);
            _exit(0);
        }
    int status, ended = 0;
    while (wait(&status) > 0) ended += status == 0;
    return verdict(ended == 8);
}
