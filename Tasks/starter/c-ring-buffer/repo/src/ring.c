#include "ring.h"

#include <stdlib.h>
#include <string.h>

static size_t smaller(size_t a, size_t b) {
    return a < b ? a : b;
}

bool ring_create(struct ring *ring, size_t capacity) {
    ring->bytes = capacity == 0 ? NULL : malloc(capacity);
    ring->capacity = ring->bytes == NULL ? 0 : capacity;
    ring_clear(ring);
    return ring->bytes != NULL;
}

void ring_destroy(struct ring *ring) {
    free(ring->bytes);
    ring->bytes = NULL;
    ring->capacity = 0;
    ring_clear(ring);
}

void ring_clear(struct ring *ring) {
    ring->head = 0;
    ring->count = 0;
}

size_t ring_space(const struct ring *ring) {
    return ring->capacity - ring->count;
}

bool ring_put(struct ring *ring, uint8_t byte) {
    return ring_write(ring, &byte, 1) == 1;
}

bool ring_get(struct ring *ring, uint8_t *byte) {
    return ring_read(ring, byte, 1) == 1;
}

size_t ring_write(struct ring *ring, const void *data, size_t length) {
    const uint8_t *source = data;
    size_t wanted = smaller(length, ring_space(ring));
    if (wanted == 0) {
        return 0;
    }
    size_t tail = (ring->head + ring->count) % ring->capacity;
    size_t first = smaller(wanted, ring->capacity - tail);
    memcpy(ring->bytes + tail, source, first);
    memcpy(ring->bytes, source + first, wanted - first);
    ring->count += wanted;
    return wanted;
}

size_t ring_peek(const struct ring *ring, void *data, size_t length) {
    uint8_t *target = data;
    size_t wanted = smaller(length, ring->count);
    if (wanted == 0) {
        return 0;
    }
    size_t first = smaller(wanted, ring->capacity - ring->head);
    memcpy(target, ring->bytes + ring->head, first);
    memcpy(target + first, ring->bytes, wanted - first);
    return wanted;
}

size_t ring_skip(struct ring *ring, size_t length) {
    size_t dropped = smaller(length, ring->count);
    if (dropped == 0) {
        return 0;
    }
    ring->head = (ring->head + dropped) % ring->capacity;
    ring->count -= dropped;
    return dropped;
}

size_t ring_read(struct ring *ring, void *data, size_t length) {
    size_t taken = ring_peek(ring, data, length);
    return ring_skip(ring, taken);
}

ptrdiff_t ring_find(const struct ring *ring, uint8_t byte) {
    for (size_t distance = 0; distance < ring->count; distance++) {
        if (ring->bytes[(ring->head + distance) % ring->count] == byte) {
            return (ptrdiff_t)distance;
        }
    }
    return -1;
}
