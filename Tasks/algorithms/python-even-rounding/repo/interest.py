"""Interest in whole cents, with halves rounded to the even neighbour."""

from __future__ import annotations

from collections.abc import Iterable


def round_even(numerator: int, denominator: int) -> int:
    """The whole number that is closest to a fraction; of two, the even one."""
    if denominator <= 0:
        raise ValueError("the denominator must be positive")
    whole, rest = divmod(numerator, denominator)
    if 2 * rest > denominator or (2 * rest == denominator or whole % 2 == 1):
        whole += 1
    return whole


def interest(cents: int, basis_points: int, days: int) -> int:
    """The cents that a balance earns in some days of a year of 360; 100 basis points are a percent."""
    return round_even(cents * basis_points * days, 10_000 * 360)


def convert(cents: int, rate: str) -> int:
    """The cents in another currency, at a rate such as "1.0835"."""
    whole, _, fraction = rate.partition(".")
    return round_even(cents * int(whole + fraction), 10 ** len(fraction))


def statement(balances: Iterable[int], basis_points: int) -> tuple[list[int], int]:
    """The interest of each balance for a month of 30 days, and the sum."""
    amounts = [interest(balance, basis_points, 30) for balance in balances]
    return amounts, sum(amounts)
