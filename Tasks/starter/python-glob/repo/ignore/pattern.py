"""Match names against shell patterns: `*`, `?`, `[abc]`, `[a-z]` and `[!0-9]`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache


class PatternError(ValueError):
    """The pattern is malformed."""


@dataclass(frozen=True)
class Star:
    """Any number of characters, also none."""


@dataclass(frozen=True)
class One:
    """Exactly one character that fits."""

    fits: Callable[[str], bool]


@lru_cache(maxsize=256)
def compile_pattern(pattern: str) -> tuple[Star | One, ...]:
    """The steps of a pattern, one for each character or class in it."""
    steps: list[Star | One] = []
    position = 0
    while position < len(pattern):
        character = pattern[position]
        position += 1
        if character == "*":
            if not steps or not isinstance(steps[-1], Star):
                steps.append(Star())
        elif character == "?":
            steps.append(One(lambda _: True))
        elif character == "[":
            end = pattern.find("]", position + 1)
            if end < 0:
                raise PatternError(f"unclosed [ in {pattern!r}")
            steps.append(One(character_class(pattern[position:end])))
            position = end + 1
        else:
            steps.append(One(character.__eq__))
    return tuple(steps)


def character_class(text: str) -> Callable[[str], bool]:
    """Whether a character is in a class such as "a-z_" or "!0-9"."""
    negated = text.startswith("!")
    members = text[1:] if negated else text
    ranges: list[tuple[str, str]] = []
    while members:
        if len(members) >= 3 and members[1] == "-":
            ranges.append((members[0], members[2]))
            members = members[3:]
        else:
            ranges.append((members[0], members[0]))
            members = members[1:]
    return lambda character: negated != any(low <= character <= high for low, high in ranges)


def matches(pattern: str, name: str) -> bool:
    """Whether the whole of `name` fits `pattern`."""
    steps = compile_pattern(pattern)
    position = 0
    for step, current in enumerate(steps):
        if isinstance(current, One):
            if position == len(name) or not current.fits(name[position]):
                return False
            position += 1
        elif step + 1 == len(steps):
            position = len(name)
        else:
            following = steps[step + 1]
            while position < len(name) and not following.fits(name[position]):
                position += 1
    return position == len(name)
