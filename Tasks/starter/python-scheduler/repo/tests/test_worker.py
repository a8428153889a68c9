import pytest

from scheduler import Backoff, Job, Queue, Worker


class Flaky:
    """Fails so many times, then works."""

    def __init__(self, failures):
        self.failures = failures

    def __call__(self):
        if self.failures > 0:
            self.failures -= 1
            raise RuntimeError("not yet")


def test_delays_double_up_to_the_limit():
    backoff = Backoff(first=1, limit=10)
    assert [backoff.delay(failures) for failures in range(7)] == [0, 1, 2, 4, 8, 10, 10]


def test_jitter_stays_within_its_share():
    backoff = Backoff(first=10, jitter=0.2)
    delays = [backoff.delay(1) for _ in range(200)]
    assert min(delays) >= 8
    assert max(delays) <= 12


def test_jitter_spreads_the_delays():
    backoff = Backoff(first=10, jitter=0.2)
    delays = [backoff.delay(1) for _ in range(4)]
    assert max(delays) - min(delays) > 2.2


def test_jobs_are_run():
    queue = Queue()
    worker = Worker(queue)
    queue.push(Job("a", lambda: None))
    assert worker.run_all(now=0) == 1
    assert worker.finished == ["a"]
    assert not worker.run_one(now=0)


def test_failed_jobs_are_tried_again():
    queue = Queue()
    worker = Worker(queue, Backoff(first=5))
    queue.push(Job("a", Flaky(2)))
    assert worker.run_all(now=0) == 1
    assert queue.next_wake() == 5
    assert worker.run_all(now=4.9) == 0
    assert worker.run_all(now=5) == 1
    assert queue.next_wake() == 15
    assert worker.run_all(now=15) == 1
    assert worker.finished == ["a"]


@pytest.mark.parametrize("attempts", [1, 2, 4])
def test_jobs_are_given_up(attempts):
    queue = Queue()
    worker = Worker(queue, Backoff(first=1), attempts)
    queue.push(Job("a", Flaky(99)))
    assert sum(worker.run_all(now) for now in (0, 100, 200, 300, 400)) == attempts
    assert worker.abandoned == ["a"]
    assert len(queue) == 0
