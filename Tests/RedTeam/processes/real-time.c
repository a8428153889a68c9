// attack: get a real-time or deadline share of the processor by what the user's limits allow
// outside: succeeds as root
#include "attack.h"

int main(void) {
    tried();
    struct rlimit limit;
    bool any = getrlimit(RLIMIT_RTPRIO, &limit) == 0 && limit.rlim_max > 0;
    any |= getrlimit(RLIMIT_NICE, &limit) == 0 && limit.rlim_max > 20;
    struct sched_param real = {.sched_priority = 1};
    any |= sched_setscheduler(0, SCHED_RR, &real) == 0;
    struct { uint32_t size, policy; uint64_t flags; int32_t nice; uint32_t priority; uint64_t runtime, deadline, period; }
        deadline = {48, 6 /* SCHED_DEADLINE */, 0, 0, 0, 10000000, 30000000, 30000000};
    any |= syscall(SYS_sched_setattr, 0, &deadline, 0) == 0;
    return verdict(any);
}
