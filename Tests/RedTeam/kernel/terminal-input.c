// attack: type into a terminal for the user
// outside: succeeds as root
#include "attack.h"
#include <pty.h>

int main(void) {
    tried();
    // A terminal of one's own stands for the user's.
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    if (master < 0 || grantpt(master) < 0 || unlockpt(master) < 0) return FAILED;
    setsid();
    int terminal = open(ptsname(master), O_RDWR);
    ioctl(terminal, TIOCSCTTY, 0);
    return verdict(ioctl(terminal, TIOCSTI, "x") == 0 || opens("/dev/tty0", O_WRONLY) || opens("/dev/tty1", O_WRONLY));
}
