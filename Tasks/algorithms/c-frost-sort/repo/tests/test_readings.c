#include "readings.h"
#include "tap.h"

enum { LARGEST = 500 };

static struct reading readings[LARGEST], scratch[LARGEST];

/* Fills in the temperatures, with stations 0, 1, 2…, and sorts them. */
static void sort(const int32_t *tenths, size_t count) {
    for (size_t index = 0; index < count; index++) {
        readings[index] = (struct reading){.tenths = tenths[index], .station = (int)index};
    }
    readings_sort(readings, scratch, count);
}

#define SORT(...) sort((const int32_t[]){__VA_ARGS__}, sizeof((int32_t[]){__VA_ARGS__}) / sizeof(int32_t))

static uint32_t state = 2463534242u;

static uint32_t next_number(void) {
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}

/* Whether the first `count` readings are in order and stable. */
static void expect_sorted(size_t count) {
    for (size_t index = 1; index < count; index++) {
        struct reading before = readings[index - 1], after = readings[index];
        EXPECT(before.tenths <= after.tenths);
        EXPECT(before.tenths != after.tenths || before.station < after.station);
    }
}

static void nothing(void) {
    readings_sort(readings, scratch, 0);
    EXPECT_INT(readings_median(readings, 0), 0);
    EXPECT_INT(readings_below(readings, 0, 5), 0);
}

static void one_reading(void) {
    SORT(-5);
    EXPECT_INT(readings[0].tenths, -5);
    EXPECT_INT(readings_median(readings, 1), -5);
}

static void summer(void) {
    SORT(300, 12, 255, 256, 0, 70000);
    EXPECT_INT(readings[0].tenths, 0);
    EXPECT_INT(readings[0].station, 4);
    EXPECT_INT(readings[1].tenths, 12);
    EXPECT_INT(readings[5].tenths, 70000);
    expect_sorted(6);
}

static void only_frost(void) {
    SORT(-1, -300, -2, -299);
    EXPECT_INT(readings[0].tenths, -300);
    EXPECT_INT(readings[3].tenths, -1);
    expect_sorted(4);
}

static void winter(void) {
    SORT(12, -3, 55, 30, -70);
    EXPECT_INT(readings[0].tenths, -70);
    EXPECT_INT(readings[1].tenths, -3);
    EXPECT_INT(readings[2].tenths, 12);
    EXPECT_INT(readings[4].tenths, 55);
}

static void extremes(void) {
    SORT(INT32_MAX, 0, INT32_MIN, -1, 1);
    EXPECT_INT(readings[0].tenths, INT32_MIN);
    EXPECT_INT(readings[1].tenths, -1);
    EXPECT_INT(readings[4].tenths, INT32_MAX);
}

static void same_temperature_keeps_its_order(void) {
    SORT(7, 3, 7, 3, 7);
    EXPECT_INT(readings[0].station, 1);
    EXPECT_INT(readings[1].station, 3);
    EXPECT_INT(readings[2].station, 0);
    EXPECT_INT(readings[4].station, 4);
}

static void median(void) {
    SORT(9, 1, 5);
    EXPECT_INT(readings_median(readings, 3), 5);
    SORT(9, 1, 5, 7);
    EXPECT_INT(readings_median(readings, 4), 5);
}

static void below(void) {
    SORT(10, 20, 20, 30);
    EXPECT_INT(readings_below(readings, 4, 10), 0);
    EXPECT_INT(readings_below(readings, 4, 20), 1);
    EXPECT_INT(readings_below(readings, 4, 21), 3);
    EXPECT_INT(readings_below(readings, 4, 99), 4);
}

static void many_warm_readings(void) {
    for (size_t index = 0; index < LARGEST; index++) {
        readings[index] = (struct reading){.tenths = (int32_t)(next_number() % 900), .station = (int)index};
    }
    readings_sort(readings, scratch, LARGEST);
    expect_sorted(LARGEST);
}

static void many_readings_of_all_sorts(void) {
    for (size_t index = 0; index < LARGEST; index++) {
        int32_t tenths = (int32_t)(next_number() % 2000000) - 1000000;
        readings[index] = (struct reading){.tenths = tenths, .station = (int)index};
    }
    readings_sort(readings, scratch, LARGEST);
    expect_sorted(LARGEST);
}

int main(void) {
    RUN(nothing);
    RUN(one_reading);
    RUN(summer);
    RUN(only_frost);
    RUN(winter);
    RUN(extremes);
    RUN(same_temperature_keeps_its_order);
    RUN(median);
    RUN(below);
    RUN(many_warm_readings);
    RUN(many_readings_of_all_sorts);
    return tap_done();
}
