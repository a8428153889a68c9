"""The most rewarding section of a tour that ends where it began."""

from __future__ import annotations

from collections.abc import Sequence


def best_open_section(legs: Sequence[int]) -> int:
    """The highest total of one or more legs in a row, without crossing the start."""
    if not legs:
        raise ValueError("a tour has at least one leg")
    best = running = legs[0]
    for leg in legs[1:]:
        running = max(leg, running + leg)
        best = max(best, running)
    return best


def worst_open_section(legs: Sequence[int]) -> int:
    """The lowest total of one or more legs in a row, without crossing the start."""
    return -best_open_section([-leg for leg in legs])


def best_section(legs: Sequence[int]) -> int:
    """The highest total of one or more legs in a row, where the last leg leads to the first.

    A section across the start is the whole tour without a section in the middle.
    """
    total = sum(legs)
    worst = worst_open_section(legs)
    return max(best_open_section(legs), total - worst)


def best_start(legs: Sequence[int]) -> int:
    """The first of the legs to begin with for which the lowest balance on the way is highest."""

    def lowest(start: int) -> int:
        balance = low = 0
        for offset in range(len(legs)):
            balance += legs[(start + offset) % len(legs)]
            low = min(low, balance)
        return low

    return max(range(len(legs)), key=lowest)
