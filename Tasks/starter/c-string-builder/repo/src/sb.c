#include "sb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SMALLEST = 16 };

void sb_init(struct sb *sb) {
    *sb = (struct sb){0};
}

void sb_free(struct sb *sb) {
    free(sb->text);
    sb_init(sb);
}

const char *sb_text(const struct sb *sb) {
    return sb->text == NULL ? "" : sb->text;
}

bool sb_reserve(struct sb *sb, size_t length) {
    if (length < sb->capacity) {
        return true;
    }
    size_t capacity = sb->capacity == 0 ? SMALLEST : sb->capacity;
    while (capacity <= length) {
        capacity *= 2;
    }
    char *text = realloc(sb->text, capacity);
    if (text == NULL) {
        return false;
    }
    text[sb->length] = '\0';
    sb->text = text;
    sb->capacity = capacity;
    return true;
}

bool sb_append_bytes(struct sb *sb, const char *bytes, size_t count) {
    if (!sb_reserve(sb, sb->length + count)) {
        return false;
    }
    memcpy(sb->text + sb->length, bytes, count);
    sb->length += count;
    sb->text[sb->length] = '\0';
    return true;
}

bool sb_append(struct sb *sb, const char *text) {
    return sb_append_bytes(sb, text, strlen(text));
}

bool sb_append_repeated(struct sb *sb, char character, size_t count) {
    if (!sb_reserve(sb, sb->length + count)) {
        return false;
    }
    memset(sb->text + sb->length, character, count);
    sb->length += count;
    sb->text[sb->length] = '\0';
    return true;
}

bool sb_append_format(struct sb *sb, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int count = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (count < 0 || !sb_reserve(sb, sb->length + (size_t)count)) {
        return false;
    }
    va_start(arguments, format);
    vsnprintf(sb->text + sb->length, (size_t)count + 1, format, arguments);
    va_end(arguments);
    sb->length += (size_t)count;
    return true;
}
