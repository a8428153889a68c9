#ifndef UTF8_H
#define UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The bytes of the sequence that a first byte announces, or 0 where none begins with it. */
size_t utf8_sequence_length(uint8_t first);

/* Whether the text is well-formed; no overlong forms, no surrogates, nothing past U+10FFFF. */
bool utf8_is_valid(const char *text);

/* The number of characters (code points) of a valid text. */
size_t utf8_count(const char *text);

/* The byte offset of a character of a valid text, or that of its end where it is shorter. */
size_t utf8_offset(const char *text, size_t character);

/*
 * Copies as much of a valid text as fits into `size` bytes (of which the NUL takes one), whole
 * characters only. Returns the number of bytes copied, without the NUL.
 */
size_t utf8_copy(char *target, size_t size, const char *text);

#endif
