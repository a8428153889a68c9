/* Writes and reads fields of 1 to 32 bits, most significant bit first, without gaps. */
#ifndef BITS_H
#define BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bits {
    uint8_t *bytes;
    size_t size;     /* in bytes */
    size_t position; /* in bits */
};

/* Begins at the first bit; the bytes are cleared for a writer. */
struct bits bits_writer(uint8_t *bytes, size_t size);
struct bits bits_reader(uint8_t *bytes, size_t size);

/* Writes the lowest `width` bits of a value; false, and nothing written, where they do not fit. */
bool bits_put(struct bits *bits, uint32_t value, unsigned width);

/* Reads a field; false where the bytes end before it does. */
bool bits_get(struct bits *bits, unsigned width, uint32_t *value);

/* The same for a number that may be negative (two's complement). */
bool bits_get_signed(struct bits *bits, unsigned width, int32_t *value);

#endif
