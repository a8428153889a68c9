// attack: three times the memory limit, in tables of pages that hold nothing
// outside: not shown: there is no limit
// limits: memory 64M
// needs: memory
#include "attack.h"

int main(void) {
    tried();
    // A page of table for each two mebibytes that are looked at; what is seen there is the one page of zeroes.
    size_t tables = (192 << 20) / 4096, step = 2 << 20;
    for (size_t i = 0; i < tables; i += 512) {
        volatile char *block = mmap(NULL, 512 * step, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (block == MAP_FAILED) return FAILED;
        madvise((void *)block, 512 * step, MADV_NOHUGEPAGE);
        for (size_t j = 0; j < 512; j++) (void)block[j * step];
    }
    return SUCCEEDED;
}
