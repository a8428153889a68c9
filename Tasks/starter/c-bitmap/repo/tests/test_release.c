#include "blocks.h"
#include "check.h"

int main(void) {
    struct blocks blocks;
    assert(blocks_create(&blocks, 80));
    assert(blocks_longest_free(&blocks) == 80);
    assert(blocks_take(&blocks, 80) == 0);
    assert(blocks_longest_free(&blocks) == 0);

    assert(blocks_release(&blocks, 10, 20));
    assert(blocks_release(&blocks, 60, 20));
    assert(blocks_free_count(&blocks) == 40);
    assert(blocks_longest_free(&blocks) == 20);

    assert(!blocks_release(&blocks, 29, 2));
    assert(!blocks_release(&blocks, 10, 1));
    assert(!blocks_release(&blocks, 79, 2));
    assert(blocks_free_count(&blocks) == 40);

    assert(blocks_release(&blocks, 30, 5));
    assert(blocks_longest_free(&blocks) == 25);
    assert(blocks_is_free(&blocks, 10, 25));
    blocks_destroy(&blocks);
    return 0;
}
