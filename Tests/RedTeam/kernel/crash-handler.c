// attack: have a crash start the host's crash handler, as root and with a name of one's own
// outside: succeeds
#include "attack.h"

int main(void) {
    tried();
    char pattern[2] = "";
    int fd = open("/proc/sys/kernel/core_pattern", O_RDONLY | O_CLOEXEC);
    // Where there is none, nothing can be started.
    if (read(fd, pattern, 1) != 1 || *pattern != '|') return NOT_HERE;
    // Only a limit of one byte keeps the kernel from it (core(5)): with less it is started, whatever the limit.
    struct rlimit none = {0, 0}, limit;
    setrlimit(RLIMIT_CORE, &none);
    syscall(SYS_prlimit64, 0, RLIMIT_CORE, &none, NULL);
    syscall(SYS_prlimit64, getpid(), RLIMIT_CORE, &none, NULL);
    return verdict(getrlimit(RLIMIT_CORE, &limit) == 0 && limit.rlim_cur != 1);
}
