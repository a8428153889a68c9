import random
from math import inf

import pytest

from turns import Town


def town_of(*roads):
    town = Town()
    for start, end, minutes in roads:
        town.road(start, end, minutes)
    return town


def quickest_by_relaxing(roads, forbidden, start, goal):
    """The same by going over all pairs of roads until nothing changes."""
    times = {(before, after): inf for before, after in roads}
    for (before, after), minutes in roads.items():
        if before == start:
            times[before, after] = minutes
    for _ in range(len(roads)):
        for before, middle in roads:
            for (other, after), minutes in roads.items():
                if other == middle and (before, middle, after) not in forbidden:
                    times[middle, after] = min(times[middle, after], times[before, middle] + minutes)
    best = min((time for (_, end), time in times.items() if end == goal), default=inf)
    return 0 if start == goal else None if best == inf else best


def test_already_there():
    assert Town().quickest("a", "a") == 0


def test_unknown_crossings():
    town = town_of(("a", "b", 3))
    assert town.quickest("x", "a") is None
    assert town.quickest("a", "x") is None


def test_roads_lead_one_way():
    town = town_of(("a", "b", 3), ("b", "c", 4))
    assert town.quickest("a", "c") == 7
    assert town.quickest("c", "a") is None


def test_quickest_of_two_ways():
    town = town_of(("a", "b", 1), ("b", "d", 9), ("a", "c", 4), ("c", "d", 5))
    assert town.quickest("a", "d") == 9


def test_quicker_of_two_roads_counts():
    for first, second in ((5, 2), (2, 5)):
        assert town_of(("a", "b", first), ("a", "b", second)).quickest("a", "b") == 2


def test_negative_times():
    with pytest.raises(ValueError):
        Town().road("a", "b", -1)
    assert town_of(("a", "b", 0)).quickest("a", "b") == 0


def test_forbidden_turn_is_not_taken():
    town = town_of(("a", "b", 1), ("b", "c", 1), ("a", "c", 10))
    town.forbid("a", "b", "c")
    assert town.quickest("a", "c") == 10
    assert town.quickest("b", "c") == 1


def test_only_that_turn_is_forbidden():
    town = town_of(("a", "b", 1), ("b", "c", 1), ("b", "d", 1), ("e", "b", 1))
    town.forbid("a", "b", "c")
    assert town.quickest("a", "d") == 2
    assert town.quickest("e", "c") == 2


def test_around_the_block():
    block = [("x", "east", 2), ("east", "south", 2), ("south", "x", 2)]
    town = town_of(("mill", "x", 1), ("x", "market", 1), *block)
    town.forbid("mill", "x", "market")
    assert town.quickest("mill", "market") == 8


def test_slower_road_to_the_same_crossing():
    town = town_of(("a", "x", 1), ("a", "b", 2), ("b", "x", 2), ("x", "c", 5), ("a", "c", 14))
    town.forbid("a", "x", "c")
    assert town.quickest("a", "c") == 9


def test_against_relaxing():
    numbers = random.Random(19)
    for _ in range(150):
        names = "abcde"
        roads, forbidden, town = {}, set(), Town()
        for _ in range(9):
            start, end = numbers.sample(names, 2)
            if (start, end) not in roads:
                roads[start, end] = numbers.randrange(1, 9)
                town.road(start, end, roads[start, end])
        for _ in range(8):
            turn = tuple(numbers.choice(names) for _ in range(3))
            forbidden.add(turn)
            town.forbid(*turn)
        start, goal = numbers.choice(names), numbers.choice(names)
        assert town.quickest(start, goal) == quickest_by_relaxing(roads, forbidden, start, goal)
