// Products of sixteen packed rows with one to eight prepared rows at a time, in 512-bit registers: what generating needs, one
// sequence or several together. Codes are unpacked in registers, once for all prepared rows.
//
// All codes count from zero, which `vpdpbusd` wants; what that adds is known from the prepared row's sum, where each part
// begins.
//
// Included by `avx512vnni.c` after `unpacking.h`.

enum {
    few_most = 24,  // prepared rows up to which this pays
    few_rows = 16,  // packed rows
};

// How much higher the codes of blocks of 32 count than the numbers that they stand for, in eights: prepared rows know
// −8 · Σ q.
HELPER int few_offset(const int type) {
    switch (type) {
    case CK_Q8_0: case CK_IQ4_NL: return 16;
    case CK_Q5_0: case CK_Q5_1: return 2;
    case CK_Q4_0: return 1;
    default: return 0;
    }
}

// 32 bytes of either group.
HELPER __m512i few_bytes(const uint8_t *const p[2], int64_t offset) {
    return _mm512_inserti64x4(_mm512_castsi256_si512(load256(p[0] + offset)), load256(p[1] + offset), 1);
}

HELPER __m512i few_shift_mask(__m512i v, const int left, const int mask) {
    if (left > 0) v = _mm512_slli_epi16(v, (unsigned)left);
    if (left < 0) v = _mm512_srli_epi16(v, (unsigned)-left);
    return _mm512_and_si512(v, _mm512_set1_epi8((char)mask));
}

// Register i of two groups, as `codes_at` gives one's, counted from zero.
HELPER __m512i few_codes(const int type, const uint8_t *const low[2], const uint8_t *const high[2], const int i) {
    const __m512i centre = _mm512_set1_epi8(-128);
    __m512i v;
    if (type == CK_Q8_0) return _mm512_xor_si512(few_bytes(low, 32 * i), centre);
    if (type == CK_Q2_K || type == CK_Q3_K) v = few_shift_mask(few_bytes(low, i / 4 * 32), -2 * (i % 4), 3);
    else v = few_shift_mask(few_bytes(low, i % 4 * 32), i < 4 ? 0 : -4, 15);
    switch (type) {
    case CK_Q5_0: case CK_Q5_1: case CK_Q5_K:
        return _mm512_or_si512(v, few_shift_mask(few_bytes(high, 0), 4 - i, 16));
    case CK_Q3_K:
        return _mm512_or_si512(v, few_shift_mask(few_bytes(high, 0), 2 - i, 4));
    case CK_Q6_K:
        return _mm512_or_si512(v, few_shift_mask(few_bytes(high, i / 4 * 32), 4 - 2 * (i % 4), 48));
    case CK_IQ4_NL: case CK_IQ4_XS: {
        __m512i values = _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)(const void *)ck_iq4_values));
        return _mm512_shuffle_epi8(_mm512_xor_si512(values, centre), v);
    }
    default: return v;
    }
}

HELPER __m512 few_halves(const uint16_t *first, const uint16_t *second) {
    return _mm512_cvtph_ps(_mm256_set_m128i(
        _mm_loadu_si128((const __m128i *)(const void *)second), _mm_loadu_si128((const __m128i *)(const void *)first)));
}

// Asks for the share of the two groups after these that belongs to `part` of a block's `parts`, into the second-level cache: the
// first level's miss buffers alone do not keep memory busy (a processor's prefetcher, which would, gives up where a short row ends).
HELPER void few_ask_ahead(const int type, const int parts, const uint8_t *first, int64_t blocks, int64_t b, int part) {
    const ck_sections size = ck_sections_of(type);
    const int share = 2 * (size.codes + size.high + size.scales + size.halves) / parts;
    const uint8_t *at = first + (blocks + b) * parts * share + part * share;
#pragma clang loop unroll(full)
    for (int line = 0; line < share; line += 64) _mm_prefetch((const char *)at + line, _MM_HINT_T1);
}

// Four values in every lane.
HELPER __m512i few_values(const void *p) {
    int32_t values;
    memcpy(&values, p, 4);
    return _mm512_set1_epi32(values);
}

// MARK: blocks of 32

// What takes away what the codes' offset adds to a block's part.
HELPER __m512i few_start_32(const int type, const ck_q32 *q) {
    if (few_offset(type) == 0) return _mm512_setzero_si512();
    return _mm512_madd_epi16(few_values(q->minus8), _mm512_set1_epi16((int16_t)few_offset(type)));
}

// `count` is a constant after inlining.
HELPER void few_tile_32(
    const int type, const int count, const uint8_t *first, const uint8_t *second, int64_t blocks,
    const uint8_t *prepared, int64_t stride, float *out, int64_t out_stride, __mmask16 rows
) {
    const bool has_min = type == CK_Q4_1 || type == CK_Q5_1;
    const ck_sections size = ck_sections_of(type);
    const ck_group g = ck_group_at(type, first, blocks), h = ck_group_at(type, second, blocks);
    __m512 sums[8];
    for (int t = 0; t < count; t++) sums[t] = _mm512_setzero_ps();
    for (int64_t b = 0; b < blocks; b++) {
        const uint8_t *const low[2] = {g.codes + b * size.codes, h.codes + b * size.codes};
        const uint8_t *const high[2] = {g.high + b * size.high, h.high + b * size.high};
        const uint8_t *x = prepared + b * (int64_t)sizeof(ck_q32);
        few_ask_ahead(type, 1, first, blocks, b, 0);
#pragma clang loop unroll(full)
        for (int line = 0; line < size.codes; line += 64) {
            _mm_prefetch((const char *)low[0] + 2048 + line, _MM_HINT_T0);
            _mm_prefetch((const char *)low[1] + 2048 + line, _MM_HINT_T0);
        }
        __m512i parts[8];
        for (int t = 0; t < count; t++) parts[t] = few_start_32(type, (const ck_q32 *)(const void *)(x + t * stride));
#pragma clang loop unroll(full)
        for (int k = 0; k < 8; k++) {
            const int i = halves_together(k);
            __m512i codes = few_codes(type, low, high, i);
            for (int t = 0; t < count; t++)
                parts[t] = _mm512_dpbusd_epi32(parts[t], codes, few_values(x + t * stride + 4 * i));
        }
        const uint16_t *halves[2] = {g.d + b * size.halves / 2, h.d + b * size.halves / 2};
        __m512 d = few_halves(halves[0], halves[1]), min = d;
        if (has_min) {
            min = few_halves(halves[0] + 8, halves[1] + 8);
            if (type == CK_Q5_1) min = _mm512_fmadd_ps(_mm512_set1_ps(16), d, min);
        }
        for (int t = 0; t < count; t++) {
            const ck_q32 *q = (const ck_q32 *)(const void *)(x + t * stride);
            __m512 scale = _mm512_mul_ps(d, _mm512_set1_ps(q->d));
            sums[t] = _mm512_fmadd_ps(_mm512_cvtepi32_ps(parts[t]), scale, sums[t]);
            if (has_min) sums[t] = _mm512_fmadd_ps(min, _mm512_set1_ps(q->sum), sums[t]);
        }
    }
    for (int t = 0; t < count; t++) _mm512_mask_storeu_ps(out + t * out_stride, rows, sums[t]);
}

// MARK: blocks of 256

// Sixteen rows' bytes, of two groups, as 32-bit numbers.
HELPER __m512i few_scale(const int type, const uint8_t *first, const uint8_t *second) {
    __m128i bytes = _mm_unpacklo_epi64(
        _mm_loadl_epi64((const __m128i *)(const void *)first), _mm_loadl_epi64((const __m128i *)(const void *)second));
    const bool is_signed = type == CK_Q3_K || type == CK_Q6_K || type == CK_IQ4_XS;
    return is_signed ? _mm512_cvtepi8_epi32(bytes) : _mm512_cvtepu8_epi32(bytes);
}

// What takes away what the codes' offset adds to the part over unit `u`, or its stretch `s` of sixteen columns.
HELPER __m512i few_start(const int type, const ck_q256 *q, const int u, const int s) {
    const __m512i minus32 = few_values(q->minus32[2 * u + s]), ones = _mm512_set1_epi16(1), fours = _mm512_set1_epi16(4);
    switch (type) {
    case CK_Q6_K: return _mm512_madd_epi16(minus32, ones);
    case CK_Q3_K: return _mm512_madd_epi16(_mm512_srai_epi16(minus32, 3), ones);
    case CK_IQ4_XS:
        return _mm512_add_epi32(
            _mm512_madd_epi16(minus32, fours), _mm512_madd_epi16(few_values(q->minus32[2 * u + 1]), fours));
    default: return _mm512_setzero_si512();
    }
}

// Parts of a unit of 32 columns that have scales of their own.
HELPER int few_stretches(const int type) { return type == CK_Q2_K || type == CK_Q3_K || type == CK_Q6_K ? 2 : 1; }

HELPER bool few_has_min(const int type) { return type == CK_Q2_K || type == CK_Q4_K || type == CK_Q5_K; }

// The j-th pair of sub-blocks' mins of two groups.
HELPER __m512i few_mins(const byte_scales scales[2], const int j) {
    return _mm512_inserti64x4(
        _mm512_castsi256_si512(both_unsigned(scales[0].min + 16 * j)), both_unsigned(scales[1].min + 16 * j), 1);
}

HELPER const int16_t *few_pair_of_sums(const int type, const ck_q256 *q, const int j) {
    return type == CK_Q2_K ? q->sums + 2 * j : q->sums32 + 2 * j;
}

HELPER void few_tile_256(
    const int type, const int count, const uint8_t *first, const uint8_t *second, int64_t blocks,
    const uint8_t *prepared, int64_t stride, float *out, int64_t out_stride, __mmask16 rows
) {
    const bool has_min = few_has_min(type);
    const int stretches = few_stretches(type);
    const ck_sections size = ck_sections_of(type);
    const ck_group group[2] = {ck_group_at(type, first, blocks), ck_group_at(type, second, blocks)};
    __m512 sums[8];
    for (int t = 0; t < count; t++) sums[t] = _mm512_setzero_ps();
    for (int64_t b = 0; b < blocks; b++) {
        byte_scales scales[2];
        for (int n = 0; n < 2; n++) read_scales(type, group[n].scales + b * size.scales, &scales[n]);
        const uint8_t *x = prepared + b * (int64_t)sizeof(ck_q256);
        __m512i whole[8];
        for (int t = 0; t < count; t++) whole[t] = _mm512_setzero_si512();
#pragma clang loop unroll(disable)
        for (int u = 0; u < 8; u++) {
            const uint8_t *low[2], *high[2];
            for (int n = 0; n < 2; n++) {
                low[n] = group[n].codes + b * size.codes + u * (size.codes / 8);
                high[n] = group[n].high + b * size.high + u * (size.high / 8);
                _mm_prefetch((const char *)low[n] + 2048, _MM_HINT_T0);
                _mm_prefetch((const char *)low[n] + 2048 + 64, _MM_HINT_T0);
            }
            few_ask_ahead(type, 8, first, blocks, b, u);
#pragma clang loop unroll(full)
            for (int s = 0; s < stretches; s++) {
                const int sub = 8 * (stretches * u + s);
                __m512i scale = few_scale(type, scales[0].scale + sub, scales[1].scale + sub), parts[8];
                for (int t = 0; t < count; t++)
                    parts[t] = few_start(type, (const ck_q256 *)(const void *)(x + t * stride), u, s);
#pragma clang loop unroll(full)
                for (int k = 0; k < 8 / stretches; k++) {
                    const int i = stretches == 2 ? 4 * s + k : halves_together(k);
                    __m512i codes = few_codes(type, low, high, i);
                    for (int t = 0; t < count; t++)
                        parts[t] = _mm512_dpbusd_epi32(parts[t], codes, few_values(x + t * stride + 32 * u + 4 * i));
                }
                for (int t = 0; t < count; t++)
                    whole[t] = _mm512_add_epi32(whole[t], _mm512_mullo_epi32(parts[t], scale));
            }
        }
        const uint16_t *halves[2] = {group[0].d + b * size.halves / 2, group[1].d + b * size.halves / 2};
        __m512 d = few_halves(halves[0], halves[1]), m = has_min ? few_halves(halves[0] + 8, halves[1] + 8) : d;
        for (int t = 0; t < count; t++) {
            const ck_q256 *q = (const ck_q256 *)(const void *)(x + t * stride);
            __m512 factor = _mm512_set1_ps(q->d);
            sums[t] = _mm512_fmadd_ps(_mm512_cvtepi32_ps(whole[t]), _mm512_mul_ps(d, factor), sums[t]);
            if (!has_min) continue;
            __m512i mins = _mm512_setzero_si512();
#pragma clang loop unroll(full)
            for (int j = 0; j < min_pairs(type); j++)
                mins = _mm512_dpwssd_epi32(mins, few_mins(scales, j), few_values(few_pair_of_sums(type, q, j)));
            sums[t] = _mm512_fnmadd_ps(_mm512_cvtepi32_ps(mins), _mm512_mul_ps(m, factor), sums[t]);
        }
    }
    for (int t = 0; t < count; t++) _mm512_mask_storeu_ps(out + t * out_stride, rows, sums[t]);
}

// MARK: whole products

#define FEW_TILE(TILE, TYPE, COUNT) TILE(TYPE, COUNT, group, next, blocks, x, stride, o, out_stride, mask)

#define FEW_MULTIPLY(NAME, TYPE, BLOCK)                                                                         \
    static void few_##NAME(                                                                                     \
        const void *packed, int64_t columns, int64_t first, int64_t last, const void *prepared, int64_t count,  \
        float *out, int64_t out_stride                                                                          \
    ) {                                                                                                         \
        const int64_t stride = ck_prepared_bytes(ck_rows_kind(TYPE), columns), blocks = columns / BLOCK;        \
        const int64_t row_bytes = blocks * ck_block_bytes(TYPE);                                                \
        for (int64_t row = first; row < last; row += few_rows) {                                                \
            const uint8_t *group = (const uint8_t *)packed + row * row_bytes;                                   \
            /* A last group that stands alone is its own neighbour, whose results are not stored. */             \
            const uint8_t *next = last - row > 8 ? group + 8 * row_bytes : group;                               \
            const __mmask16 mask = (__mmask16)(last - row >= 16 ? 0xffff : (1 << (last - row)) - 1);            \
            for (int64_t t = 0; t < count; t += 8) {                                                            \
                const uint8_t *x = (const uint8_t *)prepared + t * stride;                                      \
                float *o = out + t * out_stride + row;                                                          \
                switch (count - t) {                                                                            \
                case 1: FEW_TILE(few_tile_##BLOCK, TYPE, 1); break;                                             \
                case 2: FEW_TILE(few_tile_##BLOCK, TYPE, 2); break;                                             \
                case 3: FEW_TILE(few_tile_##BLOCK, TYPE, 3); break;                                             \
                case 4: FEW_TILE(few_tile_##BLOCK, TYPE, 4); break;                                             \
                case 5: FEW_TILE(few_tile_##BLOCK, TYPE, 5); break;                                             \
                case 6: FEW_TILE(few_tile_##BLOCK, TYPE, 6); break;                                             \
                case 7: FEW_TILE(few_tile_##BLOCK, TYPE, 7); break;                                             \
                default: FEW_TILE(few_tile_##BLOCK, TYPE, 8); break;                                            \
                }                                                                                               \
            }                                                                                                   \
        }                                                                                                       \
    }

CK_QUANTISED(FEW_MULTIPLY)
