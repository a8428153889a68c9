/* Frames of a radio link: up to 255 bytes, and a CRC-16 that guards them. */
#ifndef FRAMES_H
#define FRAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FRAME_OVERHEAD = 3, FRAME_PAYLOAD = 255 };

/* The CRC of some bytes: polynomial 0x1021, most significant bit first, from 0xFFFF. */
uint16_t frame_crc(const uint8_t *bytes, size_t count);

/* Writes length, payload and CRC (high byte first) and returns the size; 0 where the payload is too long. */
size_t frame_write(uint8_t *frame, const uint8_t *payload, size_t count);

/* Finds the payload of a frame; false where it is cut off or damaged. */
bool frame_read(const uint8_t *frame, size_t size, const uint8_t **payload, size_t *count);

#endif
