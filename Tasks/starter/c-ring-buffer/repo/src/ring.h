#ifndef RING_H
#define RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A first-in, first-out queue of bytes with a fixed capacity. */
struct ring {
    uint8_t *bytes;
    size_t capacity;
    size_t head;  /* where the next byte is read */
    size_t count; /* how many bytes are waiting */
};

bool ring_create(struct ring *ring, size_t capacity);
void ring_destroy(struct ring *ring);
void ring_clear(struct ring *ring);

size_t ring_space(const struct ring *ring);

/* One byte; false when the queue is full or empty. */
bool ring_put(struct ring *ring, uint8_t byte);
bool ring_get(struct ring *ring, uint8_t *byte);

/* As many bytes as fit; the return value says how many that were. */
size_t ring_write(struct ring *ring, const void *data, size_t length);
size_t ring_read(struct ring *ring, void *data, size_t length);

/* Like ring_read, but the bytes stay in the queue. */
size_t ring_peek(const struct ring *ring, void *data, size_t length);

/* Drops up to `length` of the oldest bytes; returns how many were dropped. */
size_t ring_skip(struct ring *ring, size_t length);

/* The distance of the first `byte` from the head, or -1 where there is none. */
ptrdiff_t ring_find(const struct ring *ring, uint8_t byte);

#endif
