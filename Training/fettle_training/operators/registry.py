"""The operators and how often each is drawn."""

from dataclasses import dataclass
from typing import Callable

from .site import Site


@dataclass(frozen=True)
class Change:
    """Lines `[first, end)` of a region become others."""

    first: int
    end: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Operator:
    """One class of small bug. `changes` gives its ways to spoil a line, or, read the other way, to mend it."""

    name: str
    #: How often people's bugs are of this class, after ManySStuBs4J (MSR 2020), TSSB-3M (MSR 2022) and what releases' fixes showed.
    weight: float
    propose: Callable
    #: Whether what it makes may fail to parse, as its bugs do.
    breaks_syntax: bool = False

    def changes(self, site: Site):
        for proposal in self.propose(site):
            change = Change(site.line, site.line + 1, (proposal,)) if isinstance(proposal, str) else proposal
            if list(change.lines) != site.region.lines[change.first : change.end]:
                yield change


ALL: list[Operator] = []


def operator(name: str, weight: float, breaks_syntax: bool = False):
    def register(propose):
        ALL.append(Operator(name, weight, propose, breaks_syntax))
        return propose
    return register
