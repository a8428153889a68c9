#include "heap.h"
#include "tap.h"

static struct heap heap;

static void push(int64_t due, int id) {
    EXPECT(heap_push(&heap, (struct timer){.due = due, .id = id}));
}

/* The id of the next timer, or -1. */
static int pop(void) {
    struct timer timer;
    return heap_pop(&heap, &timer) ? timer.id : -1;
}

/* Fills the heap with 97 timers in a scattered order, due at 0…96. */
static void fill(void) {
    for (int step = 0; step < 97; step++) {
        push(step * 35 % 97, step * 35 % 97);
    }
}

static void empty_heap(void) {
    heap_init(&heap);
    EXPECT(heap_peek(&heap) == NULL);
    EXPECT_INT(pop(), -1);
    EXPECT(!heap_cancel(&heap, 1));
    heap_free(&heap);
}

static void earliest_first(void) {
    heap_init(&heap);
    push(30, 1);
    push(10, 2);
    push(20, 3);
    EXPECT_INT(heap_peek(&heap)->id, 2);
    EXPECT_INT(pop(), 2);
    EXPECT_INT(pop(), 3);
    EXPECT_INT(pop(), 1);
    EXPECT_INT(pop(), -1);
    heap_free(&heap);
}

static void same_time_by_id(void) {
    heap_init(&heap);
    push(5, 3);
    push(5, 1);
    push(-5, 9);
    push(5, 2);
    EXPECT_INT(pop(), 9);
    EXPECT_INT(pop(), 1);
    EXPECT_INT(pop(), 2);
    EXPECT_INT(pop(), 3);
    heap_free(&heap);
}

static void many_timers(void) {
    heap_init(&heap);
    fill();
    for (int id = 0; id < 97; id++) {
        EXPECT_INT(pop(), id);
    }
    heap_free(&heap);
}

static void cancelling(void) {
    heap_init(&heap);
    fill();
    for (int id = 0; id < 97; id += 3) {
        EXPECT(heap_cancel(&heap, id));
        EXPECT(!heap_cancel(&heap, id));
    }
    for (int id = 0; id < 97; id++) {
        if (id % 3 != 0) {
            EXPECT_INT(pop(), id);
        }
    }
    EXPECT_INT(heap.count, 0);
    heap_free(&heap);
}

static void memory_is_given_back(void) {
    heap_init(&heap);
    fill();
    EXPECT_INT(heap.capacity, 128);
    for (int id = 0; id < 65; id++) {
        pop();
    }
    EXPECT_INT(heap.count, 32);
    EXPECT_INT(heap.capacity, 64);
    for (int id = 0; id < 32; id++) {
        pop();
    }
    EXPECT_INT(heap.capacity, 4);
    heap_free(&heap);
}

int main(void) {
    RUN(empty_heap);
    RUN(earliest_first);
    RUN(same_time_by_id);
    RUN(many_timers);
    RUN(cancelling);
    RUN(memory_is_given_back);
    return tap_done();
}
