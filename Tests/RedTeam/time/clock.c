// attack: set the machine's clock
// outside: succeeds as root
#include "attack.h"
#include <sys/time.h>

int main(void) {
    tried();
    // To what it is: asking is all that is wanted.
    struct timex now = {0}, same = {.modes = ADJ_TICK};
    adjtimex(&now);
    same.tick = now.tick;
    struct timezone zone = {0};
    if (!*given("INSIDE")) return verdict(adjtimex(&same) >= 0);
    struct timespec today = {1700000000, 0};
    return verdict(adjtimex(&same) >= 0 || clock_settime(CLOCK_REALTIME, &today) == 0 || settimeofday(NULL, &zone) == 0 ||
                   unshare(0x80 /* CLONE_NEWTIME */) == 0 || opens("/dev/rtc", O_RDONLY) || opens("/dev/rtc0", O_RDONLY));
}
