/* A few macros that print the Test Anything Protocol and go on after a failure. */
#ifndef TAP_H
#define TAP_H

#include <stdio.h>
#include <string.h>

static int tap_tests, tap_failures, tap_current_failed;

#define EXPECT_INT(actual, expected)                                                     \
    do {                                                                                 \
        long long tap_actual = (long long)(actual), tap_expected = (long long)(expected); \
        if (tap_actual != tap_expected) {                                                \
            printf("# %s:%d: %s: expected %lld, got %lld\n", __FILE__, __LINE__,         \
                   #actual, tap_expected, tap_actual);                                   \
            tap_current_failed = 1;                                                      \
        }                                                                                \
    } while (0)

#define EXPECT_TEXT(actual, expected)                                                    \
    do {                                                                                 \
        const char *tap_actual = (actual), *tap_expected = (expected);                   \
        if (tap_actual == NULL || strcmp(tap_actual, tap_expected) != 0) {               \
            printf("# %s:%d: %s: expected \"%s\", got \"%s\"\n", __FILE__, __LINE__,     \
                   #actual, tap_expected, tap_actual ? tap_actual : "(null)");           \
            tap_current_failed = 1;                                                      \
        }                                                                                \
    } while (0)

#define EXPECT(condition)                                                                \
    do {                                                                                 \
        if (!(condition)) {                                                              \
            printf("# %s:%d: expected %s\n", __FILE__, __LINE__, #condition);            \
            tap_current_failed = 1;                                                      \
        }                                                                                \
    } while (0)

#define RUN(test)                                                                        \
    do {                                                                                 \
        tap_current_failed = 0;                                                          \
        test();                                                                          \
        tap_tests++;                                                                     \
        tap_failures += tap_current_failed;                                              \
        printf("%s %d - %s\n", tap_current_failed ? "not ok" : "ok", tap_tests, #test);  \
        fflush(stdout);                                                                  \
    } while (0)

static inline int tap_done(void) {
    printf("1..%d\n", tap_tests);
    return tap_failures != 0;
}

#endif
