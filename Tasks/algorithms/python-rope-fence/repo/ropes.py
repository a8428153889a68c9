"""A rope around stakes in a field: the convex hull of points."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import dist

Point = tuple[int, int]


def corners(stakes: Iterable[Point]) -> list[Point]:
    """The stakes at which the rope bends, counterclockwise, from the leftmost (of those the lowest)."""
    ordered = sorted(set(stakes))
    if len(ordered) < 3:
        return ordered
    below = half(ordered)
    above = half(ordered[::-1])
    return below[:-1] + above[1:]


def half(ordered: list[Point]) -> list[Point]:
    """The stakes from the first to the last that turn to the left all the way."""
    chain: list[Point] = []
    for stake in ordered:
        while len(chain) >= 2 and turn(chain[-2], chain[-1], stake) <= 0:
            chain.pop()
        chain.append(stake)
    return chain


def turn(start: Point, middle: Point, end: Point) -> int:
    """Positive where the way bends to the left at its middle, negative to the right."""
    return (middle[0] - start[0]) * (end[1] - middle[1]) - (middle[1] - start[1]) * (end[0] - middle[0])


def length(stakes: Iterable[Point]) -> float:
    """How long the rope is."""
    bends = corners(stakes)
    return sum(dist(one, other) for one, other in zip(bends, bends[1:] + bends[:1]))


def area(stakes: Iterable[Point]) -> Fraction:
    """What the rope encloses."""
    bends = corners(stakes)
    pairs = zip(bends, bends[1:] + bends[:1])
    return Fraction(sum(one[0] * other[1] - other[0] * one[1] for one, other in pairs), 2)
