// attack: have a crash's memory kept where others may read it
// outside: not shown: where it lands depends on the machine
#include "attack.h"

int main(void) {
    tried();
    struct rlimit limit = {RLIM_INFINITY, RLIM_INFINITY};
    setrlimit(RLIMIT_CORE, &limit);
    getrlimit(RLIMIT_CORE, &limit);
    return verdict(limit.rlim_cur > 1 || opens("/proc/sys/kernel/core_pattern", O_WRONLY) ||
                   opens("/proc/sys/fs/suid_dumpable", O_WRONLY));
}
