import pytest

from lrucache import Cache


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def cache(clock):
    return Cache(capacity=3, ttl=10, clock=clock)


def fill(cache, *keys):
    for key in keys:
        cache.put(key, key.upper())


def test_capacity_must_be_positive():
    with pytest.raises(ValueError):
        Cache(0)
    assert Cache(1).capacity == 1


def test_values_come_back(cache):
    fill(cache, "a", "b")
    assert cache.get("a") == "A"
    assert cache.get("x") is None
    assert cache.get("x", "default") == "default"
    assert len(cache) == 2


def test_least_recently_used_goes_first(cache):
    fill(cache, "a", "b", "c")
    cache.get("a")
    fill(cache, "d")
    assert list(cache) == ["c", "a", "d"]
    assert cache.statistics.evictions == 1


def test_writing_again_counts_as_use(cache):
    fill(cache, "a", "b", "c", "a")
    assert list(cache) == ["b", "c", "a"]
    assert cache.statistics.evictions == 0


def test_asking_for_membership_is_no_use(cache):
    fill(cache, "a", "b", "c")
    assert "a" in cache
    fill(cache, "d")
    assert "a" not in cache


def test_entries_expire(cache, clock):
    fill(cache, "a")
    clock.now = 9.9
    assert cache.get("a") == "A"
    clock.now = 10
    assert "a" not in cache
    assert cache.get("a") is None
    assert len(cache) == 0


def test_entry_may_have_its_own_time_to_live(cache, clock):
    cache.put("short", 1, ttl=2)
    cache.put("long", 2)
    clock.now = 2
    assert "short" not in cache
    assert "long" in cache


def test_hit_rate(cache):
    assert cache.statistics.hit_rate == 0
    fill(cache, "a")
    for key in ("a", "a", "a", "x"):
        cache.get(key)
    assert cache.statistics.hit_rate == 0.75


def test_make_on_demand(cache, clock):
    made = []

    def make():
        made.append(clock.now)
        return len(made)

    assert cache.get_or_make("k", make) == 1
    assert cache.get_or_make("k", make) == 1
    clock.now = 11
    assert cache.get_or_make("k", make) == 2
    assert made == [0.0, 11]
    assert (cache.statistics.hits, cache.statistics.misses) == (1, 2)


def test_purge_with_nothing_to_do(cache):
    fill(cache, "a", "b")
    assert cache.purge() == 0
    assert list(cache) == ["a", "b"]


def test_purge_drops_what_has_expired(cache, clock):
    cache.put("a", 1, ttl=1)
    cache.put("b", 2)
    cache.put("c", 3, ttl=1)
    clock.now = 5
    assert cache.purge() == 2
    assert list(cache) == ["b"]


def test_purge_can_empty_the_cache(cache, clock):
    fill(cache, "a", "b", "c")
    clock.now = 10
    assert cache.purge() == 3
    assert len(cache) == 0


def test_invalidate_by_prefix(cache):
    fill(cache, "user:1", "page:1", "user:2")
    assert cache.invalidate("user:") == 2
    assert list(cache) == ["page:1"]
    assert cache.invalidate("user:") == 0
