// attack: fill the process table with the dead
// outside: succeeds
// limits: processes 64
#include "attack.h"

int main(void) {
    tried();
    int dead = 0;
    for (pid_t child; dead < 300 && (child = fork()) >= 0; dead++)
        if (child == 0) _exit(0);
    return verdict(dead >= 80);
}
