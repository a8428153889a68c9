"""One token bucket."""

from __future__ import annotations

from collections.abc import Callable


class TokenBucket:
    """Holds up to `capacity` tokens and gains `rate` tokens per second of `clock`."""

    def __init__(self, rate: float, capacity: float, clock: Callable[[], float]) -> None:
        if rate <= 0 or capacity <= 0:
            raise ValueError("rate and capacity must be positive")
        self.rate = rate
        self.capacity = capacity
        self._clock = clock
        self._tokens = capacity
        self._updated = clock()

    @property
    def tokens(self) -> float:
        """The tokens in the bucket now."""
        self._refill()
        return self._tokens

    @property
    def is_full(self) -> bool:
        return self.tokens >= self.capacity

    def take(self, count: float = 1) -> bool:
        """Take tokens out if there are enough; otherwise leave them and return False."""
        self._refill()
        if count > self._tokens:
            return False
        self._tokens -= count
        return True

    def wait_for(self, count: float = 1) -> float:
        """The seconds until `count` tokens are there; infinite where they never will be."""
        if count > self.capacity:
            return float("inf")
        return max(0.0, (count - self.tokens) / self.rate)

    def _refill(self) -> None:
        now = self._clock()
        gained = (now - self._updated) * self.rate
        if gained > 0:
            self._tokens = min(self.capacity, self._tokens + gained)
