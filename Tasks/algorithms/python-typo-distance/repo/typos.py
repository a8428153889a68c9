"""How many typos lie between two words, and what somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable


def typos(typed: str, meant: str) -> int:
    """The fewest typos that turn `meant` into `typed`.

    A typo is a letter too many, a missing letter, a wrong letter, or two neighbours swapped. No
    part of a word is mended twice.
    """
    table = [[column for column in range(len(meant) + 1)]]
    for row in range(1, len(typed) + 1):
        table.append([row] + [0] * len(meant))
        for column in range(1, len(meant) + 1):
            wrong = typed[row - 1] != meant[column - 1]
            best = min(
                table[row - 1][column] + 1,
                table[row][column - 1] + 1,
                table[row - 1][column - 1] + wrong,
            )
            if row > 1 and column > 1:
                swapped = typed[row - 1] == meant[column - 2] and typed[row - 2] == meant[column - 2]
                if swapped:
                    best = min(best, table[row - 2][column - 2] + 1)
            table[row][column] = best
    return table[len(typed)][len(meant)]


def suggest(typed: str, words: Iterable[str], limit: int = 2) -> list[str]:
    """The words at most `limit` typos away, the closest first, then by alphabet."""
    ranked = sorted((typos(typed, word), word) for word in words)
    return [word for distance, word in ranked if distance <= limit]
