"""The plain rival: a trigram model of tokens, interpolated with absolute discounting (Ney, Essen and Kneser, 1994)."""

import math
import pickle
import random
from collections import Counter

from . import corpus
from .tokenizer import LineEncoder
from .workspace import folder

DISCOUNT = 0.75


class Trigrams:
    def __init__(self, vocabulary: int):
        self.vocabulary = vocabulary
        self.counts = [Counter(), Counter(), Counter()]  # of one, two and three tokens
        self.total = 0

    def learn(self, tokens: list[int]) -> None:
        self.total += len(tokens)
        self.counts[0].update(tokens)
        self.counts[1].update(zip(tokens, tokens[1:]))
        self.counts[2].update(zip(tokens, tokens[1:], tokens[2:]))

    def finish(self) -> None:
        """How often each history was seen, and how many tokens followed it."""
        self.histories, self.followers = [Counter(), Counter()], [Counter(), Counter()]
        for order in (0, 1):
            for gram, count in self.counts[order + 1].items():
                history = gram[:-1]
                self.histories[order][history] += count
                self.followers[order][history] += 1
        self.after = {}
        for gram in self.counts[2]:
            self.after.setdefault(gram[:2], []).append(gram[2])

    def probability(self, a: int, b: int, c: int) -> float:
        estimate = (self.counts[0][c] + 0.1) / (self.total + 0.1 * self.vocabulary)
        for order, history in ((0, (b,)), (1, (a, b))):
            seen = self.histories[order][history]
            if seen:
                direct = max(0.0, self.counts[order + 1][(*history, c)] - DISCOUNT)
                estimate = (direct + DISCOUNT * self.followers[order][history] * estimate) / seen
        return estimate

    def score(self, before: list[int], middle: list[int], after: list[int]) -> float:
        tokens = before[-2:] + middle + after[:2]
        return sum(math.log(self.probability(*tokens[i - 2 : i + 1])) for i in range(2, len(tokens)))

    def sample_line(self, before: list[int], newlines: set[int], rng: random.Random, longest: int = 60) -> list[int]:
        """A line that may follow, drawn from what followed the same two tokens."""
        a, b = before[-2:]
        line: list[int] = []
        while len(line) < longest:
            choices = self.after.get((a, b))
            if not choices:
                return line
            c = rng.choices(choices, [self.counts[2][(a, b, c)] for c in choices])[0]
            line.append(c)
            if c in newlines:
                return line
            a, b = b, c
        return line


def trained(most_tokens: int = 8_000_000) -> Trigrams:
    """The model of the training functions; kept between calls."""
    place = folder("runs") / "trigrams.pickle"
    if place.exists():
        return pickle.loads(place.read_bytes())
    encoder = LineEncoder()
    model = Trigrams(encoder.tokenizer.get_vocab_size())
    found = [f["lines"] for f in corpus.load("train") if f["weight"] >= 1]
    random.Random(1).shuffle(found)
    for begin in range(0, len(found), 2000):
        some = found[begin : begin + 2000]
        encoder.learn(line for lines in some for line in lines)
        for lines in some:
            model.learn([0, 0] + [token for line in lines for token in encoder(line)])
        if model.total > most_tokens:
            break
    model.finish()
    place.write_bytes(pickle.dumps(model))
    return model
