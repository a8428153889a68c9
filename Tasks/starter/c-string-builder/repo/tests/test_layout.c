#include "check.h"
#include "sb.h"

static struct sb sb;

static const char *elided(const char *text, size_t limit) {
    sb_free(&sb);
    assert(sb_append(&sb, text));
    sb_elide(&sb, limit);
    assert(sb.length == strlen(sb_text(&sb)));
    return sb_text(&sb);
}

static const char *padded(const char *text, size_t width) {
    sb_free(&sb);
    assert(sb_append(&sb, text));
    assert(sb_pad(&sb, width));
    return sb_text(&sb);
}

static void short_texts_stay(void) {
    assert_text(elided("", 0), "");
    assert_text(elided("title", 5), "title");
    assert_text(elided("title", 6), "title");
}

static void long_texts_end_with_dots(void) {
    assert_text(elided("A very long title of a book", 20), "A very long title...");
    assert_text(elided("titles", 5), "ti...");
    assert_text(elided("title", 4), "t...");
    assert_text(elided("title", 3), "...");
}

static void no_room_for_dots(void) {
    assert_text(elided("title", 2), "ti");
    assert_text(elided("title", 1), "t");
    assert_text(elided("title", 0), "");
}

static void padding(void) {
    assert_text(padded("ab", 5), "ab   ");
    assert_text(padded("ab", 2), "ab");
    assert_text(padded("abc", 2), "abc");
}

int main(void) {
    sb_init(&sb);
    short_texts_stay();
    long_texts_end_with_dots();
    no_room_for_dots();
    padding();
    sb_free(&sb);
    return 0;
}
