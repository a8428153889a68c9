// attack: read the kernel's memory
// outside: succeeds as root
#include "attack.h"

int main(void) {
    tried();
    if (access("/proc/kcore", F_OK) && access("/dev/mem", F_OK)) return NOT_HERE;
    return verdict(opens("/proc/kcore", O_RDONLY) || opens("/dev/mem", O_RDONLY) || opens("/dev/kmem", O_RDONLY));
}
