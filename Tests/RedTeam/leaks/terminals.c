// attack: take all the terminals there are, so that nobody else gets one
// outside: not shown: it would take them
// inside: may succeed
// limits: wall-clock 20s
// judge: terminals-left
#include "attack.h"

int main(void) {
    tried();
    for (int child = 0; child < 8; child++)
        if (fork() == 0) {
            while (posix_openpt(O_RDWR | O_NOCTTY) >= 0) continue;
            sleep(2);
            _exit(0);
        }
    while (wait(NULL) > 0) continue;
    return SUCCEEDED;
}
