// attack: create files in the system's folders
// outside: succeeds as root
#include "attack.h"

int main(void) {
    tried();
    static const char *const folders[] = {"/usr", "/usr/bin", "/usr/lib", "/", "/etc", "/fettle", "/fettle/in"};
    bool any = false;
    for (int i = 0; i < 7; i++) {
        // Has no name, so that nothing stays where it works.
        any |= opens(folders[i], O_TMPFILE | O_WRONLY);
        char path[64];
        snprintf(path, sizeof path, "%s/.fettle-red-team", folders[i]);
        int fd = open(path, O_CREAT | O_EXCL | O_WRONLY, 0600);
        if (fd >= 0) any = true, unlink(path), close(fd);
    }
    return verdict(any);
}
