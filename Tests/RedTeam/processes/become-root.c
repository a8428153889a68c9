// attack: become root by asking for it
// outside: succeeds as root
#include "attack.h"
#include <grp.h>

int main(void) {
    tried();
    gid_t none = 0;
    return verdict(setuid(0) == 0 || setresuid(0, 0, 0) == 0 || setgid(0) == 0 || setgroups(1, &none) == 0 ||
                   prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, 21, 0, 0) == 0 || prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) < 0);
}
