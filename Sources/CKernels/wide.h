// The vector arithmetic that every path shares, over vectors of eight floats; attention, over as many as a register has.
//
// Included once by each path's file, which says how to name its functions (`PATH(name)`) and under which target they
// compile: the compiler lowers the same eight lanes to one AVX register, two of NEON or SSE, with the same results.
#include "internal.h"
#include <math.h>

// Vectors are only ever passed to functions that are inlined: no calling convention is at stake.
#pragma clang diagnostic ignored "-Wpsabi"

typedef float f8 __attribute__((vector_size(32), aligned(4)));
typedef int32_t i8 __attribute__((vector_size(32), aligned(4)));
typedef uint16_t h8 __attribute__((vector_size(16), aligned(2)));

#define HELPER static inline __attribute__((always_inline))

HELPER f8 load8(const float *p) { return *(const f8 *)p; }
HELPER void store8(float *p, f8 v) { *(f8 *)p = v; }
HELPER f8 all8(float x) { return (f8){x, x, x, x, x, x, x, x}; }
HELPER f8 fma8(f8 a, f8 b, f8 c) { return __builtin_elementwise_fma(a, b, c); }
HELPER f8 choose8(i8 mask, f8 a, f8 b) { return (f8)(((i8)a & mask) | ((i8)b & ~mask)); }

#ifdef WIDE_AVX
HELPER f8 max8(f8 a, f8 b) { return (f8)_mm256_max_ps((__m256)a, (__m256)b); }
HELPER f8 min8(f8 a, f8 b) { return (f8)_mm256_min_ps((__m256)a, (__m256)b); }
HELPER f8 load_half8(const uint16_t *p) { return (f8)_mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(const void *)p)); }
HELPER void store_half8(uint16_t *p, f8 v) {
    _mm_storeu_si128((__m128i *)(void *)p, _mm256_cvtps_ph((__m256)v, _MM_FROUND_TO_NEAREST_INT));
}
#else
HELPER f8 max8(f8 a, f8 b) { return __builtin_elementwise_max(a, b); }
HELPER f8 min8(f8 a, f8 b) { return __builtin_elementwise_min(a, b); }
HELPER f8 load_half8(const uint16_t *p) {
    f8 v;
    for (int i = 0; i < 8; i++) v[i] = ck_half(p[i]);
    return v;
}
HELPER void store_half8(uint16_t *p, f8 v) {
    for (int i = 0; i < 8; i++) p[i] = ck_to_half(v[i]);
}
#endif

HELPER float sum8(f8 v) {
    return ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7]));
}
HELPER float highest8(f8 v) {
    float a = v[0] > v[4] ? v[0] : v[4], b = v[1] > v[5] ? v[1] : v[5];
    float c = v[2] > v[6] ? v[2] : v[6], d = v[3] > v[7] ? v[3] : v[7];
    a = a > b ? a : b;
    c = c > d ? c : d;
    return a > c ? a : c;
}
// The first `count` < 8 lanes from memory, the others `rest`.
HELPER f8 load_some(const float *p, int64_t count, float rest) {
    f8 v = all8(rest);
    for (int64_t i = 0; i < count; i++) v[i] = p[i];
    return v;
}
HELPER void store_some(float *p, f8 v, int64_t count) {
    for (int64_t i = 0; i < count; i++) p[i] = v[i];
}

// Vectors of `LANES` floats: sixteen where the registers are that wide.
#ifdef WIDE_16
enum { LANES = 16 };
typedef float fw __attribute__((vector_size(64), aligned(4)));
typedef int32_t iw __attribute__((vector_size(64), aligned(4)));
HELPER fw maxw(fw a, fw b) { return (fw)_mm512_max_ps((__m512)a, (__m512)b); }
HELPER fw minw(fw a, fw b) { return (fw)_mm512_min_ps((__m512)a, (__m512)b); }
HELPER f8 part8(fw v, const int part) {
    return part ? __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15)
                : __builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7);
}
static const iw lane_numbers = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
#else
enum { LANES = 8 };
typedef f8 fw;
typedef i8 iw;
HELPER fw maxw(fw a, fw b) { return max8(a, b); }
HELPER fw minw(fw a, fw b) { return min8(a, b); }
HELPER f8 part8(fw v, const int part) { (void)part; return v; }
static const iw lane_numbers = {0, 1, 2, 3, 4, 5, 6, 7};
#endif
HELPER fw loadw(const float *p) { return *(const fw *)p; }
HELPER void storew(float *p, fw v) { *(fw *)p = v; }
HELPER fw allw(float x) { return x - (fw){0}; }
HELPER fw fmaw(fw a, fw b, fw c) { return __builtin_elementwise_fma(a, b, c); }
HELPER fw choosew(iw mask, fw a, fw b) { return (fw)(((iw)a & mask) | ((iw)b & ~mask)); }

// e^x within two units in the last place: x = n ln 2 + r, a polynomial in r, n into the exponent (Cody and Waite). Below
// −87 it is 0, above 88 it is e^88.
#define EXPONENTIALS(N)                                                                     \
    HELPER f##N exp##N(f##N x) {                                                            \
        i##N tiny = (i##N)(x < all##N(-87.0f));                                             \
        x = min##N(max##N(x, all##N(-87.0f)), all##N(88.0f));                               \
        const f##N magic = all##N(12582912.0f); /* 1.5 · 2^23: adding it rounds to an integer */ \
        f##N shifted = fma##N(x, all##N(1.44269504f), magic);                               \
        f##N n = shifted - magic;                                                           \
        f##N r = fma##N(n, all##N(-0.693359375f), x);                                       \
        r = fma##N(n, all##N(2.12194440e-4f), r);                                           \
        f##N p = all##N(1.9875691500e-4f);                                                  \
        p = fma##N(p, r, all##N(1.3981999507e-3f));                                         \
        p = fma##N(p, r, all##N(8.3334519073e-3f));                                         \
        p = fma##N(p, r, all##N(4.1665795894e-2f));                                         \
        p = fma##N(p, r, all##N(1.6666665459e-1f));                                         \
        p = fma##N(p, r, all##N(5.0000001201e-1f));                                         \
        p = fma##N(p, r * r, r + all##N(1.0f));                                             \
        i##N exponent = ((i##N)shifted - (i##N)magic) << 23;                                \
        return choose##N(tiny, all##N(0), (f##N)((i##N)p + exponent));                      \
    }                                                                                       \
    HELPER f##N tanh##N(f##N x) {                                                           \
        f##N e = exp##N(min##N(max##N(x, all##N(-20)), all##N(20)) * 2.0f);                 \
        return 1.0f - 2.0f / (e + 1.0f);                                                    \
    }

EXPONENTIALS(8)
EXPONENTIALS(w)

// MARK: prepared rows

HELPER float prepared_scale(float d) {
    // The half float that llama.cpp keeps, so that both round alike, wherever a half float can hold it well.
    return d >= 0x1p-14f && d <= 65504.0f ? ck_half(ck_to_half(d)) : d;
}

HELPER float highest_magnitude(const float *x, int count) {
    f8 top = all8(0);
    for (int i = 0; i < count; i += 8) top = max8(top, __builtin_elementwise_abs(load8(x + i)));
    return highest8(top);
}

// q = round(x · factor) to even, within ±127.
HELPER void quantise_values(const float *x, int count, float factor, int8_t *q) {
    const f8 magic = all8(12582912.0f);
    for (int i = 0; i < count; i += 8) {
        f8 v = min8(max8(load8(x + i) * factor, all8(-127)), all8(127));
        i8 n = (i8)(v + magic) - (i8)magic;
        typedef int8_t b8 __attribute__((vector_size(8), aligned(1)));
        *(b8 *)(q + i) = __builtin_convertvector(n, b8);
    }
}

// Σ q of `count` values ≡ 0, 1 and ≡ 2, 3 (mod 4).
HELPER void pair_sums(const int8_t *q, int count, int sums[2]) {
    int first = 0, second = 0;
    for (int i = 0; i < count; i += 4) first += q[i] + q[i + 1], second += q[i + 2] + q[i + 3];
    sums[0] = first;
    sums[1] = second;
}

static void PATH(prepare)(int32_t kind, const float *x, int64_t columns, void *row) {
    if (kind == CK_ROWS_F32) {
        memcpy(row, x, (size_t)columns * 4);
    } else if (kind == CK_ROWS_Q32) {
        ck_q32 *blocks = row;
        for (int64_t b = 0; b < columns / 32; b++, x += 32) {
            float top = highest_magnitude(x, 32);
            quantise_values(x, 32, top > 0 ? 127.0f / top : 0, blocks[b].q);
            blocks[b].d = prepared_scale(top / 127.0f);
            int sums[2];
            pair_sums(blocks[b].q, 32, sums);
            blocks[b].sum = blocks[b].d * (float)(sums[0] + sums[1]);
            blocks[b].minus8[0] = (int16_t)(-8 * sums[0]);
            blocks[b].minus8[1] = (int16_t)(-8 * sums[1]);
            blocks[b].unused = 0;
        }
    } else {
        ck_q256 *blocks = row;
        for (int64_t b = 0; b < columns / 256; b++, x += 256) {
            float top = highest_magnitude(x, 256);
            quantise_values(x, 256, top > 0 ? 127.0f / top : 0, blocks[b].q);
            blocks[b].d = top > 0 ? 1.0f / (127.0f / top) : 0;
            for (int j = 0; j < 16; j++) {
                int sums[2];
                pair_sums(blocks[b].q + 16 * j, 16, sums);
                blocks[b].minus32[j][0] = (int16_t)(-32 * sums[0]);
                blocks[b].minus32[j][1] = (int16_t)(-32 * sums[1]);
                blocks[b].sums[j] = (int16_t)(sums[0] + sums[1]);
            }
            for (int j = 0; j < 8; j++)
                blocks[b].sums32[j] = (int16_t)(blocks[b].sums[2 * j] + blocks[b].sums[2 * j + 1]);
            memset(blocks[b].unused, 0, sizeof blocks[b].unused);
        }
    }
}

// MARK: half floats

static void PATH(f16_from_f32)(const float *x, int64_t count, uint16_t *out) {
    int64_t i = 0;
    for (; i + 8 <= count; i += 8) store_half8(out + i, load8(x + i));
    for (; i < count; i++) out[i] = ck_to_half(x[i]);
}

static void PATH(f32_from_f16)(const uint16_t *x, int64_t count, float *out) {
    int64_t i = 0;
    for (; i + 8 <= count; i += 8) store8(out + i, load_half8(x + i));
    for (; i < count; i++) out[i] = ck_half(x[i]);
}

// MARK: norms, activations, sums

HELPER float square_sum(const float *x, int64_t count, float mean) {
    f8 a = all8(0), b = all8(0);
    int64_t i = 0;
    for (; i + 16 <= count; i += 16) {
        f8 u = load8(x + i) - mean, v = load8(x + i + 8) - mean;
        a = fma8(u, u, a);
        b = fma8(v, v, b);
    }
    for (; i < count; i += 8) {
        f8 u = (count - i >= 8 ? load8(x + i) : load_some(x + i, count - i, mean)) - mean;
        a = fma8(u, u, a);
    }
    return sum8(a + b);
}

HELPER float plain_sum(const float *x, int64_t count) {
    f8 a = all8(0);
    for (int64_t i = 0; i < count; i += 8) a += count - i >= 8 ? load8(x + i) : load_some(x + i, count - i, 0);
    return sum8(a);
}

// out[i] = EXPRESSION of the vectors at i, whatever is left over done by lanes that are not stored.
#define EACH8(COUNT, OUT, FULL, SOME)                                              \
    do {                                                                           \
        int64_t i = 0, n = (COUNT);                                                \
        for (; i + 8 <= n; i += 8) store8((OUT) + i, FULL);                        \
        if (i < n) store_some((OUT) + i, SOME, n - i);                             \
    } while (0)
#define SOME8(P) load_some((P) + i, n - i, 0)

static void PATH(rms_norm)(const float *x, const float *weight, int64_t count, float epsilon, float *out) {
    float factor = 1.0f / sqrtf(square_sum(x, count, 0) / (float)count + epsilon);
    if (weight) EACH8(count, out, load8(x + i) * factor * load8(weight + i), SOME8(x) * factor * SOME8(weight));
    else EACH8(count, out, load8(x + i) * factor, SOME8(x) * factor);
}

static void PATH(layer_norm)(
    const float *x, const float *weight, const float *bias, int64_t count, float epsilon, float *out
) {
    float mean = plain_sum(x, count) / (float)count;
    float factor = 1.0f / sqrtf(square_sum(x, count, mean) / (float)count + epsilon);
    if (bias)
        EACH8(
            count, out, (load8(x + i) - mean) * factor * load8(weight + i) + load8(bias + i),
            (SOME8(x) - mean) * factor * SOME8(weight) + SOME8(bias));
    else
        EACH8(
            count, out, (load8(x + i) - mean) * factor * load8(weight + i), (SOME8(x) - mean) * factor * SOME8(weight));
}

static void PATH(rope)(
    float *x, int64_t heads, int64_t stride, int64_t rotated, const float *cosines, const float *sines, int32_t pairs
) {
    int64_t half = rotated / 2;
    for (int64_t h = 0; h < heads; h++, x += stride) {
        int64_t i = 0;
        if (pairs == CK_ROPE_HALVES) {
            for (; i + 8 <= half; i += 8) {
                f8 a = load8(x + i), b = load8(x + half + i), c = load8(cosines + i), s = load8(sines + i);
                store8(x + i, a * c - b * s);
                store8(x + half + i, a * s + b * c);
            }
            for (; i < half; i++) {
                float a = x[i], b = x[half + i];
                x[i] = a * cosines[i] - b * sines[i];
                x[half + i] = a * sines[i] + b * cosines[i];
            }
        } else {
            for (; i < half; i++) {
                float a = x[2 * i], b = x[2 * i + 1];
                x[2 * i] = a * cosines[i] - b * sines[i];
                x[2 * i + 1] = a * sines[i] + b * cosines[i];
            }
        }
    }
}

HELPER f8 silu8(f8 x) { return x / (1.0f + exp8(-x)); }

HELPER f8 gelu8(f8 x) {
    return 0.5f * x * (1.0f + tanh8(0.79788456f * x * (1.0f + 0.044715f * x * x)));
}

static void PATH(silu_multiply)(const float *gate, const float *up, int64_t count, float *out) {
    EACH8(count, out, silu8(load8(gate + i)) * load8(up + i), silu8(SOME8(gate)) * SOME8(up));
}

static void PATH(gelu)(const float *x, int64_t count, float *out) {
    EACH8(count, out, gelu8(load8(x + i)), gelu8(SOME8(x)));
}

static void PATH(add)(float *x, const float *y, int64_t count) {
    EACH8(count, x, load8(x + i) + load8(y + i), SOME8(x) + SOME8(y));
}

static void PATH(add_scaled)(float *x, const float *y, float factor, int64_t count) {
    EACH8(count, x, fma8(load8(y + i), all8(factor), load8(x + i)), fma8(SOME8(y), all8(factor), SOME8(x)));
}

static void PATH(scale)(float *x, float factor, int64_t count) {
    EACH8(count, x, load8(x + i) * factor, SOME8(x) * factor);
}

HELPER float highest(const float *x, int64_t count) {
    f8 top = all8(-INFINITY);
    for (int64_t i = 0; i < count; i += 8)
        top = max8(top, count - i >= 8 ? load8(x + i) : load_some(x + i, count - i, -INFINITY));
    return highest8(top);
}

static void PATH(softmax)(float *x, int64_t count) {
    float top = highest(x, count);
    EACH8(count, x, exp8(load8(x + i) - top), exp8(SOME8(x) - top));
    float sum = plain_sum(x, count);
    PATH(scale)(x, 1.0f / sum, count);
}

static float PATH(log_sum_exp)(const float *x, int64_t count) {
    float top = highest(x, count);
    if (!(top > -INFINITY)) return top;
    double total = 0;
    // Floats within a stretch, doubles across: a vocabulary of 150,000 keeps six digits.
    for (int64_t start = 0; start < count; start += 1024) {
        int64_t n = count - start < 1024 ? count - start : 1024;
        f8 a = all8(0);
        for (int64_t i = 0; i < n; i += 8) {
            const float *p = x + start + i;
            a += exp8((n - i >= 8 ? load8(p) : load_some(p, n - i, -INFINITY)) - top);
        }
        total += (double)sum8(a);
    }
    return top + (float)log(total);
}

#include "attention.h"

#define WIDE_TABLE                                                                                              \
    .prepare = PATH(prepare), .attend = PATH(attend), .cache_write = PATH(cache_write),                         \
    .f16_from_f32 = PATH(f16_from_f32), .f32_from_f16 = PATH(f32_from_f16), .rms_norm = PATH(rms_norm),         \
    .layer_norm = PATH(layer_norm), .rope = PATH(rope), .silu_multiply = PATH(silu_multiply),                   \
    .gelu = PATH(gelu), .add = PATH(add), .add_scaled = PATH(add_scaled), .scale = PATH(scale),                 \
    .softmax = PATH(softmax), .log_sum_exp = PATH(log_sum_exp)
