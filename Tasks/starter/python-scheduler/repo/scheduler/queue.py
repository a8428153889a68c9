"""The jobs that wait, the most urgent first."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Job:
    """Something to do. A smaller number is a more urgent priority."""

    name: str
    action: Callable[[], None]
    priority: int = 10
    not_before: float = 0.0
    failures: int = field(default=0, compare=False)


class Queue:
    """Jobs by priority; jobs of equal priority in the order they came."""

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, Job]] = []
        self._delayed: list[tuple[float, int, Job]] = []
        self._counter = itertools.count()

    def __len__(self) -> int:
        return len(self._heap) + len(self._delayed)

    def push(self, job: Job, now: float = 0.0) -> None:
        """Add a job; it becomes ready when the time in `not_before` has come."""
        number = next(self._counter)
        if job.not_before > now:
            heapq.heappush(self._delayed, (job.not_before, number, job))
        else:
            heapq.heappush(self._heap, (job.priority, -number, job))

    def pop(self, now: float) -> Job | None:
        """Take the most urgent job that is ready, or None."""
        self._wake(now)
        if not self._heap:
            return None
        return heapq.heappop(self._heap)[-1]

    def cancel(self, name: str) -> int:
        """Remove the jobs of that name; returns how many there were."""
        before = len(self)
        self._heap = [entry for entry in self._heap if entry[-1].name != name]
        self._delayed = [entry for entry in self._delayed if entry[-1].name != name]
        heapq.heapify(self._heap)
        heapq.heapify(self._delayed)
        return before - len(self)

    def next_wake(self) -> float | None:
        """When the next delayed job becomes ready, or None where none is delayed."""
        return self._delayed[0][0] if self._delayed else None

    def _wake(self, now: float) -> None:
        while self._delayed and self._delayed[0][0] <= now:
            _, number, job = heapq.heappop(self._delayed)
            heapq.heappush(self._heap, (job.priority, number, job))
