"""Checks an export against llama.cpp (`pip install llama-cpp-python`): the same token ids, the same greedy continuation as torch.

    python -m fettle_training.compare checkpoint.pt fettle-repair-F16.gguf --fettle ../.build/release/fettle

`--fettle` asks Fettle's engine for the likeliest token at each place of the same continuations.
"""

import argparse
import json
import subprocess
from pathlib import Path

import torch

from .generation import sample
from .packing import encode_prompt, example_of
from .prompt import END
from .tokenizer import LineEncoder
from .train import load
from .workspace import folder, read_lines


def greedy(engine, prompt: list[int], end: int, longest: int) -> list[int]:
    """llama.cpp's likeliest continuation, one token at a time."""
    engine.reset()
    tokens: list[int] = []
    for token in engine.generate(prompt, temp=0.0, top_k=1, repeat_penalty=1.0):
        if token == end or len(tokens) == longest:
            return tokens
        tokens.append(token)
    return tokens


def likeliest(program: Path, exported: Path, tokens: list[int]) -> list[int]:
    """What Fettle's engine holds for likeliest after each token."""
    command = [program, "model", "logits", exported, "--all", "--as-generated", "--json", "--tokens", ",".join(map(str, tokens))]
    rows = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True).stdout.splitlines()
    return [max(range(len(logits)), key=logits.__getitem__) for logits in (json.loads(row)["logits"] for row in rows)]


def run(checkpoint: Path, exported: Path, count: int, program: Path | None, longest: int = 48) -> None:
    from llama_cpp import Llama as Engine

    model, encoder = load(checkpoint), LineEncoder()
    engine = Engine(str(exported), n_ctx=1024, n_threads=1, verbose=False)
    end = encoder.special[END]
    same_text = same_tokens = same_here = 0
    examples = [example_of(r) for r in list(read_lines(folder("examples") / "test-synthetic.jsonl"))[:count]]
    for example in examples:
        text = "\n".join(example.above + example.bug + example.below) + "\n"
        by_line = [token for line in text.splitlines() for token in encoder(line)]
        same_tokens += engine.tokenize(text.encode(), add_bos=False, special=False) == by_line
        prompt = encode_prompt(example, 200, encoder)
        ours = sample(model, prompt, torch.zeros(1), end, longest, torch.Generator().manual_seed(1), whole=False)[0][0]
        same_text += ours == greedy(engine, prompt, end, longest)
        if program:
            expected = (ours + [end])[:longest]
            same_here += likeliest(program, exported, prompt + expected[:-1])[len(prompt) - 1 :] == expected
    print(f"token ids equal in {same_tokens} of {count} functions, greedy continuations in {same_text} of {count} prompts")
    if program:
        print(f"Fettle's greedy continuations equal in {same_here} of {count} prompts")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("checkpoint", type=Path)
    arguments.add_argument("exported", type=Path)
    arguments.add_argument("--count", type=int, default=30)
    arguments.add_argument("--fettle", type=Path, help="the program")
    a = arguments.parse_args()
    run(a.checkpoint, a.exported, a.count, a.fettle)
