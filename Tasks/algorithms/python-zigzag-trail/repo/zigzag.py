"""Zigzags among the heights along a trail."""

from __future__ import annotations

from collections.abc import Sequence


def longest_zigzag(heights: Sequence[int]) -> int:
    """The most points that can be picked, in order, so that the way between them goes up and down in turn."""
    if not heights:
        return 0
    ended_up = ended_down = 1
    for before, after in zip(heights, heights[1:]):
        if after > before:
            ended_up = ended_up + 1
        elif after < before:
            ended_down = ended_up + 1
    return max(ended_up, ended_down)


def turning_points(heights: Sequence[int]) -> list[int]:
    """The positions of peaks and valleys; of a plateau, the last point counts."""
    turns = []
    direction = 0
    for position in range(1, len(heights)):
        step = heights[position] - heights[position - 1]
        if step == 0:
            continue
        if direction * step < 0:
            turns.append(position - 1)
        direction = step
    return turns


def climb(heights: Sequence[int]) -> int:
    """All the metres that the trail goes up."""
    return sum(max(0, after - before) for before, after in zip(heights, heights[1:]))
