"""Accounts, entries, and the ledger that holds them.

An entry moves whole cents between accounts; its legs always sum to zero. Entries are never
edited: a mistake is undone by reversing the entry, which posts the same legs with the signs
turned around.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

DEBIT_KINDS = ("asset", "expense")
CREDIT_KINDS = ("liability", "equity", "income")


class LedgerError(ValueError):
    """The ledger refused a request; nothing was changed."""


@dataclass(frozen=True)
class Account:
    """A named place where money can be."""

    name: str
    kind: str
    overdraft: int | None = None

    @property
    def is_debit_normal(self) -> bool:
        """Whether a positive balance is an ordinary state for this account."""
        return self.kind in DEBIT_KINDS


@dataclass(frozen=True)
class Entry:
    """One posted transaction: what happened, when, and which accounts it touched."""

    number: int
    day: date
    memo: str
    legs: dict[str, int]
    reverses: int | None = None

    def amount_for(self, account: str) -> int:
        """The cents that this entry adds to `account`, zero where it does not touch it."""
        return self.legs.get(account, 0)

    @property
    def volume(self) -> int:
        """The cents that changed hands, counted once."""
        return sum(amount for amount in self.legs.values() if amount > 0)


@dataclass(frozen=True)
class StatementLine:
    """An entry as one account sees it, with the balance after it."""

    entry: Entry
    amount: int
    balance: int


@dataclass
class Ledger:
    """An append-only list of entries over a fixed set of accounts."""

    _accounts: dict[str, Account] = field(default_factory=dict)
    _entries: list[Entry] = field(default_factory=list)
    _closed_until: date | None = None

    def open(self, name: str, kind: str, overdraft: int | None = None) -> Account:
        """Add an account; `overdraft` is how far below zero an asset may go (None: no limit)."""
        if name in self._accounts:
            raise LedgerError(f"account {name!r} is already open")
        if kind not in DEBIT_KINDS + CREDIT_KINDS:
            raise LedgerError(f"unknown kind of account: {kind!r}")
        account = Account(name, kind, overdraft)
        self._accounts[name] = account
        return account

    def account(self, name: str) -> Account:
        """The account called `name`."""
        try:
            return self._accounts[name]
        except KeyError:
            raise LedgerError(f"no account {name!r}") from None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry in the order of posting."""
        return tuple(self._entries)

    def post(self, day: date, memo: str, legs: dict[str, int]) -> Entry:
        """Record a transaction and return it."""
        return self._append(day, memo, legs, reverses=None)

    def transfer(self, day: date, source: str, target: str, cents: int, memo: str = "") -> Entry:
        """Move a positive amount from one account to another."""
        if cents <= 0:
            raise LedgerError("a transfer needs a positive amount")
        if source == target:
            raise LedgerError("a transfer needs two different accounts")
        return self.post(day, memo or f"{source} to {target}", {source: -cents, target: cents})

    def reverse(self, number: int, day: date) -> Entry:
        """Undo entry `number` by posting its mirror image on `day`."""
        original = self.entry(number)
        if original.reverses is not None:
            raise LedgerError(f"entry {number} is itself a reversal")
        if any(entry.reverses == number for entry in self._entries):
            raise LedgerError(f"entry {number} was reversed before")
        if day < original.day:
            raise LedgerError("a reversal cannot be older than its entry")
        legs = {name: -amount for name, amount in original.legs.items()}
        return self._append(day, f"reversal of {number}", legs, reverses=number)

    def entry(self, number: int) -> Entry:
        """The entry with that number; numbers start at 1."""
        if not 1 <= number <= len(self._entries):
            raise LedgerError(f"no entry {number}")
        return self._entries[number - 1]

    def close(self, until: date) -> None:
        """Lock every day up to and including `until`; the lock only ever moves forward."""
        if self._closed_until is not None and until < self._closed_until:
            raise LedgerError(f"already closed until {self._closed_until}")
        self._closed_until = until

    def balance(self, name: str, on: date | None = None) -> int:
        """The balance of an account at the end of day `on` (by default, over all entries)."""
        self.account(name)
        return sum(
            entry.amount_for(name)
            for entry in self._entries
            if on is None or entry.day <= on
        )

    def activity(self, name: str, first: date, last: date) -> int:
        """How much an account changed from `first` to `last`, both days included."""
        if last < first:
            raise LedgerError("the period ends before it begins")
        self.account(name)
        return sum(
            entry.amount_for(name)
            for entry in self._entries
            if first <= entry.day <= last
        )

    def statement(self, name: str, first: date, last: date) -> list[StatementLine]:
        """The entries of a period by day, each with the running balance of the account."""
        self.account(name)
        by_day = sorted(self._entries, key=lambda entry: (entry.day, entry.number))
        lines = []
        running = 0
        for entry in by_day:
            amount = entry.amount_for(name)
            if amount == 0 and entry.day > last:
                continue
            running += amount
            if entry.day >= first:
                lines.append(StatementLine(entry, amount, running))
        return lines

    def trial_balance(self, on: date | None = None) -> dict[str, int]:
        """Every account with a balance other than zero; the values sum to zero."""
        balances = {name: self.balance(name, on) for name in self._accounts}
        return {name: cents for name, cents in balances.items() if cents != 0}

    def profit(self, first: date, last: date) -> int:
        """Income less expenses of a period, positive where money was earned."""
        result = 0
        for account in self._accounts.values():
            if account.kind in ("income", "expense"):
                result -= self.activity(account.name, first, last)
        return result

    def _append(self, day: date, memo: str, legs: dict[str, int], reverses: int | None) -> Entry:
        self._check_day(day)
        self._check_legs(legs)
        entry = Entry(len(self._entries) + 1, day, memo, dict(legs), reverses)
        self._entries.append(entry)
        return entry

    def _check_day(self, day: date) -> None:
        if self._closed_until is not None and day <= self._closed_until:
            raise LedgerError(f"the books are closed until {self._closed_until}")

    def _check_legs(self, legs: dict[str, int]) -> None:
        if len(legs) < 2:
            raise LedgerError("an entry needs at least two legs")
        if sum(legs.values()) != 0:
            raise LedgerError("the legs of an entry must sum to zero")
        for name, amount in legs.items():
            account = self.account(name)
            if amount == 0:
                raise LedgerError(f"the leg for {name!r} is zero")
            if account.overdraft is not None and self.balance(name) + amount < -account.overdraft:
                raise LedgerError(f"{name!r} would be overdrawn")
