#include "base32.h"
#include "tap.h"

static const char *encoded(const char *bytes) {
    static char text[64];
    base32_encode((const uint8_t *)bytes, strlen(bytes), text);
    return text;
}

static void sizes(void) {
    EXPECT_INT(base32_encoded_size(0), 0);
    EXPECT_INT(base32_encoded_size(1), 8);
    EXPECT_INT(base32_encoded_size(5), 8);
    EXPECT_INT(base32_encoded_size(6), 16);
}

static void nothing(void) {
    EXPECT_TEXT(encoded(""), "");
}

static void whole_groups(void) {
    EXPECT_TEXT(encoded("fooba"), "MZXW6YTB");
    EXPECT_TEXT(encoded("foobafooba"), "MZXW6YTBMZXW6YTB");
}

static void parts_of_a_group_are_padded(void) {
    EXPECT_TEXT(encoded("f"), "MY======");
    EXPECT_TEXT(encoded("fo"), "MZXQ====");
    EXPECT_TEXT(encoded("foo"), "MZXW6===");
    EXPECT_TEXT(encoded("foob"), "MZXW6YQ=");
    EXPECT_TEXT(encoded("foobar"), "MZXW6YTBOI======");
}

static void every_bit_counts(void) {
    const uint8_t bytes[] = {0xff, 0x00, 0x80, 0x01, 0x7f};
    char text[16];
    base32_encode(bytes, sizeof bytes, text);
    EXPECT_TEXT(text, "74AIAAL7");
}

int main(void) {
    RUN(sizes);
    RUN(nothing);
    RUN(whole_groups);
    RUN(parts_of_a_group_are_padded);
    RUN(every_bit_counts);
    return tap_done();
}
