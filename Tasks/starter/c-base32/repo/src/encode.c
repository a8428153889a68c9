#include "base32.h"

static const char ALPHABET[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

enum { BITS = 5, GROUP_BYTES = 5, GROUP_LETTERS = 8 };

size_t base32_encoded_size(size_t count) {
    return (count + GROUP_BYTES - 1) / GROUP_BYTES * GROUP_LETTERS;
}

void base32_encode(const uint8_t *bytes, size_t count, char *text) {
    size_t written = 0;
    uint32_t buffer = 0;
    int waiting = 0; /* how many low bits of the buffer are not written yet */
    for (size_t index = 0; index < count; index++) {
        buffer = buffer << 8 | bytes[index];
        waiting += 8;
        while (waiting >= BITS) {
            waiting -= BITS;
            text[written++] = ALPHABET[buffer >> waiting & 31];
        }
    }
    if (waiting > 0) {
        text[written++] = ALPHABET[buffer >> (BITS - waiting) & 31];
    }
    while (written < base32_encoded_size(count)) {
        text[written++] = '=';
    }
    text[written] = '\0';
}
