#include "bitmap.h"

static uint64_t mask(size_t bit) {
    return UINT64_C(1) << (bit % BITS_PER_WORD);
}

size_t bitmap_words(size_t bits) {
    return (bits + BITS_PER_WORD - 1) / BITS_PER_WORD;
}

bool bitmap_get(const uint64_t *words, size_t bit) {
    return (words[bit / BITS_PER_WORD] & mask(bit)) != 0;
}

void bitmap_set(uint64_t *words, size_t bit) {
    words[bit / BITS_PER_WORD] ^= mask(bit);
}

void bitmap_clear(uint64_t *words, size_t bit) {
    words[bit / BITS_PER_WORD] &= ~mask(bit);
}

size_t bitmap_count(const uint64_t *words, size_t bits) {
    size_t count = 0;
    for (size_t bit = 0; bit < bits; bit++) {
        count += bitmap_get(words, bit);
    }
    return count;
}

size_t bitmap_next_clear(const uint64_t *words, size_t bits, size_t from) {
    for (size_t bit = from; bit < bits; bit++) {
        if (bit % BITS_PER_WORD == 0 && words[bit / BITS_PER_WORD] == UINT64_MAX) {
            bit += BITS_PER_WORD - 1;
        } else if (!bitmap_get(words, bit)) {
            return bit;
        }
    }
    return bits;
}
