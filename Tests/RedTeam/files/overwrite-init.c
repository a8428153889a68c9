// attack: overwrite the launcher from inside, as a container's program once could (CVE-2019-5736)
// outside: not shown: there is no launcher to overwrite
// judge: tools-unchanged
#include "attack.h"

int main(void) {
    tried();
    static const char *const paths[] = {"/proc/1/exe", "/fettle/init", "/proc/self/exe", "/proc/1/root/fettle/init"};
    bool any = false;
    for (int i = 0; i < 4; i++) {
        // Busy while it runs: so wait for a moment when it does not, by a descriptor that only names it.
        int named = open(paths[i], O_PATH);
        char again[64];
        snprintf(again, sizeof again, "/proc/self/fd/%d", named);
        for (int attempt = 0; attempt < 50 && !any; attempt++) {
            any |= opens(again, O_WRONLY) || opens(paths[i], O_WRONLY | O_TRUNC);
            usleep(1000);
        }
    }
    return verdict(any);
}
