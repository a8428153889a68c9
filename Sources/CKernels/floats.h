// Products of packed rows of floats, with float inputs. Included by the x86 paths after `unpacking.h`.

HELPER __m256 weights_at(const int type, const uint8_t *group, int64_t column) {
    if (type == CK_F32) return _mm256_loadu_ps((const float *)(const void *)group + 8 * column);
    __m128i half = _mm_loadu_si128((const __m128i *)(const void *)(group + 16 * column));
    if (type == CK_F16) return _mm256_cvtph_ps(half);
    return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(half), 16));
}

// `groups` groups of eight rows at once: a single row's sum is one chain of fused multiply-adds, several chains keep
// both multipliers busy.
HELPER void tile_floats(
    const int type, const int groups, const int count, const uint8_t *group, int64_t group_bytes, int64_t columns,
    const uint8_t *prepared, int64_t stride, float *out, int64_t out_stride, int64_t rows
) {
    __m256 sums[4][6];
    for (int g = 0; g < groups; g++)
        for (int t = 0; t < count; t++) sums[g][t] = _mm256_setzero_ps();
    for (int64_t c = 0; c < columns; c++) {
        __m256 weights[4];
        for (int g = 0; g < groups; g++) weights[g] = weights_at(type, group + g * group_bytes, c);
        for (int t = 0; t < count; t++) {
            __m256 x = _mm256_broadcast_ss((const float *)(const void *)(prepared + t * stride) + c);
            for (int g = 0; g < groups; g++) sums[g][t] = _mm256_fmadd_ps(weights[g], x, sums[g][t]);
        }
    }
    for (int g = 0; g < groups; g++)
        for (int t = 0; t < count; t++) store_rows(out + t * out_stride + 8 * g, sums[g][t], rows - 8 * g);
}

// Prepared rows that stay in the second-level cache while the weights pass by.
enum { cached_bytes = 192 << 10 };

HELPER int64_t rows_cached(int64_t stride, int64_t step) {
    int64_t rows = cached_bytes / stride / step * step;
    return rows < step ? step : rows;
}

// Sixteen rows by six, or 32 rows by one: as many sums as the registers hold.
#define FLOAT_TILES(TYPE, GROUPS, T) \
    tile_floats(TYPE, GROUPS, T, group, 8 * row_bytes, columns, x, stride, o, out_stride, last - row)
#define MULTIPLY_FLOATS(NAME, TYPE)                                                                             \
    static void PATH(multiply_##NAME)(                                                                          \
        const void *packed, int64_t columns, int64_t first, int64_t last, const void *prepared, int64_t count,  \
        float *out, int64_t out_stride                                                                          \
    ) {                                                                                                         \
        int64_t stride = ck_prepared_bytes(CK_ROWS_F32, columns), cached = rows_cached(stride, 6);              \
        int64_t row_bytes = columns * ck_block_bytes(TYPE);                                                     \
        for (int64_t from = 0; from < count; from += cached) {                                                  \
            int64_t to = from + cached < count ? from + cached : count, step;                                   \
            for (int64_t row = first; row < last; row += step) {                                                \
                const uint8_t *group = (const uint8_t *)packed + row * row_bytes;                               \
                int64_t groups = (last - row + 7) / 8;                                                          \
                bool single = to - from == 1 && groups >= 4;                                                    \
                step = single ? 32 : groups >= 2 ? 16 : 8;                                                      \
                for (int64_t t = from; t < to; t += 6) {                                                        \
                    const uint8_t *x = (const uint8_t *)prepared + t * stride;                                  \
                    float *o = out + t * out_stride + row;                                                      \
                    int64_t here = to - t;                                                                      \
                    if (single) FLOAT_TILES(TYPE, 4, 1);                                                        \
                    else if (groups >= 2)                                                                       \
                        switch (here) {                                                                         \
                        case 1: FLOAT_TILES(TYPE, 2, 1); break;                                                 \
                        case 2: FLOAT_TILES(TYPE, 2, 2); break;                                                 \
                        case 3: FLOAT_TILES(TYPE, 2, 3); break;                                                 \
                        case 4: FLOAT_TILES(TYPE, 2, 4); break;                                                 \
                        case 5: FLOAT_TILES(TYPE, 2, 5); break;                                                 \
                        default: FLOAT_TILES(TYPE, 2, 6); break;                                                \
                        }                                                                                       \
                    else                                                                                        \
                        switch (here) {                                                                         \
                        case 1: FLOAT_TILES(TYPE, 1, 1); break;                                                 \
                        case 2: FLOAT_TILES(TYPE, 1, 2); break;                                                 \
                        case 3: FLOAT_TILES(TYPE, 1, 3); break;                                                 \
                        case 4: FLOAT_TILES(TYPE, 1, 4); break;                                                 \
                        case 5: FLOAT_TILES(TYPE, 1, 5); break;                                                 \
                        default: FLOAT_TILES(TYPE, 1, 6); break;                                                \
                        }                                                                                       \
                }                                                                                               \
            }                                                                                                   \
        }                                                                                                       \
    }

MULTIPLY_FLOATS(f32, CK_F32)
MULTIPLY_FLOATS(f16, CK_F16)
MULTIPLY_FLOATS(bf16, CK_BF16)
