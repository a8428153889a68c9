#include "ckernels.h"

int32_t ck_block_elements(int32_t type) {
    switch (type) {
    case CK_F32: case CK_F16: case CK_BF16: return 1;
    case CK_Q4_0: case CK_Q4_1: case CK_Q5_0: case CK_Q5_1: case CK_Q8_0: case CK_IQ4_NL: return 32;
    case CK_Q2_K: case CK_Q3_K: case CK_Q4_K: case CK_Q5_K: case CK_Q6_K: case CK_IQ4_XS: return 256;
    default: return 0;
    }
}

int32_t ck_block_bytes(int32_t type) {
    switch (type) {
    case CK_F32: return 4;
    case CK_F16: case CK_BF16: return 2;
    case CK_Q4_0: case CK_IQ4_NL: return 18;
    case CK_Q4_1: return 20;
    case CK_Q5_0: return 22;
    case CK_Q5_1: return 24;
    case CK_Q8_0: return 34;
    case CK_Q2_K: return 84;
    case CK_Q3_K: return 110;
    case CK_Q4_K: return 144;
    case CK_Q5_K: return 176;
    case CK_Q6_K: return 210;
    case CK_IQ4_XS: return 136;
    default: return 0;
    }
}

int64_t ck_packed_bytes(int32_t type, int64_t rows, int64_t columns) {
    int64_t elements = ck_block_elements(type);
    return elements == 0 ? 0 : (rows + 7) / 8 * 8 * (columns / elements) * ck_block_bytes(type);
}

int32_t ck_rows_kind(int32_t type) {
    switch (ck_block_elements(type)) {
    case 32: return CK_ROWS_Q32;
    case 256: return CK_ROWS_Q256;
    default: return CK_ROWS_F32;
    }
}

int64_t ck_cache_row_bytes(int32_t cache_type, int64_t head_dim) {
    return head_dim / ck_block_elements(cache_type) * ck_block_bytes(cache_type);
}
