#ifndef BLOCKS_H
#define BLOCKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The blocks of a device, each either free or taken. */
struct blocks {
    uint64_t *taken;
    size_t count;
};

#define BLOCKS_NONE SIZE_MAX

bool blocks_create(struct blocks *blocks, size_t count);
void blocks_destroy(struct blocks *blocks);

size_t blocks_free_count(const struct blocks *blocks);
bool blocks_is_free(const struct blocks *blocks, size_t first, size_t length);

/*
 * Takes a certain run, whether or not some of its blocks are taken already; false where the run
 * reaches past the end.
 */
bool blocks_reserve(struct blocks *blocks, size_t first, size_t length);

/* Takes the first free run of that length; returns where it begins, or BLOCKS_NONE. */
size_t blocks_take(struct blocks *blocks, size_t length);

/* Gives a run back; false, and nothing is changed, where a part of it is not taken. */
bool blocks_release(struct blocks *blocks, size_t first, size_t length);

/* The length of the longest free run. */
size_t blocks_longest_free(const struct blocks *blocks);

#endif
