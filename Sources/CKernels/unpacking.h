// Codes, scales and minimums of eight packed rows, in 256-bit registers. Included by the x86 paths.

HELPER __m256i load256(const void *p) { return _mm256_loadu_si256((const __m256i *)p); }
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

// The codes as signed numbers that the sums are of.
HELPER __m256i centred(const int type, __m256i codes) {
    switch (type) {
    case CK_Q4_0: return _mm256_sub_epi8(codes, bytes256(8));
    case CK_Q5_0: case CK_Q5_1: return _mm256_sub_epi8(codes, bytes256(16));
    case CK_Q3_K: return _mm256_sub_epi8(codes, bytes256(4));
    case CK_Q6_K: return _mm256_sub_epi8(codes, bytes256(32));
    default: return codes;
    }
}

HELPER __m256 halves_at(const uint16_t *p) { return _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(const void *)p)); }

HELPER void store_rows(float *out, __m256 sums, int64_t rows) {
    if (rows >= 8) {
        _mm256_storeu_ps(out, sums);
        return;
    }
    float all[8];
    _mm256_storeu_ps(all, sums);
    for (int64_t r = 0; r < rows; r++) out[r] = all[r];
}

// Both registers that share a load come together: 0, 4, 1, 5, …
HELPER int halves_together(const int k) { return k / 2 + k % 2 * 4; }

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

// Two sub-blocks' bytes of eight rows as 16-bit pairs.
HELPER __m256i both_unsigned(const uint8_t *p) {
    const __m256i places = _mm256_setr_epi8(
        0, -1, 8, -1, 1, -1, 9, -1, 2, -1, 10, -1, 3, -1, 11, -1, 4, -1, 12, -1, 5, -1, 13, -1, 6, -1, 14, -1, 7, -1, 15,
        -1);
    return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(_mm_load_si128((const __m128i *)(const void *)p)), places);
}

// Mins come in pairs of sub-blocks, of 16 columns for Q2_K, of 32 for the others.
HELPER int min_pairs(const int type) { return type == CK_Q2_K ? 8 : 4; }
