"""Models of real shapes with random weights, as GGUF files: their speed is that of the real ones."""

from dataclasses import dataclass

import gguf
import numpy as np
from gguf import GGMLQuantizationType as T


@dataclass(frozen=True)
class Shape:
    architecture: str
    layers: int
    width: int
    heads: int
    key_value_heads: int
    feed_forward: int
    vocabulary: int
    context: int = 32768


SHAPES = {
    "qwen2.5-coder-0.5b": Shape("qwen2", 24, 896, 14, 2, 4864, 151936),
    "qwen2.5-coder-1.5b": Shape("qwen2", 28, 1536, 12, 2, 8960, 151936),
    "llama-3.2-1b": Shape("llama", 16, 2048, 32, 8, 8192, 128256),
    "llama-30m": Shape("llama", 8, 512, 8, 4, 1536, 8192),
}
TYPES = ("Q8_0", "Q4_0", "Q4_K_M")


def tensor_type(kind, name, layer, shape, columns):
    """The type that llama.cpp's quantiser gives a tensor in a file of this kind."""
    if kind != "Q4_K_M":
        return T[kind] if kind == "Q8_0" or name not in ("token_embd", "output") else T.Q6_K if columns % 256 == 0 else T.Q8_0
    eighth = shape.layers // 8
    more = name in ("attn_v", "ffn_down") and (
        layer < eighth or layer >= 7 * eighth or (layer - eighth) % 3 == 2)
    wanted = T.Q6_K if more or name == "token_embd" else T.Q4_K
    if columns % 256:
        return T.Q8_0 if wanted == T.Q6_K else T.Q5_0
    return wanted


def random_blocks(generator, kind, rows, columns):
    """Random quantised rows, whose scales keep products of the size of real ones."""
    elements, size = gguf.GGML_QUANT_SIZES[kind]
    count = rows * (columns // elements)
    blocks = generator.integers(0, 256, (count, size), dtype=np.uint8)
    deviation = 1 / columns**0.5

    def put_half(offset, value):
        blocks[:, offset : offset + 2] = np.frombuffer(np.float16(value).tobytes(), dtype=np.uint8)

    if kind == T.Q8_0:
        put_half(0, deviation / 74)
    elif kind == T.Q4_0:
        put_half(0, deviation / 4.6)
    elif kind == T.Q5_0:
        put_half(0, deviation / 9.2)
    elif kind == T.Q4_K:
        # The mean of scale × code and that of the minima cancel roughly.
        put_half(0, deviation / 150)
        put_half(2, deviation / 20)
    elif kind == T.Q6_K:
        put_half(208, deviation / 1400)
    else:
        raise ValueError(f"no random {kind.name}")
    return blocks.reshape(rows, -1)


def write(name, kind, path):
    shape = SHAPES[name]
    generator = np.random.default_rng(1)
    writer = gguf.GGUFWriter(path, shape.architecture, use_temp_file=False)
    head = shape.width // shape.heads
    writer.add_block_count(shape.layers)
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_feed_forward_length(shape.feed_forward)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.key_value_heads)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_rope_dimension_count(head)
    writer.add_rope_freq_base(1e6 if shape.architecture == "qwen2" else 5e5)
    writer.add_vocab_size(shape.vocabulary)
    add_vocabulary(writer, shape.vocabulary)

    def vector(name, count, value):
        writer.add_tensor(name, np.full(count, value, dtype=np.float32))

    def matrix(name, layer, rows, columns):
        stem = name.split(".")[-1]
        kind_of = tensor_type(kind, stem, layer, shape, columns)
        # One stretch of random rows again and again: the file is made faster, and nothing computes differently.
        stretch = random_blocks(generator, kind_of, min(rows, 1024), columns)
        data = np.resize(stretch, (rows, stretch.shape[1]))
        writer.add_tensor(name + ".weight", data, raw_dtype=kind_of)

    matrix("token_embd", 0, shape.vocabulary, shape.width)
    vector("output_norm.weight", shape.width, 1)
    for layer in range(shape.layers):
        block = f"blk.{layer}."
        vector(block + "attn_norm.weight", shape.width, 1)
        vector(block + "ffn_norm.weight", shape.width, 1)
        for part, rows in (("q", shape.heads), ("k", shape.key_value_heads), ("v", shape.key_value_heads)):
            matrix(block + "attn_" + part, layer, rows * head, shape.width)
            if shape.architecture == "qwen2":
                vector(block + f"attn_{part}.bias", rows * head, 0.1)
        matrix(block + "attn_output", layer, shape.width, shape.width)
        matrix(block + "ffn_gate", layer, shape.feed_forward, shape.width)
        matrix(block + "ffn_up", layer, shape.feed_forward, shape.width)
        matrix(block + "ffn_down", layer, shape.width, shape.feed_forward)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def add_vocabulary(writer, size):
    names = ["<unk>", "<s>", "</s>"] + [f"<0x{byte:02X}>" for byte in range(256)]
    names += [f"▁w{index}" for index in range(size - len(names))]
    writer.add_tokenizer_model("llama")
    writer.add_token_list(names)
    writer.add_token_scores([-float(index) for index in range(size)])
    writer.add_token_types([2, 3, 3] + [6] * 256 + [1] * (size - 259))
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
