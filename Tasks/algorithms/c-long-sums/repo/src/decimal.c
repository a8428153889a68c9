#include "decimal.h"

#include <string.h>

bool decimal_valid(const char *number) {
    return *number != '\0' && number[strspn(number, "0123456789")] == '\0';
}

int decimal_compare(const char *left, const char *right) {
    left += strspn(left, "0");
    right += strspn(right, "0");
    size_t left_length = strlen(left), right_length = strlen(right);
    if (left_length != right_length) {
        return left_length < right_length ? -1 : 1;
    }
    return strcmp(left, right);
}

static void reverse(char *text, size_t length) {
    for (size_t index = 0; index < length / 2; index++) {
        char kept = text[index];
        text[index] = text[length - 1 - index];
        text[length - 1 - index] = kept;
    }
}

/* The digit at a place from the right; 0 to the left of the number. */
static int digit(const char *number, size_t length, size_t place) {
    return place < length ? number[length - 1 - place] - '0' : 0;
}

void decimal_add(const char *left, const char *right, char *sum) {
    size_t left_length = strlen(left), right_length = strlen(right);
    size_t longer = left_length > right_length ? left_length : right_length;
    size_t length = 0;
    int carry = 0;
    for (size_t place = 0; place < longer; place++) {
        int total = digit(left, left_length, place) + digit(right, right_length, place) + carry;
        sum[length++] = (char)('0' + total % 10);
        carry = total / 10;
    }
    sum[length] = '\0';
    reverse(sum, length);
}
