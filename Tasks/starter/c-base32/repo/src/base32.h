#ifndef BASE32_H
#define BASE32_H

#include <stddef.h>
#include <stdint.h>

/* The size of the text for `count` bytes, padding included, without the NUL. */
size_t base32_encoded_size(size_t count);

/* An upper bound for the number of bytes in a text of that length. */
size_t base32_decoded_bound(size_t length);

/* Writes base32_encoded_size(count) characters and a NUL. */
void base32_encode(const uint8_t *bytes, size_t count, char *text);

/*
 * Reads upper and lower case, skips spaces and hyphens, and does not insist on padding.
 * Returns the number of bytes, or -1 where the text is malformed.
 */
ptrdiff_t base32_decode(const char *text, uint8_t *bytes);

#endif
