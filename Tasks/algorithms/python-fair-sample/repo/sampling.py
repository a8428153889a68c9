"""Draws a fair sample from a stream of unknown length."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

Item = TypeVar("Item")
Draw = Callable[[int], int]


def sample(stream: Iterable[Item], size: int, draw: Draw) -> list[Item]:
    """Up to `size` items of the stream; every choice of them is as likely as any other.

    `draw(n)` gives a random number from 0 up to n - 1. It is called once for each item after
    the first `size`.
    """
    if size < 0:
        raise ValueError("the size of a sample is not negative")
    kept: list[Item] = []
    for seen, item in enumerate(stream, start=0):
        if len(kept) < size:
            kept.append(item)
            continue
        place = draw(seen)
        if place < size:
            kept[place] = item
    return kept


def winner(stream: Iterable[Item], draw: Draw) -> Item:
    """One item of the stream."""
    winners = sample(stream, 1, draw)
    if not winners:
        raise ValueError("nobody took part")
    return winners[0]


def shuffled(items: Iterable[Item], draw: Draw) -> list[Item]:
    """The items in a random order, every one as likely as any other."""
    order: list[Item] = []
    for item in items:
        place = draw(len(order) + 1)
        order.append(item)
        order[place], order[-1] = order[-1], order[place]
    return order
