"""Small random models of every architecture: as `transformers` modules, and as GGUF files of the same weights.

Shapes are multiples of 256 where a K type needs them. The weights are large enough for the logits to differ widely, so
that a wrong sign, a swapped pair or a missing factor shows at once.
"""

from dataclasses import dataclass, field

import gguf
import numpy as np
import torch
import transformers

VOCABULARY = 512
CONTEXT = 512


@dataclass
class Case:
    """One model: its name, `transformers` configuration, GGUF architecture, and what only some files say."""

    name: str
    architecture: str
    config: transformers.PretrainedConfig
    # llama.cpp and the file's order: queries and keys are stored for adjacent pairs.
    permuted: bool = False
    metadata: dict = field(default_factory=dict)
    rope_divisors: np.ndarray | None = None
    # llama.cpp knows no key for some numbers that Fettle reads; such a case is for `transformers` alone.
    has_peer: bool = True


SHAPE = dict(
    vocab_size=VOCABULARY, hidden_size=256, intermediate_size=512, num_hidden_layers=4, num_attention_heads=4,
    num_key_value_heads=2, max_position_embeddings=CONTEXT, tie_word_embeddings=False, attention_dropout=0.0,
    bos_token_id=1, eos_token_id=2, pad_token_id=None,
)


def rope(kind="default", base=10_000.0, **more):
    return dict(rope_parameters=dict(rope_type=kind, rope_theta=base, **more))


def llama3_divisors(base=500_000.0, dimensions=64, factor=8.0, low=1.0, high=4.0, original=128):
    """What llama.cpp's converter writes as `rope_freqs.weight` for Llama 3.1's scaling."""
    frequencies = 1.0 / (base ** (np.arange(0, dimensions, 2, dtype=np.float64) / dimensions))
    result = []
    for frequency in frequencies:
        wavelength = 2 * np.pi / frequency
        if wavelength < original / high:
            result.append(1.0)
        elif wavelength > original / low:
            result.append(factor)
        else:
            smooth = (original / wavelength - low) / (high - low)
            result.append(1 / ((1 - smooth) / factor + smooth))
    return np.array(result, dtype=np.float32)


def llama4(name, **more):
    shape = SHAPE | dict(num_local_experts=4, num_experts_per_tok=1, intermediate_size_mlp=768, head_dim=64)
    shape |= dict(use_qk_norm=True, rms_norm_eps=1e-5, attn_temperature_tuning=True) | more
    return transformers.Llama4TextConfig(**shape, **rope(base=500_000.0))


def all_cases():
    t = transformers
    scaling = "llama.rope.scaling."
    return [
        Case("llama", "llama", t.LlamaConfig(**SHAPE, **rope()), permuted=True),
        Case("llama-tied", "llama", t.LlamaConfig(**(SHAPE | dict(tie_word_embeddings=True)), **rope()), permuted=True),
        Case("llama-mha", "llama", t.LlamaConfig(**(SHAPE | dict(num_key_value_heads=4)), **rope()), permuted=True),
        Case(
            "llama3", "llama",
            t.LlamaConfig(
                **SHAPE,
                **rope(
                    "llama3", 500_000.0, factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
                    original_max_position_embeddings=128)),
            permuted=True, rope_divisors=llama3_divisors()),
        Case(
            "deepseek-coder", "llama", t.LlamaConfig(**SHAPE, **rope("linear", 100_000.0, factor=4.0)), permuted=True,
            metadata={scaling + "type": "linear", scaling + "factor": 4.0}),
        Case(
            "llama-yarn", "llama",
            t.LlamaConfig(**SHAPE, **rope("yarn", 10_000.0, factor=4.0, original_max_position_embeddings=64)),
            permuted=True,
            metadata={
                scaling + "type": "yarn", scaling + "factor": 4.0, scaling + "original_context_length": 64}),
        Case("mistral", "llama", t.MistralConfig(**SHAPE, head_dim=64, sliding_window=None, **rope(base=1e6)), permuted=True),
        Case(
            "mistral-window", "llama", t.MistralConfig(**SHAPE, head_dim=64, sliding_window=40, **rope()),
            permuted=True, metadata={"llama.attention.sliding_window": 40}, has_peer=False),
        Case(
            "mixtral", "llama",
            t.MixtralConfig(**SHAPE, head_dim=64, num_local_experts=4, num_experts_per_tok=2, sliding_window=None, **rope(base=1e6)),
            permuted=True),
        Case("qwen2", "qwen2", t.Qwen2Config(**SHAPE, **rope(base=1e6))),
        Case(
            "qwen2-yarn", "qwen2",
            t.Qwen2Config(**SHAPE, **rope("yarn", 1e6, factor=4.0, original_max_position_embeddings=64)),
            metadata={
                "qwen2.rope.scaling.type": "yarn", "qwen2.rope.scaling.factor": 4.0,
                "qwen2.rope.scaling.original_context_length": 64}),
        Case("qwen3", "qwen3", t.Qwen3Config(**SHAPE, head_dim=128, **rope(base=1e6))),
        Case(
            "qwen3moe", "qwen3moe",
            t.Qwen3MoeConfig(
                **SHAPE, head_dim=64, num_experts=8, num_experts_per_tok=3, moe_intermediate_size=256,
                norm_topk_prob=True, **rope(base=1e6))),
        Case("llama4-scout", "llama4", llama4("scout")),
        Case("llama4-maverick", "llama4", llama4("maverick", interleave_moe_layer_step=2, num_experts_per_tok=1)),
        Case(
            "llama4-chunks", "llama4", llama4("chunks", attention_chunk_size=32, floor_scale=16),
            metadata={"llama4.attention.chunk_size": 32, "llama4.attention.temperature_length": 16}, has_peer=False),
        Case(
            "starcoder2", "starcoder2",
            t.Starcoder2Config(**(SHAPE | dict(intermediate_size=1024)), use_bias=True, sliding_window=None, **rope())),
        Case(
            "starcoder2-window", "starcoder2",
            t.Starcoder2Config(**(SHAPE | dict(intermediate_size=1024)), use_bias=True, sliding_window=48, **rope()),
            metadata={"starcoder2.attention.sliding_window": 48}, has_peer=False),
        Case(
            "granite", "granite",
            t.GraniteConfig(
                **(SHAPE | dict(tie_word_embeddings=True)), embedding_multiplier=6.0, residual_multiplier=0.4,
                attention_multiplier=0.05, logits_scaling=2.0, **rope()),
            permuted=True,
            metadata={
                "granite.embedding_scale": 6.0, "granite.residual_scale": 0.4, "granite.attention.scale": 0.05,
                "granite.logit_scale": 2.0}),
    ]


def random_module(case, seed=1):
    """The model in `transformers`, with weights from a seed."""
    config = case.config
    config._attn_implementation = "eager"
    torch.manual_seed(seed)
    if config.model_type == "llama4_text":
        module = transformers.Llama4ForCausalLM(config)
    else:
        module = transformers.AutoModelForCausalLM.from_config(config, attn_implementation="eager")
    module = module.float().eval()
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, weight in module.named_parameters():
            noise = torch.randn(weight.shape, generator=generator)
            if "norm" in name and name.endswith("weight"):
                weight.copy_(1 + 0.2 * noise)
            elif name.endswith("bias"):
                weight.copy_(0.2 * noise)
            elif "embed" in name:
                weight.copy_(noise)
            else:
                fan_in = weight.shape[-2] if weight.dim() == 3 and config.model_type == "llama4_text" else weight.shape[-1]
                weight.copy_(noise * 1.1 / fan_in**0.5)
        make_lively(case, module, generator)
    return module


def make_lively(case, module, generator):
    """Clear winners, as real models have them.

    Eight-bit activations turn the smallest difference between two programs into one of about a percent of a logit; among
    random logits that are nearly equal, this alone changes the likeliest in one of twenty places. So a token's embedding
    speaks for one other token, loudly but not always loudest. For the same reason experts, which a near tie exchanges for one
    another, speak softly: a fault in them still shows far above the bar of the comparison in F32.
    """
    config = case.config
    if config.tie_word_embeddings:
        # The embeddings are far larger than an output matrix would be.
        module.model.norm.weight *= 1.1 / config.hidden_size**0.5
    else:
        order = torch.randperm(VOCABULARY, generator=generator)
        module.lm_head.weight += 1.1 * module.get_input_embeddings().weight[order] / config.hidden_size**0.5
    for name, weight in module.named_parameters():
        if "experts.down_proj" in name:
            weight *= 0.2


def permute(weight, heads):
    """From halves that rotate together to adjacent pairs: what llama.cpp's converter does."""
    rows = weight.reshape(heads, 2, weight.shape[0] // heads // 2, *weight.shape[1:])
    return rows.swapaxes(1, 2).reshape(weight.shape)


RENAMED = {
    "input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm", "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output",
    "self_attn.q_norm": "attn_q_norm", "self_attn.k_norm": "attn_k_norm", "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down", "mlp.c_fc": "ffn_up", "mlp.c_proj": "ffn_down",
    "mlp.gate": "ffn_gate_inp", "feed_forward.router": "ffn_gate_inp", "feed_forward.gate_proj": "ffn_gate",
    "feed_forward.up_proj": "ffn_up", "feed_forward.down_proj": "ffn_down",
    "feed_forward.shared_expert.gate_proj": "ffn_gate_shexp", "feed_forward.shared_expert.up_proj": "ffn_up_shexp",
    "feed_forward.shared_expert.down_proj": "ffn_down_shexp",
}


def tensors(case, module):
    """GGUF names and arrays, [rows, columns]."""
    config = case.config
    for name, weight in module.state_dict().items():
        array = weight.detach().numpy().astype(np.float32)
        if name.startswith("lm_head"):
            if not config.tie_word_embeddings:
                yield "output.weight", array
            continue
        name = name.removeprefix("model.").removeprefix("language_model.")
        if name.startswith("embed_tokens"):
            yield "token_embd.weight", array
        elif name.startswith("norm."):
            yield "output_norm." + name.split(".")[-1], array
        elif name.startswith("layers."):
            _, layer, rest = name.split(".", 2)
            yield from layer_tensors(case, f"blk.{layer}.", rest, array)
        else:
            raise ValueError(f"unknown weight {name}")
    if case.rope_divisors is not None:
        yield "rope_freqs.weight", case.rope_divisors


def layer_tensors(case, block, name, array):
    config = case.config
    if "experts.gate_up_proj" in name or "experts.down_proj" in name:
        # Llama 4 stores its experts input-first.
        if config.model_type == "llama4_text":
            array = array.swapaxes(1, 2)
        if "down" in name:
            yield block + "ffn_down_exps.weight", np.ascontiguousarray(array)
        else:
            gate, up = np.split(array, 2, axis=1)
            yield block + "ffn_gate_exps.weight", np.ascontiguousarray(gate)
            yield block + "ffn_up_exps.weight", np.ascontiguousarray(up)
        return
    stem, kind = name.rsplit(".", 1)
    if case.permuted and stem.endswith("q_proj"):
        array = permute(array, config.num_attention_heads)
    if case.permuted and stem.endswith("k_proj"):
        array = permute(array, config.num_key_value_heads)
    yield block + RENAMED[stem] + "." + kind, np.ascontiguousarray(array)


def write_gguf(case, module, path):
    """The model as a GGUF file in F32."""
    config = case.config
    writer = gguf.GGUFWriter(path, case.architecture)
    head = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    writer.add_block_count(config.num_hidden_layers)
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(config.hidden_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_key_length(head)
    writer.add_value_length(head)
    writer.add_rope_dimension_count(head)
    writer.add_rope_freq_base(config.rope_parameters["rope_theta"])
    writer.add_vocab_size(VOCABULARY)
    if hasattr(config, "rms_norm_eps"):
        writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    else:
        writer.add_layer_norm_eps(config.norm_epsilon)
    writer.add_feed_forward_length(getattr(config, "intermediate_size_mlp", None) or config.intermediate_size)
    experts = getattr(config, "num_local_experts", None) or getattr(config, "num_experts", None)
    if experts:
        writer.add_expert_count(experts)
        writer.add_expert_used_count(config.num_experts_per_tok)
        width = getattr(config, "moe_intermediate_size", None) or config.intermediate_size
        if config.model_type != "mixtral":
            writer.add_expert_feed_forward_length(width)
    if config.model_type == "llama4_text":
        writer.add_interleave_moe_layer_step(config.interleave_moe_layer_step)
    for key, value in case.metadata.items():
        if isinstance(value, str):
            writer.add_string(key, value)
        elif isinstance(value, float):
            writer.add_float32(key, value)
        else:
            writer.add_uint32(key, value)
    add_vocabulary(writer)
    for name, array in tensors(case, module):
        writer.add_tensor(name, array.astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def add_vocabulary(writer, size=VOCABULARY):
    """A SentencePiece vocabulary: three special tokens, the bytes, and made-up words."""
    names = ["<unk>", "<s>", "</s>"] + [f"<0x{byte:02X}>" for byte in range(256)]
    names += [f"▁w{index}" for index in range(size - len(names))]
    kinds = [2, 3, 3] + [6] * 256 + [1] * (size - 259)
    writer.add_tokenizer_model("llama")
    writer.add_token_list(names[:size])
    writer.add_token_scores([-float(index) for index in range(size)])
    writer.add_token_types(kinds[:size])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
