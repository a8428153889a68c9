#include "check.h"
#include "sb.h"

static void starts_empty(void) {
    struct sb sb;
    sb_init(&sb);
    assert(sb.length == 0);
    assert_text(sb_text(&sb), "");
    sb_free(&sb);
}

static void grows_as_needed(void) {
    struct sb sb;
    sb_init(&sb);
    for (int count = 0; count < 100; count++) {
        assert(sb_append(&sb, "abcdefg"));
    }
    assert(sb.length == 700);
    assert(sb.capacity > 700);
    assert(strlen(sb_text(&sb)) == 700);
    sb_free(&sb);
}

static void parts_and_formats(void) {
    struct sb sb;
    sb_init(&sb);
    assert(sb_append_bytes(&sb, "name: value", 6));
    assert(sb_append_format(&sb, "%d/%s", 42, "a rather long text, past the first capacity"));
    assert(sb_append_repeated(&sb, '-', 3));
    assert_text(sb_text(&sb), "name: 42/a rather long text, past the first capacity---");
    assert(sb.length == strlen(sb_text(&sb)));
    sb_free(&sb);
}

int main(void) {
    starts_empty();
    grows_as_needed();
    parts_and_formats();
    return 0;
}
