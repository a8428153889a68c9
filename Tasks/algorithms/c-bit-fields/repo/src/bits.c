#include "bits.h"

#include <string.h>

struct bits bits_writer(uint8_t *bytes, size_t size) {
    memset(bytes, 0, size);
    return (struct bits){.bytes = bytes, .size = size};
}

struct bits bits_reader(uint8_t *bytes, size_t size) {
    return (struct bits){.bytes = bytes, .size = size};
}

static bool has_room(const struct bits *bits, unsigned width) {
    return width >= 1 && width <= 32 && bits->size * 8 - bits->position >= width;
}

bool bits_put(struct bits *bits, uint32_t value, unsigned width) {
    if (!has_room(bits, width)) {
        return false;
    }
    while (width-- > 0) {
        unsigned bit = value >> width & 1;
        bits->bytes[bits->position / 8] = (uint8_t)(bit << (7 - bits->position % 8));
        bits->position++;
    }
    return true;
}

bool bits_get(struct bits *bits, unsigned width, uint32_t *value) {
    if (!has_room(bits, width)) {
        return false;
    }
    uint32_t result = 0;
    while (width-- > 0) {
        unsigned bit = bits->bytes[bits->position / 8] >> (7 - bits->position % 8) & 1;
        result = result << 1 | bit;
        bits->position++;
    }
    *value = result;
    return true;
}

bool bits_get_signed(struct bits *bits, unsigned width, int32_t *value) {
    uint32_t raw;
    if (!bits_get(bits, width, &raw)) {
        return false;
    }
    uint32_t sign = 1u << (width - 1);
    *value = (int32_t)((raw ^ sign) - sign);
    return true;
}
