// attack: wait uninterruptibly for a child that never runs
// outside: not shown: it would hang
// inside: ends timedOut
// limits: wall-clock 2s, grace 200ms
// judge: quick
#include "attack.h"

int main(void) {
    tried();
    if (syscall(SYS_clone, CLONE_VFORK | SIGCHLD, NULL, NULL, NULL, NULL) == 0) {
        kill(getpid(), SIGSTOP);
        for (;;) pause();
    }
    return 0;
}
