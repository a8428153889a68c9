"""Stretches of a row of beads that read the same from both ends, found in linear time."""

from __future__ import annotations


def mirrors(beads: str) -> list[int]:
    """For every bead, the largest number of beads on both sides of it that are mirrored."""
    radii = [0] * len(beads)
    centre = right = 0
    for index in range(len(beads)):
        radius = 0
        if index < right:
            radius = radii[2 * centre - index]
        while (
            index - radius > 0
            and index + radius + 1 < len(beads)
            and beads[index - radius - 1] == beads[index + radius + 1]
        ):
            radius += 1
        radii[index] = radius
        if index + radius > right:
            centre, right = index, index + radius
    return radii


def longest_mirror(beads: str) -> str:
    """The first of the longest symmetric stretches, of odd or of even length."""
    spaced = "\0".join(beads)
    radii = mirrors(spaced)
    best, start = 0, 0
    for index, radius in enumerate(radii):
        length = radius + 1 if (index + radius) % 2 == 0 else radius
        if length > best:
            best, start = length, (index - length + 1) // 2
    return beads[start : start + best]


def is_mirrored(beads: str) -> bool:
    """Whether the whole row reads the same from both ends."""
    return beads == beads[::-1]
