// Products of packed rows with a prompt's rows as bfloat16, in AMX's tile registers.
//
// Sums of integers, as in `amx.h`, must be scaled and added 32 columns at a time where blocks are of 32, which takes longer
// than multiplying, and their inputs are rounded to eight bits. Here codes and scales become bfloat16 first, once for
// hundreds of prepared rows, and one instruction sums 16 × 16 × 32 products into floats that stay in the tiles for hundreds
// of columns. A rounding to bfloat16 errs by a third of what a rounding to eight bits with a scale for 32 does.
//
// Prepared rows lie as the tiles want them: [sixteen rows][32 columns][row, column], a kilobyte a tile. Sizes: a panel of
// 32 packed rows by `brain_panel` columns stays in the first-level cache, `brain_columns` columns of the prepared rows
// and a panel's sums in the second.
//
// Included by `avx512vnni.c` after `amx.h`.

enum {
    brain_panel = 512,
    brain_columns = 1024,
    brain_rows = 512,       // prepared rows that an unpacked panel serves
    brain_packed_rows = 32,
    brain_tile = 1024,      // bytes
};

typedef struct {
    _Alignas(64) uint8_t tile[2][brain_panel / 32][brain_tile];  // [sixteen packed rows][32 columns]
} brain_weights;

typedef struct {
    _Alignas(64) float sum[brain_rows][brain_packed_rows];
} brain_sums;

// MARK: prepared rows

static void prepare_brain(
    const float *source, int64_t stride, int64_t columns, int64_t from, int64_t to, int64_t first, int64_t count,
    void *prepared
) {
    const int64_t blocks = columns / 32;
    for (int64_t t = 0; t < count; t++) {
        const float *x = source + t * stride;
        uint8_t *tile = (uint8_t *)prepared + ((first + t) / 16 * blocks + from / 32) * brain_tile + (first + t) % 16 * 64;
        for (int64_t c = 0; c < to - from; c += 32, tile += brain_tile)
            _mm512_store_si512(
                tile, (__m512i)_mm512_cvtne2ps_pbh(_mm512_loadu_ps(x + c + 16), _mm512_loadu_ps(x + c)));
    }
}

// MARK: packed rows

// Scales of rows 0 ..< 4 and 4 ..< 8, each four times; and what is added.
typedef struct {
    __m512 scale[2], min[2];
} brain_line;

HELPER void brain_four_times(__m256 eight, __m512 out[2]) {
    const __m512i rows = _mm512_setr_epi32(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
    out[0] = _mm512_permutexvar_ps(rows, _mm512_castps256_ps512(eight));
    out[1] = _mm512_permutexvar_ps(_mm512_add_epi32(rows, _mm512_set1_epi32(4)), _mm512_castps256_ps512(eight));
}

// Four columns of eight rows as bfloat16: [row, column].
HELPER __m512i brain_values(const bool has_min, __m256i codes, const brain_line *line) {
    __m512 half[2] = {
        _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm256_castsi256_si128(codes))),
        _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm256_extracti128_si256(codes, 1))),
    };
#pragma clang loop unroll(full)
    for (int i = 0; i < 2; i++)
        half[i] = has_min ? _mm512_fmadd_ps(half[i], line->scale[i], line->min[i])
                          : _mm512_mul_ps(half[i], line->scale[i]);
    return (__m512i)_mm512_cvtne2ps_pbh(half[1], half[0]);
}

// Registers `first` ..< `last` of two groups' 32 columns become pairs of columns of sixteen rows.
HELPER void brain_tile_lines(
    const int type, const bool has_min, const uint8_t *const low[2], const uint8_t *const high[2], const int first,
    const int last, const brain_line line[2], uint8_t *tile
) {
    const __m512i evens = _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
    const __m512i odds = _mm512_add_epi32(evens, _mm512_set1_epi32(1));
#pragma clang loop unroll(full)
    for (int i = first; i < last; i++) {
        __m512i rows[2];
#pragma clang loop unroll(full)
        for (int n = 0; n < 2; n++) {
            __m256i codes = codes_at(type, low[n], high[n], i);
            // With a minimum, codes count from zero.
            rows[n] = brain_values(has_min, has_min ? codes : centred(type, codes), &line[n]);
        }
        _mm512_store_si512(tile + 128 * i, _mm512_permutex2var_epi32(rows[0], evens, rows[1]));
        _mm512_store_si512(tile + 128 * i + 64, _mm512_permutex2var_epi32(rows[0], odds, rows[1]));
    }
}

// Columns 32 · `from` ..< 32 · `to` of two groups become tiles. `count` is all columns ÷ 32.
HELPER void brain_unpack_32(
    const int type, const uint8_t *const group[2], int64_t count, int64_t from, int64_t to, uint8_t (*out)[brain_tile]
) {
    const bool has_min = type == CK_Q4_1 || type == CK_Q5_1;
    const ck_sections size = ck_sections_of(type);
    const ck_group g[2] = {ck_group_at(type, group[0], count), ck_group_at(type, group[1], count)};
    for (int64_t b = from; b < to; b++, out++) {
        const uint8_t *low[2], *high[2];
        brain_line line[2];
#pragma clang loop unroll(full)
        for (int n = 0; n < 2; n++) {
            const uint16_t *halves = g[n].d + b * size.halves / 2;
            low[n] = g[n].codes + b * size.codes;
            high[n] = g[n].high + b * size.high;
            brain_four_times(halves_at(halves), line[n].scale);
            if (has_min) brain_four_times(halves_at(halves + 8), line[n].min);
            _mm_prefetch((const char *)low[n] + 1024, _MM_HINT_T0);
            _mm_prefetch((const char *)low[n] + 1024 + 64, _MM_HINT_T0);
        }
        brain_tile_lines(type, has_min, low, high, 0, 8, line, *out);
    }
}

HELPER __m256 brain_bytes(const uint8_t *p, const bool is_signed) {
    __m128i bytes = _mm_loadl_epi64((const __m128i *)(const void *)p);
    return _mm256_cvtepi32_ps(is_signed ? _mm256_cvtepi8_epi32(bytes) : _mm256_cvtepu8_epi32(bytes));
}

// The same; `from` and `to` are multiples of eight.
HELPER void brain_unpack_256(
    const int type, const uint8_t *const group[2], int64_t count, int64_t from, int64_t to, uint8_t (*out)[brain_tile]
) {
    const bool has_min = type == CK_Q2_K || type == CK_Q4_K || type == CK_Q5_K;
    const int stretches = type == CK_Q2_K || type == CK_Q3_K || type == CK_Q6_K ? 2 : 1;
    const ck_sections size = ck_sections_of(type);
    const ck_group g[2] = {ck_group_at(type, group[0], count / 8), ck_group_at(type, group[1], count / 8)};
    for (int64_t b = from / 8; b < to / 8; b++) {
        byte_scales scales[2];
        __m256 d[2], m[2];
        for (int n = 0; n < 2; n++) {
            const uint16_t *halves = g[n].d + b * size.halves / 2;
            read_scales(type, g[n].scales + b * size.scales, &scales[n]);
            d[n] = halves_at(halves);
            m[n] = has_min ? _mm256_sub_ps(_mm256_setzero_ps(), halves_at(halves + 8)) : d[n];
        }
        for (int u = 0; u < 8; u++, out++) {
            const uint8_t *low[2], *high[2];
            for (int n = 0; n < 2; n++) {
                low[n] = g[n].codes + b * size.codes + u * (size.codes / 8);
                high[n] = g[n].high + b * size.high + u * (size.high / 8);
                _mm_prefetch((const char *)low[n] + 1024, _MM_HINT_T0);
                _mm_prefetch((const char *)low[n] + 1024 + 64, _MM_HINT_T0);
            }
#pragma clang loop unroll(full)
            for (int s = 0; s < stretches; s++) {
                const int sub = 8 * (stretches * u + s);
                brain_line line[2];
                for (int n = 0; n < 2; n++) {
                    __m256 scale = brain_bytes(scales[n].scale + sub, !has_min);
                    brain_four_times(_mm256_mul_ps(d[n], scale), line[n].scale);
                    if (!has_min) continue;
                    brain_four_times(_mm256_mul_ps(m[n], brain_bytes(scales[n].min + sub, false)), line[n].min);
                }
                brain_tile_lines(
                    type, has_min, low, high, 8 / stretches * s, 8 / stretches * (s + 1), line, *out);
            }
        }
    }
}

HELPER void brain_unpack(
    const int type, const int block, const uint8_t *const group[2], int64_t count, int64_t from, int64_t to, uint8_t (*out)[brain_tile]
) {
    if (block == 256) brain_unpack_256(type, group, count, from, to, out);
    else brain_unpack_32(type, group, count, from, to, out);
}

// MARK: products

// Adds the products of up to 32 prepared rows (`x`, whose second tile is `x_step` further) with `blocks` blocks of a panel
// to the sums in tiles 0 to 3.
HELPER void brain_multiply(
    const brain_weights *weights, int64_t blocks, const uint8_t *x, int64_t x_step, const bool both
) {
    for (int64_t b = 0; b < blocks; b++) {
        _tile_loadd(4, x + b * brain_tile, 64);
        _tile_loadd(6, weights->tile[0][b], 64);
        _tile_dpbf16ps(0, 4, 6);
        _tile_loadd(7, weights->tile[1][b], 64);
        _tile_dpbf16ps(1, 4, 7);
        if (!both) continue;
        _tile_loadd(5, x + x_step + b * brain_tile, 64);
        _tile_dpbf16ps(2, 5, 6);
        _tile_dpbf16ps(3, 5, 7);
    }
}

HELPER void brain_load(const float *sums, int64_t stride, const bool both) {
    _tile_loadd(0, sums, stride * 4);
    _tile_loadd(1, sums + 16, stride * 4);
    if (!both) return;
    _tile_loadd(2, sums + 16 * stride, stride * 4);
    _tile_loadd(3, sums + 16 * stride + 16, stride * 4);
}

HELPER void brain_store(float *sums, int64_t stride, const bool both) {
    _tile_stored(0, sums, stride * 4);
    _tile_stored(1, sums + 16, stride * 4);
    if (!both) return;
    _tile_stored(2, sums + 16 * stride, stride * 4);
    _tile_stored(3, sums + 16 * stride + 16, stride * 4);
}

// One panel of `rows` ≤ 32 packed rows, of columns 32 · `from` ..< 32 · `to`, with `count` ≤ `brain_rows` prepared rows. Sums go on
// from `out` where `from` > 0, and lie in `sums` between the panel's parts.
HELPER void brain_panel_times(
    const int type, const int block, const uint8_t *group, int64_t blocks, int64_t from, int64_t to, int64_t rows,
    const uint8_t *x, int64_t count, float *out, int64_t out_stride, brain_weights *weights, brain_sums *sums
) {
    const int64_t group_bytes = 8 * (blocks * 32 / block) * ck_block_bytes(type);
    const bool is_whole = rows == brain_packed_rows;
    const __mmask16 mask[2] = {
        (__mmask16)(rows >= 16 ? 0xffff : (1 << rows) - 1),
        (__mmask16)(rows >= 32 ? 0xffff : rows > 16 ? (1 << (rows - 16)) - 1 : 0)};
    if (!is_whole && from > 0)
        for (int64_t t = 0; t < count; t++)
            for (int n = 0; n < 2; n++)
                _mm512_store_ps(sums->sum[t] + 16 * n, _mm512_maskz_loadu_ps(mask[n], out + t * out_stride + 16 * n));
    int configured = 0;
    for (int64_t b = from; b < to; b += brain_panel / 32) {
        int64_t end = b + brain_panel / 32 < to ? b + brain_panel / 32 : to;
        for (int n = 0; n < 2; n++) {
            // Groups past the last are their neighbours, whose results are not stored.
            int64_t last = (rows + 7) / 8 - 1, g = 2 * n < last ? 2 * n : last, h = 2 * n + 1 < last ? 2 * n + 1 : last;
            const uint8_t *const pair[2] = {group + g * group_bytes, group + h * group_bytes};
            brain_unpack(type, block, pair, blocks, b, end, weights->tile[n]);
        }
        for (int64_t t = 0; t < count; t += 32) {
            const bool both = count - t > 16;
            int64_t here = count - t < 32 ? count - t : 32;
            if (here != configured) configure(configured = (int)here, 64);
            float *own = out + t * out_stride;
            if (b == 0) {
                _tile_zero(0);
                _tile_zero(1);
                _tile_zero(2);
                _tile_zero(3);
            } else if (b == from && is_whole) {
                brain_load(own, out_stride, both);
            } else {
                brain_load(sums->sum[t], brain_packed_rows, both);
            }
            const uint8_t *rows_here = x + (t / 16 * blocks + b) * brain_tile;
            if (both) brain_multiply(weights, end - b, rows_here, blocks * brain_tile, true);
            else brain_multiply(weights, end - b, rows_here, 0, false);
            if (end == to && is_whole) brain_store(own, out_stride, both);
            else brain_store(sums->sum[t], brain_packed_rows, both);
        }
    }
    if (!is_whole)
        for (int64_t t = 0; t < count; t++)
            for (int n = 0; n < 2; n++)
                _mm512_mask_storeu_ps(out + t * out_stride + 16 * n, mask[n], _mm512_load_ps(sums->sum[t] + 16 * n));
}

#define BRAIN_MULTIPLY(NAME, TYPE, BLOCK)                                                                       \
    static void brain_##NAME(                                                                                   \
        const void *packed, int64_t columns, int64_t first, int64_t last, const void *prepared, int64_t count,  \
        float *out, int64_t out_stride                                                                          \
    ) {                                                                                                         \
        const int64_t blocks = columns / 32, row_bytes = columns / BLOCK * ck_block_bytes(TYPE);                \
        const int64_t step = brain_columns / 32;                                                                \
        brain_weights weights;                                                                                  \
        brain_sums sums;                                                                                        \
        for (int64_t t = 0; t < count; t += brain_rows) {                                                       \
            int64_t here = count - t < brain_rows ? count - t : brain_rows;                                     \
            for (int64_t b = 0; b < blocks; b += step)                                                          \
                for (int64_t row = first; row < last; row += brain_packed_rows)                                 \
                    brain_panel_times(                                                                          \
                        TYPE, BLOCK, (const uint8_t *)packed + row * row_bytes, blocks, b,                      \
                        b + step < blocks ? b + step : blocks,                                                  \
                        last - row < brain_packed_rows ? last - row : brain_packed_rows,                        \
                        (const uint8_t *)prepared + t / 16 * blocks * brain_tile, here,                         \
                        out + t * out_stride + row, out_stride, &weights, &sums);                               \
        }                                                                                                       \
        _tile_release();                                                                                        \
    }

CK_QUANTISED(BRAIN_MULTIPLY)

#define BRAIN_CASE(NAME, TYPE, BLOCK) \
    case TYPE: brain_##NAME(packed, columns, first, last, prepared, count, out, out_stride); return;

static void multiply_brain(
    int32_t type, const void *packed, int64_t columns, int64_t first, int64_t last, const void *prepared, int64_t count,
    float *out, int64_t out_stride
) {
    switch (type) {
    CK_QUANTISED(BRAIN_CASE)
    }
}
