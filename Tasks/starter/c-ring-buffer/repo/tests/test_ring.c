#include "ring.h"
#include "tap.h"

static struct ring ring;

static void fill(const char *text) {
    EXPECT_INT(ring_write(&ring, text, strlen(text)), strlen(text));
}

/* Reads up to `length` bytes as text. */
static const char *take(size_t length) {
    static char text[64];
    text[ring_read(&ring, text, length)] = '\0';
    return text;
}

static void starts_empty(void) {
    uint8_t byte = 0;
    EXPECT(ring_create(&ring, 8));
    EXPECT_INT(ring.count, 0);
    EXPECT_INT(ring_space(&ring), 8);
    EXPECT(!ring_get(&ring, &byte));
    EXPECT_TEXT(take(5), "");
    ring_destroy(&ring);
}

static void capacity_must_not_be_zero(void) {
    EXPECT(!ring_create(&ring, 0));
    EXPECT_INT(ring_write(&ring, "x", 1), 0);
    EXPECT_INT(ring_skip(&ring, 1), 0);
    ring_destroy(&ring);
}

static void bytes_come_out_in_order(void) {
    ring_create(&ring, 8);
    fill("abc");
    fill("de");
    EXPECT_TEXT(take(2), "ab");
    EXPECT_TEXT(take(10), "cde");
    EXPECT_INT(ring.count, 0);
    ring_destroy(&ring);
}

static void single_bytes(void) {
    uint8_t byte = 0;
    ring_create(&ring, 2);
    EXPECT(ring_put(&ring, 'x'));
    EXPECT(ring_put(&ring, 'y'));
    EXPECT(!ring_put(&ring, 'z'));
    EXPECT(ring_get(&ring, &byte));
    EXPECT_INT(byte, 'x');
    EXPECT(ring_put(&ring, 'z'));
    EXPECT_TEXT(take(2), "yz");
    ring_destroy(&ring);
}

static void write_stops_when_full(void) {
    ring_create(&ring, 4);
    EXPECT_INT(ring_write(&ring, "abcdef", 6), 4);
    EXPECT_INT(ring_space(&ring), 0);
    EXPECT_INT(ring_write(&ring, "g", 1), 0);
    EXPECT_TEXT(take(6), "abcd");
    ring_destroy(&ring);
}

static void bulk_write_wraps_around(void) {
    ring_create(&ring, 8);
    fill("abcdef");
    EXPECT_TEXT(take(5), "abcde");
    fill("ghijk");
    EXPECT_INT(ring.count, 6);
    EXPECT_TEXT(take(6), "fghijk");
    ring_destroy(&ring);
}

static void bulk_write_after_the_wrap(void) {
    ring_create(&ring, 8);
    fill("abcdef");
    EXPECT_TEXT(take(4), "abcd");
    fill("ghij");
    fill("kl");
    EXPECT_INT(ring_space(&ring), 0);
    EXPECT_TEXT(take(3), "efg");
    fill("mno");
    EXPECT_TEXT(take(8), "hijklmno");
    ring_destroy(&ring);
}

static void peek_leaves_the_bytes(void) {
    char text[8] = "";
    ring_create(&ring, 4);
    fill("abc");
    EXPECT_INT(ring_peek(&ring, text, 2), 2);
    EXPECT_TEXT(text, "ab");
    EXPECT_INT(ring.count, 3);
    EXPECT_TEXT(take(4), "abc");
    ring_destroy(&ring);
}

static void skip_drops_the_oldest(void) {
    ring_create(&ring, 4);
    fill("abcd");
    EXPECT_INT(ring_skip(&ring, 3), 3);
    fill("ef");
    EXPECT_INT(ring_skip(&ring, 1), 1);
    EXPECT_TEXT(take(4), "ef");
    fill("gh");
    EXPECT_INT(ring_skip(&ring, 9), 2);
    EXPECT_INT(ring_space(&ring), 4);
    ring_destroy(&ring);
}

static void find_counts_from_the_head(void) {
    ring_create(&ring, 4);
    fill("abcd");
    EXPECT_INT(ring_find(&ring, 'a'), 0);
    EXPECT_INT(ring_find(&ring, 'd'), 3);
    EXPECT_INT(ring_find(&ring, 'x'), -1);
    ring_skip(&ring, 3);
    fill("ax");
    EXPECT_INT(ring_find(&ring, 'x'), 2);
    EXPECT_INT(ring_find(&ring, 'd'), 0);
    EXPECT_INT(ring_find(&ring, 'a'), 1);
    EXPECT_INT(ring_find(&ring, 'c'), -1);
    ring_destroy(&ring);
}

static void clear_forgets_everything(void) {
    ring_create(&ring, 4);
    fill("abc");
    ring_clear(&ring);
    EXPECT_INT(ring.count, 0);
    fill("wxyz");
    EXPECT_TEXT(take(4), "wxyz");
    ring_destroy(&ring);
}

int main(void) {
    RUN(starts_empty);
    RUN(capacity_must_not_be_zero);
    RUN(bytes_come_out_in_order);
    RUN(single_bytes);
    RUN(write_stops_when_full);
    RUN(bulk_write_wraps_around);
    RUN(bulk_write_after_the_wrap);
    RUN(peek_leaves_the_bytes);
    RUN(skip_drops_the_oldest);
    RUN(find_counts_from_the_head);
    RUN(clear_forgets_everything);
    return tap_done();
}
