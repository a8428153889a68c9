// AVX-512 VNNI: `vpdpbusd` sums four products into 32 bits at once, so that nothing is widened. AMX, where a processor has
// it, is the same path with another product of many rows.
#include "internal.h"

#ifdef CK_X86
#include <immintrin.h>

#pragma clang attribute push( \
    __attribute__((target("avx2,fma,f16c,avx512f,avx512bw,avx512vl,avx512vnni"))), apply_to = function)

#define WIDE_AVX
#define WIDE_16
#define PATH(NAME) NAME##_avx512vnni
#include "wide.h"

#include "unpacking.h"
#include "few.h"
#include "many.h"
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
