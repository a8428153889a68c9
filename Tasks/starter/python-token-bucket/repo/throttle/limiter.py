"""A bucket for every client."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from throttle.bucket import TokenBucket


@dataclass(frozen=True)
class Decision:
    """Whether a request may pass, and if not, when to ask again."""

    allowed: bool
    remaining: int
    retry_after: float


class Limiter:
    """Gives each client a bucket of its own."""

    def __init__(
        self,
        rate: float,
        burst: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rate = rate
        self._burst = burst
        self._clock = clock
        self._buckets: dict[Hashable, TokenBucket] = {}

    def __len__(self) -> int:
        return len(self._buckets)

    def ask(self, client: Hashable, cost: float = 1) -> Decision:
        """Let a request of `client` pass, or not."""
        bucket = self._bucket(client)
        allowed = bucket.take(cost)
        retry_after = 0.0 if allowed else bucket.wait_for(cost)
        return Decision(allowed, int(bucket.tokens), retry_after)

    def sweep(self) -> int:
        """Forget the clients whose buckets are full again; returns how many those were."""
        idle = [client for client, bucket in self._buckets.items() if bucket.is_full]
        for client in idle:
            del self._buckets[client]
        return len(idle)

    def _bucket(self, client: Hashable) -> TokenBucket:
        if client not in self._buckets:
            self._buckets[client] = TokenBucket(self._rate, self._burst, self._clock)
        return self._buckets[client]
