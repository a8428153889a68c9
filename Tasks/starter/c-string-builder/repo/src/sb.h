#ifndef SB_H
#define SB_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* A string that grows. `text` always ends with a NUL, except before the first change. */
struct sb {
    char *text;
    size_t length;
    size_t capacity;
};

void sb_init(struct sb *sb);
void sb_free(struct sb *sb);

/* The contents as a C string; never NULL. */
const char *sb_text(const struct sb *sb);

/* The functions below return false when memory runs out, and then change nothing. */
bool sb_reserve(struct sb *sb, size_t length);
bool sb_append(struct sb *sb, const char *text);
bool sb_append_bytes(struct sb *sb, const char *bytes, size_t count);
bool sb_append_format(struct sb *sb, const char *format, ...);
bool sb_append_repeated(struct sb *sb, char character, size_t count);
bool sb_insert(struct sb *sb, size_t at, const char *text);

/* Takes out up to `count` characters from `at` on. */
void sb_remove(struct sb *sb, size_t at, size_t count);

/* Drops white space at both ends. */
void sb_trim(struct sb *sb);

/* Replaces every occurrence of `from`, which must not be empty; returns how many there were. */
size_t sb_replace(struct sb *sb, const char *from, const char *to);

/* Cuts the text to at most `limit` characters; where there is room for them, three dots end it. */
void sb_elide(struct sb *sb, size_t limit);

/* Fills up with spaces on the right until the text has `width` characters. */
bool sb_pad(struct sb *sb, size_t width);

#endif
