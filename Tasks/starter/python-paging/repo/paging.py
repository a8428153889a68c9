"""Pages of a long list, and the row of links beneath them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")

GAP = "…"


class PageError(LookupError):
    """There is no such page."""


@dataclass(frozen=True)
class Page(Generic[Item]):
    """One page of items; numbers and positions are counted from 1, as people do."""

    number: int
    items: tuple[Item, ...]
    first: int
    last: int
    has_previous: bool
    has_next: bool

    @property
    def caption(self) -> str:
        """Such as "11-20"."""
        if not self.items:
            return "nothing"
        if self.first == self.last:
            return str(self.first)
        return f"{self.first}-{self.last}"


class Pages(Generic[Item]):
    """A list cut into pages of `size` items.

    Up to `orphans` items that would stand alone on the last page are put on the one before.
    """

    def __init__(self, items: Sequence[Item], size: int, orphans: int = 0) -> None:
        if size < 1:
            raise ValueError("a page holds at least one item")
        if not 0 <= orphans < size:
            raise ValueError("orphans must be fewer than the items of a page")
        self.items = items
        self.size = size
        self.orphans = orphans

    def __len__(self) -> int:
        """The number of pages; an empty list has one, which is empty."""
        counted = len(self.items) - self.orphans
        return max(1, math.ceil(counted // self.size))

    def page(self, number: int) -> Page[Item]:
        """The page with that number."""
        if not 1 <= number <= len(self):
            raise PageError(f"no page {number} of {len(self)}")
        start = (number - 1) * self.size
        is_last = number == len(self)
        end = len(self.items) if is_last else start + self.size
        return Page(
            number=number,
            items=tuple(self.items[start:end]),
            first=start + 1,
            last=end,
            has_previous=number > 1,
            has_next=not is_last,
        )

    def page_with(self, index: int) -> int:
        """The number of the page that holds the item at `index` (from 0)."""
        if not 0 <= index < len(self.items):
            raise PageError(f"no item {index}")
        return min(index // self.size + 1, len(self))

    def links(self, current: int, around: int = 1) -> list[str]:
        """The page numbers to show: the ends, those near `current`, and gaps between."""
        shown = [
            number
            for number in range(1, len(self) + 1)
            if number in (1, len(self)) or abs(number - current) <= around
        ]
        row: list[str] = []
        previous = 0
        for number in shown:
            if number - previous > 1:
                row.append(GAP)
            row.append(str(number))
            previous = number
        return row
