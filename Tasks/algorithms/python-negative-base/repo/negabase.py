"""Numbers in negative bases, where no sign is needed."""

from __future__ import annotations

SYMBOLS = "0123456789abcdefghijklmnopqrstuvwxyz"


def digits(number: int, base: int) -> str:
    """The digits of any whole number in a base from -2 down to -36."""
    check(base)
    if number == 0:
        return "0"
    written = []
    while number != 0:
        number, digit = divmod(number, base)
        if digit < 0:
            digit -= base
        written.append(SYMBOLS[digit])
    return "".join(reversed(written))


def number(digits: str, base: int) -> int:
    """The number that is written with these digits."""
    check(base)
    if not digits:
        raise ValueError("there are no digits")
    value = 0
    for symbol in digits.lower():
        digit = SYMBOLS.find(symbol)
        if not 0 <= digit < -base:
            raise ValueError(f"{symbol} is no digit in base {base}")
        value = value * base + digit
    return value


def check(base: int) -> None:
    """Make sure that a base is one that we can write."""
    if not -len(SYMBOLS) <= base <= -2:
        raise ValueError(f"base {base} is not between -{len(SYMBOLS)} and -2")
