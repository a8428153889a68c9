// attack: make a refused call under its x32 number
// outside: succeeds
#include "attack.h"

int main(void) {
    tried();
#if defined(__x86_64__)
    long number = syscall(0x40000000 | SYS_getpid);
    if (number < 0 && errno == ENOSYS && !*given("INSIDE")) return NOT_HERE;
    return verdict(number > 0);
#else
    return NOT_HERE;
#endif
}
