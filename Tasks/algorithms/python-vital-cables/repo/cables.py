"""Finds the cables of a network whose failure would cut it in two."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def vital_cables(cables: Sequence[tuple[int, int]]) -> list[int]:
    """The positions of the cables that are the only connection between two parts.

    Two switches may have several cables between them.
    """
    plugs: dict[int, list[tuple[int, int]]] = {}
    for position, (one, other) in enumerate(cables):
        plugs.setdefault(one, []).append((other, position))
        plugs.setdefault(other, []).append((one, position))

    entered: dict[int, int] = {}
    vital = []

    def explore(switch: int, arrived_by: int) -> int:
        """Visit what lies behind a switch; returns the earliest switch that can be reached from there."""
        earliest = entered[switch] = len(entered)
        for other, cable in plugs[switch]:
            if cable == arrived_by:
                continue
            if other in entered:
                earliest = min(earliest, entered[other])
                continue
            beyond = explore(other, cable)
            earliest = min(earliest, beyond)
            if beyond >= entered[switch]:
                vital.append(cable)
        return earliest

    for switch in plugs:
        if switch not in entered:
            explore(switch, -1)
    return sorted(vital)


def report(cables: Sequence[tuple[int, int]], names: dict[int, str]) -> Iterable[str]:
    """A line of text for each vital cable."""
    for position in vital_cables(cables):
        one, other = cables[position]
        yield f"cable {position}: {names[one]} to {names[other]}"
