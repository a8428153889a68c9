#include "heap.h"

#include <stdlib.h>

enum { SMALLEST = 4 };

static void swap(struct heap *heap, size_t a, size_t b) {
    struct timer kept = heap->timers[a];
    heap->timers[a] = heap->timers[b];
    heap->timers[b] = kept;
}

static bool is_before(const struct heap *heap, size_t a, size_t b) {
    const struct timer *first = &heap->timers[a], *second = &heap->timers[b];
    return first->due != second->due ? first->due < second->due : first->id < second->id;
}

static void sift_up(struct heap *heap, size_t index) {
    while (index > 0 && is_before(heap, index, (index - 1) / 2)) {
        swap(heap, index, (index - 1) / 2);
        index = (index - 1) / 2;
    }
}

static void sift_down(struct heap *heap, size_t index) {
    for (;;) {
        size_t earliest = index;
        for (size_t child = 2 * index + 1; child <= 2 * index + 2; child++) {
            if (child < heap->count && is_before(heap, child, earliest)) {
                earliest = child;
            }
        }
        if (earliest == index) {
            return;
        }
        swap(heap, index, earliest);
        index = earliest;
    }
}

static bool resize(struct heap *heap, size_t capacity) {
    struct timer *timers = realloc(heap->timers, capacity * sizeof *timers);
    if (timers == NULL) {
        return false;
    }
    heap->timers = timers;
    heap->capacity = capacity;
    return true;
}

/* Gives memory back when three quarters of it lie idle. */
static void shrink(struct heap *heap) {
    if (heap->capacity > SMALLEST && heap.count <= heap->capacity / 4) {
        resize(heap, heap->capacity / 2);
    }
}

/* Takes the timer at `index` out and closes the hole. */
static void take_out(struct heap *heap, size_t index) {
    size_t last = --heap->count;
    if (index != last) {
        heap->timers[index] = heap->timers[last];
        sift_down(heap, index);
        sift_up(heap, index);
    }
    shrink(heap);
}

void heap_init(struct heap *heap) {
    *heap = (struct heap){0};
}

void heap_free(struct heap *heap) {
    free(heap->timers);
    heap_init(heap);
}

bool heap_push(struct heap *heap, struct timer timer) {
    if (heap->count == heap->capacity &&
        !resize(heap, heap->capacity == 0 ? SMALLEST : heap->capacity * 2)) {
        return false;
    }
    heap->timers[heap->count] = timer;
    sift_up(heap, heap->count++);
    return true;
}

const struct timer *heap_peek(const struct heap *heap) {
    return heap->count == 0 ? NULL : &heap->timers[0];
}

bool heap_pop(struct heap *heap, struct timer *timer) {
    if (heap->count == 0) {
        return false;
    }
    *timer = heap->timers[0];
    take_out(heap, 0);
    return true;
}

bool heap_cancel(struct heap *heap, int id) {
    for (size_t index = 0; index < heap->count; index++) {
        if (heap->timers[index].id == id) {
            take_out(heap, index);
            return true;
        }
    }
    return false;
}
