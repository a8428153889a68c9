"""How long to wait before the next try."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Backoff:
    """Doubles the delay with each failure, up to a limit, and spreads it a little."""

    first: float = 1.0
    limit: float = 60.0
    jitter: float = 0.0

    def delay(self, failures: int) -> float:
        """The seconds to wait after so many failures in a row."""
        if failures < 1:
            return 0.0
        base = min(self.limit, self.first * 2 ** (failures - 1))
        return base * (1 + random.uniform(-self.jitter, self.jitter))
