"""Which offers for a rehearsal room to accept."""

from __future__ import annotations

import bisect
from typing import NamedTuple


class Offer(NamedTuple):
    """Somebody wants the room from minute `start` until minute `end`, and pays `price`."""

    start: int
    end: int
    price: int


def best_offers(offers: list[Offer]) -> list[Offer]:
    """The offers that do not overlap and bring in the most, in the order of the day."""
    ordered = sorted(offers, key=lambda offer: (offer.end, offer.start))
    ends = [offer.end for offer in ordered]
    earned = [0]
    compatible = []
    for index, offer in enumerate(ordered):
        earlier = bisect.bisect_left(ends, offer.start, 0, index)
        compatible.append(earlier)
        earned.append(max(earned[index], earned[earlier] + offer.price))

    chosen = []
    count = len(ordered)
    while count > 0:
        if earned[count] == earned[count - 1]:
            count -= 1
        else:
            chosen.append(ordered[count - 1])
            count = compatible[count - 1]
    return chosen[::-1]


def income(offers: list[Offer]) -> int:
    """What the best choice among the offers brings in."""
    return sum(offer.price for offer in best_offers(offers))
