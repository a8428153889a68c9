// Whole products of every type. Included by the x86 paths after the kernels of few prepared rows, `tiles.h` or `few.h`, and of
// many, `panels.h` or `many.h`.

#include "floats.h"

#define MULTIPLY(NAME, TYPE, BLOCK)                                                                             \
    static void PATH(multiply_##NAME)(                                                                          \
        const void *packed, int64_t columns, int64_t first, int64_t last, const void *prepared, int64_t count,  \
        float *out, int64_t out_stride                                                                          \
    ) {                                                                                                         \
        if (count <= few_most) few_##NAME(packed, columns, first, last, prepared, count, out, out_stride);      \
        else many_##NAME(packed, columns, first, last, prepared, count, out, out_stride);                       \
    }

CK_QUANTISED(MULTIPLY)

#define CASE(NAME, TYPE, BLOCK) \
    case TYPE: PATH(multiply_##NAME)(packed, columns, first, last, prepared, count, out, out_stride); return;

static void PATH(multiply)(
    int32_t type, const void *packed, int64_t rows, int64_t columns, int64_t first, int64_t last, const void *prepared,
    int64_t count, float *out, int64_t out_stride
) {
    (void)rows;
    switch (type) {
    CASE(f32, CK_F32, 1)
    CASE(f16, CK_F16, 1)
    CASE(bf16, CK_BF16, 1)
    CK_QUANTISED(CASE)
    }
}
