// AVX2 with FMA and F16C.
//
// Weights come eight rows to a register, four columns a row; a prepared row's four values are broadcast to all eight
// lanes. `vpmaddubsw` multiplies unsigned codes by signed values and adds pairs into 16 bits; a type's offset starts
// the 16-bit sums at −offset · Σ q (kept in the prepared row), so that however the unsigned products wrap on the way,
// the end is the sum of signed products, which fits: 16 × 16 · 127 = 32,512 at the most. Each kernel says its bound.
#include "internal.h"

#ifdef CK_X86
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)

#define WIDE_AVX
#define PATH(NAME) NAME##_avx2
#include "wide.h"

// Left to itself the compiler regroups integer sums, runs out of registers and spills: this keeps them as written.
HELPER __m256i in_order(__m256i v) {
    __asm__ volatile("" : "+x"(v));
    return v;
}
HELPER __m256i part_add(__m256i part, __m256i codes, __m256i values) {
    return in_order(_mm256_add_epi16(part, _mm256_maddubs_epi16(codes, values)));
}
// Signed codes by signed values as magnitude by signed value: 2 · 128 · 127 fits 16 bits.
HELPER __m256i part_add_signed(__m256i part, __m256i codes, __m256i magnitudes, __m256i values, __m256i scale) {
    __m256i products = _mm256_maddubs_epi16(magnitudes, _mm256_sign_epi8(values, codes));
    return in_order(_mm256_add_epi32(part, _mm256_madd_epi16(products, scale)));
}
HELPER __m256i part_times(__m256i part, __m256i scale) { return _mm256_madd_epi16(part, scale); }

#include "unpacking.h"
#include "tiles.h"
#include "panels.h"
#include "products.h"

const ck_table ck_avx2_table = {.multiply = multiply_avx2, WIDE_TABLE};

#pragma clang attribute pop
#endif
