// attack: make a refused call by the 32-bit gate
// outside: succeeds
#include "attack.h"

static void no_gate(int signal) {
    (void)signal;
    _exit(NOT_HERE);
}

int main(void) {
    tried();
#if defined(__x86_64__)
    signal(SIGSEGV, no_gate);
    long number = 20; // getpid
    __asm__ volatile("int $0x80" : "+a"(number) : : "memory", "r8", "r9", "r10", "r11");
    return verdict(number > 0);
#else
    return NOT_HERE;
#endif
}
