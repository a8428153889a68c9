// attack: get capabilities back in a user namespace of one's own
// outside: succeeds
// each: unshare clone thread-flags
#include "attack.h"

int main(int count, char **arguments) {
    tried();
    const char *how = count > 1 ? arguments[1] : "";
    if (!strcmp(how, "unshare")) return verdict(unshare(CLONE_NEWUSER) == 0);
    unsigned long flags = CLONE_NEWUSER | SIGCHLD;
    // The kernel looks at 32 bits of clone's flags.
    if (!strcmp(how, "thread-flags")) flags |= 0xFFFFFFFF00000000UL;
    pid_t child = syscall(SYS_clone, flags, NULL, NULL, NULL, NULL);
    if (child == 0) _exit(0);
    return verdict(child > 0);
}
