"""Jobs with priorities, delays and retries."""

from scheduler.backoff import Backoff
from scheduler.queue import Job, Queue
from scheduler.worker import Worker

__all__ = ["Backoff", "Job", "Queue", "Worker"]
