"""Begins a run from an exported model instead of from scratch: its tokenizer, and a checkpoint that holds its weights.

    python -m fettle_training.shipped ../Sources/CModel/fettle-repair.gguf cpu

For when the weights that were trained are gone and the model that was shipped is not. Quantised weights are taken as they stand; the
optimisers begin anew, so the rate warms up again. What was trained before counts towards the configured tokens. Examples that another
tokenizer packed are of no use to it.
"""

import argparse
import re
from pathlib import Path

import gguf
import torch
from tokenizers import Tokenizer

from . import tokenizer
from .model import Llama, Shape
from .optimisers import optimisers
from .prompt import FORMAT
from .workspace import configuration, folder


def tokenizer_of(reader: gguf.GGUFReader) -> Tokenizer:
    tokens, kinds, merges = (reader.fields[f"tokenizer.ggml.{key}"].contents() for key in ("tokens", "token_type", "merges"))
    special = [token for token, kind in zip(tokens, kinds) if kind == gguf.TokenType.CONTROL]
    return tokenizer.assembled(tokens, special, [tuple(merge.split(" ")) for merge in merges])


def weights(reader: gguf.GGUFReader) -> dict[str, torch.Tensor]:
    return {
        tensor.name: torch.from_numpy(gguf.quants.dequantize(tensor.data, tensor.tensor_type).copy()).float()
        for tensor in reader.tensors}


def shape_of(reader: gguf.GGUFReader) -> Shape:
    keys = {
        "width": "embedding_length", "layers": "block_count", "heads": "attention.head_count",
        "key_value_heads": "attention.head_count_kv", "feed_forward": "feed_forward_length", "context": "context_length",
        "vocabulary": "vocab_size", "rope_base": "rope.freq_base", "norm_epsilon": "attention.layer_norm_rms_epsilon"}
    found = {name: reader.fields[f"llama.{key}"].contents() for name, key in keys.items()}
    # The file's floats are of 32 bits, a configuration's of 64.
    return Shape(**{name: float(f"{value:.7g}") if isinstance(value, float) else value for name, value in found.items()})


def load(exported: Path) -> tuple[Llama, Tokenizer]:
    """An export, of whatever type its weights are: what is left of the model after quantisation."""
    reader = gguf.GGUFReader(exported)
    if reader.fields["fettle.repair.format"].contents() != FORMAT:
        raise SystemExit(f"{exported} was not trained on prompts of format {FORMAT}")
    model = Llama(shape_of(reader))
    model.load_state_dict(weights(reader))
    return model.eval().requires_grad_(False), tokenizer_of(reader)


def run(exported: Path, name: str) -> None:
    settings = configuration(name)
    checkpoint = folder("runs", name) / "checkpoint.pt"
    (model, described), training = load(exported), settings["training"]
    if model.shape != Shape(**settings["shape"]):
        raise SystemExit(f"{exported} has not the shape that configuration {name} names")
    if tokenizer.path().exists() and Tokenizer.from_file(str(tokenizer.path())).to_str() != described.to_str():
        raise SystemExit(f"{tokenizer.path()} is another tokenizer's: move it and {folder('packed')} away to begin from {exported}")
    if checkpoint.exists():
        raise SystemExit(f"{checkpoint} is there already: move it away to begin from {exported}")
    described.save(str(tokenizer.path()))
    trained = re.search(r"(\d+) tokens", gguf.GGUFReader(exported).fields["general.description"].contents())
    fresh = optimisers(model, training["matrix_rate"], training["other_rate"], False)
    tokens = int(trained.group(1)) if trained else 0
    # It goes on with other shards than it began with.
    passes = round(settings["examples"]["shards"] * min(1, tokens / training["tokens"]))
    torch.save({
        "shape": model.shape.as_dict(), "model": model.state_dict(), "average": model.state_dict(),
        "optimisers": [o.state_dict() for o in fresh], "step": 0, "tokens": tokens, "passes": passes, "batch": 0, "seconds": 0.0,
        "name": name, "seed": training["seed"], "before": tokens}, checkpoint)
    more = "" if tokens < training["tokens"] else f"; raise `tokens` in configs/{name}.toml, or nothing is left to train"
    print(f"{checkpoint}: {exported.name} after {tokens} tokens, of {training['tokens']}{more}")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("exported", type=Path)
    arguments.add_argument("configuration")
    a = arguments.parse_args()
    run(a.exported, a.configuration)
