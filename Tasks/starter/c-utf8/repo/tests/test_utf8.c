#include "tap.h"
#include "utf8.h"

/* What is left of a text in a buffer of that size. */
static const char *cut(const char *text, size_t size) {
    static char buffer[64];
    memset(buffer, '#', sizeof buffer);
    size_t copied = utf8_copy(buffer, size, text);
    EXPECT_INT(copied, strlen(buffer));
    EXPECT_INT(buffer[size], '#');
    return buffer;
}

static void sequence_lengths(void) {
    EXPECT_INT(utf8_sequence_length('a'), 1);
    EXPECT_INT(utf8_sequence_length(0x7F), 1);
    EXPECT_INT(utf8_sequence_length(0x80), 0);
    EXPECT_INT(utf8_sequence_length(0xC1), 0);
    EXPECT_INT(utf8_sequence_length(0xC2), 2);
    EXPECT_INT(utf8_sequence_length(0xE0), 3);
    EXPECT_INT(utf8_sequence_length(0xF4), 4);
    EXPECT_INT(utf8_sequence_length(0xF5), 0);
}

static void valid_texts(void) {
    EXPECT(utf8_is_valid(""));
    EXPECT(utf8_is_valid("plain"));
    EXPECT(utf8_is_valid("\u03b1\u03b2\u03b3 \u20ac \U0001F600"));
    EXPECT(utf8_is_valid("\xED\x9F\xBF\xEE\x80\x80"));
}

static void invalid_texts(void) {
    EXPECT(!utf8_is_valid("\x80"));
    EXPECT(!utf8_is_valid("a\xCE"));
    EXPECT(!utf8_is_valid("\xC0\xAF"));
    EXPECT(!utf8_is_valid("\xE0\x80\xAF"));
    EXPECT(!utf8_is_valid("\xED\xA0\x80"));
    EXPECT(!utf8_is_valid("\xE2\x82"));
    EXPECT(!utf8_is_valid("\xF4\x90\x80\x80"));
    EXPECT(!utf8_is_valid("\xF0\x9F\x98x"));
}

static void counting(void) {
    EXPECT_INT(utf8_count(""), 0);
    EXPECT_INT(utf8_count("plain"), 5);
    EXPECT_INT(utf8_count("\u03b1\u20ac\U0001F600!"), 4);
}

static void offsets(void) {
    const char *text = "\u03b1\u20ac\U0001F600!";
    EXPECT_INT(utf8_offset(text, 0), 0);
    EXPECT_INT(utf8_offset(text, 1), 2);
    EXPECT_INT(utf8_offset(text, 2), 5);
    EXPECT_INT(utf8_offset(text, 3), 9);
    EXPECT_INT(utf8_offset(text, 4), 10);
    EXPECT_INT(utf8_offset(text, 9), 10);
}

static void texts_that_fit_are_copied(void) {
    EXPECT_TEXT(cut("label", 16), "label");
    EXPECT_TEXT(cut("label", 6), "label");
    EXPECT_TEXT(cut("\u03b1\u03b2", 5), "\u03b1\u03b2");
    EXPECT_TEXT(cut("", 1), "");
}

static void ascii_is_cut_anywhere(void) {
    EXPECT_TEXT(cut("label", 5), "labe");
    EXPECT_TEXT(cut("label", 2), "l");
    EXPECT_TEXT(cut("label", 1), "");
}

static void cuts_between_characters(void) {
    EXPECT_TEXT(cut("\u03b1\u03b2\u03b3", 5), "\u03b1\u03b2");
    EXPECT_TEXT(cut("\u20ac\u20ac", 4), "\u20ac");
}

static void no_half_characters(void) {
    EXPECT_TEXT(cut("\u03b1\u03b2\u03b3", 4), "\u03b1");
    EXPECT_TEXT(cut("x\u20ac\u20ac", 6), "x\u20ac");
    EXPECT_TEXT(cut("x\u20ac\u20ac", 7), "x\u20ac");
    EXPECT_TEXT(cut("ab\U0001F600", 6), "ab");
    EXPECT_TEXT(cut("ab\U0001F600", 4), "ab");
    EXPECT_TEXT(cut("\U0001F600", 4), "");
}

static void no_room_at_all(void) {
    char byte = 'x';
    EXPECT_INT(utf8_copy(&byte, 0, "label"), 0);
    EXPECT_INT(byte, 'x');
}

int main(void) {
    RUN(sequence_lengths);
    RUN(valid_texts);
    RUN(invalid_texts);
    RUN(counting);
    RUN(offsets);
    RUN(texts_that_fit_are_copied);
    RUN(ascii_is_cut_anywhere);
    RUN(cuts_between_characters);
    RUN(no_half_characters);
    RUN(no_room_at_all);
    return tap_done();
}
