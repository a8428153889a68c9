#ifndef BITMAP_H
#define BITMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { BITS_PER_WORD = 64 };

/* The number of words that `bits` bits need. */
size_t bitmap_words(size_t bits);

bool bitmap_get(const uint64_t *words, size_t bit);
void bitmap_set(uint64_t *words, size_t bit);
void bitmap_clear(uint64_t *words, size_t bit);

/* How many of the first `bits` bits are set. */
size_t bitmap_count(const uint64_t *words, size_t bits);

/* The first clear bit at or after `from`, or `bits` where there is none. */
size_t bitmap_next_clear(const uint64_t *words, size_t bits, size_t from);

#endif
