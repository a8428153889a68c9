"""Splits lines of comma-separated values into fields, and joins them again."""

from __future__ import annotations

from collections.abc import Iterable

QUOTE = '"'


def split_fields(line: str, separator: str = ",") -> list[str]:
    """The fields of a line. A field in quotes may contain separators, and quotes if they are doubled."""
    fields: list[str] = []
    field = ""
    quoted = False
    position = 0
    while position < len(line):
        character = line[position]
        position += 1
        if quoted:
            if character != QUOTE:
                field += character
            elif line[position : position + 1] == QUOTE:
                field += QUOTE
            else:
                quoted = False
        elif character == QUOTE:
            quoted = True
        elif character == separator:
            fields.append(field)
            field = ""
        else:
            field += character
    if quoted:
        raise ValueError("a quote is not closed")
    return [*fields, field]


def join_fields(fields: Iterable[str], separator: str = ",") -> str:
    """A line with the fields, in quotes where they need them."""
    written = []
    for field in fields:
        if separator in field or QUOTE in field:
            field = QUOTE + field.replace(QUOTE, QUOTE * 2) + QUOTE
        written.append(field)
    return separator.join(written)
