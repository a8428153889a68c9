"""A small double-entry ledger."""

from ledger.book import Account, Entry, Ledger, LedgerError

__all__ = ["Account", "Entry", "Ledger", "LedgerError"]
