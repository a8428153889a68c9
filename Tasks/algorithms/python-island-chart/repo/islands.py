"""Islands on a chart of squares: `#` is land, everything else water."""

from __future__ import annotations

from collections.abc import Sequence

Square = tuple[int, int]


def survey(chart: Sequence[str]) -> dict[Square, int]:
    """The size of each island, by its first square: the topmost row, and in it the leftmost.

    Squares that touch at a side belong together.
    """
    seen: set[Square] = set()
    sizes: dict[Square, int] = {}
    for row in range(len(chart)):
        for column in range(len(chart[row])):
            if chart[row][column] != "#" or (row, column) in seen:
                continue
            seen.add((row, column))
            pending = [(row, column)]
            size = 0
            while pending:
                row, column = pending.pop()
                size += 1
                for square in around(row, column):
                    if square not in seen and is_land(chart, square):
                        seen.add(square)
                        pending.append(square)
            sizes[row, column] = size
    return sizes


def around(row: int, column: int) -> list[Square]:
    """The four squares that share a side with a square."""
    return [(row - 1, column), (row, column - 1), (row, column + 1), (row + 1, column)]


def is_land(chart: Sequence[str], square: Square) -> bool:
    row, column = square
    return 0 <= row < len(chart) and 0 <= column < len(chart[row]) and chart[row][column] == "#"


def largest(chart: Sequence[str]) -> int:
    """The size of the largest island; 0 where there is only water."""
    return max(survey(chart).values(), default=0)
