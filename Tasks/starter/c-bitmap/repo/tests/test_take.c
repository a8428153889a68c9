#include "blocks.h"
#include "check.h"

int main(void) {
    struct blocks blocks;
    assert(blocks_create(&blocks, 130));
    assert(blocks_take(&blocks, 0) == BLOCKS_NONE);
    assert(blocks_take(&blocks, 131) == BLOCKS_NONE);
    assert(blocks_take(&blocks, 5) == 0);
    assert(blocks_take(&blocks, 60) == 5);
    assert(blocks_take(&blocks, 5) == 65);
    assert(blocks_free_count(&blocks) == 60);

    assert(blocks_release(&blocks, 1, 3));
    assert(blocks_take(&blocks, 4) == 70);
    assert(blocks_take(&blocks, 3) == 1);
    assert(blocks_take(&blocks, 57) == BLOCKS_NONE);
    assert(blocks_take(&blocks, 56) == 74);
    assert(blocks_take(&blocks, 1) == BLOCKS_NONE);
    assert(blocks_free_count(&blocks) == 0);
    blocks_destroy(&blocks);
    return 0;
}
