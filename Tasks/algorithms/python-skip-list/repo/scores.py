"""A skip list of scores; the heights of its towers come from outside."""

from __future__ import annotations

from collections.abc import Iterator

LEVELS = 6


class _Tower:
    def __init__(self, score: int, height: int) -> None:
        self.score = score
        self.following: list[_Tower | None] = [None] * height


class Scores:
    """Different scores in ascending order."""

    def __init__(self, heights: Iterator[int]) -> None:
        self._heights = heights
        self._head = _Tower(0, LEVELS)

    def __iter__(self) -> Iterator[int]:
        tower = self._head.following[0]
        while tower is not None:
            yield tower.score
            tower = tower.following[0]

    def __contains__(self, score: int) -> bool:
        return any(tower is not None and tower.score == score for tower in self._next(score))

    def add(self, score: int) -> bool:
        """Put a score in; False where it is there already."""
        if score in self:
            return False
        tower = _Tower(score, min(next(self._heights), LEVELS))
        before = self._before(score)
        for level in range(len(tower.following)):
            tower.following[level] = before[level].following[level]
            before[level].following[level] = tower
        return True

    def remove(self, score: int) -> bool:
        """Take a score out; False where it is not there."""
        before = self._before(score)
        if score not in self:
            return False
        tower = before[0].following[0]
        if tower is not None and tower.score == score:
            before[0].following[0] = tower.following[0]
        return True

    def _before(self, score: int) -> list[_Tower]:
        """On each level, the last tower with a lower score."""
        before = [self._head] * LEVELS
        tower = self._head
        for level in reversed(range(LEVELS)):
            while (after := tower.following[level]) is not None and after.score < score:
                tower = after
            before[level] = tower
        return before

    def _next(self, score: int) -> list[_Tower | None]:
        return [tower.following[level] for level, tower in enumerate(self._before(score))]
