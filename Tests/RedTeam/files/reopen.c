// attack: reopen a read-only input for writing through its descriptor
// outside: succeeds
#include "attack.h"

int main(int count, char **arguments) {
    (void)count;
    tried();
    // Itself: a file of the host's that is an input. Opened only.
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", open(access("/fettle/in/attack", F_OK) ? given("CANARY") : "/fettle/in/attack", O_RDONLY));
    (void)arguments;
    return verdict(opens(path, O_WRONLY | O_APPEND));
}
