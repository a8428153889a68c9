"""Stage 5: a checkpoint as GGUF, `llama` architecture, with its tokenizer.

    python -m fettle_training.export .data/runs/cpu/checkpoint.pt fettle-repair.gguf F16
"""

import argparse
import json
from pathlib import Path

import gguf
import numpy as np
import torch

from . import tokenizer
from .prompt import END, FORMAT, MIDDLE, PAD, PREFIX, SUFFIX
from .train import load
from .workspace import configuration

FILE_TYPES = {"F32": gguf.LlamaFileType.ALL_F32, "F16": gguf.LlamaFileType.MOSTLY_F16}


def write_shape(writer: gguf.GGUFWriter, shape) -> None:
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.feed_forward)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.key_value_heads)
    writer.add_key_length(shape.head_width)
    writer.add_value_length(shape.head_width)
    writer.add_rope_dimension_count(shape.head_width)
    writer.add_rope_freq_base(shape.rope_base)
    writer.add_layer_norm_rms_eps(shape.norm_epsilon)
    writer.add_vocab_size(shape.vocabulary)


def write_tokenizer(writer: gguf.GGUFWriter) -> None:
    described = json.loads(tokenizer.path().read_text())
    special = {entry["content"]: entry["id"] for entry in described["added_tokens"]}
    by_id = {index: token for token, index in {**described["model"]["vocab"], **special}.items()}
    tokens = [by_id[index] for index in range(len(by_id))]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre(tokenizer.PRE_NAME)
    writer.add_token_list(tokens)
    writer.add_token_types([gguf.TokenType.CONTROL if token in special else gguf.TokenType.NORMAL for token in tokens])
    writer.add_token_merges([m if isinstance(m, str) else " ".join(m) for m in described["model"]["merges"]])
    writer.add_add_bos_token(False)
    writer.add_bos_token_id(special[END])
    writer.add_eos_token_id(special[END])
    writer.add_pad_token_id(special[PAD])
    for key, token in (("eot", END), ("fim_pre", PREFIX), ("fim_suf", SUFFIX), ("fim_mid", MIDDLE), ("fim_pad", PAD),
                       ("fim_rep", "<|repo_name|>"), ("fim_sep", "<|file_sep|>")):
        writer.add_uint32(f"tokenizer.ggml.{key}_token_id", special[token])


def export(checkpoint: Path, into: Path, kind: str = "F16") -> None:
    model = load(checkpoint)
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    packing = configuration(state["name"])["packing"]
    writer = gguf.GGUFWriter(str(into), "llama")
    writer.add_name("Fettle Repair")
    writer.add_description(f"Rewrites suspicious lines of code. Trained from scratch on {state['tokens']} tokens, seed {state['seed']}.")
    writer.add_license("Apache-2.0")
    writer.add_file_type(FILE_TYPES[kind])
    write_shape(writer, model.shape)
    write_tokenizer(writer)
    writer.add_string("fettle.repair.format", FORMAT)
    writer.add_uint32("fettle.repair.prompt_tokens", max(budgets[1] for budgets in packing["kinds"].values()))
    for name, weight in model.state_dict().items():
        is_matrix = weight.dim() == 2
        writer.add_tensor(name, weight.numpy().astype(np.float16 if is_matrix and kind == "F16" else np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    print(f"{into}: {into.stat().st_size / 1e6:.1f} MB, {kind}")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("checkpoint", type=Path)
    arguments.add_argument("into", type=Path)
    arguments.add_argument("kind", choices=FILE_TYPES, nargs="?", default="F16")
    chosen = arguments.parse_args()
    export(chosen.checkpoint, chosen.into, chosen.kind)
