"""Counts ballots in one pass and with little memory (Boyer and Moore, 1981)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def favourite(ballots: Iterable[str]) -> str | None:
    """The only one who can have more than half of the votes; None where nobody can."""
    candidate = None
    lead = 0
    for ballot in ballots:
        if lead == 0:
            candidate = ballot
            lead = 1
        elif ballot == candidate:
            lead += 1
        else:
            lead -= 1
    return candidate if lead > 0 else None


def majority(ballots: Sequence[str]) -> str | None:
    """Who has more than half of the votes; None where nobody has.

    Empty ballots are votes too, but not for anybody.
    """
    winner = favourite(ballots)
    return winner or None


def announce(office: str, ballots: Sequence[str]) -> str:
    """The line for the notice board."""
    winner = majority(ballots)
    if winner is None:
        return f"{office}: no decision"
    return f"{office}: {winner}, {ballots.count(winner)} of {len(ballots)}"
