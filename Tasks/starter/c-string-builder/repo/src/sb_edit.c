#include "sb.h"

#include <ctype.h>
#include <string.h>

static const char ELLIPSIS[] = "...";

bool sb_insert(struct sb *sb, size_t at, const char *text) {
    size_t count = strlen(text);
    if (at > sb->length || !sb_reserve(sb, sb->length + count)) {
        return false;
    }
    memmove(sb->text + at + count, sb->text + at, sb->length - at + 1);
    memcpy(sb->text + at, text, count);
    sb->length += count;
    return true;
}

void sb_remove(struct sb *sb, size_t at, size_t count) {
    if (at >= sb->length) {
        return;
    }
    if (count > sb->length - at) {
        count = sb->length - at;
    }
    memmove(sb->text + at, sb->text + at + count, sb->length - at - count + 1);
    sb->length -= count;
}

void sb_trim(struct sb *sb) {
    size_t end = sb->length;
    while (end > 0 && isspace((unsigned char)sb->text[end - 1])) {
        end--;
    }
    sb_remove(sb, end, sb->length - end);
    size_t start = 0;
    while (start < sb->length && isspace((unsigned char)sb->text[start])) {
        start++;
    }
    sb_remove(sb, 0, start);
}

size_t sb_replace(struct sb *sb, const char *from, const char *to) {
    size_t found = 0;
    size_t position = 0;
    size_t from_length = strlen(from), to_length = strlen(to);
    while (position < sb->length) {
        char *match = strstr(sb->text + position, from);
        if (match == NULL) {
            break;
        }
        position = (size_t)(match - sb->text);
        sb_remove(sb, position, from_length);
        if (!sb_insert(sb, position, to)) {
            break;
        }
        position += to_length;
        found++;
    }
    return found;
}

void sb_elide(struct sb *sb, size_t limit) {
    if (sb->length <= limit) {
        return;
    }
    if (limit < 3) {
        sb_remove(sb, limit, sb->length - limit);
        return;
    }
    size_t kept = limit - 2;
    sb_remove(sb, kept, sb->length - kept);
    sb_append(sb, ELLIPSIS);
}

bool sb_pad(struct sb *sb, size_t width) {
    if (sb->length >= width) {
        return true;
    }
    return sb_append_repeated(sb, ' ', width - sb->length);
}
