// Products of eight packed rows with one to four prepared rows, in 256-bit integer registers.
//
// Included by the x86 paths, which define how codes times values are summed: `part_from` (a part's start, given as 16-bit
// pairs), `part_add` (unsigned codes), `part_add_signed` (32-bit parts), `part_times` (32-bit sums, times a scale given
// as 16-bit pairs).

HELPER __m256i load256(const void *p) { return _mm256_loadu_si256((const __m256i *)p); }
// By name: on Zen, `vpbroadcastd`, which the compiler would choose, takes an arithmetic unit besides the load.
HELPER __m256i broadcast32(const void *p) {
    __m256i v;
    __asm__("vbroadcastss %1, %0" : "=x"(v) : "m"(*(const int32_t *)p));
    return v;
}
HELPER __m256i bytes256(int value) { return _mm256_set1_epi8((char)value); }

// Shifts each byte's bits left (or right, where negative) and keeps those of `mask`: neighbours' bits are masked off.
HELPER __m256i shift_mask(__m256i v, const int left, const int mask) {
    if (left > 0) v = _mm256_slli_epi16(v, left);
    if (left < 0) v = _mm256_srli_epi16(v, -left);
    return _mm256_and_si256(v, bytes256(mask));
}

// Register i (columns 4i ..< 4i + 4 of eight rows) of the 32 columns at `low` and `high`.
HELPER __m256i codes_at(const int type, const uint8_t *low, const uint8_t *high, const int i) {
    __m256i v;
    if (type == CK_Q8_0) return load256(low + 32 * i);
    if (type == CK_Q2_K || type == CK_Q3_K) v = shift_mask(load256(low + i / 4 * 32), -2 * (i % 4), 3);
    else v = shift_mask(load256(low + i % 4 * 32), i < 4 ? 0 : -4, 15);
    switch (type) {
    case CK_Q5_0: case CK_Q5_1: case CK_Q5_K:
        return _mm256_or_si256(v, shift_mask(load256(high), 4 - i, 16));
    case CK_Q3_K:
        return _mm256_or_si256(v, shift_mask(load256(high), 2 - i, 4));
    case CK_Q6_K:
        return _mm256_or_si256(v, shift_mask(load256(high + i / 4 * 32), 4 - 2 * (i % 4), 48));
    case CK_IQ4_NL: case CK_IQ4_XS:
        return _mm256_shuffle_epi8(
            _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)ck_iq4_values)), v);
    default: return v;
    }
}

HELPER void store_rows(float *out, __m256 sums, int64_t rows) {
    if (rows >= 8) {
        _mm256_storeu_ps(out, sums);
        return;
    }
    float all[8];
    _mm256_storeu_ps(all, sums);
    for (int64_t r = 0; r < rows; r++) out[r] = all[r];
}

// MARK: blocks of 32

// Both registers that share a load come together: 0, 4, 1, 5, …
HELPER int halves_together(const int k) { return k / 2 + k % 2 * 4; }

HELPER void tile_32(
    const int type, const int count, const uint8_t *group, int64_t blocks, const uint8_t *prepared, int64_t stride,
    float *out, int64_t out_stride, int64_t rows
) {
    const bool is_signed = type == CK_Q8_0 || type == CK_IQ4_NL, has_min = type == CK_Q4_1 || type == CK_Q5_1;
    const bool five = type == CK_Q5_0 || type == CK_Q5_1;
    const ck_sections size = ck_sections_of(type);
    const ck_group g = ck_group_at(type, group, blocks);
    const __m256i ones = _mm256_set1_epi16(1);
    __m256 sums[4];
    for (int t = 0; t < count; t++) sums[t] = _mm256_setzero_ps();
    for (int64_t b = 0; b < blocks; b++) {
        const uint8_t *low = g.codes + b * size.codes, *high = g.high + b * size.high;
        const uint8_t *x = prepared + b * (int64_t)sizeof(ck_q32);
        _mm_prefetch((const char *)low + 2048, _MM_HINT_T0);
        _mm_prefetch((const char *)low + 2048 + 64, _MM_HINT_T0);
        __m256i parts[4];
        for (int t = 0; t < count; t++) {
            __m256i start = broadcast32(((const ck_q32 *)(const void *)(x + t * stride))->minus8);
            parts[t] = is_signed || type == CK_Q4_1 ? _mm256_setzero_si256()
                : part_from(five ? _mm256_add_epi16(start, start) : start);
        }
#pragma clang loop unroll(full)
        for (int k = 0; k < 8; k++) {
            const int i = halves_together(k);
            __m256i codes = codes_at(type, low, high, i);
            if (is_signed) {
                __m256i magnitudes = _mm256_abs_epi8(codes);
                for (int t = 0; t < count; t++)
                    parts[t] = part_add_signed(parts[t], codes, magnitudes, broadcast32(x + t * stride + 4 * i), ones);
            } else {
                // Q4: 16 · 15 · 127 = 30,480 or, centred, 16 · 8 · 127; Q5 centred: 16 · 16 · 127 = 32,512.
                for (int t = 0; t < count; t++)
                    parts[t] = part_add(parts[t], codes, broadcast32(x + t * stride + 4 * i));
            }
        }
        const uint16_t *halves = g.d + b * size.halves / 2;
        __m256 d = _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(const void *)halves)), min = d;
        if (has_min) {
            min = _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(const void *)(halves + 8)));
            if (five) min = _mm256_fmadd_ps(_mm256_set1_ps(16), d, min);
        }
        for (int t = 0; t < count; t++) {
            const ck_q32 *q = (const ck_q32 *)(const void *)(x + t * stride);
            __m256i whole = is_signed ? parts[t] : part_times(parts[t], ones);
            __m256 scale = _mm256_mul_ps(d, _mm256_broadcast_ss(&q->d));
            sums[t] = _mm256_fmadd_ps(_mm256_cvtepi32_ps(whole), scale, sums[t]);
            if (has_min) sums[t] = _mm256_fmadd_ps(min, _mm256_broadcast_ss(&q->sum), sums[t]);
        }
    }
    for (int t = 0; t < count; t++) store_rows(out + t * out_stride, sums[t], rows);
}

// MARK: blocks of 256

// The integer scales and mins of a block of eight rows, a byte each: [sub-block][row].
typedef struct {
    _Alignas(32) uint8_t scale[128];
    _Alignas(32) uint8_t min[128];
} byte_scales;

HELPER void put256(uint8_t *p, __m256i v) { _mm256_store_si256((__m256i *)(void *)p, v); }

HELPER void read_scales(const int type, const uint8_t *s, byte_scales *to) {
    if (type == CK_Q4_K || type == CK_Q5_K) {
        __m256i a = load256(s), b = load256(s + 32), c = load256(s + 64);
        put256(to->scale, _mm256_and_si256(a, bytes256(63)));
        put256(to->scale + 32, _mm256_and_si256(b, bytes256(63)));
        put256(to->min, _mm256_or_si256(shift_mask(a, -2, 48), shift_mask(c, 0, 15)));
        put256(to->min + 32, _mm256_or_si256(shift_mask(b, -2, 48), shift_mask(c, -4, 15)));
    } else if (type == CK_Q3_K) {
        __m256i a = load256(s), b = load256(s + 32), c = load256(s + 64), offset = bytes256(32);
        put256(to->scale, _mm256_sub_epi8(_mm256_or_si256(shift_mask(a, 0, 15), shift_mask(c, 4, 48)), offset));
        put256(to->scale + 32, _mm256_sub_epi8(_mm256_or_si256(shift_mask(b, 0, 15), shift_mask(c, 2, 48)), offset));
        put256(to->scale + 64, _mm256_sub_epi8(_mm256_or_si256(shift_mask(a, -4, 15), shift_mask(c, 0, 48)), offset));
        put256(to->scale + 96, _mm256_sub_epi8(_mm256_or_si256(shift_mask(b, -4, 15), shift_mask(c, -2, 48)), offset));
    } else if (type == CK_Q2_K) {
        for (int i = 0; i < 128; i += 32) {
            __m256i v = load256(s + i);
            put256(to->scale + i, shift_mask(v, 0, 15));
            put256(to->min + i, shift_mask(v, -4, 15));
        }
    } else if (type == CK_Q6_K) {
        for (int i = 0; i < 128; i += 32) put256(to->scale + i, load256(s + i));
    } else if (type == CK_IQ4_XS) {
        __m256i a = load256(s), offset = bytes256(32);
        // Bits 2j and 2j + 1 of each row's 16 belong to sub-block j.
        __m128i high = _mm_loadu_si128((const __m128i *)(const void *)(s + 32));
        _Alignas(32) uint8_t bits[64];
        for (int j = 0; j < 8; j++) {
            __m128i pair = _mm_and_si128(_mm_srl_epi16(high, _mm_cvtsi32_si128(2 * j)), _mm_set1_epi16(3));
            _mm_storel_epi64((__m128i *)(void *)(bits + 8 * j), _mm_packus_epi16(_mm_slli_epi16(pair, 4), pair));
        }
        put256(to->scale, _mm256_sub_epi8(_mm256_or_si256(shift_mask(a, 0, 15), load256(bits)), offset));
        put256(to->scale + 32, _mm256_sub_epi8(_mm256_or_si256(shift_mask(a, -4, 15), load256(bits + 32)), offset));
    }
}

// Eight rows' bytes as 16-bit pairs, each row's twice: unsigned, then signed.
HELPER __m256i twice_unsigned(const uint8_t *p) {
    const __m256i places = _mm256_setr_epi8(
        0, -1, 0, -1, 1, -1, 1, -1, 2, -1, 2, -1, 3, -1, 3, -1, 4, -1, 4, -1, 5, -1, 5, -1, 6, -1, 6, -1, 7, -1, 7, -1);
    int64_t eight;
    memcpy(&eight, p, 8);
    return _mm256_shuffle_epi8(_mm256_set1_epi64x(eight), places);
}
HELPER __m256i twice_signed(const uint8_t *p) { return _mm256_srai_epi16(_mm256_slli_epi16(twice_unsigned(p), 8), 8); }

// Two sub-blocks' bytes of eight rows as 16-bit pairs.
HELPER __m256i both_unsigned(const uint8_t *p) {
    const __m256i places = _mm256_setr_epi8(
        0, -1, 8, -1, 1, -1, 9, -1, 2, -1, 10, -1, 3, -1, 11, -1, 4, -1, 12, -1, 5, -1, 13, -1, 6, -1, 14, -1, 7, -1, 15,
        -1);
    return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(_mm_load_si128((const __m128i *)(const void *)p)), places);
}

// Mins come in pairs of sub-blocks, of 16 columns for Q2_K, of 32 for the others.
HELPER int min_pairs(const int type) { return type == CK_Q2_K ? 8 : 4; }
HELPER __m256i pair_of_sums(const int type, const uint8_t *block, int j) {
    const ck_q256 *q = (const ck_q256 *)(const void *)block;
    return broadcast32(type == CK_Q2_K ? q->sums + 2 * j : q->sums32 + 2 * j);
}

// 16-bit sums run over 32 columns (Q4: 16 · 15 · 127), or over 16: Q5 8 · 31 · 127 = 31,496; Q6 centred
// 8 · 32 · 127 = 32,512; Q3 and Q2 far less.
HELPER int stretches_of(const int type) { return type == CK_Q4_K ? 1 : 2; }
// The register that comes k-th in stretch s.
HELPER int register_of(const int type, const int s, const int k) {
    return type == CK_Q4_K || type == CK_Q5_K ? halves_together(4 * s + k) : 4 * s + k;
}
// The scale of unit u's stretch s.
HELPER __m256i scale_of(const int type, const byte_scales *scales, const int u, const int s) {
    if (type == CK_Q3_K || type == CK_Q6_K) return twice_signed(scales->scale + 8 * (2 * u + s));
    return twice_unsigned(scales->scale + 8 * (type == CK_Q2_K ? 2 * u + s : u));
}
HELPER __m256i stretch_start(const int type, const uint8_t *block, const int u, const int s) {
    if (type != CK_Q6_K && type != CK_Q3_K) return _mm256_setzero_si256();
    __m256i start = broadcast32(((const ck_q256 *)(const void *)block)->minus32[2 * u + s]);
    return part_from(type == CK_Q6_K ? start : _mm256_srai_epi16(start, 3));
}

HELPER void tile_256(
    const int type, const int count, const uint8_t *group, int64_t blocks, const uint8_t *prepared, int64_t stride,
    float *out, int64_t out_stride, int64_t rows
) {
    const bool has_min = type == CK_Q2_K || type == CK_Q4_K || type == CK_Q5_K;
    const ck_sections size = ck_sections_of(type);
    const ck_group g = ck_group_at(type, group, blocks);
    __m256 sums[4];
    for (int t = 0; t < count; t++) sums[t] = _mm256_setzero_ps();
    for (int64_t b = 0; b < blocks; b++) {
        byte_scales scales;
        read_scales(type, g.scales + b * size.scales, &scales);
        const uint8_t *x = prepared + b * (int64_t)sizeof(ck_q256);
        __m256i whole[4], mins[4];
        for (int t = 0; t < count; t++) whole[t] = mins[t] = _mm256_setzero_si256();
#pragma clang loop unroll(disable)
        for (int u = 0; u < 8; u++) {
            const uint8_t *low = g.codes + b * size.codes + u * (size.codes / 8);
            const uint8_t *high = g.high + b * size.high + u * (size.high / 8);
            const uint8_t *values = x + 32 * u;
            _mm_prefetch((const char *)low + 2048, _MM_HINT_T0);
            _mm_prefetch((const char *)low + 2048 + 64, _MM_HINT_T0);
            if (type == CK_IQ4_XS) {
                __m256i scale = twice_signed(scales.scale + 8 * u);
#pragma clang loop unroll(full)
                for (int k = 0; k < 8; k++) {
                    const int i = halves_together(k);
                    __m256i codes = codes_at(type, low, high, i), magnitudes = _mm256_abs_epi8(codes);
                    for (int t = 0; t < count; t++)
                        whole[t] =
                            part_add_signed(whole[t], codes, magnitudes, broadcast32(values + t * stride + 4 * i), scale);
                }
                continue;
            }
#pragma clang loop unroll(full)
            for (int s = 0; s < stretches_of(type); s++) {
                __m256i scale = scale_of(type, &scales, u, s);
                __m256i parts[4];
                for (int t = 0; t < count; t++) parts[t] = stretch_start(type, x + t * stride, u, s);
#pragma clang loop unroll(full)
                for (int k = 0; k < 8 / stretches_of(type); k++) {
                    const int i = register_of(type, s, k);
                    __m256i codes = codes_at(type, low, high, i);
                    for (int t = 0; t < count; t++)
                        parts[t] = part_add(parts[t], codes, broadcast32(values + t * stride + 4 * i));
                }
                for (int t = 0; t < count; t++)
                    whole[t] = _mm256_add_epi32(whole[t], part_times(parts[t], scale));
            }
        }
        if (has_min)
            for (int j = 0; j < min_pairs(type); j++) {
                __m256i min = both_unsigned(scales.min + 16 * j);
                for (int t = 0; t < count; t++)
                    mins[t] = _mm256_add_epi32(mins[t], _mm256_madd_epi16(min, pair_of_sums(type, x + t * stride, j)));
            }
        const uint16_t *halves = g.d + b * size.halves / 2;
        __m256 d = _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(const void *)halves)), m = d;
        if (has_min) m = _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(const void *)(halves + 8)));
        for (int t = 0; t < count; t++) {
            const ck_q256 *q = (const ck_q256 *)(const void *)(x + t * stride);
            __m256 factor = _mm256_broadcast_ss(&q->d);
            sums[t] = _mm256_fmadd_ps(_mm256_cvtepi32_ps(whole[t]), _mm256_mul_ps(d, factor), sums[t]);
            if (has_min) sums[t] = _mm256_fnmadd_ps(_mm256_cvtepi32_ps(mins[t]), _mm256_mul_ps(m, factor), sums[t]);
        }
    }
    for (int t = 0; t < count; t++) store_rows(out + t * out_stride, sums[t], rows);
}

// MARK: floats

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

// MARK: whole products

// Prepared rows that stay in the second-level cache while the weights pass by.
enum { cached_bytes = 192 << 10 };

HELPER int64_t rows_cached(int64_t stride, int64_t step) {
    int64_t rows = cached_bytes / stride / step * step;
    return rows < step ? step : rows;
}

#define TILES(FUNCTION, TYPE)                                                                                   \
    for (int64_t row = first; row < last; row += 8) {                                                           \
        const uint8_t *group = (const uint8_t *)packed + row * row_bytes;                                       \
        for (int64_t t = 0; t < count; t += 4) {                                                                \
            const uint8_t *x = (const uint8_t *)prepared + t * stride;                                          \
            float *o = out + t * out_stride + row;                                                              \
            switch (count - t) {                                                                                \
            case 1: FUNCTION(TYPE, 1, group, blocks, x, stride, o, out_stride, last - row); break;              \
            case 2: FUNCTION(TYPE, 2, group, blocks, x, stride, o, out_stride, last - row); break;              \
            case 3: FUNCTION(TYPE, 3, group, blocks, x, stride, o, out_stride, last - row); break;              \
            default: FUNCTION(TYPE, 4, group, blocks, x, stride, o, out_stride, last - row); break;             \
            }                                                                                                   \
        }                                                                                                       \
    }

#include "panels.h"

// Few prepared rows by tiles, unpacking as they go; many by panels.
#define MULTIPLY(NAME, TYPE, BLOCK)                                                                             \
    MULTIPLY_BY_PANELS(NAME, TYPE, BLOCK)                                                                       \
    static void PATH(multiply_##NAME)(                                                                          \
        const void *packed, int64_t columns, int64_t first, int64_t last, const void *prepared, int64_t count,  \
        float *out, int64_t out_stride                                                                          \
    ) {                                                                                                         \
        if (count >= panel_least_count) {                                                                       \
            PATH(panels_##NAME)(packed, columns, first, last, prepared, count, out, out_stride);                \
            return;                                                                                             \
        }                                                                                                       \
        int64_t stride = ck_prepared_bytes(ck_rows_kind(TYPE), columns);                                        \
        int64_t blocks = columns / BLOCK, row_bytes = blocks * ck_block_bytes(TYPE);                            \
        TILES(tile_##BLOCK, TYPE)                                                                               \
    }

CK_QUANTISED(MULTIPLY)

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
