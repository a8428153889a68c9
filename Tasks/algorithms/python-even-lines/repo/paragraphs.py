"""Breaks paragraphs into lines so that the right edge is as even as can be."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf


def break_lines(words: Sequence[str], width: int) -> list[str]:
    """The lines of a paragraph, at most `width` wide, with the least sum of squared gaps at their ends.

    The gap of the last line does not count. A word that is too long gets a line of its own. Among
    equally good ways to break, the one with the shorter first line is taken.
    """
    count = len(words)
    costs: list[float] = [inf] * count + [0]
    ends = [count] * count
    for first in range(count - 1, -1, -1):
        length = -1
        for last in range(first, count):
            length += 1 + len(words[last])
            if length > width and last > first:
                break
            gap = 0 if last == count else max(0, width - length)
            cost = gap**2 + costs[last + 1]
            if cost < costs[first]:
                costs[first] = cost
                ends[first] = last + 1

    lines = []
    start = 0
    while start < count:
        lines.append(" ".join(words[start : ends[start]]))
        start = ends[start]
    return lines


def fill(text: str, width: int) -> str:
    """A text with each of its paragraphs, which an empty line divides, broken anew."""
    paragraphs = [paragraph.split() for paragraph in text.split("\n\n")]
    return "\n\n".join("\n".join(break_lines(words, width)) for words in paragraphs)
