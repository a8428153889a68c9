// attack: have a crash start the host's crash handler, as root and with a name of one's own
// outside: succeeds
#include "attack.h"

int main(void) {
    tried();
    // Only a limit of one byte keeps the kernel from it (core(5)): with less it is started, whatever the limit.
    struct rlimit none = {0, 0}, limit;
    setrlimit(RLIMIT_CORE, &none);
    syscall(SYS_prlimit64, 0, RLIMIT_CORE, &none, NULL);
    syscall(SYS_prlimit64, getpid(), RLIMIT_CORE, &none, NULL);
    return verdict(getrlimit(RLIMIT_CORE, &limit) == 0 && limit.rlim_cur != 1);
}
