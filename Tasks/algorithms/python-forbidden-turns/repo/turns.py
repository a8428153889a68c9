"""The quickest way through a town in which some turns are forbidden."""

from __future__ import annotations

import heapq


class Town:
    """Crossings with names, and roads between them that take some minutes."""

    def __init__(self) -> None:
        self._roads: dict[str, dict[str, int]] = {}
        self._forbidden: set[tuple[str, str, str]] = set()

    def road(self, start: str, end: str, minutes: int) -> None:
        """Add a road from one crossing to another; it leads one way."""
        if minutes < 0:
            raise ValueError("a road takes no negative time")
        self._roads.setdefault(end, {})
        roads = self._roads.setdefault(start, {})
        roads[end] = min(minutes, roads.get(end, minutes))

    def forbid(self, before: str, crossing: str, after: str) -> None:
        """Forbid to go on to `after` for those who come to `crossing` from `before`."""
        self._forbidden.add((before, crossing, after))

    def quickest(self, start: str, goal: str) -> int | None:
        """The minutes of the quickest way; None where no way leads to the goal."""
        heap = [(0, start, "")]
        settled = set()
        while heap:
            minutes, crossing, before = heapq.heappop(heap)
            if crossing == goal:
                return minutes
            if crossing in settled:
                continue
            settled.add(crossing)
            for after, more in self._roads.get(crossing, {}).items():
                if (before, crossing, after) not in self._forbidden:
                    heapq.heappush(heap, (minutes + more, after, crossing))
        return None
