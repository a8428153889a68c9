// attack: hold up whoever opens a file of the worktree by a lease on it, for longer than the run
// outside: not shown: it ends with its holder
// inside: may succeed
// judge: unleased no-survivors
#include "attack.h"

int main(void) {
    tried();
    int fd = open("leased", O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    fcntl(fd, F_SETLEASE, F_WRLCK);
    if (fork() == 0) {
        setsid();
        signal(SIGTERM, SIG_IGN);
        signal(SIGIO, SIG_IGN);
        sleep(600);
    }
    return SUCCEEDED;
}
