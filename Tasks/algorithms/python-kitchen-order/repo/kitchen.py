"""Puts the numbered steps of a recipe in order."""

from __future__ import annotations

import heapq
from collections.abc import Iterable


def order_steps(count: int, rules: Iterable[tuple[int, int]]) -> list[int]:
    """The steps 1 to `count` so that for each rule its first step comes before its second.

    Of the steps that can be done at a time, the lowest comes first. Raises ValueError where
    the rules contradict each other.
    """
    followers: list[list[int]] = [[] for _ in range(count + 1)]
    blockers = [0] * (count + 1)
    for first, second in rules:
        if not (1 <= first <= count and 1 <= second <= count):
            raise ValueError(f"there is no rule from {first} to {second}")
        followers[first].append(second)
        blockers[second] += 1

    ready = [step for step in range(1, count + 1) if blockers[step] == 0]
    heapq.heapify(ready)
    ordered = []
    while ready:
        step = ready.pop()
        ordered.append(step)
        for follower in followers[step]:
            blockers[follower] -= 1
            if blockers[follower] == 0:
                heapq.heappush(ready, follower)

    if len(ordered) < count:
        stuck = [step for step in range(1, count + 1) if blockers[step] > 0]
        raise ValueError(f"the rules contradict each other at {stuck}")
    return ordered


def obeys(steps: list[int], rules: Iterable[tuple[int, int]]) -> bool:
    """Whether an order of steps obeys all the rules."""
    place = {step: index for index, step in enumerate(steps)}
    return all(place[first] < place[second] for first, second in rules)
