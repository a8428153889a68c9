"""What to load for the market: goods of which there are only so many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Good(NamedTuple):
    """Something to sell: the weight and the worth of one piece, and how many there are."""

    name: str
    weight: int
    worth: int
    count: int


def worth_by_load(goods: Sequence[Good], capacity: int) -> list[int]:
    """For every load from 0 up to `capacity`, the most that goods of that weight or less are worth."""
    best = [0] * (capacity + 1)
    for good in goods:
        if good.weight <= 0:
            raise ValueError(f"{good.name} weighs nothing")
        for _ in range(min(good.count, capacity // good.weight)):
            for load in range(good.weight, capacity + 1):
                best[load] = max(best[load], best[load - good.weight] + good.worth)
    return best


def most_worth(goods: Sequence[Good], capacity: int) -> int:
    """The most that a load of up to `capacity` can be worth."""
    return worth_by_load(goods, capacity)[capacity]


def smallest_van(goods: Sequence[Good], goal: int, largest: int) -> int | None:
    """The smallest capacity up to `largest` whose load is worth `goal` or more."""
    for load, worth in enumerate(worth_by_load(goods, largest)):
        if worth >= goal:
            return load
    return None
