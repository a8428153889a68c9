"""Stretches of a playlist in which few artists play."""

from __future__ import annotations

from collections.abc import Sequence


def longest_stretch(artists: Sequence[str], limit: int) -> tuple[int, int]:
    """The first longest stretch with at most `limit` artists, as its start and its end (not included)."""
    if limit < 1:
        return 0, 0
    latest: dict[str, int] = {}
    best = (0, 0)
    start = 0
    for end, artist in enumerate(artists, start=1):
        latest[artist] = end
        if len(latest) > limit:
            leaving = min(latest, key=latest.__getitem__)
            start = latest.pop(leaving)
            start = end - 1
        if end - start > best[1] - best[0]:
            best = (start, end)
    return best


def longest_block(artists: Sequence[str]) -> int:
    """How many songs of one artist follow each other at most."""
    start, end = longest_stretch(artists, 1)
    return end - start


def is_varied(artists: Sequence[str], block: int) -> bool:
    """Whether nobody plays more than `block` songs in a row."""
    return longest_block(artists) <= block
