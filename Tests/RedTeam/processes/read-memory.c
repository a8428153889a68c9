// attack: read the memory of a process of the host's
// outside: succeeds as root
#include "attack.h"

int main(void) {
    tried();
    pid_t victim = atoi(given("VICTIM"));
    char path[64], line[256] = "";
    snprintf(path, sizeof path, "/proc/%d/maps", victim);
    FILE *maps = fopen(path, "r");
    if (!maps || !fgets(line, sizeof line, maps)) return FAILED;
    char buffer[16];
    struct iovec here = {buffer, sizeof buffer}, there = {(void *)strtoul(line, NULL, 16), sizeof buffer};
    return verdict(process_vm_readv(victim, &here, 1, &there, 1, 0) > 0);
}
