// attack: leave a set-user-id program behind, by fchmodat2
// outside: succeeds
// judge: no-set-user-id
#include "attack.h"

int main(void) {
    tried();
    umask(0);
    if (!(open("mine", O_CREAT | O_WRONLY, 0755) >= 0 && syscall(452, AT_FDCWD, "mine", 04755, 0) == 0)) return errno == ENOSYS && true ? NOT_HERE : FAILED;
    struct stat status;
    return verdict(stat("mine", &status) == 0 && status.st_mode & (S_ISUID | S_ISGID));
}
