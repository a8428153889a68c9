"""How many visitors are in a building at each minute, kept in a Fenwick tree of changes."""

from __future__ import annotations


class Attendance:
    """Counts visitors over the minutes 0 up to, but not including, `minutes`."""

    def __init__(self, minutes: int) -> None:
        if minutes <= 0:
            raise ValueError("a day has at least one minute")
        self.minutes = minutes
        self._changes = [0] * (minutes + 1)

    def stay(self, start: int, end: int, visitors: int = 1) -> None:
        """Count visitors who are there from `start` until just before `end`."""
        if not 0 <= start <= end <= self.minutes:
            raise ValueError(f"not a stay: {start} to {end}")
        self._change(start, visitors)

    def present_at(self, minute: int) -> int:
        """The visitors in the building at a minute."""
        if not 0 <= minute < self.minutes:
            raise IndexError(minute)
        total = 0
        node = minute + 1
        while node > 0:
            total += self._changes[node]
            node -= node & -node
        return total

    def busiest(self) -> int:
        """The first minute with the most visitors."""
        return max(range(self.minutes), key=self.present_at)

    def _change(self, minute: int, difference: int) -> None:
        node = minute + 1
        while node <= self.minutes:
            self._changes[node] += difference
            node += node & -node
