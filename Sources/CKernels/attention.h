// One key-value head's attention, included by `wide.h`.
//
// Keys are taken in tiles of 32 positions that begin at multiples of 32, whatever segments they come from, so that a
// query's sums are grouped alike in every batch. A tile is widened to floats once (keys transposed: 32 positions side
// by side), then every query that sees it passes over it: scores, running maximum, weights, values.

enum { tile = 32, most_dims = 256 };

typedef struct {
    _Alignas(64) float keys[most_dims * tile];    // [dimension][position]
    _Alignas(64) float values[tile * most_dims];  // [position][dimension]
    _Alignas(64) float weights[6][tile];  // of the queries at work
} attention_tile;

typedef struct {
    float top, sum;  // running maximum of the scores, running sum of the weights; `out` holds the running values
} attention_state;

HELPER void widen_row(int32_t type, const uint8_t *row, int dims, float *out) {
    if (type == CK_F32) {
        memcpy(out, row, (size_t)dims * 4);
        return;
    }
    if (type == CK_F16) {
        for (int d = 0; d < dims; d += 8) store8(out + d, load_half8((const uint16_t *)(const void *)row + d));
        return;
    }
    for (int b = 0; b < dims / 32; b++, row += 34) {
        float scale = ck_half(ck_read16(row));
        for (int i = 0; i < 32; i += 8) {
            typedef int8_t b8 __attribute__((vector_size(8), aligned(1)));
            store8(out + 32 * b + i, __builtin_convertvector(*(const b8 *)(const void *)(row + 2 + i), f8) * scale);
        }
    }
}

#define LOW(A, B) __builtin_shufflevector(A, B, 0, 8, 1, 9, 4, 12, 5, 13)
#define HIGH(A, B) __builtin_shufflevector(A, B, 2, 10, 3, 11, 6, 14, 7, 15)
#define LOW2(A, B) __builtin_shufflevector(A, B, 0, 1, 8, 9, 4, 5, 12, 13)
#define HIGH2(A, B) __builtin_shufflevector(A, B, 2, 3, 10, 11, 6, 7, 14, 15)
#define LOW4(A, B) __builtin_shufflevector(A, B, 0, 1, 2, 3, 8, 9, 10, 11)
#define HIGH4(A, B) __builtin_shufflevector(A, B, 4, 5, 6, 7, 12, 13, 14, 15)

// Eight rows of eight, `from` apart, to eight columns, `to` apart.
HELPER void transpose8(const float *x, int from, float *out, int to) {
    f8 a0 = load8(x), a1 = load8(x + from), a2 = load8(x + 2 * from), a3 = load8(x + 3 * from);
    f8 a4 = load8(x + 4 * from), a5 = load8(x + 5 * from), a6 = load8(x + 6 * from), a7 = load8(x + 7 * from);
    f8 b0 = LOW(a0, a1), b1 = HIGH(a0, a1), b2 = LOW(a2, a3), b3 = HIGH(a2, a3);
    f8 b4 = LOW(a4, a5), b5 = HIGH(a4, a5), b6 = LOW(a6, a7), b7 = HIGH(a6, a7);
    f8 c0 = LOW2(b0, b2), c1 = HIGH2(b0, b2), c2 = LOW2(b1, b3), c3 = HIGH2(b1, b3);
    f8 c4 = LOW2(b4, b6), c5 = HIGH2(b4, b6), c6 = LOW2(b5, b7), c7 = HIGH2(b5, b7);
    store8(out, LOW4(c0, c4));
    store8(out + to, LOW4(c1, c5));
    store8(out + 2 * to, LOW4(c2, c6));
    store8(out + 3 * to, LOW4(c3, c7));
    store8(out + 4 * to, HIGH4(c0, c4));
    store8(out + 5 * to, HIGH4(c1, c5));
    store8(out + 6 * to, HIGH4(c2, c6));
    store8(out + 7 * to, HIGH4(c3, c7));
}

// Widens positions `start` ..< `start` + 32 of a sequence; positions that it does not have become zeros.
static void PATH(load_tile)(
    const ck_attention_shape *shape, const ck_attention_sequence *sequence, int32_t start, attention_tile *to
) {
    int dims = shape->head_dim;
    // The values' place serves as the keys' before they are transposed.
    for (int pass = 0; pass < 2; pass++) {
        int32_t position = start, s = 0;
        while (position < start + tile && s < sequence->segment_count) {
            const ck_attention_segment *segment = &sequence->segments[s];
            if (position >= segment->start + segment->count) {
                s++;
                continue;
            }
            const uint8_t *base = pass == 0 ? segment->keys : segment->values;
            widen_row(
                shape->cache_type, base + (position - segment->start) * segment->stride, dims,
                to->values + (position - start) * dims);
            position++;
        }
        if (position < start + tile)
            memset(to->values + (position - start) * dims, 0, (size_t)((start + tile - position) * dims) * 4);
        if (pass == 0)
            for (int d = 0; d < dims; d += 8)
                for (int p = 0; p < tile; p += 8)
                    transpose8(to->values + p * dims + d, dims, to->keys + d * tile + p, tile);
    }
}

HELPER int32_t first_seen(const ck_attention_shape *shape, int32_t position) {
    int32_t first = 0;
    if (shape->window > 0 && position - shape->window + 1 > first) first = position - shape->window + 1;
    if (shape->chunk > 0 && position - position % shape->chunk > first) first = position - position % shape->chunk;
    return first;
}

// Queries that pass over a tile at once: as many as the registers hold sums of.
#ifdef WIDE_16
enum { company_size = 6 };
#else
enum { company_size = 3 };
#endif
enum { vectors = tile / LANES };

// `count` (a constant after inlining, 1 to `company_size`) queries over the tile.
HELPER void attend_tile(
    const int count, const ck_attention_shape *shape, int32_t start, attention_tile *t,
    const ck_attention_query *const *queries, attention_state *const *states
) {
    int dims = shape->head_dim;
    fw score[company_size][vectors];
    for (int q = 0; q < count; q++)
        for (int v = 0; v < vectors; v++) score[q][v] = allw(0);
    for (int d = 0; d < dims; d++) {
        fw keys[vectors];
        for (int v = 0; v < vectors; v++) keys[v] = loadw(t->keys + d * tile + LANES * v);
        for (int q = 0; q < count; q++) {
            fw x = allw(queries[q]->query[d]);
            for (int v = 0; v < vectors; v++) score[q][v] = fmaw(keys[v], x, score[q][v]);
        }
    }
    float correction[company_size];
    for (int q = 0; q < count; q++) {
        int32_t position = queries[q]->position, first = first_seen(shape, position);
        iw seen[vectors];
        fw top = allw(-INFINITY);
        for (int v = 0; v < vectors; v++) {
            fw s = score[q][v] * shape->scale;
            if (shape->cap > 0) s = tanhw(s / shape->cap) * shape->cap;
            iw at = lane_numbers + (start + LANES * v);
            seen[v] = (iw)(at <= position) & (iw)(at >= first);
            score[q][v] = choosew(seen[v], s, allw(-INFINITY));
            top = maxw(top, score[q][v]);
        }
        float old = states[q]->top, new = highest8(max8(part8(top, 0), part8(top, 1)));
        new = new > old ? new : old;
        correction[q] = old == new ? 1 : exp8(all8(old - new))[0];
        f8 sum = all8(0);
        for (int v = 0; v < vectors; v++) {
            fw weight = choosew(seen[v], expw(score[q][v] - new), allw(0));
            storew(t->weights[q] + LANES * v, weight);
            for (int part = 0; part < LANES / 8; part++) sum += part8(weight, part);
        }
        states[q]->top = new;
        states[q]->sum = states[q]->sum * correction[q] + sum8(sum);
    }
    int d = 0;
    for (; d + 32 <= dims; d += 32) {
        fw o[company_size][vectors];
        for (int q = 0; q < count; q++)
            for (int v = 0; v < vectors; v++) o[q][v] = loadw(queries[q]->out + d + LANES * v) * correction[q];
        for (int p = 0; p < tile; p++) {
            fw values[vectors];
            for (int v = 0; v < vectors; v++) values[v] = loadw(t->values + p * dims + d + LANES * v);
            for (int q = 0; q < count; q++) {
                fw w = allw(t->weights[q][p]);
                for (int v = 0; v < vectors; v++) o[q][v] = fmaw(values[v], w, o[q][v]);
            }
        }
        for (int q = 0; q < count; q++)
            for (int v = 0; v < vectors; v++) storew(queries[q]->out + d + LANES * v, o[q][v]);
    }
    for (; d < dims; d += 8)
        for (int q = 0; q < count; q++) {
            f8 o = load8(queries[q]->out + d) * correction[q];
            for (int p = 0; p < tile; p++) o = fma8(load8(t->values + p * dims + d), all8(t->weights[q][p]), o);
            store8(queries[q]->out + d, o);
        }
}

// Queries waiting for company.
typedef struct {
    int count;
    const ck_attention_query *queries[company_size];
    attention_state *states[company_size];
} attention_company;

#define ATTEND(COUNT) \
    case COUNT: attend_tile(COUNT, shape, start, t, company->queries, company->states); break;

static void PATH(flush)(
    const ck_attention_shape *shape, int32_t start, attention_tile *t, attention_company *company
) {
    switch (company->count) {
    ATTEND(1)
    ATTEND(2)
    ATTEND(3)
#ifdef WIDE_16
    ATTEND(4)
    ATTEND(5)
    ATTEND(6)
#endif
    }
    company->count = 0;
}

// Where the tile's first key lies when one segment holds the whole tile (then its address names the tile), else null.
HELPER const void *tile_name(const ck_attention_sequence *sequence, int32_t start) {
    for (int32_t s = 0; s < sequence->segment_count; s++) {
        const ck_attention_segment *segment = &sequence->segments[s];
        if (start >= segment->start && start + tile <= segment->start + segment->count)
            return (const uint8_t *)segment->keys + (start - segment->start) * segment->stride;
    }
    return NULL;
}

static void PATH(attend)(
    const ck_attention_shape *shape, const ck_attention_sequence *sequences, int64_t sequence_count,
    const ck_attention_query *queries, int64_t query_count, void *scratch
) {
    attention_tile *t = scratch;
    attention_state *states = (attention_state *)(t + 1);
    int32_t last = -1, first = INT32_MAX;
    for (int64_t q = 0; q < query_count; q++) {
        states[q] = (attention_state){-INFINITY, 0};
        memset(queries[q].out, 0, (size_t)shape->head_dim * 4);
        if (queries[q].position > last) last = queries[q].position;
        int32_t seen = first_seen(shape, queries[q].position);
        if (seen < first) first = seen;
    }
    for (int32_t start = first / tile * tile; start <= last; start += tile) {
        const void *loaded = NULL;
        attention_company company = {0};
        for (int64_t s = 0; s < sequence_count; s++) {
            const ck_attention_sequence *sequence = &sequences[s];
            bool ready = false;
            for (int32_t q = sequence->first_query; q < sequence->first_query + sequence->query_count; q++) {
                int32_t position = queries[q].position;
                if (position < start || first_seen(shape, position) >= start + tile) continue;
                if (!ready) {
                    const void *name = tile_name(sequence, start);
                    if (name == NULL || name != loaded) {
                        PATH(flush)(shape, start, t, &company);
                        PATH(load_tile)(shape, sequence, start, t);
                        loaded = name;
                    }
                    ready = true;
                }
                company.queries[company.count] = &queries[q];
                company.states[company.count++] = &states[q];
                if (company.count == company_size) PATH(flush)(shape, start, t, &company);
            }
        }
        PATH(flush)(shape, start, t, &company);
    }
    for (int64_t q = 0; q < query_count; q++)
        if (states[q].sum > 0) PATH(scale)(queries[q].out, 1.0f / states[q].sum, shape->head_dim);
}

static void PATH(cache_write)(int32_t type, const float *x, int64_t dims, void *row) {
    if (type == CK_F32) {
        memcpy(row, x, (size_t)dims * 4);
        return;
    }
    if (type == CK_F16) {
        PATH(f16_from_f32)(x, dims, row);
        return;
    }
    uint8_t *p = row;
    for (int64_t b = 0; b < dims / 32; b++, x += 32, p += 34) {
        float top = highest_magnitude(x, 32);
        quantise_values(x, 32, top > 0 ? 127.0f / top : 0, (int8_t *)p + 2);
        ck_write16(p, ck_to_half(top / 127.0f));
    }
}
