"""Which price is in force on a day."""

from __future__ import annotations

import bisect
from collections.abc import Iterable


class Tariffs:
    """Prices, each in force from a day on until the next one begins. Days are plain numbers."""

    def __init__(self, prices: Iterable[tuple[int, float]] = ()) -> None:
        self._days: list[int] = []
        self._prices: list[float] = []
        for day, price in prices:
            self.set(day, price)

    def set(self, day: int, price: float) -> None:
        """Let a price be in force from a day on; it replaces one that begins on the same day."""
        place = bisect.bisect_left(self._days, day)
        if place < len(self._days) and self._days[place] == day:
            self._prices[place] = price
        else:
            self._days.insert(place, day)
            self._prices.insert(place, price)

    def price(self, day: int) -> float:
        """The price that is in force on a day; LookupError before the first one begins."""
        place = bisect.bisect_right(self._days, day)
        return self._prices[place - 1]

    def cost(self, start: int, end: int, amount: float) -> float:
        """What it costs to use `amount` on each of the days from `start` until before `end`."""
        return sum(self.price(day) * amount for day in range(start, end))

    def changes(self, start: int, end: int) -> list[int]:
        """The days from `start` until before `end` on which a price begins."""
        first = bisect.bisect_left(self._days, start)
        return self._days[first : bisect.bisect_left(self._days, end)]
