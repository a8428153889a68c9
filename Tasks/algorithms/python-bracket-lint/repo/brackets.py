"""Finds the bracket or the quote of a line of code that has no partner."""

from __future__ import annotations

PARTNERS = {"(": ")", "[": "]", "{": "}"}
QUOTES = "'\""


def unmatched(line: str) -> int | None:
    """The position of the first trouble, None where all is well.

    That is a closing bracket that closes nothing, an open bracket in front of one that does not
    fit it, a quote that is not closed, or else the innermost bracket open at the end. What is
    quoted does not count, and neither does a quote after a backslash.
    """
    opened: list[int] = []
    quote_at: int | None = None
    escaped = False
    for position, character in enumerate(line):
        if escaped:
            escaped = False
        elif quote_at is not None:
            if character == "\\":
                escaped = True
            elif character == line[quote_at]:
                quote_at = None
        elif character in QUOTES:
            quote_at = position
        elif character in PARTNERS:
            opened.append(position)
        elif character in PARTNERS.values():
            if not opened:
                return position
            if PARTNERS[line[opened[-1]]] != character:
                return opened[-1]
            opened.pop()
    if quote_at is not None:
        return quote_at
    return opened[0] if opened else None


def mark(line: str) -> str:
    """The line, and under it a caret at the trouble, if there is any."""
    position = unmatched(line)
    return line if position is None else f"{line}\n{' ' * position}^"
