#ifndef HEAP_H
#define HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct timer {
    int64_t due;
    int id;
};

/* A binary heap of timers, the earliest at the top. */
struct heap {
    struct timer *timers;
    size_t count;
    size_t capacity;
};

void heap_init(struct heap *heap);
void heap_free(struct heap *heap);

bool heap_push(struct heap *heap, struct timer timer);

/* The earliest timer, or NULL where there is none. */
const struct timer *heap_peek(const struct heap *heap);

/* Takes the earliest timer out; false where there is none. */
bool heap_pop(struct heap *heap, struct timer *timer);

/* Takes a certain timer out; false where there is none with that id. */
bool heap_cancel(struct heap *heap, int id);

#endif
