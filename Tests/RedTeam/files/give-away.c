// attack: give a file to another user
// outside: succeeds as root
#include "attack.h"

int main(void) {
    tried();
    if (open("mine", O_CREAT | O_WRONLY, 0755) < 0) return FAILED;
    return verdict(chown("mine", 12345, 12345) == 0 || chown("mine", 0, 0) == 0);
}
