"""Primes in a window of the whole numbers, without a table of all those below."""

from __future__ import annotations

from collections.abc import Iterator
from math import isqrt


def small_primes(limit: int) -> list[int]:
    """The primes up to `limit`, by trial division by those before."""
    primes: list[int] = []
    for number in range(2, limit + 1):
        root = isqrt(number)
        for prime in primes:
            if prime > root:
                primes.append(number)
                break
            if number % prime == 0:
                break
        else:
            primes.append(number)
    return primes


def primes_between(start: int, end: int) -> list[int]:
    """The primes from `start` until before `end`."""
    start = max(start, 2)
    if end <= start:
        return []
    is_prime = [True] * (end - start)
    for prime in small_primes(isqrt(end)):
        first = (start + prime - 1) // prime * prime
        for multiple in range(first, end, prime):
            is_prime[multiple - start] = False
    return [start + place for place, prime in enumerate(is_prime) if prime]


def primes(window: int = 1000) -> Iterator[int]:
    """All primes, found one window after the other."""
    start = 2
    while True:
        yield from primes_between(start, start + window)
        start += window


def widest_gap(start: int, end: int) -> int:
    """The largest difference between primes of a window that follow each other; 0 where there are none."""
    found = primes_between(start, end)
    return max((after - before for before, after in zip(found, found[1:])), default=0)
