// From GGUF's rows to groups of eight interleaved rows: moving 32-bit words and regrouping bits, never a value changed.
#include "internal.h"

enum { low_nibbles = 0x0f0f0f0f };

// Bit 4i + c of `x` becomes bit i of byte c.
static inline uint32_t columns_to_bytes(uint32_t x) {
    uint32_t result = 0;
    for (int c = 0; c < 4; c++) {
        uint32_t y = x >> c & 0x11111111;
        y = (y | y >> 3) & 0x03030303;
        y = (y | y >> 6) & 0x000f000f;
        result |= ((y | y >> 12) & 0xff) << (8 * c);
    }
    return result;
}

// Register i of 32 columns whose codes are nibble `n` of the 32 bytes at `p`.
static inline uint32_t nibble_word(const uint8_t *p, int n, int i) {
    uint32_t first = ck_read32(p + 4 * i), second = ck_read32(p + 16 + 4 * i);
    return n == 0 ? (first & low_nibbles) | (second & low_nibbles) << 4
                  : (first >> 4 & low_nibbles) | (second & ~(uint32_t)low_nibbles);
}

// Register h of 32 columns whose codes are bit pair `k` of the 32 bytes at `p`.
static inline uint32_t pair_word(const uint8_t *p, int k, int h) {
    uint32_t word = 0;
    for (int i = 0; i < 4; i++) word |= (ck_read32(p + 16 * h + 4 * i) >> (2 * k) & 0x03030303) << (2 * i);
    return word;
}

// The register of 32 columns whose codes are bit `j` of the 32 bytes at `p`.
static inline uint32_t bit_word(const uint8_t *p, int j) {
    uint32_t word = 0;
    for (int i = 0; i < 8; i++) word |= (ck_read32(p + 4 * i) >> j & 0x01010101) << i;
    return word;
}

// Where block b of row r goes.
typedef struct {
    uint8_t *codes, *high, *scales, *halves;
} places;

static inline void put(uint8_t *section, int index, int r, uint32_t word) {
    ck_write32(section + 32 * index + 4 * r, word);
}

static inline void pack_32(int32_t type, const uint8_t *p, int r, places to) {
    ck_write16(to.halves + 2 * r, ck_read16(p));
    p += 2;
    if (type == CK_Q8_0) {
        for (int i = 0; i < 8; i++) put(to.codes, i, r, ck_read32(p + 4 * i));
        return;
    }
    if (type == CK_Q4_1 || type == CK_Q5_1) ck_write16(to.halves + 16 + 2 * r, ck_read16(p)), p += 2;
    if (type == CK_Q5_0 || type == CK_Q5_1) put(to.high, 0, r, columns_to_bytes(ck_read32(p))), p += 4;
    for (int i = 0; i < 4; i++) put(to.codes, i, r, ck_read32(p + 4 * i));
}

// Eight 6-bit scales and mins: 64 bytes of scale | two high bits of the min; 32 of the mins' low halves.
static inline void pack_scales_4k(const uint8_t *s, int r, uint8_t *to) {
    uint8_t low[8];
    for (int j = 0; j < 8; j++) {
        int scale = j < 4 ? s[j] & 63 : (s[4 + j] & 15) | (s[j - 4] >> 6) << 4;
        int min = j < 4 ? s[4 + j] & 63 : s[4 + j] >> 4 | (s[j] >> 6) << 4;
        to[8 * j + r] = (uint8_t)(scale | (min >> 4) << 6);
        low[j] = min & 15;
    }
    for (int j = 0; j < 4; j++) to[64 + 8 * j + r] = (uint8_t)(low[j] | low[j + 4] << 4);
}

static inline void pack_256(int32_t type, const uint8_t *p, int r, places to) {
    switch (type) {
    case CK_Q2_K:
        for (int j = 0; j < 16; j++) to.scales[8 * j + r] = p[j];
        for (int i = 0; i < 16; i++) put(to.codes, i, r, pair_word(p + 16 + i / 8 * 32, i / 2 % 4, i & 1));
        ck_write16(to.halves + 2 * r, ck_read16(p + 80));
        ck_write16(to.halves + 16 + 2 * r, ck_read16(p + 82));
        break;
    case CK_Q3_K:
        // Sixteen 6-bit scales: 64 bytes of low halves (j with j + 8), 32 of high bit pairs (j, j + 4, j + 8, j + 12).
        for (int j = 0; j < 8; j++) to.scales[8 * j + r] = p[96 + j];
        for (int j = 0; j < 4; j++) to.scales[64 + 8 * j + r] = p[104 + j];
        for (int i = 0; i < 16; i++) put(to.codes, i, r, pair_word(p + 32 + i / 8 * 32, i / 2 % 4, i & 1));
        for (int j = 0; j < 8; j++) put(to.high, j, r, bit_word(p, j));
        ck_write16(to.halves + 2 * r, ck_read16(p + 108));
        break;
    case CK_Q4_K: case CK_Q5_K: {
        const uint8_t *low = type == CK_Q5_K ? p + 48 : p + 16;
        for (int i = 0; i < 32; i++) put(to.codes, i, r, nibble_word(low + i / 8 * 32, i / 4 & 1, i & 3));
        if (type == CK_Q5_K)
            for (int j = 0; j < 8; j++) put(to.high, j, r, bit_word(p + 16, j));
        pack_scales_4k(p + 4, r, to.scales);
        ck_write16(to.halves + 2 * r, ck_read16(p));
        ck_write16(to.halves + 16 + 2 * r, ck_read16(p + 2));
        break;
    }
    case CK_Q6_K:
        for (int i = 0; i < 32; i++) {
            int k = i / 4 & 3;
            put(to.codes, i, r, nibble_word(p + i / 16 * 64 + 32 * (k & 1), k >> 1, i & 3));
        }
        for (int i = 0; i < 16; i++) put(to.high, i, r, pair_word(p + 128 + i / 8 * 32, i / 2 % 4, i & 1));
        for (int j = 0; j < 16; j++) to.scales[8 * j + r] = p[192 + j];
        ck_write16(to.halves + 2 * r, ck_read16(p + 208));
        break;
    case CK_IQ4_XS:
        for (int i = 0; i < 32; i++) put(to.codes, i, r, ck_read32(p + 8 + 4 * i));
        // Eight 6-bit scales: 32 bytes of low halves (j with j + 4), then the high bits as they are.
        for (int j = 0; j < 4; j++) {
            int a = p[4 + j / 2] >> (4 * (j & 1)) & 15, b = p[6 + j / 2] >> (4 * (j & 1)) & 15;
            to.scales[8 * j + r] = (uint8_t)(a | b << 4);
        }
        ck_write16(to.scales + 32 + 2 * r, ck_read16(p + 2));
        ck_write16(to.halves + 2 * r, ck_read16(p));
        break;
    }
}

#define PACK_CASE(TYPE, FUNCTION)                                             \
    case TYPE:                                                                \
        for (int64_t b = 0; b < blocks; b++) {                                \
            ck_sections s = ck_sections_of(TYPE);                             \
            places to = {                                                     \
                packed + b * s.codes, packed + blocks * s.codes + b * s.high, \
                packed + blocks * (s.codes + s.high) + b * s.scales,          \
                packed + blocks * (s.codes + s.high + s.scales) + b * s.halves}; \
            for (int r = 0; r < rows; r++)                                    \
                FUNCTION(TYPE, source + r * row_bytes + b * ck_block_bytes(TYPE), r, to); \
        }                                                                     \
        break;

static void pack_group(
    int32_t type, const uint8_t *source, int64_t row_bytes, int rows, int64_t blocks, uint8_t *packed
) {
    if (rows < 8) memset(packed, 0, (size_t)(8 * row_bytes));
    switch (type) {
    case CK_F32:
        for (int64_t c = 0; c < blocks; c++)
            for (int r = 0; r < rows; r++) memcpy(packed + (c * 8 + r) * 4, source + r * row_bytes + 4 * c, 4);
        break;
    case CK_F16: case CK_BF16:
        for (int64_t c = 0; c < blocks; c++)
            for (int r = 0; r < rows; r++) memcpy(packed + (c * 8 + r) * 2, source + r * row_bytes + 2 * c, 2);
        break;
    PACK_CASE(CK_Q4_0, pack_32)
    PACK_CASE(CK_Q4_1, pack_32)
    PACK_CASE(CK_Q5_0, pack_32)
    PACK_CASE(CK_Q5_1, pack_32)
    PACK_CASE(CK_Q8_0, pack_32)
    PACK_CASE(CK_IQ4_NL, pack_32)
    PACK_CASE(CK_Q2_K, pack_256)
    PACK_CASE(CK_Q3_K, pack_256)
    PACK_CASE(CK_Q4_K, pack_256)
    PACK_CASE(CK_Q5_K, pack_256)
    PACK_CASE(CK_Q6_K, pack_256)
    PACK_CASE(CK_IQ4_XS, pack_256)
    }
}

void ck_pack(
    int32_t type, const void *source, int64_t rows, int64_t columns, int64_t first, int64_t last, void *packed
) {
    int64_t elements = ck_block_elements(type);
    if (elements == 0) return;
    int64_t blocks = columns / elements, row_bytes = blocks * ck_block_bytes(type);
    for (int64_t g = first; g < last; g++) {
        int64_t here = rows - g * 8 < 8 ? rows - g * 8 : 8;
        pack_group(
            type, (const uint8_t *)source + g * 8 * row_bytes, row_bytes, (int)here, blocks,
            (uint8_t *)packed + g * 8 * row_bytes);
    }
}
