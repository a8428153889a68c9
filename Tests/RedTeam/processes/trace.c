// attack: trace a process of the host's
// outside: succeeds as root
#include "attack.h"

int main(void) {
    tried();
    pid_t victim = atoi(given("VICTIM"));
    if (ptrace(PTRACE_SEIZE, victim, 0, 0) < 0) return FAILED;
    ptrace(PTRACE_DETACH, victim, 0, 0);
    return SUCCEEDED;
}
