#include "decimal.h"
#include "tap.h"

#include <stdlib.h>

static char sum[64];

static const char *add(const char *left, const char *right) {
    memset(sum, '?', sizeof sum);
    decimal_add(left, right, sum);
    return sum;
}

static void valid_numbers(void) {
    EXPECT(decimal_valid("0"));
    EXPECT(decimal_valid("0042"));
    EXPECT(decimal_valid("1234567890"));
    EXPECT(!decimal_valid(""));
    EXPECT(!decimal_valid("-1"));
    EXPECT(!decimal_valid("12x"));
    EXPECT(!decimal_valid("1 2"));
}

static void comparing(void) {
    EXPECT_INT(decimal_compare("17", "17"), 0);
    EXPECT(decimal_compare("9", "10") < 0);
    EXPECT(decimal_compare("21", "12") > 0);
    EXPECT(decimal_compare("123456789012345678901", "123456789012345678902") < 0);
}

static void comparing_with_leading_zeros(void) {
    EXPECT_INT(decimal_compare("007", "7"), 0);
    EXPECT_INT(decimal_compare("0", "000"), 0);
    EXPECT(decimal_compare("0010", "9") > 0);
}

static void single_digits(void) {
    EXPECT_TEXT(add("0", "0"), "0");
    EXPECT_TEXT(add("4", "5"), "9");
}

static void carrying_inside(void) {
    EXPECT_TEXT(add("17", "5"), "22");
    EXPECT_TEXT(add("1999", "2"), "2001");
    EXPECT_TEXT(add("456", "267"), "723");
}

static void different_lengths(void) {
    EXPECT_TEXT(add("1000000000000000000000", "7"), "1000000000000000000007");
    EXPECT_TEXT(add("3", "120"), "123");
}

static void leading_zeros_are_kept(void) {
    EXPECT_TEXT(add("0099", "1"), "0100");
    EXPECT_TEXT(add("5", "000"), "005");
}

static void sums_that_are_longer(void) {
    EXPECT_TEXT(add("7", "5"), "12");
    EXPECT_TEXT(add("50", "50"), "100");
    EXPECT_TEXT(add("999", "1"), "1000");
    EXPECT_TEXT(add("1", "99999999999999999999"), "100000000000000000000");
}

static void nines(void) {
    EXPECT_TEXT(add("999", "999"), "1998");
    EXPECT_TEXT(add("9", "9"), "18");
}

static void against_machine_numbers(void) {
    unsigned long state = 7;
    for (int round = 0; round < 500; round++) {
        char left[32], right[32], expected[32];
        state = (state * 1103515245 + 12345) % 2147483648;
        unsigned long one = state % (round % 2 ? 1000 : 1000000);
        state = (state * 1103515245 + 12345) % 2147483648;
        unsigned long other = state % 5000;
        snprintf(left, sizeof left, "%lu", one);
        snprintf(right, sizeof right, "%lu", other);
        snprintf(expected, sizeof expected, "%lu", one + other);
        EXPECT_TEXT(add(left, right), expected);
    }
}

int main(void) {
    RUN(valid_numbers);
    RUN(comparing);
    RUN(comparing_with_leading_zeros);
    RUN(single_digits);
    RUN(carrying_inside);
    RUN(different_lengths);
    RUN(leading_zeros_are_kept);
    RUN(sums_that_are_longer);
    RUN(nines);
    RUN(against_machine_numbers);
    return tap_done();
}
