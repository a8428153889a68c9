#include "utf8.h"

#include <string.h>

static bool is_continuation(char byte) {
    return ((uint8_t)byte & 0xC0) == 0x80;
}

size_t utf8_sequence_length(uint8_t first) {
    if (first < 0x80) {
        return 1;
    }
    if (first >= 0xC2 && first <= 0xDF) {
        return 2;
    }
    if (first >= 0xE0 && first <= 0xEF) {
        return 3;
    }
    return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
}

/* Whether the second byte is one that may follow this first one. */
static bool is_second(uint8_t first, uint8_t second) {
    switch (first) {
    case 0xE0:
        return second >= 0xA0 && second <= 0xBF;
    case 0xED:
        return second >= 0x80 && second <= 0x9F;
    case 0xF0:
        return second >= 0x90 && second <= 0xBF;
    case 0xF4:
        return second >= 0x80 && second <= 0x8F;
    default:
        return second >= 0x80 && second <= 0xBF;
    }
}

bool utf8_is_valid(const char *text) {
    while (*text != '\0') {
        size_t length = utf8_sequence_length((uint8_t)*text);
        if (length == 0) {
            return false;
        }
        if (length > 1 && !is_second((uint8_t)text[0], (uint8_t)text[1])) {
            return false;
        }
        for (size_t index = 2; index < length; index++) {
            if (!is_continuation(text[index])) {
                return false;
            }
        }
        text += length;
    }
    return true;
}

size_t utf8_count(const char *text) {
    size_t count = 0;
    for (; *text != '\0'; text++) {
        count += !is_continuation(*text);
    }
    return count;
}

size_t utf8_offset(const char *text, size_t character) {
    size_t offset = 0;
    while (character > 0 && text[offset] != '\0') {
        offset += utf8_sequence_length((uint8_t)text[offset]);
        character--;
    }
    return offset;
}

size_t utf8_copy(char *target, size_t size, const char *text) {
    if (size == 0) {
        return 0;
    }
    size_t length = strlen(text);
    if (length >= size) {
        length = size - 1;
    }
    memcpy(target, text, length);
    target[length] = '\0';
    return length;
}
