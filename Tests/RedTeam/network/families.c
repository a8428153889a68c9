// attack: open a socket of a family that no namespace parts from the host's
// outside: succeeds
// each: vsock packet netlink-audit netlink-uevent netlink-netfilter netlink-generic key alg bluetooth can tipc rds xdp smc nfc qipcrtr
#include "attack.h"

int main(int count, char **arguments) {
    static const struct { const char *name; int family, type, protocol; } families[] = {
        {"vsock", 40, SOCK_STREAM, 0},           {"packet", 17, SOCK_RAW, 0},
        {"netlink-audit", 16, SOCK_RAW, 9},      {"netlink-uevent", 16, SOCK_RAW, 15},
        {"netlink-netfilter", 16, SOCK_RAW, 12}, {"netlink-generic", 16, SOCK_RAW, 16},
        {"key", 15, SOCK_RAW, 2},                {"alg", 38, SOCK_SEQPACKET, 0},
        {"bluetooth", 31, SOCK_RAW, 1},          {"can", 29, SOCK_RAW, 1},
        {"tipc", 30, SOCK_RDM, 0},               {"rds", 21, SOCK_SEQPACKET, 0},
        {"xdp", 44, SOCK_RAW, 0},                {"smc", 43, SOCK_STREAM, 0},
        {"nfc", 39, SOCK_SEQPACKET, 1},          {"qipcrtr", 42, SOCK_DGRAM, 0},
    };
    tried();
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        if (count < 2 || strcmp(arguments[1], families[i].name)) continue;
        if (socket(families[i].family, families[i].type, families[i].protocol) >= 0) return SUCCEEDED;
        // A family that the kernel does not have, or that only root may open.
        return NOT_HERE;
    }
    return FAILED;
}
