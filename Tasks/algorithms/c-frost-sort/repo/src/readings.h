/* Readings of thermometers, sorted by their digits in linear time. */
#ifndef READINGS_H
#define READINGS_H

#include <stddef.h>
#include <stdint.h>

struct reading {
    int32_t tenths; /* of a degree */
    int station;
};

/* Sorts by temperature; readings of the same temperature keep their order. `scratch` has the same size. */
void readings_sort(struct reading *readings, struct reading *scratch, size_t count);

/* The middle one of sorted readings, the lower of two; 0 where there are none. */
int32_t readings_median(const struct reading *readings, size_t count);

/* How many of sorted readings are below a temperature. */
size_t readings_below(const struct reading *readings, size_t count, int32_t tenths);

#endif
