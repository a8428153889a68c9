// attack: get at other families by socketpair and with the family's upper half filled
// outside: not shown: whether it works depends on the kernel
#include "attack.h"

int main(void) {
    tried();
    int ends[2];
    return verdict(socketpair(30, SOCK_SEQPACKET, 0, ends) == 0 || syscall(SYS_socket, 0xFFFFFFFF00000028UL, SOCK_STREAM, 0) >= 0 ||
                   syscall(SYS_socket, 0x100000000UL | 17, SOCK_RAW, 0) >= 0);
}
