#include "readings.h"

#include <string.h>

enum { DIGITS = 256 };

/* A byte of the temperature, as an unsigned number that has the same order. */
static unsigned digit(struct reading reading, unsigned shift) {
    uint32_t key = (uint32_t)reading.tenths;
    return key >> shift & (DIGITS - 1);
}

void readings_sort(struct reading *readings, struct reading *scratch, size_t count) {
    for (unsigned shift = 0; shift < 32; shift += 8) {
        size_t places[DIGITS + 1] = {0};
        for (size_t index = 0; index < count; index++) {
            places[digit(readings[index], shift) + 1]++;
        }
        for (size_t value = 0; value < DIGITS; value++) {
            places[value + 1] += places[value];
        }
        for (size_t index = 0; index < count; index++) {
            scratch[places[digit(readings[index], shift)]++] = readings[index];
        }
        memcpy(readings, scratch, count * sizeof *readings);
    }
}

int32_t readings_median(const struct reading *readings, size_t count) {
    return count == 0 ? 0 : readings[(count - 1) / 2].tenths;
}

size_t readings_below(const struct reading *readings, size_t count, int32_t tenths) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (readings[middle].tenths < tenths) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}
