#include "base32.h"

enum { BITS = 5 };

/* The value of a letter, or -1. */
static int letter_value(char letter) {
    if (letter >= 'A' && letter <= 'Z') {
        return letter - 'A';
    }
    if (letter >= 'a' && letter < 'z') {
        return letter - 'a';
    }
    if (letter >= '2' && letter <= '7') {
        return letter - '2' + 26;
    }
    return -1;
}

size_t base32_decoded_bound(size_t length) {
    return length * BITS / 8;
}

ptrdiff_t base32_decode(const char *text, uint8_t *bytes) {
    ptrdiff_t count = 0;
    uint32_t buffer = 0;
    int waiting = 0;
    for (; *text != '\0' && *text != '='; text++) {
        if (*text == ' ' || *text == '-') {
            continue;
        }
        int value = letter_value(*text);
        if (value < 0) {
            return -1;
        }
        buffer = buffer << BITS | (uint32_t)value;
        waiting += BITS;
        if (waiting >= 8) {
            waiting -= 8;
            bytes[count++] = (uint8_t)(buffer >> waiting);
        }
    }
    while (*text == '=') {
        text++;
    }
    /* Five bits or more, or bits that are set, would be a letter too many. */
    if (*text != '\0' || waiting >= BITS || (buffer & ((1u << waiting) - 1)) != 0) {
        return -1;
    }
    return count;
}
