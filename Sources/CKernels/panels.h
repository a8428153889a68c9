// Products of sixteen packed rows with many prepared rows: a stretch of columns is unpacked once into a panel that stays
// in the first-level cache, then four prepared rows at a time pass over it. Included by `avx2.c` after `tiles.h`.
//
// The sums run in the order in which the tiles run them; between two stretches they rest in `out`.

enum { panel_columns = 1024 };

typedef struct {
    uint8_t codes[256];
    float d[8], min[8];
} panel_32;

typedef struct {
    uint8_t codes[2048];
    int16_t scale[16][16];
    int16_t min[8][16];
    float d[8], m[8];
} panel_256;

// Two groups' blocks.
typedef union {
    _Alignas(64) panel_32 by_32[2][panel_columns / 32];
    _Alignas(64) panel_256 by_256[2][panel_columns / 256];
} panel;

HELPER void unpack_32(const int type, const uint8_t *group, int64_t blocks, int64_t from, int64_t to, panel_32 *out) {
    const ck_sections size = ck_sections_of(type);
    const ck_group g = ck_group_at(type, group, blocks);
    for (int64_t b = from; b < to; b++, out++) {
#pragma clang loop unroll(full)
        for (int i = 0; i < 8; i++)
            put256(out->codes + 32 * i, codes_at(type, g.codes + b * size.codes, g.high + b * size.high, i));
        const uint16_t *halves = g.d + b * size.halves / 2;
        __m256 d = halves_at(halves);
        _mm256_store_ps(out->d, d);
        if (type == CK_Q4_1) _mm256_store_ps(out->min, halves_at(halves + 8));
        if (type == CK_Q5_1) _mm256_store_ps(out->min, _mm256_fmadd_ps(_mm256_set1_ps(16), d, halves_at(halves + 8)));
    }
}

HELPER void unpack_256(const int type, const uint8_t *group, int64_t blocks, int64_t from, int64_t to, panel_256 *out) {
    const ck_sections size = ck_sections_of(type);
    const ck_group g = ck_group_at(type, group, blocks);
    for (int64_t b = from; b < to; b++, out++) {
        byte_scales scales;
        read_scales(type, g.scales + b * size.scales, &scales);
        for (int u = 0; u < 8; u++) {
            const uint8_t *low = g.codes + b * size.codes + u * (size.codes / 8);
            const uint8_t *high = g.high + b * size.high + u * (size.high / 8);
#pragma clang loop unroll(full)
            for (int i = 0; i < 8; i++) put256(out->codes + 256 * u + 32 * i, codes_at(type, low, high, i));
            if (type == CK_IQ4_XS) put256((uint8_t *)out->scale[2 * u], twice_signed(scales.scale + 8 * u));
            else
                for (int s = 0; s < stretches_of(type); s++)
                    put256((uint8_t *)out->scale[2 * u + s], scale_of(type, &scales, u, s));
        }
        const uint16_t *halves = g.d + b * size.halves / 2;
        _mm256_store_ps(out->d, halves_at(halves));
        if (type == CK_Q2_K || type == CK_Q4_K || type == CK_Q5_K) {
            _mm256_store_ps(out->m, halves_at(halves + 8));
            for (int j = 0; j < min_pairs(type); j++) put256((uint8_t *)out->min[j], both_unsigned(scales.min + 16 * j));
        }
    }
}

HELPER __m256 load_rows(const float *out, int64_t rows) {
    if (rows >= 8) return _mm256_loadu_ps(out);
    float all[8] = {0};
    for (int64_t r = 0; r < rows; r++) all[r] = out[r];
    return _mm256_loadu_ps(all);
}

// `count` is a constant after inlining; the prepared rows begin at the panel's first block.
HELPER void panel_tile_32(
    const int type, const int count, const panel *p, int64_t blocks, const uint8_t *prepared,
    int64_t stride, float *out, int64_t out_stride, int64_t rows, bool first
) {
    const bool is_signed = type == CK_Q8_0 || type == CK_IQ4_NL, has_min = type == CK_Q4_1 || type == CK_Q5_1;
    const bool five = type == CK_Q5_0 || type == CK_Q5_1;
    const __m256i ones = _mm256_set1_epi16(1);
    __m256 sums[2][4];
    for (int g = 0; g < 2; g++)
        for (int t = 0; t < count; t++)
            sums[g][t] = first ? _mm256_setzero_ps() : load_rows(out + t * out_stride + 8 * g, rows - 8 * g);
    for (int64_t b = 0; b < blocks; b++) {
        const uint8_t *x = prepared + b * (int64_t)sizeof(ck_q32);
        __m256i parts[2][4];
        for (int t = 0; t < count; t++) {
            __m256i start = _mm256_setzero_si256();
            if (!is_signed && type != CK_Q4_1) {
                start = broadcast32(((const ck_q32 *)(const void *)(x + t * stride))->minus8);
                start = five ? _mm256_add_epi16(start, start) : start;
            }
            for (int g = 0; g < 2; g++) parts[g][t] = start;
        }
#pragma clang loop unroll(full)
        for (int i = 0; i < 8; i++) {
            __m256i codes[2], magnitudes[2];
            for (int g = 0; g < 2; g++) {
                codes[g] = load256(p->by_32[g][b].codes + 32 * i);
                magnitudes[g] = is_signed ? _mm256_abs_epi8(codes[g]) : codes[g];
            }
            for (int t = 0; t < count; t++) {
                __m256i values = broadcast32(x + t * stride + 4 * i);
                for (int g = 0; g < 2; g++)
                    parts[g][t] = is_signed ? part_add_signed(parts[g][t], codes[g], magnitudes[g], values, ones)
                                            : part_add(parts[g][t], codes[g], values);
            }
        }
        for (int t = 0; t < count; t++) {
            const ck_q32 *q = (const ck_q32 *)(const void *)(x + t * stride);
            __m256 factor = _mm256_broadcast_ss(&q->d);
            for (int g = 0; g < 2; g++) {
                const panel_32 *block = &p->by_32[g][b];
                __m256 whole = _mm256_cvtepi32_ps(is_signed ? parts[g][t] : part_times(parts[g][t], ones));
                sums[g][t] = _mm256_fmadd_ps(whole, _mm256_mul_ps(_mm256_load_ps(block->d), factor), sums[g][t]);
                if (has_min)
                    sums[g][t] =
                        _mm256_fmadd_ps(_mm256_load_ps(block->min), _mm256_broadcast_ss(&q->sum), sums[g][t]);
            }
        }
    }
    for (int g = 0; g < 2; g++)
        for (int t = 0; t < count; t++) store_rows(out + t * out_stride + 8 * g, sums[g][t], rows - 8 * g);
}

HELPER void panel_tile_256(
    const int type, const int count, const panel *p, int64_t blocks, const uint8_t *prepared,
    int64_t stride, float *out, int64_t out_stride, int64_t rows, bool first
) {
    const bool has_min = type == CK_Q2_K || type == CK_Q4_K || type == CK_Q5_K;
    __m256 sums[2][4];
    for (int g = 0; g < 2; g++)
        for (int t = 0; t < count; t++)
            sums[g][t] = first ? _mm256_setzero_ps() : load_rows(out + t * out_stride + 8 * g, rows - 8 * g);
    for (int64_t b = 0; b < blocks; b++) {
        const uint8_t *x = prepared + b * (int64_t)sizeof(ck_q256);
        __m256i whole[2][4];
        for (int g = 0; g < 2; g++)
            for (int t = 0; t < count; t++) whole[g][t] = _mm256_setzero_si256();
#pragma clang loop unroll(disable)
        for (int u = 0; u < 8; u++) {
            const uint8_t *values = x + 32 * u;
            if (type == CK_IQ4_XS) {
#pragma clang loop unroll(full)
                for (int i = 0; i < 8; i++)
                    for (int g = 0; g < 2; g++) {
                        const panel_256 *block = &p->by_256[g][b];
                        __m256i codes = load256(block->codes + 256 * u + 32 * i), magnitudes = _mm256_abs_epi8(codes);
                        __m256i scale = load256(block->scale[2 * u]);
                        for (int t = 0; t < count; t++)
                            whole[g][t] = part_add_signed(
                                whole[g][t], codes, magnitudes, broadcast32(values + t * stride + 4 * i), scale);
                    }
                continue;
            }
#pragma clang loop unroll(full)
            for (int s = 0; s < stretches_of(type); s++) {
                __m256i parts[2][4];
                for (int t = 0; t < count; t++) {
                    __m256i start = stretch_start(type, x + t * stride, u, s);
                    for (int g = 0; g < 2; g++) parts[g][t] = start;
                }
#pragma clang loop unroll(full)
                for (int k = 0; k < 8 / stretches_of(type); k++) {
                    const int i = register_of(type, s, k);
                    __m256i codes[2];
                    for (int g = 0; g < 2; g++) codes[g] = load256(p->by_256[g][b].codes + 256 * u + 32 * i);
                    for (int t = 0; t < count; t++) {
                        __m256i value = broadcast32(values + t * stride + 4 * i);
                        for (int g = 0; g < 2; g++) parts[g][t] = part_add(parts[g][t], codes[g], value);
                    }
                }
                for (int g = 0; g < 2; g++) {
                    __m256i scale = load256(p->by_256[g][b].scale[2 * u + s]);
                    for (int t = 0; t < count; t++)
                        whole[g][t] = _mm256_add_epi32(whole[g][t], part_times(parts[g][t], scale));
                }
            }
        }
        for (int g = 0; g < 2; g++) {
            const panel_256 *block = &p->by_256[g][b];
            __m256i mins[4];
            if (has_min) {
                for (int t = 0; t < count; t++) mins[t] = _mm256_setzero_si256();
#pragma clang loop unroll(full)
                for (int j = 0; j < min_pairs(type); j++) {
                    __m256i min = load256(block->min[j]);
                    for (int t = 0; t < count; t++)
                        mins[t] = in_order(_mm256_add_epi32(
                            mins[t], _mm256_madd_epi16(min, pair_of_sums(type, x + t * stride, j))));
                }
            }
            for (int t = 0; t < count; t++) {
                __m256 factor = _mm256_broadcast_ss(&((const ck_q256 *)(const void *)(x + t * stride))->d);
                __m256 d = _mm256_mul_ps(_mm256_load_ps(block->d), factor);
                sums[g][t] = _mm256_fmadd_ps(_mm256_cvtepi32_ps(whole[g][t]), d, sums[g][t]);
                if (has_min) {
                    __m256 m = _mm256_mul_ps(_mm256_load_ps(block->m), factor);
                    sums[g][t] = _mm256_fnmadd_ps(_mm256_cvtepi32_ps(mins[t]), m, sums[g][t]);
                }
            }
        }
    }
    for (int g = 0; g < 2; g++)
        for (int t = 0; t < count; t++) store_rows(out + t * out_stride + 8 * g, sums[g][t], rows - 8 * g);
}

// Prepared rows whose part of one stretch stays in the second-level cache.
enum { panel_rows = 128 };

#define PANEL_TILE(TILE, TYPE, COUNT) TILE(TYPE, COUNT, &p, to - b, x, stride, o, out_stride, last - row, b == 0)

// The whole product by panels; `BLOCK` is the type's block, 32 or 256.
#define MULTIPLY_BY_PANELS(NAME, TYPE, BLOCK)                                                                   \
    static void many_##NAME(                                                                                    \
        const void *packed, int64_t columns, int64_t first, int64_t last, const void *prepared, int64_t count,  \
        float *out, int64_t out_stride                                                                          \
    ) {                                                                                                         \
        int64_t stride = ck_prepared_bytes(ck_rows_kind(TYPE), columns), blocks = columns / BLOCK;              \
        int64_t row_bytes = blocks * ck_block_bytes(TYPE);                                                      \
        panel p;                                                                                                \
        for (int64_t begin = 0; begin < count; begin += panel_rows) {                                           \
            int64_t end = begin + panel_rows < count ? begin + panel_rows : count;                              \
            for (int64_t b = 0; b < blocks; b += panel_columns / BLOCK) {                                       \
                int64_t to = b + panel_columns / BLOCK < blocks ? b + panel_columns / BLOCK : blocks;           \
                for (int64_t row = first; row < last; row += 16) {                                              \
                    const uint8_t *group = (const uint8_t *)packed + row * row_bytes;                           \
                    /* A last group that stands alone is its own neighbour, whose results are not stored. */     \
                    const uint8_t *next = last - row > 8 ? group + 8 * row_bytes : group;                       \
                    unpack_##BLOCK(TYPE, group, blocks, b, to, p.by_##BLOCK[0]);                                \
                    unpack_##BLOCK(TYPE, next, blocks, b, to, p.by_##BLOCK[1]);                                 \
                    for (int64_t t = begin, step; t < end; t += step) {                                         \
                        const uint8_t *x =                                                                      \
                            (const uint8_t *)prepared + t * stride + b * (int64_t)sizeof(ck_q##BLOCK);          \
                        float *o = out + t * out_stride + row;                                                  \
                        step = end - t >= 4 ? 4 : 1;                                                            \
                        if (step == 4) PANEL_TILE(panel_tile_##BLOCK, TYPE, 4);                                 \
                        else PANEL_TILE(panel_tile_##BLOCK, TYPE, 1);                                           \
                    }                                                                                           \
                }                                                                                               \
            }                                                                                                   \
        }                                                                                                       \
    }

CK_QUANTISED(MULTIPLY_BY_PANELS)
