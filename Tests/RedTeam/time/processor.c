// attack: use more processor time than the limit
// outside: succeeds
// inside: ends signalled, timedOut
// limits: cpu-time 1s, wall-clock 10s
#include "attack.h"

int main(void) {
    tried();
    if (!*given("INSIDE")) return SUCCEEDED;
    signal(SIGXCPU, SIG_IGN);
    for (;;) continue;
}
