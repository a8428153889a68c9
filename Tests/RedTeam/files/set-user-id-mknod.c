// attack: leave a set-user-id program behind, by mknod
// outside: succeeds
// judge: no-set-user-id
#include "attack.h"

int main(void) {
    tried();
    umask(0);
    if (!(mknod("mine", S_IFREG | 04755, 0) == 0)) return errno == ENOSYS && false ? NOT_HERE : FAILED;
    struct stat status;
    return verdict(stat("mine", &status) == 0 && status.st_mode & (S_ISUID | S_ISGID));
}
