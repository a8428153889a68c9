"""Split bills to the cent, and settle what people owe each other.

All amounts are whole cents: shares always add up to the bill.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Payment:
    """`payer` gives `payee` so many cents."""

    payer: str
    payee: str
    cents: int


def parse_cents(text: str) -> int:
    """Turn "12.5", "12,50" or "-3" into cents."""
    cleaned = text.strip().replace(",", ".")
    sign = -1 if cleaned.startswith("-") else 1
    units, _, fraction = cleaned.lstrip("+-").partition(".")
    if len(fraction) > 2 or not (units + fraction).isdigit():
        raise ValueError(f"not an amount: {text!r}")
    return sign * (int(units or "0") * 100 + int(fraction.ljust(2, "0")))


def format_cents(cents: int) -> str:
    """Turn 1250 into "12.50"."""
    sign = "-" if cents < 0 else ""
    units, fraction = divmod(abs(cents), 100)
    return f"{sign}{units}.{fraction:02}"


def split_evenly(cents: int, people: int) -> list[int]:
    """Equal shares; where cents are left over, the first people pay one more."""
    if people < 1:
        raise ValueError("a bill needs somebody to pay it")
    share, left_over = divmod(cents, people)
    return [share + 1 if index < left_over else share for index in range(people)]


def split_by_weights(cents: int, weights: Sequence[int]) -> list[int]:
    """Shares in proportion to `weights`, by the method of largest remainders."""
    total = sum(weights)
    if total <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("weights must not be negative, and not all zero")
    shares = [cents * weight // total for weight in weights]
    missing = total - sum(shares)
    by_remainder = sorted(
        range(len(weights)),
        key=lambda index: (-(cents * weights[index] % total), index),
    )
    for index in by_remainder[:missing]:
        shares[index] += 1
    return shares


class Trip:
    """A group of friends, and what each of them has paid."""

    def __init__(self, people: Sequence[str]) -> None:
        if len(set(people)) != len(people):
            raise ValueError("names must differ")
        self.people = list(people)
        self._balances = {person: 0 for person in people}

    def pay(self, payer: str, cents: int, among: Sequence[str] | None = None) -> None:
        """`payer` paid a bill for `among` (by default, for everybody)."""
        sharers = self.people if among is None else list(among)
        for person in (payer, *sharers):
            self._check(person)
        shares = split_evenly(cents, len(sharers))
        self._balances[payer] += cents
        for person, share in zip(sharers, shares):
            self._balances[person] -= share

    def balance(self, person: str) -> int:
        """What others owe this person; negative where this person owes."""
        self._check(person)
        return self._balances[person]

    def settle(self) -> list[Payment]:
        """Payments after which nobody owes anything: big debts go to big claims first."""
        return settle(self._balances)

    def _check(self, person: str) -> None:
        if person not in self._balances:
            raise ValueError(f"{person!r} is not on this trip")


def settle(balances: Mapping[str, int]) -> list[Payment]:
    """Payments that bring every balance to zero."""
    if sum(balances.values()) != 0:
        raise ValueError("balances must add up to zero")
    debtors = sorted((cents, name) for name, cents in balances.items() if cents < 0)
    creditors = sorted((-cents, name) for name, cents in balances.items() if cents > 0)
    debts = [[name, -cents] for cents, name in debtors]
    claims = [[name, -cents] for cents, name in creditors]
    payments = []
    while debts:
        debt, claim = debts[0], claims[0]
        cents = min(debt[1], claim[1])
        payments.append(Payment(claim[0], debt[0], cents))
        debt[1] -= cents
        claim[1] -= cents
        if debt[1] == 0:
            debts.pop(0)
        if claim[1] == 0:
            claims.pop(0)
    return payments
