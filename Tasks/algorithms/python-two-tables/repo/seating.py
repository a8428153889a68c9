"""Seats guests at two tables so that nobody sits with somebody that they cannot stand."""

from __future__ import annotations

from collections.abc import Iterable


def seat(guests: Iterable[str], quarrels: Iterable[tuple[str, str]]) -> dict[str, int] | None:
    """The table, 0 or 1, of every guest; None where two tables are not enough.

    The first guest of the list who is still free to choose goes to table 0.
    """
    disliked: dict[str, list[str]] = {guest: [] for guest in guests}
    for one, other in quarrels:
        if one == other:
            raise ValueError(f"{one} has a quarrel with nobody else")
        disliked[one].append(other)
        disliked[other].append(one)

    tables: dict[str, int] = {}
    for guest in disliked:
        if guest in tables:
            continue
        tables[guest] = 0
        pending = [guest]
        while pending:
            current = pending.pop()
            for other in disliked[current]:
                if other not in tables:
                    tables[other] = 1 - tables[current]
                    pending.append(other)
                elif tables[other] == tables[current]:
                    return None
        return tables


def sizes(tables: dict[str, int]) -> tuple[int, int]:
    """How many guests sit at each of the two tables."""
    second = sum(tables.values())
    return len(tables) - second, second
