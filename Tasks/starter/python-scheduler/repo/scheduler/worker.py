"""Runs jobs, and tries them again when they fail."""

from __future__ import annotations

from scheduler.backoff import Backoff
from scheduler.queue import Job, Queue


class Worker:
    """Takes jobs from a queue one by one."""

    def __init__(self, queue: Queue, backoff: Backoff = Backoff(), attempts: int = 3) -> None:
        self.queue = queue
        self.backoff = backoff
        self.attempts = attempts
        self.finished: list[str] = []
        self.abandoned: list[str] = []

    def run_one(self, now: float) -> bool:
        """Run the most urgent job that is ready; False where there was none."""
        job = self.queue.pop(now)
        if job is None:
            return False
        try:
            job.action()
        except Exception:
            self._retry(job, now)
        else:
            self.finished.append(job.name)
        return True

    def run_all(self, now: float) -> int:
        """Run what is ready at `now`; returns how many jobs that were."""
        count = 0
        while self.run_one(now):
            count += 1
        return count

    def _retry(self, job: Job, now: float) -> None:
        job.failures += 1
        if job.failures >= self.attempts:
            self.abandoned.append(job.name)
            return
        job.not_before = now + self.backoff.delay(job.failures)
        self.queue.push(job, now)
