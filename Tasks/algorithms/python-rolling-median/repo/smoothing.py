"""Smooths readings with the median of the latest few."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence


class Window:
    """Readings in order of size."""

    def __init__(self) -> None:
        self._sorted: list[float] = []

    def __len__(self) -> int:
        return len(self._sorted)

    def add(self, reading: float) -> None:
        insort(self._sorted, reading)

    def remove(self, reading: float) -> None:
        """Take one such reading out."""
        place = bisect_left(self._sorted, reading)
        if place == len(self._sorted) or self._sorted[place] != reading:
            raise ValueError(f"{reading} is not in the window")
        del self._sorted[place]

    def median(self) -> float:
        """The middle reading, or the mean of the two in the middle."""
        middle = len(self._sorted) // 2
        if len(self._sorted) % 2 == 1:
            return self._sorted[middle]
        return (self._sorted[middle - 1] + self._sorted[middle]) / 2


def rolling_median(readings: Sequence[float], width: int) -> list[float]:
    """For each reading, the median of it and the `width` - 1 before it, as far as there are so many."""
    if width < 1:
        raise ValueError("the window is empty")
    window = Window()
    medians = []
    for index, reading in enumerate(readings):
        if index >= width:
            window.remove(readings[index - width + 1])
        window.add(reading)
        medians.append(window.median())
    return medians
