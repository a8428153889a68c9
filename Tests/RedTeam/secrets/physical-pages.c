// attack: learn which pages of memory belong to the program
// outside: succeeds as root
#include "attack.h"

int main(void) {
    tried();
    uint64_t entry = 0;
    int fd = open("/proc/self/pagemap", O_RDONLY);
    if (fd < 0 || pread(fd, &entry, sizeof entry, (uintptr_t)&entry / 4096 * 8) != sizeof entry) return FAILED;
    return verdict(entry & ((1ULL << 55) - 1));
}
