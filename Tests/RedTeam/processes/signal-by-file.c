// attack: have the kernel signal a process of the host's when a file is ready
// outside: succeeds
#include "attack.h"

int main(void) {
    tried();
    int ends[2];
    if (pipe(ends) < 0) return FAILED;
    // SIGIO by default, SIGKILL on request.
    return verdict(fcntl(ends[0], F_SETOWN, atoi(given("VICTIM"))) == 0 && fcntl(ends[0], 10 /* F_SETSIG */, SIGKILL) == 0 &&
                   fcntl(ends[0], F_SETFL, O_ASYNC | O_NONBLOCK) == 0 && write(ends[1], "x", 1) == 1);
}
