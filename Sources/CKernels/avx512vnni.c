// AVX-512 VNNI: `vpdpbusd` sums four products into 32 bits at once, so that nothing is widened. Few rows are multiplied in
// 512-bit registers, many in 256-bit ones. AMX, where a processor has it, is the same path with another product of many rows.
#include "internal.h"

#ifdef CK_X86
#include <immintrin.h>

#pragma clang attribute push( \
    __attribute__((target("avx2,fma,f16c,avx512f,avx512bw,avx512vl,avx512vnni"))), apply_to = function)

#define WIDE_AVX
#define WIDE_16
#define PATH(NAME) NAME##_avx512vnni
#include "wide.h"

HELPER __m256i part_from(__m256i start) { return _mm256_madd_epi16(start, _mm256_set1_epi16(1)); }
HELPER __m256i part_add(__m256i part, __m256i codes, __m256i values) {
    return _mm256_dpbusd_epi32(part, codes, values);
}
HELPER __m256i part_times(__m256i part, __m256i scale) {
    return _mm256_mullo_epi32(part, _mm256_srai_epi32(scale, 16));
}
HELPER __m256i part_add_signed(__m256i part, __m256i codes, __m256i magnitudes, __m256i values, __m256i scale) {
    __m256i products = _mm256_dpbusd_epi32(_mm256_setzero_si256(), magnitudes, _mm256_sign_epi8(values, codes));
    return _mm256_add_epi32(part, part_times(products, scale));
}

#include "unpacking.h"
#include "few.h"
#include "products.h"

const ck_table ck_avx512vnni_table = {.multiply = multiply_avx512vnni, WIDE_TABLE};

#pragma clang attribute pop

#pragma clang attribute push( \
    __attribute__((target( \
        "avx2,fma,f16c,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx512vbmi,avx512bf16,amx-tile,amx-int8," \
        "amx-bf16"))), \
    apply_to = function)

#include "amx.h"
#include "amxbf16.h"

const ck_table ck_amx_table = {
    .multiply = multiply_amx, .multiply_brain = multiply_brain, .prepare_brain = prepare_brain, WIDE_TABLE};

#pragma clang attribute pop
#endif
