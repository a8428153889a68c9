/* Arithmetic with natural numbers of any length, written in decimal digits. */
#ifndef DECIMAL_H
#define DECIMAL_H

#include <stdbool.h>
#include <stddef.h>

/* Whether a text is one or more digits and nothing else. */
bool decimal_valid(const char *number);

/* Negative, zero or positive as the left number is smaller, equal or larger; leading zeros do not matter. */
int decimal_compare(const char *left, const char *right);

/* Writes the sum; `sum` has room for the longer number, one more digit and the NUL. Keeps leading zeros. */
void decimal_add(const char *left, const char *right, char *sum);

#endif
