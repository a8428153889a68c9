#include "check.h"
#include "sb.h"

static struct sb sb;

static void with(const char *text) {
    sb_free(&sb);
    assert(sb_append(&sb, text));
}

static void inserting(void) {
    with("held");
    assert(sb_insert(&sb, 3, "lo wor"));
    assert_text(sb_text(&sb), "hello word");
    assert(sb_insert(&sb, 10, "s"));
    assert(sb_insert(&sb, 0, ">"));
    assert_text(sb_text(&sb), ">hello words");
    assert(!sb_insert(&sb, 13, "x"));
    assert(sb.length == 12);
}

static void removing(void) {
    with("abcdef");
    sb_remove(&sb, 1, 2);
    assert_text(sb_text(&sb), "adef");
    sb_remove(&sb, 2, 99);
    assert_text(sb_text(&sb), "ad");
    sb_remove(&sb, 2, 1);
    sb_remove(&sb, 0, 0);
    assert_text(sb_text(&sb), "ad");
    assert(sb.length == 2);
}

static void trimming(void) {
    with(" \t two words\n ");
    sb_trim(&sb);
    assert_text(sb_text(&sb), "two words");
    with("  \n");
    sb_trim(&sb);
    assert_text(sb_text(&sb), "");
    assert(sb.length == 0);
}

static void replacing(void) {
    with("one fish two fish");
    assert(sb_replace(&sb, "fish", "cat") == 2);
    assert_text(sb_text(&sb), "one cat two cat");
    assert(sb_replace(&sb, "cat", "catcat") == 2);
    assert_text(sb_text(&sb), "one catcat two catcat");
    assert(sb_replace(&sb, "dog", "") == 0);
    assert(sb_replace(&sb, "cat", "") == 4);
    assert_text(sb_text(&sb), "one  two ");
}

int main(void) {
    sb_init(&sb);
    inserting();
    removing();
    trimming();
    replacing();
    sb_free(&sb);
    return 0;
}
