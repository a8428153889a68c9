"""Positions of a dial whose marks are in Gray code: neighbours differ in one bit."""

from __future__ import annotations


def pattern(position: int) -> int:
    """The bits at a position."""
    return position ^ (position >> 1)


def position(pattern: int) -> int:
    """The position at which one reads these bits."""
    shift = 1
    while pattern >> shift:
        pattern ^= pattern >> shift
        shift += 1
    return pattern


def track(bits: int) -> list[int]:
    """All patterns around a dial with so many bits, in order."""
    return [pattern(place) for place in range(1 << bits)]


def turn(before: int, after: int, bits: int) -> int:
    """How many marks the dial went from one pattern to another, the shorter way round.

    Backwards is negative; half a turn counts as forwards.
    """
    marks = 1 << bits
    forwards = (position(after) - position(before)) % marks
    return forwards if forwards <= marks // 2 else forwards - marks


def degrees(pattern: int, bits: int) -> float:
    """The angle at which one reads these bits."""
    return position(pattern) * 360 / (1 << bits)
