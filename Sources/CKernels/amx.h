// Products of packed rows with more prepared rows than `few.h` takes, in AMX's tile registers, with the bits of every other
// path.
//
// One instruction sums 16 × 16 × 32 (or 64) products of bytes into 32 bits, exactly. A stretch of columns of 32 packed rows
// is unpacked once into tiles that stay in the first-level cache; then 32 prepared rows at a time pass over them, and while
// the tiles of one piece are multiplied, the sums of the piece before are scaled and added to `out`. A piece is four tiles
// of sums: two of sixteen prepared rows, by two of packed ones, so that each load serves two products. Loads matter: where
// two threads share a core, a load of a tile takes as long as its product.
//
// Blocks of 32 have float scales of their own: one piece is two of them, each with its sums. Blocks of 256 have integer
// scales for their parts: scale times code fits 14 bits, which two planes of bytes hold (value = high · 256 + low), so that
// one piece is a whole block whose scales the tiles multiply too.
//
// Included by `avx512vnni.c` after `products.h`.

enum {
    amx_columns = 512,  // of a stretch
    amx_rows = 32,      // packed rows of a panel: two tiles of sixteen
    amx_together = 2,   // blocks of 32 in a piece
    amx_count = 32,     // prepared rows in a piece
};

typedef struct {
    _Alignas(64) int8_t codes[amx_columns / 4][64];  // [four columns][row, column]: one register of either group a line
    _Alignas(64) float d[amx_columns / 32][16], min[amx_columns / 32][16];
} amx_tile_32;

typedef struct {
    _Alignas(64) uint8_t low[amx_columns / 4][64];
    _Alignas(64) int8_t high[amx_columns / 4][64];
    _Alignas(64) float d[amx_columns / 256][16], m[amx_columns / 256][16];
    _Alignas(64) int16_t min[amx_columns / 256][8][32];  // pairs of sub-blocks' mins
} amx_tile_256;

// A piece of work between its multiplication and its scaling.
typedef struct {
    const uint8_t *x;  // the prepared rows at the piece's first block
    float *out;
    int64_t block, blocks;  // within the stretch
    int tile;
    int count;   // prepared rows
    bool first;  // nothing is in `out` yet
} amx_piece;

// [block of 32, or plane][prepared row][packed row]
typedef struct {
    _Alignas(64) int32_t of[2][amx_count][16];
} amx_sums;

// Tiles 0 and 1 hold the sums of tile 4's prepared rows, 2 and 3 those of tile 5's; 6 and 7 hold packed rows.
HELPER void configure(int count, int column_bytes) {
    struct {
        uint8_t palette, start, reserved[14];
        uint16_t row_bytes[16];
        uint8_t rows[16];
    } config = {.palette = 1};
    for (int i = 0; i < 8; i++) {
        config.row_bytes[i] = (uint16_t)(i == 4 || i == 5 ? column_bytes : 64);
        int rows = i < 2 || i == 4 ? count : count - 16;
        config.rows[i] = (uint8_t)(i >= 6 ? column_bytes / 4 : rows < 1 || rows > 16 ? 16 : rows);
    }
    _tile_loadconfig(&config);
}

// MARK: blocks of 32

// `half`: whether the group is the tile's first or second.
HELPER void amx_unpack_32(
    const int type, const uint8_t *group, int64_t blocks, int64_t from, int64_t to, int half, amx_tile_32 *out
) {
    const ck_sections size = ck_sections_of(type);
    const ck_group g = ck_group_at(type, group, blocks);
    for (int64_t b = from; b < to; b++) {
        const uint8_t *low = g.codes + b * size.codes, *high = g.high + b * size.high;
        _mm_prefetch((const char *)low + 2048, _MM_HINT_T0);
        _mm_prefetch((const char *)low + 2048 + 64, _MM_HINT_T0);
#pragma clang loop unroll(full)
        for (int i = 0; i < 8; i++)
            put256((uint8_t *)out->codes[8 * (b - from) + i] + 32 * half, centred(type, codes_at(type, low, high, i)));
        const uint16_t *halves = g.d + b * size.halves / 2;
        __m256 d = halves_at(halves);
        _mm256_store_ps(out->d[b - from] + 8 * half, d);
        if (type == CK_Q4_1) _mm256_store_ps(out->min[b - from] + 8 * half, halves_at(halves + 8));
        if (type == CK_Q5_1)
            _mm256_store_ps(
                out->min[b - from] + 8 * half, _mm256_fmadd_ps(_mm256_set1_ps(16), d, halves_at(halves + 8)));
    }
}

// Adds rows `from` ..< `to` of a piece's sums, scaled, to `out`.
HELPER void scale_32(
    const int type, const amx_tile_32 *p, const amx_piece *piece, int64_t stride, int64_t out_stride,
    const __mmask16 *mask, const amx_sums *sums, int from, int to
) {
    const bool has_min = type == CK_Q4_1 || type == CK_Q5_1;
    const amx_tile_32 *tile = &p[piece->tile];
    const __mmask16 rows = mask[piece->tile];
    if (to > piece->count) to = piece->count;
    for (int t = from; t < to; t++) {
        float *out = piece->out + t * out_stride;
        const ck_q32 *q = (const ck_q32 *)(const void *)(piece->x + t * stride);
        __m512 sum = piece->first ? _mm512_setzero_ps() : _mm512_maskz_loadu_ps(rows, out);
#pragma clang loop unroll(full)
        for (int j = 0; j < amx_together; j++) {
            if (j >= piece->blocks) break;
            __m512 whole = _mm512_cvtepi32_ps(_mm512_load_si512(sums->of[j][t]));
            __m512 scale = _mm512_mul_ps(_mm512_load_ps(tile->d[piece->block + j]), _mm512_set1_ps(q[j].d));
            sum = _mm512_fmadd_ps(whole, scale, sum);
            if (has_min)
                sum = _mm512_fmadd_ps(_mm512_load_ps(tile->min[piece->block + j]), _mm512_set1_ps(q[j].sum), sum);
        }
        _mm512_mask_storeu_ps(out, rows, sum);
    }
}

// Multiplies a quarter of a piece, and scales one of the piece before.
#define AMX_QUARTER_32(J, HALF)                                                                              \
    if (J < piece->blocks && 16 * HALF < piece->count) {                                                     \
        if (HALF == 0) _tile_loadd(6 + J, p[piece->tile].codes[8 * (piece->block + J)], 64);                 \
        _tile_loadd(4 + HALF, piece->x + 16 * HALF * stride + J * (int64_t)sizeof(ck_q32), stride);          \
        _tile_zero(2 * HALF + J);                                                                            \
        _tile_dpbssd(2 * HALF + J, 4 + HALF, 6 + J);                                                         \
        _tile_stored(2 * HALF + J, sums->of[J][16 * HALF], 64);                                              \
    }                                                                                                        \
    scale_32(type, p, before, stride, out_stride, mask, done, 16 * J + 8 * HALF, 16 * J + 8 * HALF + 8);

HELPER void multiply_piece_32(
    const int type, const amx_tile_32 *p, const amx_piece *piece, const amx_piece *before, int64_t stride,
    int64_t out_stride, const __mmask16 *mask, amx_sums *sums, const amx_sums *done
) {
    AMX_QUARTER_32(0, 0)
    AMX_QUARTER_32(0, 1)
    AMX_QUARTER_32(1, 0)
    AMX_QUARTER_32(1, 1)
}

// MARK: blocks of 256

HELPER bool has_high_plane(const int type) { return type != CK_Q2_K; }

HELPER void amx_unpack_256(
    const int type, const uint8_t *group, int64_t blocks, int64_t from, int64_t to, int half, amx_tile_256 *out
) {
    const ck_sections size = ck_sections_of(type);
    const ck_group g = ck_group_at(type, group, blocks);
    // 16-bit products to their low bytes, then their high ones; eight rows' scales, four times each.
    _Alignas(64) uint8_t place[64];
    _Alignas(64) uint16_t row[32];
    for (int i = 0; i < 32; i++) place[i] = (uint8_t)(2 * i), place[32 + i] = (uint8_t)(2 * i + 1), row[i] = (uint16_t)(i / 4);
    const __m512i places = _mm512_load_si512(place), four_times = _mm512_load_si512(row);
    const bool is_signed = type == CK_Q3_K || type == CK_Q6_K || type == CK_IQ4_XS;
    const int stretches = type == CK_Q2_K || type == CK_Q3_K || type == CK_Q6_K ? 2 : 1;
    for (int64_t b = from; b < to; b++) {
        byte_scales scales;
        read_scales(type, g.scales + b * size.scales, &scales);
        for (int u = 0; u < 8; u++) {
            const uint8_t *low = g.codes + b * size.codes + u * (size.codes / 8);
            const uint8_t *high = g.high + b * size.high + u * (size.high / 8);
            _mm_prefetch((const char *)low + 2048, _MM_HINT_T0);
            _mm_prefetch((const char *)low + 2048 + 64, _MM_HINT_T0);
            int64_t line = 64 * (b - from) + 8 * u;
#pragma clang loop unroll(full)
            for (int s = 0; s < stretches; s++) {
                __m128i bytes = _mm_loadl_epi64((const __m128i *)(const void *)(scales.scale + 8 * (stretches * u + s)));
                __m128i words = is_signed ? _mm_cvtepi8_epi16(bytes) : _mm_cvtepu8_epi16(bytes);
                __m512i scale = _mm512_permutexvar_epi16(four_times, _mm512_castsi128_si512(words));
#pragma clang loop unroll(full)
                for (int k = 0; k < 8 / stretches; k++) {
                    const int i = 8 / stretches * s + k;
                    __m512i codes = _mm512_cvtepi8_epi16(centred(type, codes_at(type, low, high, i)));
                    __m512i planes = _mm512_permutexvar_epi8(places, _mm512_mullo_epi16(codes, scale));
                    put256(out->low[line + i] + 32 * half, _mm512_castsi512_si256(planes));
                    if (has_high_plane(type))
                        put256((uint8_t *)out->high[line + i] + 32 * half, _mm512_extracti64x4_epi64(planes, 1));
                }
            }
        }
        const uint16_t *halves = g.d + b * size.halves / 2;
        _mm256_store_ps(out->d[b - from] + 8 * half, halves_at(halves));
        if (type == CK_Q2_K || type == CK_Q4_K || type == CK_Q5_K) {
            _mm256_store_ps(out->m[b - from] + 8 * half, halves_at(halves + 8));
            for (int j = 0; j < min_pairs(type); j++)
                put256((uint8_t *)(out->min[b - from][j] + 16 * half), both_unsigned(scales.min + 16 * j));
        }
    }
}

// Adds rows `from` ..< `to` of a piece's sums, scaled, to `out`.
HELPER void scale_256(
    const int type, const amx_tile_256 *p, const amx_piece *piece, int64_t stride, int64_t out_stride,
    const __mmask16 *mask, const amx_sums *sums, int from, int to
) {
    const bool has_min = type == CK_Q2_K || type == CK_Q4_K || type == CK_Q5_K;
    const amx_tile_256 *tile = &p[piece->tile];
    const __mmask16 rows = mask[piece->tile];
    const __m512 d = _mm512_load_ps(tile->d[piece->block]), m = _mm512_load_ps(tile->m[piece->block]);
    if (to > piece->count) to = piece->count;
    for (int t = from; t < to; t++) {
        float *out = piece->out + t * out_stride;
        const ck_q256 *q = (const ck_q256 *)(const void *)(piece->x + t * stride);
        __m512 factor = _mm512_set1_ps(q->d);
        __m512 sum = piece->first ? _mm512_setzero_ps() : _mm512_maskz_loadu_ps(rows, out);
        __m512i whole = _mm512_load_si512(sums->of[0][t]);
        if (has_high_plane(type))
            whole = _mm512_add_epi32(whole, _mm512_slli_epi32(_mm512_load_si512(sums->of[1][t]), 8));
        sum = _mm512_fmadd_ps(_mm512_cvtepi32_ps(whole), _mm512_mul_ps(d, factor), sum);
        if (has_min) {
            __m512i mins = _mm512_setzero_si512();
#pragma clang loop unroll(full)
            for (int j = 0; j < min_pairs(type); j++) {
                int32_t pair;
                memcpy(&pair, type == CK_Q2_K ? q->sums + 2 * j : q->sums32 + 2 * j, 4);
                mins = _mm512_dpwssd_epi32(
                    mins, _mm512_load_si512(tile->min[piece->block][j]), _mm512_set1_epi32(pair));
            }
            sum = _mm512_fnmadd_ps(_mm512_cvtepi32_ps(mins), _mm512_mul_ps(m, factor), sum);
        }
        _mm512_mask_storeu_ps(out, rows, sum);
    }
}

HELPER void multiply_piece_256(
    const int type, const amx_tile_256 *p, const amx_piece *piece, const amx_piece *before, int64_t stride,
    int64_t out_stride, const __mmask16 *mask, amx_sums *sums, const amx_sums *done
) {
    const bool both = piece->count > 16;
    _tile_zero(0);
    _tile_zero(1);
    _tile_zero(2);
    _tile_zero(3);
    for (int k = 0; k < 4; k++) {
        if (piece->count > 0) {
            int64_t line = 64 * piece->block + 16 * k;
            _tile_loadd(4, piece->x + 64 * k, stride);
            _tile_loadd(6, p[piece->tile].low[line], 64);
            _tile_dpbsud(0, 4, 6);
            if (has_high_plane(type)) {
                _tile_loadd(7, p[piece->tile].high[line], 64);
                _tile_dpbssd(1, 4, 7);
            }
            if (both) {
                _tile_loadd(5, piece->x + 16 * stride + 64 * k, stride);
                _tile_dpbsud(2, 5, 6);
                if (has_high_plane(type)) _tile_dpbssd(3, 5, 7);
            }
        }
        scale_256(type, p, before, stride, out_stride, mask, done, 8 * k, 8 * k + 8);
    }
    if (piece->count > 0) {
        _tile_stored(0, sums->of[0][0], 64);
        if (has_high_plane(type)) _tile_stored(1, sums->of[1][0], 64);
    }
    if (both) {
        _tile_stored(2, sums->of[0][16], 64);
        if (has_high_plane(type)) _tile_stored(3, sums->of[1][16], 64);
    }
}

// MARK: whole products

#define AMX_MULTIPLY(NAME, TYPE, BLOCK)                                                                         \
    static void amx_##NAME(                                                                                     \
        const void *packed, int64_t columns, int64_t first, int64_t last, const void *prepared, int64_t count,  \
        float *out, int64_t out_stride                                                                          \
    ) {                                                                                                         \
        const int64_t stride = ck_prepared_bytes(ck_rows_kind(TYPE), columns), blocks = columns / BLOCK;        \
        const int64_t row_bytes = blocks * ck_block_bytes(TYPE), step = BLOCK == 32 ? amx_together : 1;         \
        amx_tile_##BLOCK p[2];                                                                                  \
        amx_sums sums[2];                                                                                       \
        int configured = 0, turn = 0;                                                                           \
        for (int64_t b = 0; b < blocks; b += amx_columns / BLOCK) {                                             \
            int64_t to = b + amx_columns / BLOCK < blocks ? b + amx_columns / BLOCK : blocks;                   \
            for (int64_t row = first; row < last; row += amx_rows) {                                            \
                const int tiles = last - row > 16 ? 2 : 1;                                                      \
                __mmask16 mask[2];                                                                              \
                for (int n = 0; n < tiles; n++) {                                                               \
                    int64_t here = last - row - 16 * n;                                                         \
                    mask[n] = (__mmask16)(here >= 16 ? 0xffff : (1 << here) - 1);                               \
                    const uint8_t *group = (const uint8_t *)packed + (row + 16 * n) * row_bytes;                \
                    amx_unpack_##BLOCK(TYPE, group, blocks, b, to, 0, &p[n]);                                   \
                    /* A last group that stands alone is its own neighbour, whose results are not stored. */     \
                    amx_unpack_##BLOCK(TYPE, here > 8 ? group + 8 * row_bytes : group, blocks, b, to, 1, &p[n]); \
                }                                                                                               \
                amx_piece before = {0}, piece;                                                                  \
                for (int64_t t = 0; t < count; t += amx_count) {                                                \
                    int here = count - t < amx_count ? (int)(count - t) : amx_count;                            \
                    if (here != configured) configure(configured = here, BLOCK == 32 ? 32 : 64);                \
                    for (int n = 0; n < tiles; n++)                                                             \
                        for (int64_t c = b; c < to; c += step) {                                                \
                            piece = (amx_piece){                                                                \
                                .x = (const uint8_t *)prepared + t * stride + c * (int64_t)sizeof(ck_q##BLOCK), \
                                .out = out + t * out_stride + row + 16 * n, .block = c - b,                     \
                                .blocks = to - c < step ? to - c : step, .tile = n, .count = here,              \
                                .first = c == 0};                                                               \
                            multiply_piece_##BLOCK(                                                             \
                                TYPE, p, &piece, &before, stride, out_stride, mask, &sums[turn], &sums[1 - turn]); \
                            before = piece;                                                                     \
                            turn = 1 - turn;                                                                    \
                        }                                                                                       \
                }                                                                                               \
                piece = (amx_piece){0};                                                                         \
                multiply_piece_##BLOCK(                                                                         \
                    TYPE, p, &piece, &before, stride, out_stride, mask, &sums[turn], &sums[1 - turn]);          \
            }                                                                                                   \
        }                                                                                                       \
        _tile_release();                                                                                        \
    }

CK_QUANTISED(AMX_MULTIPLY)

#define AMX_CASE(NAME, TYPE, BLOCK) \
    case TYPE: amx_##NAME(packed, columns, first, last, prepared, count, out, out_stride); return;

static void multiply_amx(
    int32_t type, const void *packed, int64_t rows, int64_t columns, int64_t first, int64_t last, const void *prepared,
    int64_t count, float *out, int64_t out_stride
) {
    if (count > few_most)
        switch (type) {
        CK_QUANTISED(AMX_CASE)
        }
    PATH(multiply)(type, packed, rows, columns, first, last, prepared, count, out, out_stride);
}
