"""Turns strokes into the points that a pen plotter visits one after the other."""

from __future__ import annotations

from collections.abc import Sequence

Point = tuple[int, int]


def line(start: Point, end: Point) -> list[Point]:
    """The points from one to another, one for each step along the longer axis."""
    across, down = end[0] - start[0], end[1] - start[1]
    steps = max(abs(across), abs(down))
    if steps == 0:
        return [start]
    points = []
    for step in range(steps + 1):
        points.append((start[0] + share(across, step, steps), start[1] + share(down, step, steps)))
    return points


def share(distance: int, step: int, steps: int) -> int:
    """How far one has come after some of the steps, rounded, halves away from zero."""
    size = (2 * abs(distance) * step + steps) // (2 * steps)
    return size if distance >= 0 else -size


def path(strokes: Sequence[Sequence[Point]]) -> list[Point]:
    """The points of all strokes in order; where one point follows itself it is visited once."""
    points: list[Point] = []
    for stroke in strokes:
        pieces = [line(start, end) for start, end in zip(stroke, stroke[1:])] or [list(stroke)]
        for piece in pieces:
            if points and piece and piece[0] != points[-1]:
                piece = piece[1:]
            points += piece
    return points


def draw(points: Sequence[Point], width: int, height: int) -> str:
    """A picture of the points, with `#` where one is."""
    visited = set(points)
    return "\n".join("".join(".#"[(x, y) in visited] for x in range(width)) for y in range(height))
