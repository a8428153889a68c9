#include "frames.h"

#include <string.h>

static uint16_t crc_step(uint16_t crc, uint8_t byte) {
    crc ^= (uint16_t)(byte << 8);
    for (int bit = 0; bit < 8; bit++) {
        bool carry = (crc & 0x8000) != 0;
        crc = (uint16_t)(crc << 1);
        if (carry) {
            crc ^= 0x1021;
        }
    }
    return crc;
}

uint16_t frame_crc(const uint8_t *bytes, size_t count) {
    uint16_t crc = 0;
    for (size_t index = 0; index < count; index++) {
        crc = crc_step(crc, bytes[index]);
    }
    return crc;
}

size_t frame_write(uint8_t *frame, const uint8_t *payload, size_t count) {
    if (count > FRAME_PAYLOAD) {
        return 0;
    }
    frame[0] = (uint8_t)count;
    memcpy(frame + 1, payload, count);
    uint16_t crc = frame_crc(frame, count + 1);
    frame[count + 1] = (uint8_t)(crc >> 8);
    frame[count + 2] = (uint8_t)(crc & 0xFF);
    return count + FRAME_OVERHEAD;
}

bool frame_read(const uint8_t *frame, size_t size, const uint8_t **payload, size_t *count) {
    if (size < FRAME_OVERHEAD || size < (size_t)frame[0] + FRAME_OVERHEAD) {
        return false;
    }
    size_t length = frame[0];
    uint16_t expected = (uint16_t)(frame[length + 1] << 8 | frame[length + 2]);
    if (frame_crc(frame, length + 1) != expected) {
        return false;
    }
    *payload = frame + 1;
    *count = length;
    return true;
}
