// attack: confuse whoever counts processes by a name that looks like another process's entry
// outside: succeeds
// inside: ends exited 0
// judge: no-survivors
#include "attack.h"

int main(void) {
    tried();
    // The kernel writes it between brackets: this one reads as dead, as init's parent, as the child of nobody.
    for (int child = 0; child < 4; child++)
        if (fork() == 0) {
            static const char *const names[] = {") Z 0 1 1 (", ")\n1 (init) S 0", "\033]0;x\007\n", "fettle-launcher"};
            prctl(PR_SET_NAME, names[child]);
            setsid();
            signal(SIGTERM, SIG_IGN);
            signal(SIGHUP, SIG_IGN);
            // Longer than a test waits.
            sleep(600);
            _exit(0);
        }
    usleep(100000);
    return SUCCEEDED;
}
