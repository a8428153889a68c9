// attack: run before everybody else
// outside: succeeds as root
#include "attack.h"

int main(void) {
    tried();
    struct sched_param real = {.sched_priority = 1};
    bool any = setpriority(PRIO_PROCESS, 0, -20) == 0;
    any |= sched_setscheduler(0, SCHED_FIFO, &real) == 0;
    any |= syscall(SYS_ioprio_set, 1, 0, 1 << 13) == 0; // the real-time class of input and output
    struct rlimit limit = {99, 99};
    any |= setrlimit(RLIMIT_RTPRIO, &limit) == 0 && limit.rlim_max > 0 && sched_setscheduler(0, SCHED_RR, &real) == 0;
    return verdict(any);
}
