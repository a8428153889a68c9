// Products of packed rows with many prepared rows, in 512-bit registers: a stretch of columns of thirty-two packed rows is
// unpacked once into a panel that stays in the first-level cache, then six prepared rows at a time pass over it, so that
// each value that is loaded serves two registers of sixteen rows.
//
// Codes count from zero, as in `few.h`, and the sums run in the order in which its tiles run them; between two stretches they
// rest in `out`.
//
// Included by `avx512vnni.c` after `few.h`.

enum {
    many_columns = 512,  // of a stretch
    many_count = 6,      // prepared rows at a time
    many_rows = 258,     // prepared rows that an unpacked panel serves: 43 times six, so that a batch of 256 is one
};

// Sixteen packed rows.
typedef struct {
    uint8_t codes[8][64];
    float d[16], min[16];
} many_32;

typedef struct {
    uint8_t codes[64][64];
    int32_t scale[16][16];
    int16_t min[8][32];
    float d[16], m[16];
} many_256;

// Twice sixteen rows' blocks.
typedef union {
    _Alignas(64) many_32 by_32[2][many_columns / 32];
    _Alignas(64) many_256 by_256[2][many_columns / 256];
} many_panel;

// Of sixteen packed rows, those that are there.
HELPER __mmask16 many_mask(int64_t rows) { return (__mmask16)(rows >= 16 ? 0xffff : rows > 0 ? (1 << rows) - 1 : 0); }

HELPER void put512(void *p, __m512i v) { _mm512_store_si512(p, v); }

HELPER void many_unpack_32(
    const int type, const uint8_t *first, const uint8_t *second, int64_t blocks, int64_t from, int64_t to, many_32 *out
) {
    const ck_sections size = ck_sections_of(type);
    const ck_group g = ck_group_at(type, first, blocks), h = ck_group_at(type, second, blocks);
    for (int64_t b = from; b < to; b++, out++) {
        const uint8_t *const low[2] = {g.codes + b * size.codes, h.codes + b * size.codes};
        const uint8_t *const high[2] = {g.high + b * size.high, h.high + b * size.high};
#pragma clang loop unroll(full)
        for (int i = 0; i < 8; i++) put512(out->codes[i], few_codes(type, low, high, i));
        const uint16_t *halves[2] = {g.d + b * size.halves / 2, h.d + b * size.halves / 2};
        __m512 d = few_halves(halves[0], halves[1]);
        _mm512_store_ps(out->d, d);
        if (type != CK_Q4_1 && type != CK_Q5_1) continue;
        __m512 min = few_halves(halves[0] + 8, halves[1] + 8);
        _mm512_store_ps(out->min, type == CK_Q5_1 ? _mm512_fmadd_ps(_mm512_set1_ps(16), d, min) : min);
    }
}

HELPER void many_unpack_256(
    const int type, const uint8_t *first, const uint8_t *second, int64_t blocks, int64_t from, int64_t to, many_256 *out
) {
    const ck_sections size = ck_sections_of(type);
    const ck_group group[2] = {ck_group_at(type, first, blocks), ck_group_at(type, second, blocks)};
    for (int64_t b = from; b < to; b++, out++) {
        byte_scales scales[2];
        for (int n = 0; n < 2; n++) read_scales(type, group[n].scales + b * size.scales, &scales[n]);
        for (int u = 0; u < 8; u++) {
            const uint8_t *low[2], *high[2];
            for (int n = 0; n < 2; n++) {
                low[n] = group[n].codes + b * size.codes + u * (size.codes / 8);
                high[n] = group[n].high + b * size.high + u * (size.high / 8);
            }
#pragma clang loop unroll(full)
            for (int i = 0; i < 8; i++) put512(out->codes[8 * u + i], few_codes(type, low, high, i));
        }
        for (int s = 0; s < 8 * few_stretches(type); s++)
            put512(out->scale[s], few_scale(type, scales[0].scale + 8 * s, scales[1].scale + 8 * s));
        const uint16_t *halves[2] = {group[0].d + b * size.halves / 2, group[1].d + b * size.halves / 2};
        _mm512_store_ps(out->d, few_halves(halves[0], halves[1]));
        if (!few_has_min(type)) continue;
        _mm512_store_ps(out->m, few_halves(halves[0] + 8, halves[1] + 8));
        for (int j = 0; j < min_pairs(type); j++) put512(out->min[j], few_mins(scales, j));
    }
}

// `count` is a constant after inlining; the prepared rows begin at the panel's first block.
HELPER void many_tile_32(
    const int type, const int count, const many_panel *p, int64_t blocks, const uint8_t *prepared, int64_t stride,
    float *out, int64_t out_stride, const __mmask16 *rows, bool first
) {
    __m512 sums[2][many_count];
    for (int g = 0; g < 2; g++)
        for (int t = 0; t < count; t++)
            sums[g][t] = first ? _mm512_setzero_ps() : _mm512_maskz_loadu_ps(rows[g], out + t * out_stride + 16 * g);
    for (int64_t b = 0; b < blocks; b++) {
        const uint8_t *x = prepared + b * (int64_t)sizeof(ck_q32);
        __m512i parts[2][many_count];
        for (int t = 0; t < count; t++)
            parts[0][t] = parts[1][t] = few_start_32(type, (const ck_q32 *)(const void *)(x + t * stride));
#pragma clang loop unroll(full)
        for (int i = 0; i < 8; i++) {
            __m512i codes[2];
            for (int g = 0; g < 2; g++) codes[g] = _mm512_load_si512(p->by_32[g][b].codes[i]);
            for (int t = 0; t < count; t++) {
                __m512i values = few_values(x + t * stride + 4 * i);
                for (int g = 0; g < 2; g++) parts[g][t] = _mm512_dpbusd_epi32(parts[g][t], codes[g], values);
            }
        }
        for (int g = 0; g < 2; g++) {
            __m512 d = _mm512_load_ps(p->by_32[g][b].d);
            for (int t = 0; t < count; t++) {
                const ck_q32 *q = (const ck_q32 *)(const void *)(x + t * stride);
                __m512 scale = _mm512_mul_ps(d, _mm512_set1_ps(q->d));
                sums[g][t] = _mm512_fmadd_ps(_mm512_cvtepi32_ps(parts[g][t]), scale, sums[g][t]);
                if (type == CK_Q4_1 || type == CK_Q5_1)
                    sums[g][t] = _mm512_fmadd_ps(_mm512_load_ps(p->by_32[g][b].min), _mm512_set1_ps(q->sum), sums[g][t]);
            }
        }
    }
    for (int g = 0; g < 2; g++)
        for (int t = 0; t < count; t++) _mm512_mask_storeu_ps(out + t * out_stride + 16 * g, rows[g], sums[g][t]);
}

HELPER void many_tile_256(
    const int type, const int count, const many_panel *p, int64_t blocks, const uint8_t *prepared, int64_t stride,
    float *out, int64_t out_stride, const __mmask16 *rows, bool first
) {
    const int stretches = few_stretches(type);
    for (int64_t b = 0; b < blocks; b++) {
        const uint8_t *x = prepared + b * (int64_t)sizeof(ck_q256);
        __m512i whole[2][many_count];
        for (int g = 0; g < 2; g++)
            for (int t = 0; t < count; t++) whole[g][t] = _mm512_setzero_si512();
#pragma clang loop unroll(disable)
        for (int u = 0; u < 8; u++) {
#pragma clang loop unroll(full)
            for (int s = 0; s < stretches; s++) {
                __m512i parts[2][many_count];
                for (int t = 0; t < count; t++)
                    parts[0][t] = parts[1][t] = few_start(type, (const ck_q256 *)(const void *)(x + t * stride), u, s);
#pragma clang loop unroll(full)
                for (int k = 0; k < 8 / stretches; k++) {
                    const int i = 8 / stretches * s + k;
                    __m512i codes[2];
                    for (int g = 0; g < 2; g++) codes[g] = _mm512_load_si512(p->by_256[g][b].codes[8 * u + i]);
                    for (int t = 0; t < count; t++) {
                        __m512i values = few_values(x + t * stride + 32 * u + 4 * i);
                        for (int g = 0; g < 2; g++) parts[g][t] = _mm512_dpbusd_epi32(parts[g][t], codes[g], values);
                    }
                }
                for (int g = 0; g < 2; g++) {
                    __m512i scale = _mm512_load_si512(p->by_256[g][b].scale[stretches * u + s]);
                    for (int t = 0; t < count; t++)
                        whole[g][t] = _mm512_add_epi32(whole[g][t], _mm512_mullo_epi32(parts[g][t], scale));
                }
            }
        }
        for (int g = 0; g < 2; g++) {
            const many_256 *block = &p->by_256[g][b];
            for (int t = 0; t < count; t++) {
                const ck_q256 *q = (const ck_q256 *)(const void *)(x + t * stride);
                float *o = out + t * out_stride + 16 * g;
                __m512 factor = _mm512_set1_ps(q->d), d = _mm512_load_ps(block->d);
                __m512 sum = first && b == 0 ? _mm512_setzero_ps() : _mm512_maskz_loadu_ps(rows[g], o);
                sum = _mm512_fmadd_ps(_mm512_cvtepi32_ps(whole[g][t]), _mm512_mul_ps(d, factor), sum);
                if (few_has_min(type)) {
                    __m512i mins = _mm512_setzero_si512();
#pragma clang loop unroll(full)
                    for (int j = 0; j < min_pairs(type); j++)
                        mins = _mm512_dpwssd_epi32(
                            mins, _mm512_load_si512(block->min[j]), few_values(few_pair_of_sums(type, q, j)));
                    __m512 m = _mm512_mul_ps(_mm512_load_ps(block->m), factor);
                    sum = _mm512_fnmadd_ps(_mm512_cvtepi32_ps(mins), m, sum);
                }
                _mm512_mask_storeu_ps(o, rows[g], sum);
            }
        }
    }
}

#define MANY_TILE(TILE, TYPE, COUNT) TILE(TYPE, COUNT, &p, to - b, x, stride, o, out_stride, mask, b == 0)

// Packed rows beyond the last are a neighbour's, whose results are not stored.
#define MANY_MULTIPLY(NAME, TYPE, BLOCK)                                                                        \
    static void many_##NAME(                                                                                    \
        const void *packed, int64_t columns, int64_t first, int64_t last, const void *prepared, int64_t count,  \
        float *out, int64_t out_stride                                                                          \
    ) {                                                                                                         \
        const int64_t stride = ck_prepared_bytes(ck_rows_kind(TYPE), columns), blocks = columns / BLOCK;        \
        const int64_t row_bytes = blocks * ck_block_bytes(TYPE), part = many_columns / BLOCK;                   \
        many_panel p;                                                                                           \
        for (int64_t begin = 0; begin < count; begin += many_rows) {                                            \
            const int64_t end = begin + many_rows < count ? begin + many_rows : count;                          \
            for (int64_t b = 0; b < blocks; b += part) {                                                        \
                const int64_t to = b + part < blocks ? b + part : blocks;                                       \
                for (int64_t row = first; row < last; row += 32) {                                              \
                    const uint8_t *group[4];                                                                    \
                    for (int g = 0; g < 4; g++)                                                                 \
                        group[g] = (const uint8_t *)packed + (row + 8 * g < last ? row + 8 * g : row) * row_bytes; \
                    const __mmask16 mask[2] = {many_mask(last - row), many_mask(last - row - 16)};              \
                    for (int g = 0; g < 2; g++)                                                                 \
                        many_unpack_##BLOCK(TYPE, group[2 * g], group[2 * g + 1], blocks, b, to, p.by_##BLOCK[g]); \
                    for (int64_t t = begin, step; t < end; t += step) {                                         \
                        const uint8_t *x =                                                                      \
                            (const uint8_t *)prepared + t * stride + b * (int64_t)sizeof(ck_q##BLOCK);          \
                        float *o = out + t * out_stride + row;                                                  \
                        step = end - t >= many_count ? many_count : end - t >= 2 ? 2 : 1;                       \
                        if (step == many_count) MANY_TILE(many_tile_##BLOCK, TYPE, many_count);                 \
                        else if (step == 2) MANY_TILE(many_tile_##BLOCK, TYPE, 2);                              \
                        else MANY_TILE(many_tile_##BLOCK, TYPE, 1);                                             \
                    }                                                                                           \
                }                                                                                               \
            }                                                                                                   \
        }                                                                                                       \
    }

CK_QUANTISED(MANY_MULTIPLY)
