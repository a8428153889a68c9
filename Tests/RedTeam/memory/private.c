// attack: three times the memory limit
// outside: not shown: there is no limit
// limits: memory 64M
#include "attack.h"

int main(void) {
    tried();
    for (int i = 0; i < 192; i++) {
        char *block = malloc(1 << 20);
        if (!block) return FAILED;
        memset(block, 1, 1 << 20);
    }
    return SUCCEEDED;
}
