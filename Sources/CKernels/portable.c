// The twin in plain C of every kernel: what the others are tested against, and what runs where nothing better does.
#define PATH(NAME) NAME##_portable
#include "wide.h"

enum { rows_at_once = 16 };

// One row of floats against up to 16 prepared rows: one fused multiply-add a column.
static void multiply_floats(
    int32_t type, const uint8_t *group, int r, int64_t columns, const uint8_t *prepared, int64_t stride, int64_t count,
    float *sums
) {
    for (int64_t c = 0; c < columns; c++) {
        float weight;
        if (type == CK_F32) memcpy(&weight, group + (c * 8 + r) * 4, 4);
        else if (type == CK_F16) weight = ck_half(ck_read16(group + (c * 8 + r) * 2));
        else weight = ck_brain(ck_read16(group + (c * 8 + r) * 2));
        for (int64_t t = 0; t < count; t++)
            sums[t] = fmaf(weight, ((const float *)(const void *)(prepared + t * stride))[c], sums[t]);
    }
}

static void multiply_block_32(
    int32_t type, const ck_codes *codes, const uint8_t *prepared, int64_t stride, int64_t b, int64_t count, float *sums
) {
    // A code of 0 ..< 32 is taken as 16 + (−16 ..< 16) by the wide kernels, and the 16 moved into the minimum.
    bool centred = type == CK_Q5_1;
    float add = centred ? fmaf(16, codes->d, codes->add) : codes->add;
    for (int64_t t = 0; t < count; t++) {
        const ck_q32 *x = (const ck_q32 *)(const void *)(prepared + t * stride) + b;
        int32_t sum = 0;
        for (int i = 0; i < 32; i++) sum += (codes->q[i] - (centred ? 16 : 0)) * x->q[i];
        sums[t] = fmaf((float)sum, codes->d * x->d, sums[t]);
        if (type == CK_Q4_1 || type == CK_Q5_1) sums[t] = fmaf(add, x->sum, sums[t]);
    }
}

static void multiply_block_256(
    int32_t type, const ck_codes *codes, const uint8_t *prepared, int64_t stride, int64_t b, int64_t count, float *sums
) {
    bool subtract = type == CK_Q2_K || type == CK_Q4_K || type == CK_Q5_K;
    for (int64_t t = 0; t < count; t++) {
        const ck_q256 *x = (const ck_q256 *)(const void *)(prepared + t * stride) + b;
        int32_t sum = 0, mins = 0;
        for (int j = 0; j < 256 / codes->sub; j++) {
            int32_t part = 0;
            for (int i = j * codes->sub; i < (j + 1) * codes->sub; i++) part += codes->q[i] * x->q[i];
            sum += codes->scale[j] * part;
            for (int k = 0; k < codes->sub / 16; k++) mins += codes->min[j] * x->sums[j * codes->sub / 16 + k];
        }
        sums[t] = fmaf((float)sum, codes->d * x->d, sums[t]);
        if (subtract) sums[t] = fmaf(-(float)mins, codes->m * x->d, sums[t]);
    }
}

static void multiply_portable(
    int32_t type, const void *packed, int64_t rows, int64_t columns, int64_t first, int64_t last, const void *prepared,
    int64_t count, float *out, int64_t out_stride
) {
    (void)rows;
    int32_t kind = ck_rows_kind(type), elements = ck_block_elements(type);
    int64_t stride = ck_prepared_bytes(kind, columns), blocks = columns / elements;
    for (int64_t row = first; row < last; row++) {
        const uint8_t *group = (const uint8_t *)packed + row / 8 * 8 * blocks * ck_block_bytes(type);
        for (int64_t t = 0; t < count; t += rows_at_once) {
            int64_t here = count - t < rows_at_once ? count - t : rows_at_once;
            const uint8_t *x = (const uint8_t *)prepared + t * stride;
            float sums[rows_at_once] = {0};
            if (kind == CK_ROWS_F32) {
                multiply_floats(type, group, (int)(row % 8), columns, x, stride, here, sums);
            } else {
                for (int64_t b = 0; b < blocks; b++) {
                    ck_codes codes;
                    ck_codes_of_group(type, group, blocks, b, (int)(row % 8), &codes);
                    if (kind == CK_ROWS_Q32) multiply_block_32(type, &codes, x, stride, b, here, sums);
                    else multiply_block_256(type, &codes, x, stride, b, here, sums);
                }
            }
            for (int64_t i = 0; i < here; i++) out[(t + i) * out_stride + row] = sums[i];
        }
    }
}

const ck_table ck_portable_table = {.multiply = multiply_portable, WIDE_TABLE};
