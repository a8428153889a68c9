// attack: raise the limits again
// outside: succeeds as root
#include "attack.h"

int main(void) {
    tried();
    static const int resources[] = {RLIMIT_NPROC, RLIMIT_FSIZE, RLIMIT_NOFILE, RLIMIT_CORE, RLIMIT_MEMLOCK};
    struct rlimit limit;
    bool any = false;
    for (int i = 0; i < 5; i++) {
        getrlimit(resources[i], &limit);
        if (limit.rlim_max == RLIM_INFINITY) {
            // Outside some have no bound to begin with; inside that would be a hole, but for locked memory.
            any |= i < 4;
            continue;
        }
        rlim_t before = limit.rlim_max++;
        setrlimit(resources[i], &limit);
        any |= getrlimit(resources[i], &limit) == 0 && limit.rlim_max > before;
    }
    return verdict(any);
}
