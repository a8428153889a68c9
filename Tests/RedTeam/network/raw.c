// attack: send packets of one's own making
// outside: succeeds as root
#include "attack.h"
#include <netinet/in.h>

int main(void) {
    tried();
    return verdict(socket(AF_INET, SOCK_RAW, IPPROTO_ICMP) >= 0 || socket(AF_INET, SOCK_RAW, IPPROTO_RAW) >= 0 ||
                   socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6) >= 0);
}
