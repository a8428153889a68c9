// attack: make a device of one's own and read the disk
// outside: succeeds as root
#include "attack.h"
#include <sys/sysmacros.h>

int main(void) {
    tried();
    bool block = mknod("disk", S_IFBLK | 0600, makedev(254, 0)) == 0;
    bool character = mknod("memory", S_IFCHR | 0600, makedev(1, 1)) == 0;
    unlink("disk");
    unlink("memory");
    return verdict(block || character);
}
