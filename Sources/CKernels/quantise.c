// From floats to GGUF's blocks. Scales are searched for: a few candidates around the obvious one, each refined by the
// least-squares scale of its own rounding, the least weighted error winning.
#include "internal.h"
#include <math.h>

// Rounds to the nearest integer within the limits; what is not a number becomes `low`.
static inline int nearest(float v, int low, int high) {
    v = v > (float)low ? v : (float)low;
    v = v < (float)high ? v : (float)high;
    v += 12582912.0f;  // 1.5 · 2^23: the integer is in the lowest bits
    int32_t bits;
    memcpy(&bits, &v, 4);
    return bits - 0x4b400000;
}

static inline float weight_at(const float *importance, int i) { return importance ? importance[i] : 1; }

// The scale s for x ≈ s · q with q in −levels ..< levels, by weighted squares; the weights may be null.
static float symmetric_scale(const float *x, int count, int levels, const float *weights) {
    float extreme = 0;
    for (int i = 0; i < count; i++)
        if (fabsf(x[i]) > fabsf(extreme)) extreme = x[i];
    if (fabsf(extreme) < 1e-15f) return 0;
    float best = 0, best_gain = -1;
    for (int step = -9; step <= 9; step++) {
        float inverse = -((float)levels + 0.1f * (float)step) / extreme;
        float xq = 0, qq = 0;
        for (int i = 0; i < count; i++) {
            float q = (float)nearest(x[i] * inverse, -levels, levels - 1), w = weight_at(weights, i);
            xq += w * x[i] * q;
            qq += w * q * q;
        }
        // The error at the best scale xq / qq is Σ w x² − xq² / qq.
        if (qq > 0 && xq * xq > best_gain * qq) {
            best_gain = xq * xq / qq;
            best = xq / qq;
        }
    }
    return best;
}

static void quantise_q8_0(const float *x, uint8_t *p) {
    float top = 0;
    for (int i = 0; i < 32; i++) top = fmaxf(top, fabsf(x[i]));
    float d = top / 127, inverse = d > 0 ? 1 / d : 0;
    ck_write16(p, ck_to_half(d));
    // Halves away from zero, as the reference rounds.
    for (int i = 0; i < 32; i++) {
        float v = x[i] * inverse + (x[i] < 0 ? -0.5f : 0.5f);
        p[2 + i] = (uint8_t)(int8_t)(v > -127.6f && v < 127.6f ? v : 0);
    }
}

static void quantise_q4_0(const float *x, const float *importance, uint8_t *p) {
    float d = ck_half(ck_to_half(symmetric_scale(x, 32, 8, importance))), inverse = d != 0 ? 1 / d : 0;
    ck_write16(p, ck_to_half(d));
    for (int i = 0; i < 16; i++) {
        int low = nearest(x[i] * inverse, -8, 7) + 8, high = nearest(x[16 + i] * inverse, -8, 7) + 8;
        p[2 + i] = (uint8_t)(low | high << 4);
    }
}

// x ≈ scale · q − min with q in 0 ... 15, scale and min ≥ 0, by weighted squares.
static void affine_fit(const float *x, int count, const float *weights, float *scale, float *min) {
    float low = 0, high = x[0], total = 0, total_x = 0;
    for (int i = 0; i < count; i++) {
        low = fminf(low, x[i]);
        high = fmaxf(high, x[i]);
        total += weights[i];
        total_x += weights[i] * x[i];
    }
    *scale = 0;
    *min = -low;
    if (!(high > low)) return;
    float least = INFINITY;
    for (int step = -1; step <= 20; step++) {
        float inverse = (step < 0 ? 15 : 14 + 0.1f * (float)step) / (high - low);
        float q1 = 0, q2 = 0, qx = 0;
        int8_t q[32];
        for (int i = 0; i < count; i++) {
            q[i] = (int8_t)nearest((x[i] - low) * inverse, 0, 15);
            q1 += weights[i] * (float)q[i];
            q2 += weights[i] * (float)(q[i] * q[i]);
            qx += weights[i] * (float)q[i] * x[i];
        }
        float determinant = total * q2 - q1 * q1;
        if (!(determinant > 0)) continue;
        float s = (total * qx - total_x * q1) / determinant, m = (q2 * total_x - q1 * qx) / determinant;
        if (m > 0) m = 0, s = qx / q2;
        float error = 0;
        for (int i = 0; i < count; i++) {
            float difference = s * (float)q[i] + m - x[i];
            error += weights[i] * difference * difference;
        }
        if (error < least) {
            least = error;
            *scale = s;
            *min = -m;
        }
    }
}

static void quantise_q4_k(const float *x, const float *importance, uint8_t *p) {
    float scales[8], mins[8], top_scale = 0, top_min = 0;
    for (int j = 0; j < 8; j++) {
        const float *part = x + 32 * j;
        float squares = 0, weights[32];
        for (int i = 0; i < 32; i++) squares += part[i] * part[i];
        // Large weights matter more: their errors meet large sums.
        float typical = sqrtf(squares / 32);
        for (int i = 0; i < 32; i++)
            weights[i] = importance ? importance[32 * j + i] * sqrtf(squares / 32 + part[i] * part[i])
                                    : typical + fabsf(part[i]);
        affine_fit(part, 32, weights, &scales[j], &mins[j]);
        top_scale = fmaxf(top_scale, scales[j]);
        top_min = fmaxf(top_min, mins[j]);
    }
    float d = ck_half(ck_to_half(top_scale / 63)), m = ck_half(ck_to_half(top_min / 63));
    ck_write16(p, ck_to_half(d));
    ck_write16(p + 2, ck_to_half(m));
    uint8_t codes[256];
    memset(p + 4, 0, 12);
    for (int j = 0; j < 8; j++) {
        int scale = d > 0 ? nearest(scales[j] / d, 0, 63) : 0, min = m > 0 ? nearest(mins[j] / m, 0, 63) : 0;
        uint8_t *s = p + 4;
        if (j < 4) {
            s[j] |= (uint8_t)scale;
            s[4 + j] |= (uint8_t)min;
        } else {
            s[4 + j] = (uint8_t)((scale & 15) | (min & 15) << 4);
            s[j - 4] |= (uint8_t)(scale >> 4 << 6);
            s[j] |= (uint8_t)(min >> 4 << 6);
        }
        float step = d * (float)scale, offset = m * (float)min;
        for (int i = 0; i < 32; i++)
            codes[32 * j + i] = step > 0 ? (uint8_t)nearest((x[32 * j + i] + offset) / step, 0, 15) : 0;
    }
    for (int i = 0; i < 128; i++) {
        int low = i / 32 * 64 + i % 32;
        p[16 + i] = (uint8_t)(codes[low] | codes[low + 32] << 4);
    }
}

static void quantise_q6_k(const float *x, const float *importance, uint8_t *p) {
    float scales[16], extreme = 0;
    for (int j = 0; j < 16; j++) {
        float weights[16];
        for (int i = 0; i < 16; i++) weights[i] = importance ? importance[16 * j + i] : x[16 * j + i] * x[16 * j + i];
        scales[j] = symmetric_scale(x + 16 * j, 16, 32, weights);
        if (fabsf(scales[j]) > fabsf(extreme)) extreme = scales[j];
    }
    memset(p, 0, 210);
    float d = ck_half(ck_to_half(extreme / -128));
    if (d == 0) return;
    ck_write16(p + 208, ck_to_half(d));
    for (int j = 0; j < 16; j++) {
        int scale = nearest(scales[j] / d, -128, 127);
        p[192 + j] = (uint8_t)(int8_t)scale;
        float step = d * (float)scale;
        for (int k = 0; k < 16; k++) {
            int i = 16 * j + k, half = i / 128, quarter = i % 128 / 32, l = i % 32;
            int q = step != 0 ? nearest(x[i] / step, -32, 31) + 32 : 32;
            p[64 * half + 32 * (quarter & 1) + l] |= (uint8_t)((q & 15) << (4 * (quarter >> 1)));
            p[128 + 32 * half + l] |= (uint8_t)(q >> 4 << (2 * quarter));
        }
    }
}

bool ck_quantise(int32_t type, const float *x, int64_t count, const float *importance, void *destination) {
    uint8_t *p = destination;
    switch (type) {
    case CK_F32:
        memcpy(p, x, (size_t)count * 4);
        return true;
    case CK_F16:
        ck_f16_from_f32(x, count, destination);
        return true;
    case CK_BF16:
        for (int64_t i = 0; i < count; i++) ck_write16(p + 2 * i, ck_to_brain(x[i]));
        return true;
    case CK_Q8_0: case CK_Q4_0: case CK_Q4_K: case CK_Q6_K: break;
    default: return false;
    }
    int64_t elements = ck_block_elements(type), bytes = ck_block_bytes(type);
    for (int64_t i = 0; i + elements <= count; i += elements, p += bytes) {
        const float *weights = importance ? importance + i : NULL;
        switch (type) {
        case CK_Q8_0: quantise_q8_0(x + i, p); break;
        case CK_Q4_0: quantise_q4_0(x + i, weights, p); break;
        case CK_Q4_K: quantise_q4_k(x + i, weights, p); break;
        default: quantise_q6_k(x + i, weights, p); break;
        }
    }
    return true;
}
