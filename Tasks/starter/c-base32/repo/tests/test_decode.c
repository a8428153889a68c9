#include "base32.h"
#include "tap.h"

static const char *decoded(const char *text) {
    static uint8_t bytes[64];
    ptrdiff_t count = base32_decode(text, bytes);
    if (count < 0) {
        return NULL;
    }
    bytes[count] = '\0';
    return (const char *)bytes;
}

static void bounds(void) {
    EXPECT_INT(base32_decoded_bound(0), 0);
    EXPECT_INT(base32_decoded_bound(8), 5);
    EXPECT_INT(base32_decoded_bound(7), 4);
}

static void padded_text(void) {
    EXPECT_TEXT(decoded(""), "");
    EXPECT_TEXT(decoded("MY======"), "f");
    EXPECT_TEXT(decoded("MZXQ===="), "fo");
    EXPECT_TEXT(decoded("MZXW6YTBOI======"), "foobar");
}

static void padding_may_be_left_out(void) {
    EXPECT_TEXT(decoded("MZXW6"), "foo");
    EXPECT_TEXT(decoded("MZXW6YQ"), "foob");
}

static void people_type_spaces_and_hyphens(void) {
    EXPECT_TEXT(decoded("MZXW 6YTB-OI"), "foobar");
}

static void people_type_lower_case(void) {
    EXPECT_TEXT(decoded("onxw2zi"), "some");
    EXPECT_TEXT(decoded("mZxW6yTb"), "fooba");
    EXPECT_TEXT(decoded("nfxa"), "in");
}

static void first_and_last_letters(void) {
    const char *letters = "AaBbYy234567";
    for (; *letters != '\0'; letters++) {
        char text[] = {*letters, 'A', '\0'};
        uint8_t byte = 0;
        EXPECT_INT(base32_decode(text, &byte), 1);
    }
}

static void other_characters_are_refused(void) {
    EXPECT(decoded("MZXW1") == NULL);
    EXPECT(decoded("MZXW8") == NULL);
    EXPECT(decoded("MZ@W6") == NULL);
    EXPECT(decoded("MZ[W6") == NULL);
    EXPECT(decoded("mz`w6") == NULL);
    EXPECT(decoded("mz{w6") == NULL);
    EXPECT(decoded("MY==MY==") == NULL);
}

static void letters_too_many_are_refused(void) {
    EXPECT(decoded("M") == NULL);
    EXPECT(decoded("MZX") == NULL);
    EXPECT(decoded("MZ") == NULL);
    EXPECT(decoded("MZXW6A") == NULL);
}

int main(void) {
    RUN(bounds);
    RUN(padded_text);
    RUN(padding_may_be_left_out);
    RUN(people_type_spaces_and_hyphens);
    RUN(people_type_lower_case);
    RUN(first_and_last_letters);
    RUN(other_characters_are_refused);
    RUN(letters_too_many_are_refused);
    return tap_done();
}
