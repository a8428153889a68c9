#include "bits.h"
#include "tap.h"

static uint8_t bytes[64];

static uint32_t get(struct bits *bits, unsigned width) {
    uint32_t value = 0xDEAD;
    EXPECT(bits_get(bits, width, &value));
    return value;
}

static int32_t get_signed(struct bits *bits, unsigned width) {
    int32_t value = 0xDEAD;
    EXPECT(bits_get_signed(bits, width, &value));
    return value;
}

static void reading(void) {
    uint8_t given[] = {0xA5, 0x0F, 0xFF};
    struct bits bits = bits_reader(given, sizeof given);
    EXPECT_INT(get(&bits, 1), 1);
    EXPECT_INT(get(&bits, 3), 2);
    EXPECT_INT(get(&bits, 8), 0x50);
    EXPECT_INT(get(&bits, 12), 0xFFF);
}

static void reading_beyond_the_end(void) {
    uint8_t given[] = {0xA5};
    struct bits bits = bits_reader(given, sizeof given);
    uint32_t value = 7;
    EXPECT(!bits_get(&bits, 9, &value));
    EXPECT_INT(value, 7);
    EXPECT_INT(get(&bits, 8), 0xA5);
    EXPECT(!bits_get(&bits, 1, &value));
}

static void widths(void) {
    struct bits bits = bits_writer(bytes, sizeof bytes);
    uint32_t value;
    EXPECT(!bits_put(&bits, 1, 0));
    EXPECT(!bits_put(&bits, 1, 33));
    EXPECT(!bits_get(&bits, 0, &value));
    EXPECT(!bits_get(&bits, 33, &value));
    EXPECT_INT(bits.position, 0);
}

static void signed_fields(void) {
    uint8_t given[] = {0x7F, 0x80, 0xFF, 0xFE};
    struct bits bits = bits_reader(given, sizeof given);
    EXPECT_INT(get_signed(&bits, 4), 7);
    EXPECT_INT(get_signed(&bits, 4), -1);
    EXPECT_INT(get_signed(&bits, 8), -128);
    EXPECT_INT(get_signed(&bits, 16), -2);
    bits = bits_reader(given, sizeof given);
    EXPECT_INT(get_signed(&bits, 32), 0x7F80FFFE);
}

static void writer_clears_the_bytes(void) {
    memset(bytes, 0xFF, sizeof bytes);
    struct bits bits = bits_writer(bytes, 2);
    EXPECT(bits_put(&bits, 0, 3));
    EXPECT_INT(bytes[0], 0);
    EXPECT_INT(bytes[1], 0);
    EXPECT_INT(bytes[2], 0xFF);
}

static void writing_without_room(void) {
    struct bits bits = bits_writer(bytes, 1);
    EXPECT(!bits_put(&bits, 0x1FF, 9));
    EXPECT_INT(bytes[0], 0);
    EXPECT(bits_put(&bits, 0, 8));
    EXPECT(!bits_put(&bits, 1, 1));
}

static void flags(void) {
    struct bits bits = bits_writer(bytes, 2);
    for (int flag = 0; flag < 3; flag++) {
        EXPECT(bits_put(&bits, 1, 1));
    }
    EXPECT_INT(bytes[0], 0xE0);
}

static void whole_bytes(void) {
    struct bits bits = bits_writer(bytes, 4);
    EXPECT(bits_put(&bits, 0x12345678, 32));
    EXPECT_INT(bytes[0], 0x12);
    EXPECT_INT(bytes[1], 0x34);
    EXPECT_INT(bytes[3], 0x78);
}

static void only_the_lowest_bits_count(void) {
    struct bits bits = bits_writer(bytes, 2);
    EXPECT(bits_put(&bits, 0xFFFFFFF5, 4));
    EXPECT(bits_put(&bits, 0xABC, 12));
    EXPECT_INT(bytes[0], 0x5A);
    EXPECT_INT(bytes[1], 0xBC);
}

static void there_and_back(void) {
    struct bits bits = bits_writer(bytes, sizeof bytes);
    uint32_t value = 12345;
    for (unsigned width = 1; width <= 30; width++) {
        value = value * 1664525u + 1013904223u;
        EXPECT(bits_put(&bits, value, width));
    }
    bits = bits_reader(bytes, sizeof bytes);
    value = 12345;
    for (unsigned width = 1; width <= 30; width++) {
        value = value * 1664525u + 1013904223u;
        EXPECT_INT(get(&bits, width), value & ((1u << width) - 1));
    }
}

int main(void) {
    RUN(reading);
    RUN(reading_beyond_the_end);
    RUN(widths);
    RUN(signed_fields);
    RUN(writer_clears_the_bytes);
    RUN(writing_without_room);
    RUN(flags);
    RUN(whole_bytes);
    RUN(only_the_lowest_bits_count);
    RUN(there_and_back);
    return tap_done();
}
