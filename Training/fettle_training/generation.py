"""What a model makes of a prompt: sampled middles, and the likelihood of given ones. The prompt is read once for all of them."""

import torch
import torch.nn.functional as F

from .model import Llama


@torch.no_grad()
def sample(model: Llama, prompt: list[int], temperatures: torch.Tensor, end: int, longest: int, generator: torch.Generator, whole: bool = True):
    """One middle for each temperature; 0 decodes greedily. [(tokens, log likelihood)]; with `whole`, those that did not end are left out."""
    count = len(temperatures)
    hidden, past = model.hidden(torch.tensor([prompt]))
    logits = model.logits(hidden[:, -1]).expand(count, -1)
    past = [(keys.expand(count, -1, -1, -1), values.expand(count, -1, -1, -1)) for keys, values in past]
    alive = torch.arange(count)
    tokens: list[list[int]] = [[] for _ in range(count)]
    likelihood, finished = torch.zeros(count), []
    for _ in range(longest):
        logs = F.log_softmax(logits, -1)
        heat = temperatures[alive].clamp(min=1e-4).unsqueeze(1)
        chosen = torch.multinomial(F.softmax(logits / heat, -1), 1, generator=generator)[:, 0]
        chosen = torch.where(temperatures[alive] == 0, logits.argmax(-1), chosen)
        likelihood[alive] += logs.gather(1, chosen.unsqueeze(1))[:, 0]
        for row, token in zip(alive.tolist(), chosen.tolist()):
            if token == end:
                finished.append(row)
            else:
                tokens[row].append(token)
        going = chosen != end
        if not going.any():
            break
        alive = alive[going]
        past = [(keys[going], values[going]) for keys, values in past]
        hidden, past = model.hidden(chosen[going].unsqueeze(1), past)
        logits = model.logits(hidden[:, -1])
    return [(tokens[row], likelihood[row].item()) for row in (sorted(finished) if whole else range(count))]


@torch.no_grad()
def score(model: Llama, prompt: list[int], middles: list[list[int]], at_once: int = 64) -> list[float]:
    """The log likelihood of each middle, its end included."""
    _, past = model.hidden(torch.tensor([prompt[:-1]]))
    seen = len(prompt) - 1
    order = sorted(range(len(middles)), key=lambda i: len(middles[i]))
    result = [0.0] * len(middles)
    for begin in range(0, len(order), at_once):
        some = order[begin : begin + at_once]
        longest = max(len(middles[i]) for i in some)
        inputs = torch.zeros(len(some), longest, dtype=torch.long)
        targets, real = torch.zeros_like(inputs), torch.zeros(len(some), longest)
        for row, index in enumerate(some):
            middle = torch.tensor(middles[index])
            inputs[row, : len(middle)] = torch.tensor([prompt[-1], *middles[index][:-1]])
            targets[row, : len(middle)], real[row, : len(middle)] = middle, 1
        mask = torch.ones(longest, seen + longest, dtype=torch.bool)
        mask[:, seen:] = torch.tril(mask[:, seen:])
        hidden, _ = model.hidden(inputs, past, mask)
        logs = F.log_softmax(model.logits(hidden), -1).gather(-1, targets.unsqueeze(-1))[..., 0]
        for index, value in zip(some, (logs * real).sum(1).tolist()):
            result[index] = value
    return result
