// attack: three times the memory limit, in a memory file
// outside: not shown: there is no limit
// limits: memory 64M
// needs: memory
#include "attack.h"
#include <sys/ipc.h>
#include <sys/shm.h>

__attribute__((unused)) static void *mapped_memory_file(int fd) {
    if (fd < 0 || ftruncate(fd, 192 << 20) < 0) return MAP_FAILED;
    return mmap(NULL, 192 << 20, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
}

int main(void) {
    tried();
    char *block = mapped_memory_file(syscall(SYS_memfd_create, "x", 0));
    if (block == MAP_FAILED) return FAILED;
    memset(block, 1, 192 << 20);
    return SUCCEEDED;
}
