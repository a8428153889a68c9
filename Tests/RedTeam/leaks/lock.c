// attack: lock the worktree and the inputs for those who come later
// outside: succeeds
// inside: may succeed
// judge: unlocked
#include "attack.h"
#include <sys/file.h>

int main(void) {
    tried();
    int folder = open(".", O_RDONLY | O_DIRECTORY), input = open("/fettle/in/attack", O_RDONLY);
    bool locked = flock(folder, LOCK_EX | LOCK_NB) == 0;
    if (input >= 0) flock(input, LOCK_EX | LOCK_NB);
    if (fork() == 0) {
        setsid();
        sleep(15);
    }
    return verdict(locked);
}
