// Which path runs: one table, chosen once from what the processor and the system report.
#include "internal.h"
#include <stdatomic.h>

#ifdef CK_X86
#include <cpuid.h>
#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif

// Which vector state the system saves on a context switch (the manual's XCR0).
static uint64_t saved_state(void) {
    uint32_t low, high;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return (uint64_t)high << 32 | low;
}

// Linux gives a process the tiles' eight kilobytes of state only when asked (Documentation/arch/x86/xstate.rst).
static bool tiles_granted(void) {
#if defined(__linux__)
    enum { request_permission = 0x1023, tile_data = 18 };
    return syscall(SYS_arch_prctl, request_permission, tile_data) == 0;
#else
    return false;
#endif
}

static bool has_path(int32_t path) {
    uint32_t a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d)) return false;
    bool fma = c >> 12 & 1, saves = c >> 27 & 1, f16c = c >> 29 & 1;
    if (!fma || !saves || !f16c || (saved_state() & 0x06) != 0x06) return false;
    if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return false;
    bool avx2 = b >> 5 & 1;
    bool wide = (b >> 16 & 1) && (b >> 30 & 1) && (b >> 31 & 1) && (c >> 11 & 1);  // F, BW, VL, VNNI
    if (path == CK_AVX2) return avx2;
    if (!avx2 || !wide || (saved_state() & 0xe6) != 0xe6) return false;
    if (path == CK_AVX512VNNI) return true;
    bool tiles = (b >> 17 & 1) && (c >> 1 & 1) && (d >> 24 & 1) && (d >> 25 & 1);  // DQ, VBMI, AMX-TILE, AMX-INT8
    bool brain = d >> 22 & 1;                                                      // AMX-BF16
    if (!__get_cpuid_count(7, 1, &a, &b, &c, &d)) return false;
    brain = brain && (a >> 5 & 1);  // AVX512-BF16
    return tiles && brain && (saved_state() & 0x60000) == 0x60000 && tiles_granted();
}
#endif

static const ck_table *table_of(int32_t path) {
    if (path == CK_PORTABLE) return &ck_portable_table;
#ifdef CK_X86
    if (path == CK_AVX2 && has_path(path)) return &ck_avx2_table;
    if (path == CK_AVX512VNNI && has_path(path)) return &ck_avx512vnni_table;
    if (path == CK_AMX && has_path(path)) return &ck_amx_table;
#endif
#ifdef CK_ARM
    if (path == CK_NEON) return &ck_neon_table;
#endif
    return NULL;
}

static _Atomic(const ck_table *) chosen;
static _Atomic int32_t chosen_path;

bool ck_path_available(int32_t path) { return table_of(path) != NULL; }

bool ck_use_path(int32_t path) {
    const ck_table *table = table_of(path);
    if (!table) return false;
    atomic_store(&chosen_path, path);
    atomic_store(&chosen, table);
    return true;
}

static const ck_table *table(void) {
    const ck_table *now = atomic_load_explicit(&chosen, memory_order_acquire);
    if (__builtin_expect(now != NULL, 1)) return now;
    const int32_t wishes[] = {CK_NEON, CK_AMX, CK_AVX512VNNI, CK_AVX2, CK_PORTABLE};
    for (int i = 0; !ck_use_path(wishes[i]); i++) {}
    return atomic_load(&chosen);
}

int32_t ck_path(void) {
    table();
    return atomic_load(&chosen_path);
}

const char *ck_path_name(int32_t path) {
    switch (path) {
    case CK_PORTABLE: return "portable";
    case CK_AVX2: return "AVX2+FMA+F16C";
    case CK_AVX512VNNI: return "AVX-512 VNNI";
    case CK_NEON: return "NEON";
    case CK_AMX: return "AMX";
    default: return "unknown";
    }
}

// The path that has bfloat16, where this processor has it, whichever is in use.
static const ck_table *brain_table(void) {
#ifdef CK_X86
    static _Atomic int32_t known;  // 1: it has; 2: it has not
    int32_t now = atomic_load_explicit(&known, memory_order_relaxed);
    if (now == 0) atomic_store(&known, now = has_path(CK_AMX) ? 1 : 2);
    return now == 1 ? &ck_amx_table : NULL;
#else
    return NULL;
#endif
}

int32_t ck_prompt_rows_kind(int32_t type) {
    int32_t kind = ck_rows_kind(type);
    return kind != CK_ROWS_F32 && brain_table() ? CK_ROWS_BF16 : kind;
}

int64_t ck_prepared_bytes(int32_t kind, int64_t columns) {
    int64_t bytes = kind == CK_ROWS_F32 ? columns * 4
        : kind == CK_ROWS_BF16 ? columns * 2
        : kind == CK_ROWS_Q32 ? columns / 32 * (int64_t)sizeof(ck_q32)
        : columns / 256 * (int64_t)sizeof(ck_q256);
    return (bytes + 63) / 64 * 64;
}

void ck_prepare(
    int32_t kind, const float *source, int64_t stride, int64_t columns, int64_t from, int64_t to, int64_t first,
    int64_t count, void *prepared
) {
    if (kind == CK_ROWS_BF16) {
        brain_table()->prepare_brain(source, stride, columns, from, to, first, count, prepared);
        return;
    }
    int64_t before = kind == CK_ROWS_F32 ? from * 4
        : kind == CK_ROWS_Q32 ? from / 32 * (int64_t)sizeof(ck_q32)
        : from / 256 * (int64_t)sizeof(ck_q256);
    for (int64_t t = 0; t < count; t++) {
        uint8_t *row = (uint8_t *)prepared + (first + t) * ck_prepared_bytes(kind, columns);
        table()->prepare(kind, source + t * stride, to - from, row + before);
    }
}

void ck_multiply(
    int32_t type, int32_t kind, const void *packed, int64_t rows, int64_t columns, int64_t first, int64_t last,
    const void *prepared, int64_t count, float *out, int64_t out_stride
) {
    if (kind == CK_ROWS_BF16)
        brain_table()->multiply_brain(type, packed, columns, first, last, prepared, count, out, out_stride);
    else table()->multiply(type, packed, rows, columns, first, last, prepared, count, out, out_stride);
}

int64_t ck_attention_scratch(const ck_attention_shape *shape, int64_t query_count) {
    (void)shape;
    return (256 * 32 * 2 + 6 * 32) * 4 + 64 + (query_count * 8 + 63) / 64 * 64;
}

void ck_attend(
    const ck_attention_shape *shape, const ck_attention_sequence *sequences, int64_t sequence_count,
    const ck_attention_query *queries, int64_t query_count, void *scratch
) {
    table()->attend(shape, sequences, sequence_count, queries, query_count, scratch);
}

void ck_cache_write(int32_t cache_type, const float *source, int64_t head_dim, void *row) {
    table()->cache_write(cache_type, source, head_dim, row);
}

void ck_f16_from_f32(const float *source, int64_t count, uint16_t *destination) {
    table()->f16_from_f32(source, count, destination);
}

void ck_f32_from_f16(const uint16_t *source, int64_t count, float *destination) {
    table()->f32_from_f16(source, count, destination);
}

void ck_rms_norm(const float *x, const float *weight, int64_t count, float epsilon, float *out) {
    table()->rms_norm(x, weight, count, epsilon, out);
}

void ck_layer_norm(
    const float *x, const float *weight, const float *bias, int64_t count, float epsilon, float *out
) {
    table()->layer_norm(x, weight, bias, count, epsilon, out);
}

void ck_rope(
    float *x, int64_t heads, int64_t stride, int64_t rotated, const float *cosines, const float *sines, int32_t pairs
) {
    table()->rope(x, heads, stride, rotated, cosines, sines, pairs);
}

void ck_silu_multiply(const float *gate, const float *up, int64_t count, float *out) {
    table()->silu_multiply(gate, up, count, out);
}

void ck_gelu(const float *x, int64_t count, float *out) { table()->gelu(x, count, out); }

void ck_add(float *x, const float *y, int64_t count) { table()->add(x, y, count); }

void ck_add_scaled(float *x, const float *y, float factor, int64_t count) {
    table()->add_scaled(x, y, factor, count);
}

void ck_scale(float *x, float factor, int64_t count) { table()->scale(x, factor, count); }

void ck_softmax(float *x, int64_t count) { table()->softmax(x, count); }

float ck_log_sum_exp(const float *x, int64_t count) { return table()->log_sum_exp(x, count); }
