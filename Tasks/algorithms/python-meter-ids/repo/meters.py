"""Identifiers of gas and water meters, with two check digits at the end."""

from __future__ import annotations

import string
from collections.abc import Iterable

ALPHABET = string.digits + string.ascii_uppercase


def value(text: str) -> int:
    """The number that a text stands for: digits for themselves, A for 10, B for 11 and so on."""
    written = ""
    for character in text:
        place = ALPHABET.find(character)
        if place < 0:
            raise ValueError(f"{character!r} is not allowed in an identifier")
        written += str(place)
    return int(written)


def complete(body: str) -> str:
    """The identifier: the body and its check digits, which are 02 to 98."""
    if not body:
        raise ValueError("the identifier is empty")
    check = 97 - value(body + "00") % 97
    return f"{body}{check:02d}"


def is_valid(identifier: str) -> bool:
    """Whether the check digits fit; blanks do not matter."""
    compact = identifier.replace(" ", "").upper()
    if len(compact) < 3 or not compact[-2:].isdigit():
        return False
    try:
        return value(compact) % 97 == 1 and compact[-2:] not in ("00", "01", "99")
    except ValueError:
        return False


def grouped(identifier: str, size: int = 4) -> str:
    """The identifier in groups, as it is printed on labels."""
    return " ".join(identifier[start : start + size] for start in range(0, len(identifier), size))


def invalid(identifiers: Iterable[str]) -> list[str]:
    """Those that do not fit their check digits."""
    return [identifier for identifier in identifiers if not is_valid(identifier)]
