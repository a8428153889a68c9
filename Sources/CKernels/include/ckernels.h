// The arithmetic of a transformer on the CPU.
//
// Every kernel has a portable C twin and variants for wider machines, but for products in bfloat16, which only some machines
// have; one table, chosen at run time from what the processor reports, decides which runs (`ck_path`, `ck_use_path`). No
// function allocates, none keeps state besides what the processor reported, and none reads or writes outside the ranges that
// its arguments describe.
//
// Same text, whatever the batch: the product of one weight row and one activation row is summed in one order, whatever
// the number of rows beside it, the range of rows asked for, and the path. Integer sums are exact; the float sum over
// blocks runs left to right with one fused multiply-add a block. Rows that are prepared as bfloat16, for prompts, keep to
// an order of their own, the same on every path: their kernel is the processor's, whichever path is in use.
#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

// MARK: types of tensors

// GGUF's own numbers.
enum {
    CK_F32 = 0, CK_F16 = 1, CK_Q4_0 = 2, CK_Q4_1 = 3, CK_Q5_0 = 6, CK_Q5_1 = 7, CK_Q8_0 = 8, CK_Q2_K = 10,
    CK_Q3_K = 11, CK_Q4_K = 12, CK_Q5_K = 13, CK_Q6_K = 14, CK_IQ4_NL = 20, CK_IQ4_XS = 23, CK_BF16 = 30,
};

// Elements and bytes of one block; 0 for a type that is not known.
int32_t ck_block_elements(int32_t type);
int32_t ck_block_bytes(int32_t type);

// MARK: the path

enum { CK_PORTABLE = 0, CK_AVX2 = 1, CK_AVX512VNNI = 2, CK_NEON = 3, CK_AMX = 4 };

// The path in use: the widest that this processor has, unless `ck_use_path` chose another.
int32_t ck_path(void);
const char *ck_path_name(int32_t path);
bool ck_path_available(int32_t path);
// Chooses a path for the whole process: false (and no change) where the processor lacks it. For tests and benchmarks;
// not while other threads compute.
bool ck_use_path(int32_t path);

// MARK: rows in GGUF's layout

// `count` elements, a multiple of the block, from GGUF's layout to floats: bit-equal to the `gguf` Python package.
void ck_dequantise(int32_t type, const void *source, int64_t count, float *destination);
// Floats to GGUF's layout: F32, F16, BF16, Q8_0, Q4_0, Q4_K, Q6_K. False for the others. `importance`, where given, has
// one weight a column for the search of scales.
bool ck_quantise(
    int32_t type, const float *source, int64_t count, const float *_Nullable importance, void *destination);
void ck_f16_from_f32(const float *source, int64_t count, uint16_t *destination);
void ck_f32_from_f16(const uint16_t *source, int64_t count, float *destination);

// MARK: packed matrices

// A packed matrix holds rows in groups of eight, interleaved so that one vector register holds the same four columns
// of eight rows. It takes exactly as many bytes as GGUF's layout does, rows rounded up to a multiple of eight, so that
// group g begins at byte g × 8 × row bytes. The last group's missing rows are zeros.
int64_t ck_packed_bytes(int32_t type, int64_t rows, int64_t columns);
// Packs groups `first` ..< `last` of the matrix at `source` (GGUF's layout) into the packed matrix at `packed`.
void ck_pack(
    int32_t type, const void *source, int64_t rows, int64_t columns, int64_t first, int64_t last, void *packed);
// One row of a packed matrix as floats, bit-equal to `ck_dequantise` of that row (a token's embedding).
void ck_packed_row(int32_t type, const void *packed, int64_t columns, int64_t row, float *destination);

// MARK: products

// What a weight's type multiplies: floats; int8 with a scale for each 32; int8 with a scale for each 256. Rows that
// are prepared for one type serve every type of the same kind.
enum { CK_ROWS_F32 = 0, CK_ROWS_Q32 = 1, CK_ROWS_Q256 = 2, CK_ROWS_BF16 = 3 };
int32_t ck_rows_kind(int32_t type);
// What it multiplies fastest where rows are many, as a prompt's are: bfloat16 in tiles of sixteen rows, in place of int8,
// where this processor has them; else the same as `ck_rows_kind`.
int32_t ck_prompt_rows_kind(int32_t type);
// Bytes of one prepared row, a multiple of 64. Memory for bfloat16 holds a multiple of sixteen rows.
int64_t ck_prepared_bytes(int32_t kind, int64_t columns);
// Prepares columns `from` ..< `to` of rows `first` ..< `first + count` in `prepared`, which is aligned to 64 bytes and has
// rows of `columns`, from as many rows of `to - from` floats at `source`, `stride` floats apart. `from` begins a block of the
// kind (1 column of floats, 32 of bfloat16), `to` ends one.
void ck_prepare(
    int32_t kind, const float *source, int64_t stride, int64_t columns, int64_t from, int64_t to, int64_t first,
    int64_t count, void *prepared);
// out[t * out_stride + r] = Σ_c weights[r][c] · rows[t][c] for r in first ..< last and t in 0 ..< count.
// `kind` is one of the type's two. `first` is a multiple of 8; `last` is one too, or is `rows`.
void ck_multiply(
    int32_t type, int32_t kind, const void *packed, int64_t rows, int64_t columns, int64_t first, int64_t last,
    const void *prepared, int64_t count, float *out, int64_t out_stride);

// MARK: attention

// How one layer attends. A query at position p sees the keys at positions s ≤ p with s > p − window (window > 0) and
// s ≥ p − p mod chunk (chunk > 0). scores = scale · q·k, then cap · tanh(scores / cap) where cap > 0.
typedef struct {
    int32_t cache_type;  // CK_F32, CK_F16 or CK_Q8_0 (then head_dim is a multiple of 32)
    int32_t head_dim;    // a multiple of 8, at most 256
    float scale;
    float cap;
    int32_t window;
    int32_t chunk;
} ck_attention_shape;

// `count` positions from `start` of one key-value head: position after position, `stride` bytes apart, each
// `head_dim` elements of the cache's type.
typedef struct {
    const void *keys;
    const void *values;
    int64_t stride;
    int32_t start;
    int32_t count;
} ck_attention_segment;

// One sequence's positions 0 ..< n as adjoining segments. Sequences that share a prefix name the same segment: their
// order in the array should keep them together, for then the prefix's keys and values are read once for all.
typedef struct {
    const ck_attention_segment *segments;
    int32_t segment_count;
    int32_t first_query;  // its queries: first_query ..< first_query + query_count
    int32_t query_count;
} ck_attention_sequence;

// One query row (one head of one token). `position` is the token's.
typedef struct {
    const float *query;
    float *out;
    int32_t position;
} ck_attention_query;

// Bytes of scratch (aligned to 64) for `ck_attend` of `query_count` queries.
int64_t ck_attention_scratch(const ck_attention_shape *shape, int64_t query_count);
// One pass over one key-value head's cache with online softmax (Milakov and Gimelshein 2018; Dao et al. 2022). A
// query's result depends neither on the other queries nor on where segments begin. A query that sees nothing gets zeros.
void ck_attend(
    const ck_attention_shape *shape, const ck_attention_sequence *sequences, int64_t sequence_count,
    const ck_attention_query *queries, int64_t query_count, void *scratch);

// Bytes of one position of one key-value head in the cache.
int64_t ck_cache_row_bytes(int32_t cache_type, int64_t head_dim);
// Writes `head_dim` floats as one cache row.
void ck_cache_write(int32_t cache_type, const float *source, int64_t head_dim, void *row);

// MARK: the rest of a layer

// x / sqrt(mean(x²) + epsilon) · weight; `weight` may be null. In place is allowed.
void ck_rms_norm(
    const float *x, const float *_Nullable weight, int64_t count, float epsilon, float *out);
// (x − mean) / sqrt(variance + epsilon) · weight + bias.
void ck_layer_norm(
    const float *x, const float *weight, const float *_Nullable bias, int64_t count, float epsilon, float *out);

enum { CK_ROPE_ADJACENT = 0, CK_ROPE_HALVES = 1 };
// Rotates the first `rotated` elements of each of `heads` heads, `stride` floats apart, in place: pairs (2i, 2i+1) or
// (i, i + rotated/2). `cosines` and `sines` hold rotated/2 values for the position.
void ck_rope(
    float *x, int64_t heads, int64_t stride, int64_t rotated, const float *cosines, const float *sines, int32_t pairs);

// out = silu(gate) · up; in place is allowed.
void ck_silu_multiply(const float *gate, const float *up, int64_t count, float *out);
// out = gelu(x), by tanh; in place is allowed.
void ck_gelu(const float *x, int64_t count, float *out);
// x += y; x += factor · y; x *= factor.
void ck_add(float *x, const float *y, int64_t count);
void ck_add_scaled(float *x, const float *y, float factor, int64_t count);
void ck_scale(float *x, float factor, int64_t count);
// x becomes softmax(x).
void ck_softmax(float *x, int64_t count);
// log Σ exp(x).
float ck_log_sum_exp(const float *x, int64_t count);

// MARK: threads

typedef struct ck_pool ck_pool;
// A pool of `threads` ≥ 1 threads, the caller of `ck_pool_run` being the first. Null where threads cannot be made.
ck_pool *_Nullable ck_pool_create(int32_t threads);
// Waits for the work under way, ends the threads and frees the pool.
void ck_pool_destroy(ck_pool *pool);
// Calls `work(context, i)` once on each thread i and returns when all have. Calls from two threads take turns. Between
// calls a worker spins about 2,000 turns, then sleeps.
void ck_pool_run(ck_pool *pool, void (*work)(void *_Nullable context, int32_t thread), void *_Nullable context);

#pragma clang assume_nonnull end

#endif
