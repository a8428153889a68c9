// attack: read the kernel's log
// outside: succeeds as root
#include "attack.h"
#include <sys/klog.h>

int main(void) {
    tried();
    static char buffer[4096];
    return verdict(klogctl(3, buffer, sizeof buffer) > 0 || opens("/dev/kmsg", O_RDONLY) || opens("/proc/kmsg", O_RDONLY | O_NONBLOCK));
}
