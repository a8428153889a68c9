// attack: spin with every signal blocked
// outside: succeeds
// inside: ends timedOut
// limits: wall-clock 2s, grace 200ms
// judge: quick
#include "attack.h"

int main(void) {
    tried();
    if (!*given("INSIDE")) return SUCCEEDED;
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    for (;;) continue;
}
