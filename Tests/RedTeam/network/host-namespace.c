// attack: enter the host's network namespace
// outside: succeeds as root
#include "attack.h"

int main(void) {
    tried();
    char path[64];
    snprintf(path, sizeof path, "/proc/%s/ns/net", given("VICTIM"));
    bool entered = setns(open(path, O_RDONLY), CLONE_NEWNET) == 0 || setns(open("/proc/1/ns/net", O_RDONLY), CLONE_NEWNET) == 0;
    return verdict(entered);
}
