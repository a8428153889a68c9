// What the kernels share among themselves: half floats, the packed layout, the table of one path's kernels.
#ifndef CK_INTERNAL_H
#define CK_INTERNAL_H

#include "ckernels.h"
#include <string.h>

#pragma clang fp contract(off)

#if defined(__x86_64__)
#define CK_X86 1
#endif
#if defined(__aarch64__)
#define CK_ARM 1
#endif

// Every quantised type: EACH(name, number, elements of a block).
#define CK_QUANTISED(EACH) \
    EACH(q4_0, CK_Q4_0, 32) EACH(q4_1, CK_Q4_1, 32) EACH(q5_0, CK_Q5_0, 32) EACH(q5_1, CK_Q5_1, 32) \
    EACH(q8_0, CK_Q8_0, 32) EACH(iq4_nl, CK_IQ4_NL, 32) EACH(q2_k, CK_Q2_K, 256) EACH(q3_k, CK_Q3_K, 256) \
    EACH(q4_k, CK_Q4_K, 256) EACH(q5_k, CK_Q5_K, 256) EACH(q6_k, CK_Q6_K, 256) EACH(iq4_xs, CK_IQ4_XS, 256)

// MARK: half floats (IEEE 754 binary16), round to nearest even

static inline float ck_half(uint16_t h) {
    uint32_t sign = (uint32_t)(h & 0x8000) << 16, magnitude = h & 0x7fff, bits;
    float value;
    if (magnitude >= 0x7c00) {
        bits = sign | 0x7f800000 | (magnitude & 0x3ff) << 13;
    } else if (magnitude >= 0x400) {
        bits = sign | ((magnitude << 13) + 0x38000000);
    } else {
        value = (float)magnitude * 0x1p-24f;
        memcpy(&bits, &value, 4);
        bits |= sign;
    }
    memcpy(&value, &bits, 4);
    return value;
}

static inline uint16_t ck_to_half(float value) {
    uint32_t bits;
    memcpy(&bits, &value, 4);
    uint32_t sign = bits >> 16 & 0x8000, magnitude = bits & 0x7fffffff;
    if (magnitude > 0x7f800000) return (uint16_t)(sign | 0x7e00 | (magnitude >> 13 & 0x3ff));
    if (magnitude >= 0x477ff000) return (uint16_t)(sign | 0x7c00);
    if (magnitude < 0x38800000) {
        // Adding 2^(-24+23) makes the float unit round at the subnormals' last place.
        float shifted;
        memcpy(&shifted, &magnitude, 4);
        shifted += 0.5f;
        memcpy(&magnitude, &shifted, 4);
        return (uint16_t)(sign | (magnitude - 0x3f000000));
    }
    return (uint16_t)(sign | ((magnitude - 0x38000000 + 0xfff + (magnitude >> 13 & 1)) >> 13));
}

static inline float ck_brain(uint16_t b) {
    uint32_t bits = (uint32_t)b << 16;
    float value;
    memcpy(&value, &bits, 4);
    return value;
}

static inline uint16_t ck_to_brain(float value) {
    uint32_t bits;
    memcpy(&bits, &value, 4);
    if ((bits & 0x7fffffff) > 0x7f800000) return (uint16_t)(bits >> 16 | 64);
    return (uint16_t)((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}

static inline uint16_t ck_read16(const void *p) { uint16_t v; memcpy(&v, p, 2); return v; }
static inline uint32_t ck_read32(const void *p) { uint32_t v; memcpy(&v, p, 4); return v; }
static inline void ck_write16(void *p, uint16_t v) { memcpy(p, &v, 2); }
static inline void ck_write32(void *p, uint32_t v) { memcpy(p, &v, 4); }

extern const int8_t ck_iq4_values[16];

// MARK: one block of one row, spelled out

// value[i] = (d · scale[i / sub]) · q[i] − m · min[i / sub] + add
typedef struct {
    int count, sub;
    float d, m, add;
    int16_t scale[16], min[16];
    int8_t q[256];
} ck_codes;

void ck_codes_of_block(int32_t type, const uint8_t *block, ck_codes *codes);
// Block `b` of row `r` (0 ..< 8) in the packed group at `group`, of rows of `blocks` blocks.
void ck_codes_of_group(int32_t type, const uint8_t *group, int64_t blocks, int64_t b, int r, ck_codes *codes);
void ck_codes_values(int32_t type, const ck_codes *codes, float *destination);

// MARK: the packed layout
//
// A group is eight rows. Its sections follow one another, each holding all blocks of the row in order:
//   codes   the low bits. In units of 32 columns. 4-bit types: four registers of 32 bytes; register i, 32-bit lane r
//           (row r), byte c holds column 4i + c in its low half and column 16 + 4i + c in its high half. Q8_0: eight
//           registers, byte c of lane r being column 4i + c. 2-bit types: two registers; register h, lane r, byte c,
//           bits 2i and 2i + 1 hold column 16h + 4i + c.
//   high    the bits above, in units of 32 columns. One bit: one register, bit i of byte c of lane r belongs to column
//           4i + c. Two bits: as the 2-bit codes.
//   scales  integer scales, row beside row: see `pack.c`.
//   d, m    eight half floats a block.
typedef struct {
    int codes, high, scales, halves;  // bytes a block of eight rows; `halves` counts d, or d and m together
} ck_sections;

static inline __attribute__((always_inline)) ck_sections ck_sections_of(int32_t type) {
    switch (type) {
    case CK_Q4_0: case CK_IQ4_NL: return (ck_sections){128, 0, 0, 16};
    case CK_Q4_1: return (ck_sections){128, 0, 0, 32};
    case CK_Q5_0: return (ck_sections){128, 32, 0, 16};
    case CK_Q5_1: return (ck_sections){128, 32, 0, 32};
    case CK_Q8_0: return (ck_sections){256, 0, 0, 16};
    case CK_Q2_K: return (ck_sections){512, 0, 128, 32};
    case CK_Q3_K: return (ck_sections){512, 256, 96, 16};
    case CK_Q4_K: return (ck_sections){1024, 0, 96, 32};
    case CK_Q5_K: return (ck_sections){1024, 256, 96, 32};
    case CK_Q6_K: return (ck_sections){1024, 512, 128, 16};
    case CK_IQ4_XS: return (ck_sections){1024, 0, 48, 16};
    default: return (ck_sections){0, 0, 0, 0};
    }
}

// Pointers to the sections of the group at `group`.
typedef struct {
    const uint8_t *codes, *high, *scales;
    const uint16_t *d, *m;  // d and m alternate: block b's are at d + 16 b where there is m, else at d + 8 b
} ck_group;

static inline __attribute__((always_inline)) ck_group ck_group_at(int32_t type, const uint8_t *group, int64_t blocks) {
    ck_sections s = ck_sections_of(type);
    const uint8_t *high = group + blocks * s.codes, *scales = high + blocks * s.high;
    const uint16_t *d = (const uint16_t *)(const void *)(scales + blocks * s.scales);
    return (ck_group){group, high, scales, d, d + 8};
}

// MARK: prepared rows

// 32 columns of a prepared row: values d · q.
typedef struct {
    int8_t q[32];
    float d;
    float sum;           // d · Σ q
    int16_t minus8[2];   // −8 · Σ q over the columns ≡ 0, 1 (mod 4), and over those ≡ 2, 3
    int32_t unused;
} ck_q32;

// 256 columns.
typedef struct {
    int8_t q[256];
    int16_t minus32[16][2];  // for each 16 columns: −32 · Σ q over those ≡ 0, 1 (mod 4), and over those ≡ 2, 3
    int16_t sums[16];        // Σ q over each 16 columns
    int16_t sums32[8];       // Σ q over each 32 columns
    float d;
    int32_t unused[3];
} ck_q256;

// MARK: one path's kernels

typedef struct {
    void (*multiply)(int32_t, const void *, int64_t, int64_t, int64_t, int64_t, const void *, int64_t, float *, int64_t);
    // Null where a path has no bfloat16.
    void (*multiply_brain)(int32_t, const void *, int64_t, int64_t, int64_t, const void *, int64_t, float *, int64_t);
    void (*prepare_brain)(const float *, int64_t, int64_t, int64_t, int64_t, int64_t, int64_t, void *);
    void (*prepare)(int32_t, const float *, int64_t, void *);
    void (*attend)(const ck_attention_shape *, const ck_attention_sequence *, int64_t, const ck_attention_query *, int64_t, void *);
    void (*cache_write)(int32_t, const float *, int64_t, void *);
    void (*f16_from_f32)(const float *, int64_t, uint16_t *);
    void (*f32_from_f16)(const uint16_t *, int64_t, float *);
    void (*rms_norm)(const float *, const float *, int64_t, float, float *);
    void (*layer_norm)(const float *, const float *, const float *, int64_t, float, float *);
    void (*rope)(float *, int64_t, int64_t, int64_t, const float *, const float *, int32_t);
    void (*silu_multiply)(const float *, const float *, int64_t, float *);
    void (*gelu)(const float *, int64_t, float *);
    void (*add)(float *, const float *, int64_t);
    void (*add_scaled)(float *, const float *, float, int64_t);
    void (*scale)(float *, float, int64_t);
    void (*softmax)(float *, int64_t);
    float (*log_sum_exp)(const float *, int64_t);
} ck_table;

extern const ck_table ck_portable_table;
#ifdef CK_X86
extern const ck_table ck_avx2_table;
extern const ck_table ck_avx512vnni_table;
extern const ck_table ck_amx_table;
#endif
#ifdef CK_ARM
extern const ck_table ck_neon_table;
#endif

#endif
