"""Batches of packed examples, the same ones in the same order for the same seed, so that training resumes where it stopped."""

import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from .workspace import folder

#: How many examples are sorted by length together: little padding, yet batches stay mixed.
POOL = 4000


@dataclass
class Batch:
    inputs: torch.Tensor  # [batch, time]
    #: Flat positions whose next token is predicted, that token, and whether it is part of a middle.
    positions: torch.Tensor
    targets: torch.Tensor
    in_middle: torch.Tensor
    tokens: int


def make_batch(rows: list[np.ndarray], prompts: list[int], context_share: float, rng: np.random.Generator, pad: int) -> Batch:
    """All tokens of the middles are predicted, and a share of the prompts' tokens."""
    longest = max(map(len, rows)) - 1
    inputs = np.full((len(rows), longest), pad, np.int64)
    positions, targets, in_middle = [], [], []
    for index, (row, prompt) in enumerate(zip(rows, prompts)):
        inputs[index, : len(row) - 1] = row[:-1]
        middle = np.arange(prompt - 1, len(row) - 1)
        context = np.flatnonzero(rng.random(prompt - 1) < context_share)
        for where, is_middle in ((context, False), (middle, True)):
            positions.append(index * longest + where)
            targets.append(row[where + 1].astype(np.int64))
            in_middle.append(np.full(len(where), is_middle))
    join = lambda parts: torch.from_numpy(np.concatenate(parts))
    return Batch(torch.from_numpy(inputs), join(positions), join(targets), join(in_middle), sum(map(len, rows)))


def shards(kind: str) -> list[Path]:
    return sorted(folder("packed").glob(f"*-{kind}.npz"))


def batches_of_pass(kind: str, number: int, batch_tokens: int, context_share: float, seed: int, pad: int):
    """The batches of pass `number` over the data: of one shard, shuffled."""
    available = shards(kind)
    if not available:
        raise SystemExit(f"no packed examples of kind {kind}: run the pack stage first")
    with np.load(available[number % len(available)]) as shard:
        tokens, starts, prompts = shard["tokens"], shard["starts"], shard["prompts"]
    rng, order = np.random.default_rng((seed, number)), random.Random(seed * 1_000_003 + number)
    indices = rng.permutation(len(prompts))
    lengths = np.diff(starts)
    for begin in range(0, len(indices), POOL):
        pool = sorted(indices[begin : begin + POOL], key=lambda i: lengths[i])
        groups, group = [], []
        for index in pool:
            if group and (len(group) + 1) * lengths[index] > batch_tokens:
                groups.append(group)
                group = []
            group.append(index)
        groups.append(group)
        order.shuffle(groups)
        for group in groups:
            rows = [tokens[starts[i] : starts[i + 1]] for i in group]
            yield make_batch(rows, [int(prompts[i]) for i in group], context_share, rng, pad)
