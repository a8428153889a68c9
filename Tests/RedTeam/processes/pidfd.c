// attack: kill a process of the host's by a process descriptor, or take a descriptor out of it
// outside: succeeds
#include "attack.h"

int main(void) {
    tried();
    int process = syscall(SYS_pidfd_open, atoi(given("VICTIM")), 0);
    if (process < 0) return FAILED;
    return verdict(syscall(SYS_pidfd_getfd, process, 0, 0) >= 0 || syscall(SYS_pidfd_send_signal, process, SIGKILL, NULL, 0) == 0);
}
