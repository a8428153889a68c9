"""Walks through a hall in a spiral, from the corner inwards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

Seat = TypeVar("Seat")


def spiral(hall: Sequence[Sequence[Seat]]) -> list[Seat]:
    """The seats clockwise from the first of the first row, each of them once."""
    seats: list[Seat] = []
    if not hall:
        return seats
    top, bottom = 0, len(hall) - 1
    left, right = 0, len(hall[0]) - 1
    while top <= bottom and left <= right:
        seats += hall[top][left : right + 1]
        top += 1
        seats += [row[right] for row in hall[top : bottom + 1]]
        right -= 1
        if top <= bottom:
            seats += [hall[bottom][column] for column in range(right, left - 1, -1)]
            bottom -= 1
        seats += [hall[row][left] for row in range(bottom, top - 1, -1)]
        left += 1
    return seats


def numbered(rows: int, columns: int) -> list[list[int]]:
    """A hall whose seats carry their numbers along the spiral, from 1."""
    places = [[(row, column) for column in range(columns)] for row in range(rows)]
    plan = [[0] * columns for _ in range(rows)]
    for number, (row, column) in enumerate(spiral(places), start=1):
        plan[row][column] = number
    return plan
