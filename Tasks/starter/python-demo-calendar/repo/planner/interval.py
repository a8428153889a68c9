"""Half-open intervals of minutes, and what can be done with a pile of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from planner.clock import format_minutes


@dataclass(frozen=True, order=True)
class Interval:
    """The minutes from `start` up to, but not including, `end`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("an interval cannot end before it starts")

    def __repr__(self) -> str:
        return f"{format_minutes(self.start)}-{format_minutes(self.end)}"

    @property
    def length(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Interval) -> bool:
        """Whether the two have at least one minute in common."""
        return self.start < other.end and other.start < self.end

    def clamped(self, bounds: Interval) -> Interval | None:
        """The part that lies within `bounds`, or None where there is no such part."""
        if not self.overlaps(bounds):
            return None
        return Interval(max(self.start, bounds.start), min(self.end, bounds.end))


def merge(intervals: Iterable[Interval]) -> list[Interval]:
    """The fewest intervals that cover the same minutes, in order."""
    merged: list[Interval] = []
    for interval in sorted(intervals):
        if merged and interval.start < merged[-1].end:
            last = merged[-1]
            merged[-1] = Interval(last.start, max(last.end, interval.end))
        else:
            merged.append(interval)
    return merged


def gaps(intervals: Iterable[Interval], bounds: Interval) -> list[Interval]:
    """The stretches of `bounds` that none of the intervals covers."""
    found = []
    cursor = bounds.start
    for interval in merge(intervals):
        if interval.start > cursor:
            found.append(Interval(cursor, interval.start))
        cursor = interval.end
    if cursor < bounds.end:
        found.append(Interval(cursor, bounds.end))
    return found
