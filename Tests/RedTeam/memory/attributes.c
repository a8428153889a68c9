// attack: keep data in the attributes of files, beyond the size of the temporary folders
// outside: not shown: there is no limit
// limits: memory 64M, tmp 1M
// needs: memory
#include "attack.h"

int main(void) {
    tried();
    static char value[32768];
    memset(value, 'x', sizeof value);
    size_t kept = 0;
    for (int i = 0; i < 20000; i++) {
        char path[64];
        snprintf(path, sizeof path, "/tmp/%d", i);
        int fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
        if (fd < 0) break;
        if (fsetxattr(fd, "user.data", value, sizeof value, 0) == 0) kept += sizeof value;
        close(fd);
        if (kept >= 192 << 20) return SUCCEEDED;
    }
    return FAILED;
}
