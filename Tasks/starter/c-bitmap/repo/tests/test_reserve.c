#include "blocks.h"
#include "check.h"

static void reserved_blocks_are_not_free(void) {
    struct blocks blocks;
    assert(blocks_create(&blocks, 200));
    assert(blocks_reserve(&blocks, 60, 10));
    assert(blocks_free_count(&blocks) == 190);
    assert(blocks_is_free(&blocks, 0, 60));
    assert(!blocks_is_free(&blocks, 59, 2));
    assert(!blocks_is_free(&blocks, 69, 1));
    assert(blocks_is_free(&blocks, 70, 130));
    blocks_destroy(&blocks);
}

static void overlapping_reservations_are_harmless(void) {
    struct blocks blocks;
    assert(blocks_create(&blocks, 100));
    assert(blocks_reserve(&blocks, 0, 40));
    assert(blocks_reserve(&blocks, 30, 20));
    assert(blocks_free_count(&blocks) == 50);
    assert(blocks_reserve(&blocks, 10, 30));
    assert(blocks_reserve(&blocks, 39, 1));
    assert(blocks_free_count(&blocks) == 50);
    assert(blocks_take(&blocks, 1) == 50);
    blocks_destroy(&blocks);
}

static void runs_must_lie_inside(void) {
    struct blocks blocks;
    assert(blocks_create(&blocks, 10));
    assert(!blocks_reserve(&blocks, 10, 1));
    assert(!blocks_reserve(&blocks, 8, 3));
    assert(!blocks_reserve(&blocks, 1, SIZE_MAX));
    assert(!blocks_reserve(&blocks, 3, 0));
    assert(blocks_free_count(&blocks) == 10);
    assert(blocks_reserve(&blocks, 8, 2));
    blocks_destroy(&blocks);
}

int main(void) {
    reserved_blocks_are_not_free();
    overlapping_reservations_are_harmless();
    runs_must_lie_inside();
    return 0;
}
