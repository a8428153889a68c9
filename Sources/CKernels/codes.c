// Blocks spelled out, from GGUF's layout and from the packed one. The layouts are those of ggml's `block_*` structures
// as the `gguf` Python package reads them.
#include "internal.h"

const int8_t ck_iq4_values[16] = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

static void begin(int32_t type, ck_codes *codes) {
    codes->count = ck_block_elements(type);
    codes->sub = type == CK_Q2_K || type == CK_Q3_K || type == CK_Q6_K ? 16 : 32;
    codes->m = codes->add = 0;
    for (int i = 0; i < 16; i++) codes->scale[i] = 1, codes->min[i] = 0;
}

// What a type's raw code stands for.
static inline int8_t value_of(int32_t type, int raw) {
    switch (type) {
    case CK_Q4_0: return (int8_t)(raw - 8);
    case CK_Q5_0: return (int8_t)(raw - 16);
    case CK_Q3_K: return (int8_t)(raw - 4);
    case CK_Q6_K: return (int8_t)(raw - 32);
    case CK_IQ4_NL: case CK_IQ4_XS: return ck_iq4_values[raw];
    default: return (int8_t)raw;
    }
}

static void scales_4k(const uint8_t *s, ck_codes *codes) {
    for (int j = 0; j < 4; j++) {
        codes->scale[j] = s[j] & 63;
        codes->min[j] = s[4 + j] & 63;
        codes->scale[4 + j] = (int16_t)((s[8 + j] & 15) | (s[j] >> 6) << 4);
        codes->min[4 + j] = (int16_t)(s[8 + j] >> 4 | (s[4 + j] >> 6) << 4);
    }
}

void ck_codes_of_block(int32_t type, const uint8_t *p, ck_codes *codes) {
    begin(type, codes);
    int8_t *q = codes->q;
    switch (type) {
    case CK_Q4_0: case CK_IQ4_NL: case CK_Q4_1: case CK_Q5_0: case CK_Q5_1: {
        codes->d = ck_half(ck_read16(p));
        p += 2;
        if (type == CK_Q4_1 || type == CK_Q5_1) codes->add = ck_half(ck_read16(p)), p += 2;
        uint32_t high = 0;
        if (type == CK_Q5_0 || type == CK_Q5_1) high = ck_read32(p), p += 4;
        for (int i = 0; i < 16; i++) {
            q[i] = value_of(type, (p[i] & 15) | (int)(high >> i & 1) << 4);
            q[16 + i] = value_of(type, p[i] >> 4 | (int)(high >> (16 + i) & 1) << 4);
        }
        break;
    }
    case CK_Q8_0:
        codes->d = ck_half(ck_read16(p));
        memcpy(q, p + 2, 32);
        break;
    case CK_Q2_K:
        codes->d = ck_half(ck_read16(p + 80));
        codes->m = ck_half(ck_read16(p + 82));
        for (int i = 0; i < 16; i++) codes->scale[i] = p[i] & 15, codes->min[i] = p[i] >> 4;
        for (int i = 0; i < 256; i++) q[i] = (int8_t)(p[16 + i / 128 * 32 + i % 32] >> (i % 128 / 32 * 2) & 3);
        break;
    case CK_Q3_K: {
        const uint8_t *low = p + 32, *s = p + 96;
        codes->d = ck_half(ck_read16(p + 108));
        for (int i = 0; i < 16; i++) {
            int nibble = i < 8 ? s[i] & 15 : s[i - 8] >> 4;
            codes->scale[i] = (int16_t)((nibble | (s[8 + i % 4] >> (i / 4 * 2) & 3) << 4) - 32);
        }
        for (int i = 0; i < 256; i++) {
            int bits = low[i / 128 * 32 + i % 32] >> (i % 128 / 32 * 2) & 3;
            q[i] = value_of(type, bits | (p[i % 32] >> (i / 32) & 1) << 2);
        }
        break;
    }
    case CK_Q4_K: case CK_Q5_K: {
        codes->d = ck_half(ck_read16(p));
        codes->m = ck_half(ck_read16(p + 2));
        scales_4k(p + 4, codes);
        const uint8_t *high = p + 16, *low = type == CK_Q5_K ? p + 48 : p + 16;
        for (int i = 0; i < 256; i++) {
            int raw = low[i / 64 * 32 + i % 32] >> (i % 64 / 32 * 4) & 15;
            if (type == CK_Q5_K) raw |= (high[i % 32] >> (i / 32) & 1) << 4;
            q[i] = (int8_t)raw;
        }
        break;
    }
    case CK_Q6_K:
        codes->d = ck_half(ck_read16(p + 208));
        for (int i = 0; i < 16; i++) codes->scale[i] = (int8_t)p[192 + i];
        for (int i = 0; i < 256; i++) {
            int half = i / 128, k = i % 128 / 32, l = i % 32;
            int low = p[64 * half + 32 * (k & 1) + l] >> (4 * (k >> 1)) & 15;
            q[i] = value_of(type, low | (p[128 + 32 * half + l] >> (2 * k) & 3) << 4);
        }
        break;
    case CK_IQ4_XS: {
        codes->d = ck_half(ck_read16(p));
        uint16_t high = ck_read16(p + 2);
        for (int j = 0; j < 8; j++) {
            codes->scale[j] = (int16_t)(((p[4 + j / 2] >> (4 * (j & 1)) & 15) | (high >> (2 * j) & 3) << 4) - 32);
            for (int i = 0; i < 16; i++) {
                uint8_t byte = p[8 + 16 * j + i];
                q[32 * j + i] = ck_iq4_values[byte & 15];
                q[32 * j + 16 + i] = ck_iq4_values[byte >> 4];
            }
        }
        break;
    }
    }
}

void ck_codes_of_group(int32_t type, const uint8_t *group, int64_t blocks, int64_t b, int r, ck_codes *codes) {
    begin(type, codes);
    ck_sections size = ck_sections_of(type);
    ck_group g = ck_group_at(type, group, blocks);
    const uint8_t *low = g.codes + b * size.codes, *high = g.high + b * size.high, *s = g.scales + b * size.scales;
    int64_t half = b * size.halves / 2 + r;
    codes->d = ck_half(ck_read16(g.d + half));
    if (size.halves == 32) {
        float m = ck_half(ck_read16(g.m + half));
        if (type == CK_Q4_1 || type == CK_Q5_1) codes->add = m;
        else codes->m = m;
    }
    for (int i = 0; i < codes->count; i++) {
        int unit = i / 32, column = i % 32, raw;
        if (type == CK_Q8_0) {
            codes->q[i] = (int8_t)low[column / 4 * 32 + r * 4 + column % 4];
            continue;
        }
        if (type == CK_Q2_K || type == CK_Q3_K) {
            raw = low[unit * 64 + column / 16 * 32 + r * 4 + column % 4] >> (column % 16 / 4 * 2) & 3;
        } else {
            raw = low[unit * 128 + column % 16 / 4 * 32 + r * 4 + column % 4] >> (column / 16 * 4) & 15;
        }
        if (type == CK_Q6_K) {
            raw |= (high[unit * 64 + column / 16 * 32 + r * 4 + column % 4] >> (column % 16 / 4 * 2) & 3) << 4;
        } else if (size.high) {
            int bit = high[unit * 32 + r * 4 + column % 4] >> (column / 4) & 1;
            raw |= bit << (type == CK_Q3_K ? 2 : 4);
        }
        codes->q[i] = value_of(type, raw);
    }
    for (int j = 0; j < codes->count / codes->sub; j++) {
        switch (type) {
        case CK_Q2_K:
            codes->scale[j] = s[j * 8 + r] & 15;
            codes->min[j] = s[j * 8 + r] >> 4;
            break;
        case CK_Q3_K:
            codes->scale[j] = (int16_t)(((s[j % 8 * 8 + r] >> (j / 8 * 4) & 15)
                | (s[64 + j % 4 * 8 + r] >> (j / 4 * 2) & 3) << 4) - 32);
            break;
        case CK_Q4_K: case CK_Q5_K:
            codes->scale[j] = s[j * 8 + r] & 63;
            codes->min[j] = (int16_t)((s[j * 8 + r] >> 6) << 4 | (s[64 + j % 4 * 8 + r] >> (j / 4 * 4) & 15));
            break;
        case CK_Q6_K:
            codes->scale[j] = (int8_t)s[j * 8 + r];
            break;
        case CK_IQ4_XS:
            codes->scale[j] = (int16_t)(((s[j % 4 * 8 + r] >> (j / 4 * 4) & 15)
                | (ck_read16(s + 32 + 2 * r) >> (2 * j) & 3) << 4) - 32);
            break;
        }
    }
}

void ck_codes_values(int32_t type, const ck_codes *codes, float *destination) {
    bool subtract = type == CK_Q2_K || type == CK_Q4_K || type == CK_Q5_K;
    for (int i = 0; i < codes->count; i++) {
        float value = codes->d;
        if (codes->count == 256) value *= (float)codes->scale[i / codes->sub];
        value *= (float)codes->q[i];
        if (subtract) value -= codes->m * (float)codes->min[i / codes->sub];
        if (type == CK_Q4_1 || type == CK_Q5_1) value += codes->add;
        destination[i] = value;
    }
}

void ck_dequantise(int32_t type, const void *source, int64_t count, float *destination) {
    const uint8_t *p = source;
    switch (type) {
    case CK_F32: memcpy(destination, source, (size_t)count * 4); return;
    case CK_F16: ck_f32_from_f16(source, count, destination); return;
    case CK_BF16:
        for (int64_t i = 0; i < count; i++) destination[i] = ck_brain(ck_read16(p + 2 * i));
        return;
    }
    int64_t elements = ck_block_elements(type), bytes = ck_block_bytes(type);
    if (elements == 0) return;
    ck_codes codes;
    for (int64_t b = 0; b < count / elements; b++) {
        ck_codes_of_block(type, p + b * bytes, &codes);
        ck_codes_values(type, &codes, destination + b * elements);
    }
}

void ck_packed_row(int32_t type, const void *packed, int64_t columns, int64_t row, float *destination) {
    int64_t elements = ck_block_elements(type);
    if (elements == 0) return;
    int64_t blocks = columns / elements, r = row % 8;
    const uint8_t *group = (const uint8_t *)packed + row / 8 * 8 * blocks * ck_block_bytes(type);
    switch (type) {
    case CK_F32:
        for (int64_t c = 0; c < columns; c++) memcpy(destination + c, group + (c * 8 + r) * 4, 4);
        return;
    case CK_F16:
        for (int64_t c = 0; c < columns; c++) destination[c] = ck_half(ck_read16(group + (c * 8 + r) * 2));
        return;
    case CK_BF16:
        for (int64_t c = 0; c < columns; c++) destination[c] = ck_brain(ck_read16(group + (c * 8 + r) * 2));
        return;
    }
    ck_codes codes;
    for (int64_t b = 0; b < blocks; b++) {
        ck_codes_of_group(type, group, blocks, b, (int)r, &codes);
        ck_codes_values(type, &codes, destination + b * elements);
    }
}
