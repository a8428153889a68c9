// attack: leave a daemon behind that was born while everything was dying
// outside: not shown: it would be hard to catch
// inside: may succeed
// judge: no-survivors
#include "attack.h"

int main(void) {
    tried();
    // Generations of a few milliseconds: whoever kills by number is always late.
    for (int i = 0; i < 4; i++) {
        if (fork()) continue;
        setsid();
        for (int generation = 0; generation < 2000; generation++) {
            if (fork()) _exit(0);
            usleep(500);
        }
        _exit(0);
    }
    usleep(20000);
    return 0;
}
