"""Rate limits with token buckets."""

from throttle.bucket import TokenBucket
from throttle.limiter import Decision, Limiter

__all__ = ["Decision", "Limiter", "TokenBucket"]
