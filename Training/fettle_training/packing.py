"""Stage 3b: examples as token ids, at several context budgets, in shards that training maps into memory."""

import random

import numpy as np

from .prompt import END, MIDDLE, PREFIX, SUFFIX, Example, comment, prompt_lines
from .tokenizer import LineEncoder
from .workspace import folder, read_lines

#: How many training prompts hide the buggy lines.
HIDDEN = 0.1
#: How many of the failures that are known are told.
TOLD = 0.5
FIELDS = ("language", "above", "bug", "fix", "below", "facts", "operator", "project")


def example_of(record: dict) -> Example:
    return Example(**{name: record[name] for name in FIELDS if name in record})


def encode_prompt(example: Example, budget: int, encoder: LineEncoder, shows_bug: bool = True) -> list[int]:
    before, after = prompt_lines(example, budget, lambda line: len(encoder(line)), shows_bug)
    ids = [encoder.special[PREFIX]]
    for line in before:
        ids += encoder(line)
    ids.append(encoder.special[SUFFIX])
    for line in after:
        ids += encoder(line)
    return ids + [encoder.special[MIDDLE]]


def encode_middle(lines: list[str], encoder: LineEncoder) -> list[int]:
    return [token for line in lines for token in encoder(line)] + [encoder.special[END]]


def lines_of(example: Example):
    yield from example.above
    yield from example.below
    yield from example.fix
    for line in example.bug:
        yield comment(line, example.language, "BUG: ")


def pack(shard: int, name: str, budgets: tuple[int, int], most_tokens: int, encoder: LineEncoder) -> None:
    """Writes `packed/SHARD-NAME.npz`: all tokens in a row, where each example begins, and how long its prompt is."""
    place = folder("packed") / f"{shard:03}-{name}.npz"
    if place.exists():
        return
    rng = random.Random(f"{shard} {name}")
    tokens, starts, prompts = [], [0], []
    for record in read_lines(folder("examples") / f"train-{shard:03}.jsonl"):
        example = example_of(record)
        if rng.random() > TOLD:
            example.facts = []
        prompt = encode_prompt(example, rng.randint(*budgets), encoder, rng.random() > HIDDEN)
        middle = encode_middle(example.fix, encoder)
        if len(prompt) + len(middle) <= most_tokens and len(prompt) <= 1.5 * budgets[1]:
            tokens += prompt + middle
            starts.append(len(tokens))
            prompts.append(len(prompt))
    partial = place.with_name(place.name + ".partial.npz")
    np.savez(partial, tokens=np.array(tokens, np.uint16), starts=np.array(starts, np.int64), prompts=np.array(prompts, np.int32))
    partial.rename(place)
    print(f"shard {shard} {name}: {len(prompts)} examples, {len(tokens) / 1e6:.2f} M tokens", flush=True)


def run(shards: range, kinds: dict[str, list[int]], most_tokens: int) -> None:
    encoder = LineEncoder()
    for shard in shards:
        if all((folder("packed") / f"{shard:03}-{name}.npz").exists() for name in kinds):
            continue
        encoder.learn(line for record in read_lines(folder("examples") / f"train-{shard:03}.jsonl") for line in lines_of(example_of(record)))
        for name, budgets in kinds.items():
            pack(shard, name, tuple(budgets), most_tokens, encoder)
