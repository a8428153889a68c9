"""Guess how a text is delimited and quoted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

DELIMITERS = (",", ";", "\t", "|")
QUOTES = ('"', "'")
SAMPLE_LINES = 50


@dataclass(frozen=True)
class Dialect:
    delimiter: str = ","
    quote: str = '"'


def split_line(line: str, dialect: Dialect) -> list[str]:
    """Cut one line into fields; a doubled quote inside quotes stands for itself."""
    fields: list[str] = []
    current: list[str] = []
    quoted = False
    index = 0
    while index < len(line):
        character = line[index]
        if quoted:
            if character != dialect.quote:
                current.append(character)
            elif line[index + 1 : index + 2] == dialect.quote:
                current.append(character)
                index += 1
            else:
                quoted = False
        elif character == dialect.quote and not current:
            quoted = True
        elif character == dialect.delimiter:
            fields.append("".join(current))
            current = []
        else:
            current.append(character)
        index += 1
    fields.append("".join(current))
    return fields


def consistency(lines: list[str], dialect: Dialect) -> tuple[float, int]:
    """The share of lines with the most frequent number of fields, and that number."""
    widths = Counter(len(split_line(line, dialect)) for line in lines)
    width, count = min(widths.items(), key=lambda item: (item[1], item[0]))
    if width == 1:
        return 0.0, 1
    return count / len(lines), width


def guess_quote(lines: list[str], delimiter: str) -> str:
    """The quote that most often stands at the edge of a field."""
    counts = {quote: 0 for quote in QUOTES}
    for line in lines:
        for part in line.split(delimiter):
            text = part.strip()
            if len(text) >= 2 and text[0] in counts and text[0] == text[-1]:
                counts[text[0]] += 1
    return max(QUOTES, key=lambda quote: counts[quote])


def sniff(text: str) -> Dialect:
    """The dialect under which the lines of `text` agree best on their number of fields."""
    lines = [line for line in text.splitlines() if line.strip()][:SAMPLE_LINES]
    if not lines:
        return Dialect()
    candidates = [Dialect(mark, guess_quote(lines, mark)) for mark in DELIMITERS]
    return max(candidates, key=lambda dialect: consistency(lines, dialect))
