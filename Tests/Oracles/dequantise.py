#!/usr/bin/env python3
"""Prints the golden values of Tests/InferenceTests/Tensors/DequantiseTests.swift, by the `gguf` package from PyPI.

Blocks of random bytes (SplitMix64, the seed being the type's number) are dequantised by `gguf.quants.dequantize`; the
first three values and a hash (FNV-1a, 64 bits) of all values' bits are printed. A half float of a block has its top
exponent bit cleared, so that no value is infinite or not a number.
"""
import gguf
import numpy as np
from gguf import GGMLQuantizationType as Type

MASK = (1 << 64) - 1
BLOCKS = 16
# Where a block holds half floats.
HALVES = {
    "F16": [0], "Q4_0": [0], "Q4_1": [0, 2], "Q5_0": [0], "Q5_1": [0, 2], "Q8_0": [0], "Q2_K": [80, 82], "Q3_K": [108],
    "Q4_K": [0, 2], "Q5_K": [0, 2], "Q6_K": [208], "IQ4_NL": [0], "IQ4_XS": [0],
}


def split_mix(state):
    while True:
        state = (state + 0x9E3779B97F4A7C15) & MASK
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        yield z ^ (z >> 31)


def fnv(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = ((value ^ byte) * 0x100000001B3) & MASK
    return value


for name in "F16 BF16 Q4_0 Q4_1 Q5_0 Q5_1 Q8_0 Q2_K Q3_K Q4_K Q5_K Q6_K IQ4_NL IQ4_XS".split():
    kind = Type[name]
    size = gguf.GGML_QUANT_SIZES[kind][1]
    random = split_mix(int(kind))
    raw = np.array([next(random) & 255 for _ in range(BLOCKS * size)], dtype=np.uint8).reshape(BLOCKS, size)
    for place in HALVES.get(name, []):
        raw[:, place + 1] &= 0xBF
    if name == "BF16":
        raw[:, 1] = raw[:, 1] & 0x81 | 0x3E
    values = gguf.quants.dequantize(raw, kind).astype(np.float32).ravel()
    first = ", ".join(f"0x{v:08x}" for v in values.view(np.uint32)[:3])
    print(f"        ({'.' + name[0].lower() + name[1:].replace('Q4_NL', 'q4_NL').replace('Q4_XS', 'q4_XS')}, "
          f"[{first}], 0x{fnv(values.tobytes()):016x}),")
