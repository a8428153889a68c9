// Products of eight packed rows with one to four prepared rows at a time, in 256-bit registers: what a path without wider
// ones has for few prepared rows (`few_NAME`). Codes are unpacked as they come.
//
// Included by `avx2.c` after `unpacking.h`.

// Prepared rows up to which this pays.
enum { few_most = 7 };

// By name: on Zen, `vpbroadcastd`, which the compiler would choose, takes an arithmetic unit besides the load.
HELPER __m256i broadcast32(const void *p) {
    __m256i v;
    __asm__("vbroadcastss %1, %0" : "=x"(v) : "m"(*(const int32_t *)p));
    return v;
}

// MARK: blocks of 32

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
                : five ? _mm256_add_epi16(start, start) : start;
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

// Eight rows' bytes as 16-bit pairs, each row's twice: unsigned, then signed.
HELPER __m256i twice_unsigned(const uint8_t *p) {
    const __m256i places = _mm256_setr_epi8(
        0, -1, 0, -1, 1, -1, 1, -1, 2, -1, 2, -1, 3, -1, 3, -1, 4, -1, 4, -1, 5, -1, 5, -1, 6, -1, 6, -1, 7, -1, 7, -1);
    int64_t eight;
    memcpy(&eight, p, 8);
    return _mm256_shuffle_epi8(_mm256_set1_epi64x(eight), places);
}
HELPER __m256i twice_signed(const uint8_t *p) { return _mm256_srai_epi16(_mm256_slli_epi16(twice_unsigned(p), 8), 8); }

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
    return type == CK_Q6_K ? start : _mm256_srai_epi16(start, 3);
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

// MARK: whole products

#define FEW_TILE(TILE, TYPE, COUNT) TILE(TYPE, COUNT, group, blocks, x, stride, o, out_stride, last - row)

#define FEW_MULTIPLY(NAME, TYPE, BLOCK)                                                                         \
    static void few_##NAME(                                                                                     \
        const void *packed, int64_t columns, int64_t first, int64_t last, const void *prepared, int64_t count,  \
        float *out, int64_t out_stride                                                                          \
    ) {                                                                                                         \
        const int64_t stride = ck_prepared_bytes(ck_rows_kind(TYPE), columns), blocks = columns / BLOCK;        \
        const int64_t row_bytes = blocks * ck_block_bytes(TYPE);                                                \
        for (int64_t row = first; row < last; row += 8) {                                                       \
            const uint8_t *group = (const uint8_t *)packed + row * row_bytes;                                   \
            for (int64_t t = 0; t < count; t += 4) {                                                            \
                const uint8_t *x = (const uint8_t *)prepared + t * stride;                                      \
                float *o = out + t * out_stride + row;                                                          \
                switch (count - t) {                                                                            \
                case 1: FEW_TILE(tile_##BLOCK, TYPE, 1); break;                                                 \
                case 2: FEW_TILE(tile_##BLOCK, TYPE, 2); break;                                                 \
                case 3: FEW_TILE(tile_##BLOCK, TYPE, 3); break;                                                 \
                default: FEW_TILE(tile_##BLOCK, TYPE, 4); break;                                                \
                }                                                                                               \
            }                                                                                                   \
        }                                                                                                       \
    }

CK_QUANTISED(FEW_MULTIPLY)
