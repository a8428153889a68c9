#include "frames.h"
#include "tap.h"

static uint8_t frame[FRAME_PAYLOAD + FRAME_OVERHEAD];

static size_t write_text(const char *text) {
    return frame_write(frame, (const uint8_t *)text, strlen(text));
}

static uint16_t crc_of(const char *text) {
    return frame_crc((const uint8_t *)text, strlen(text));
}

static void catalogue_values(void) {
    EXPECT_INT(crc_of("123456789"), 0x29B1);
    EXPECT_INT(crc_of("A"), 0xB915);
}

static void no_bytes(void) {
    EXPECT_INT(crc_of(""), 0xFFFF);
}

static void leading_zeros_count(void) {
    const uint8_t zeros[3] = {0, 0, 0};
    EXPECT(frame_crc(zeros, 1) != frame_crc(zeros, 2));
    EXPECT(frame_crc(zeros, 2) != frame_crc(zeros, 3));
}

static void layout(void) {
    EXPECT_INT(write_text("hi"), 5);
    EXPECT_INT(frame[0], 2);
    EXPECT_INT(frame[1], 'h');
    EXPECT_INT(frame[2], 'i');
}

static void there_and_back(void) {
    const uint8_t *payload = NULL;
    size_t count = 0, size = write_text("temperature 21");
    EXPECT(frame_read(frame, size, &payload, &count));
    EXPECT_INT(count, 14);
    EXPECT(payload != NULL && memcmp(payload, "temperature 21", 14) == 0);
}

static void empty_payload(void) {
    const uint8_t *payload;
    size_t count = 9;
    EXPECT_INT(write_text(""), FRAME_OVERHEAD);
    EXPECT(frame_read(frame, FRAME_OVERHEAD, &payload, &count));
    EXPECT_INT(count, 0);
}

static void longest_payload(void) {
    static uint8_t bytes[256];
    const uint8_t *payload;
    size_t count;
    EXPECT_INT(frame_write(frame, bytes, 256), 0);
    EXPECT_INT(frame_write(frame, bytes, 255), 258);
    EXPECT(frame_read(frame, 258, &payload, &count));
    EXPECT_INT(count, 255);
}

static void frames_that_are_cut_off(void) {
    const uint8_t *payload;
    size_t count, size = write_text("abc");
    for (size_t shorter = 0; shorter < size; shorter++) {
        EXPECT(!frame_read(frame, shorter, &payload, &count));
    }
    EXPECT(frame_read(frame, size + 1, &payload, &count));
}

static void every_flipped_bit_is_noticed(void) {
    const uint8_t *payload;
    size_t count, size = write_text("abcdef");
    for (size_t bit = 8; bit < size * 8; bit++) {
        frame[bit / 8] ^= (uint8_t)(1 << bit % 8);
        EXPECT(!frame_read(frame, size, &payload, &count));
        frame[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    EXPECT(frame_read(frame, size, &payload, &count));
}

static void frame_of_the_base_station(void) {
    const uint8_t theirs[] = {2, 'o', 'k', 0x64, 0x25};
    const uint8_t *payload;
    size_t count;
    EXPECT(frame_read(theirs, sizeof theirs, &payload, &count));
}

int main(void) {
    RUN(catalogue_values);
    RUN(no_bytes);
    RUN(leading_zeros_count);
    RUN(layout);
    RUN(there_and_back);
    RUN(empty_payload);
    RUN(longest_payload);
    RUN(frames_that_are_cut_off);
    RUN(every_flipped_bit_is_noticed);
    RUN(frame_of_the_base_station);
    return tap_done();
}
