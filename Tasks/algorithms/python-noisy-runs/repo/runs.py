"""Packs text by its runs: four or more of a character become `~`, a length and the character.

The length is one letter, from A for 1 to Z for 26. A marker in the text is always packed as a run.
"""

from __future__ import annotations

from itertools import groupby

MARKER = "~"
SHORTEST = 4
LONGEST = 26


def _pieces(text: str) -> list[tuple[str, int]]:
    """The runs of a text, none longer than LONGEST."""
    pieces = []
    for character, group in groupby(text):
        length = len(list(group))
        while length > LONGEST:
            pieces.append((character, LONGEST))
            length -= LONGEST
        pieces.append((character, length))
    return pieces


def pack(text: str) -> str:
    """The packed form of a text."""
    packed = []
    for character, length in _pieces(text):
        if length >= SHORTEST:
            packed.append(MARKER + chr(ord("A") + length - 1) + character)
        else:
            packed.append(character * length)
    return "".join(packed)


def unpack(packed: str) -> str:
    """The text that was packed."""
    text = []
    position = 0
    while position < len(packed):
        if packed[position] != MARKER:
            text.append(packed[position])
            position += 1
            continue
        run = packed[position + 1 : position + 3]
        if len(run) < 2 or not "A" <= run[0] <= "Z":
            raise ValueError(f"broken run at {position}")
        text.append(run[1] * (ord(run[0]) - ord("A") + 1))
        position += 3
    return "".join(text)
