#ifndef CHECK_H
#define CHECK_H

/* Assertions stay on, whatever CFLAGS say. */
#undef NDEBUG
#include <assert.h>
#include <string.h>

#define assert_text(actual, expected) assert((actual) != NULL && strcmp((actual), (expected)) == 0)

#endif
