// attack: open the system's programs and settings for writing
// outside: succeeds as root
#include "attack.h"

int main(void) {
    tried();
    // Opened only, so that trying it outside harms nothing.
    static const char *const paths[] = {"/usr/share/dict/../../bin/gzip", "/etc/passwd", "/etc/ld.so.cache", "/etc/hosts"};
    bool any = false;
    for (int i = 0; i < 4; i++) any |= opens(paths[i], O_WRONLY | O_APPEND);
    return verdict(any);
}
