#include "blocks.h"

#include "bitmap.h"

#include <stdlib.h>

static bool is_inside(const struct blocks *blocks, size_t first, size_t length) {
    return length > 0 && first < blocks->count && length <= blocks->count - first;
}

/* The length of the free run at `first`, counted no further than `limit`. */
static size_t free_run(const struct blocks *blocks, size_t first, size_t limit) {
    size_t length = 0;
    while (length < limit && first + length < blocks->count &&
           !bitmap_get(blocks->taken, first + length)) {
        length++;
    }
    return length;
}

bool blocks_create(struct blocks *blocks, size_t count) {
    blocks->taken = calloc(bitmap_words(count) + 1, sizeof *blocks->taken);
    blocks->count = blocks->taken == NULL ? 0 : count;
    return blocks->taken != NULL;
}

void blocks_destroy(struct blocks *blocks) {
    free(blocks->taken);
    *blocks = (struct blocks){0};
}

size_t blocks_free_count(const struct blocks *blocks) {
    return blocks->count - bitmap_count(blocks->taken, blocks->count);
}

bool blocks_is_free(const struct blocks *blocks, size_t first, size_t length) {
    return is_inside(blocks, first, length) && free_run(blocks, first, length) == length;
}

bool blocks_reserve(struct blocks *blocks, size_t first, size_t length) {
    if (!is_inside(blocks, first, length)) {
        return false;
    }
    for (size_t offset = 0; offset < length; offset++) {
        bitmap_set(blocks->taken, first + offset);
    }
    return true;
}

size_t blocks_take(struct blocks *blocks, size_t length) {
    if (length == 0) {
        return BLOCKS_NONE;
    }
    size_t first = bitmap_next_clear(blocks->taken, blocks->count, 0);
    while (first < blocks->count) {
        size_t run = free_run(blocks, first, length);
        if (run == length) {
            blocks_reserve(blocks, first, length);
            return first;
        }
        first = bitmap_next_clear(blocks->taken, blocks->count, first + run);
    }
    return BLOCKS_NONE;
}

bool blocks_release(struct blocks *blocks, size_t first, size_t length) {
    if (!is_inside(blocks, first, length)) {
        return false;
    }
    for (size_t offset = 0; offset < length; offset++) {
        if (!bitmap_get(blocks->taken, first + offset)) {
            return false;
        }
    }
    for (size_t offset = 0; offset < length; offset++) {
        bitmap_clear(blocks->taken, first + offset);
    }
    return true;
}

size_t blocks_longest_free(const struct blocks *blocks) {
    size_t longest = 0;
    for (size_t first = 0; first < blocks->count;) {
        size_t run = free_run(blocks, first, blocks->count);
        longest = run > longest ? run : longest;
        first += run + 1;
    }
    return longest;
}
