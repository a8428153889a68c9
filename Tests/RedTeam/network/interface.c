// attack: change the network's interfaces
// outside: not shown: it would change the machine's
#include "attack.h"
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>

int main(void) {
    tried();
    struct ifreq request = {.ifr_name = "lo"};
    request.ifr_flags = IFF_UP | IFF_PROMISC;
    if (ioctl(socket(AF_INET, SOCK_DGRAM, 0), SIOCSIFFLAGS, &request) == 0) return SUCCEEDED;
    struct {
        struct nlmsghdr header;
        struct ifinfomsg message;
    } change = {
        .header = {sizeof change, RTM_NEWLINK, NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE, 1, 0}, .message = {.ifi_family = AF_UNSPEC}};
    int netlink = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
    if (netlink < 0 || send(netlink, &change, sizeof change, 0) < 0) return FAILED;
    struct {
        struct nlmsghdr header;
        struct nlmsgerr error;
    } answer;
    return verdict(recv(netlink, &answer, sizeof answer, 0) > 0 && answer.error.error == 0);
}
