"""A cache with a maximum size and a time to live."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass
class Statistics:
    """How the cache has done since it was made."""

    hits: int = 0
    misses: int = 0
    evictions: int = 0

    @property
    def hit_rate(self) -> float:
        """The share of look-ups that found something, 0 where there were none."""
        lookups = self.hits + self.misses
        return self.hits / lookups if lookups else 0.0


@dataclass
class _Slot(Generic[Value]):
    value: Value
    expires: float


class Cache(Generic[Value]):
    """Keeps up to `capacity` values for `ttl` seconds each."""

    def __init__(
        self,
        capacity: int,
        ttl: float = float("inf"),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if capacity < 1:
            raise ValueError("a cache needs room for at least one entry")
        self.capacity = capacity
        self.ttl = ttl
        self.statistics = Statistics()
        self._clock = clock
        self._slots: OrderedDict[str, _Slot[Value]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._slots)

    def __iter__(self) -> Iterator[str]:
        """The keys, the least recently used first."""
        return iter(self._slots)

    def __contains__(self, key: str) -> bool:
        """Whether the key could be read now; asking does not count as use."""
        slot = self._slots.get(key)
        return slot is not None and not self._is_expired(slot)

    def get(self, key: str, default: Value | None = None) -> Value | None:
        """The value of `key`, which becomes the most recently used."""
        slot = self._slots.get(key)
        if slot is None or self._is_expired(slot):
            self.statistics.misses += 1
            self._slots.pop(key, None)
            return default
        self.statistics.hits += 1
        self._slots.move_to_end(key)
        return slot.value

    def put(self, key: str, value: Value, ttl: float | None = None) -> None:
        """Keep a value; where there is no room, the least recently used entry goes."""
        lifetime = self.ttl if ttl is None else ttl
        self._slots[key] = _Slot(value, self._clock() + lifetime)
        self._slots.move_to_end(key)
        while len(self._slots) > self.capacity:
            self._slots.popitem(last=False)
            self.statistics.evictions += 1

    def get_or_make(self, key: str, make: Callable[[], Value]) -> Value:
        """The value of `key`, made and kept where it is absent."""
        if key in self:
            return self.get(key)
        self.statistics.misses += 1
        value = make()
        self.put(key, value)
        return value

    def purge(self) -> int:
        """Drop everything that has expired; returns how many entries that were."""
        return self._drop(lambda key, slot: self._is_expired(slot))

    def invalidate(self, prefix: str) -> int:
        """Drop every key that begins with `prefix`; returns how many entries that were."""
        return self._drop(lambda key, slot: key.startswith(prefix))

    def _drop(self, condition: Callable[[str, _Slot[Value]], bool]) -> int:
        dropped = 0
        for key, slot in self._slots.items():
            if condition(key, slot):
                del self._slots[key]
                dropped += 1
        return dropped

    def _is_expired(self, slot: _Slot[Value]) -> bool:
        return self._clock() >= slot.expires
