import pytest

from throttle import Limiter, TokenBucket


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def bucket(clock):
    return TokenBucket(rate=2, capacity=4, clock=clock)


def test_starts_full(bucket):
    assert bucket.tokens == 4
    assert bucket.is_full


@pytest.mark.parametrize("rate, capacity", [(0, 1), (1, 0), (-1, 5)])
def test_needs_positive_figures(rate, capacity, clock):
    with pytest.raises(ValueError):
        TokenBucket(rate, capacity, clock)


def test_takes_what_is_there(bucket):
    assert bucket.take(3)
    assert not bucket.take(2)
    assert bucket.take(1)
    assert bucket.tokens == 0
    assert not bucket.take()


def test_gains_tokens_with_time(bucket, clock):
    bucket.take(4)
    clock.now += 0.5
    assert bucket.tokens == 1
    assert not bucket.is_full


def test_never_holds_more_than_its_capacity(bucket, clock):
    bucket.take(1)
    clock.now += 60
    assert bucket.take(4)
    assert not bucket.take()


def test_looking_does_not_fill_the_bucket(bucket, clock):
    bucket.take(4)
    clock.now += 0.5
    assert [bucket.tokens for _ in range(4)] == [1, 1, 1, 1]
    clock.now += 0.25
    assert bucket.tokens == 1.5


def test_clock_that_goes_back_costs_nothing(bucket, clock):
    bucket.take(2)
    clock.now -= 10
    assert bucket.tokens == 2
    clock.now += 10.5
    assert bucket.tokens == 3


def test_waiting_time(bucket):
    assert bucket.wait_for(4) == 0
    bucket.take(3)
    assert bucket.wait_for(1) == 0
    assert bucket.wait_for(4) == 1.5
    assert bucket.wait_for(5) == float("inf")


def test_clients_do_not_share(clock):
    limiter = Limiter(rate=1, burst=1, clock=clock)
    assert limiter.ask("ann").allowed
    assert limiter.ask("bo").allowed
    assert not limiter.ask("ann").allowed
    assert len(limiter) == 2


def test_decision_tells_what_is_left(clock):
    limiter = Limiter(rate=1, burst=3, clock=clock)
    assert limiter.ask("ann", cost=2).remaining == 1
    refused = limiter.ask("ann", cost=2)
    assert (refused.allowed, refused.remaining, refused.retry_after) == (False, 1, 1.0)


def test_patient_client_gets_the_rate(clock):
    limiter = Limiter(rate=1, burst=5, clock=clock)
    passed = 0
    for _ in range(20):
        passed += limiter.ask("ann").allowed
        clock.now += 1
    assert passed == 20


def test_hasty_client_gets_no_more_than_the_rate(clock):
    limiter = Limiter(rate=1, burst=5, clock=clock)
    passed = 0
    for _ in range(40):
        passed += limiter.ask("ann").allowed
        clock.now += 0.25
    assert passed == 14


def test_sweep_forgets_idle_clients(clock):
    limiter = Limiter(rate=1, burst=2, clock=clock)
    limiter.ask("ann", cost=2)
    limiter.ask("bo")
    clock.now += 1
    assert limiter.sweep() == 1
    assert len(limiter) == 1
    clock.now += 1
    assert limiter.sweep() == 1
