"""Whether a point is in a zone whose border is a polygon."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

Point = tuple[int, int]


def on_border(point: Point, zone: Sequence[Point]) -> bool:
    """Whether a point is a corner of the zone or on one of its sides."""
    x, y = point
    for (x1, y1), (x2, y2) in zip(zone, [*zone[1:], zone[0]]):
        turn = (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)
        if turn == 0 and min(x1, x2) <= x <= max(x1, x2) and min(y1, y2) <= y <= max(y1, y2):
            return True
    return False


def contains(point: Point, zone: Sequence[Point]) -> bool:
    """Whether a point is in the zone or on its border.

    From a point inside, the way to the right crosses the border an odd number of times.
    """
    if len(zone) < 3:
        raise ValueError("a zone has at least three corners")
    if on_border(point, zone):
        return True
    x, y = point
    inside = False
    last_x, last_y = zone[-1]
    for next_x, next_y in zone:
        if (last_y > y) != (next_y > y):
            share = Fraction(y - last_y, next_y - last_y)
            if x < last_x + share * (next_x - last_x):
                inside = not inside
            last_x, last_y = next_x, next_y
    return inside


def count_inside(points: Sequence[Point], zone: Sequence[Point]) -> int:
    """How many of the points are in the zone."""
    return sum(contains(point, zone) for point in points)
