import random
from itertools import product

import pytest

from seating import seat, sizes


def possible(guests, quarrels):
    for choice in product((0, 1), repeat=len(guests)):
        tables = dict(zip(guests, choice))
        if all(tables[one] != tables[other] for one, other in quarrels):
            return True
    return False


def test_no_guests():
    assert seat([], []) == {}


def test_one_quarrel():
    assert seat(["ann", "bo"], [("ann", "bo")]) == {"ann": 0, "bo": 1}
    assert seat(["bo", "ann"], [("ann", "bo")]) == {"bo": 0, "ann": 1}


def test_quarrel_said_twice():
    assert seat("ab", [("a", "b"), ("b", "a"), ("a", "b")]) == {"a": 0, "b": 1}


def test_chain_of_quarrels():
    assert seat("abcd", [("a", "b"), ("b", "c"), ("c", "d")]) == {"a": 0, "b": 1, "c": 0, "d": 1}


def test_triangle():
    assert seat("abc", [("a", "b"), ("b", "c"), ("c", "a")]) is None


def test_rings():
    even = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "a")]
    odd = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e"), ("e", "a")]
    assert seat("abcd", even) == {"a": 0, "b": 1, "c": 0, "d": 1}
    assert seat("abcde", odd) is None


def test_peaceful_guests():
    assert seat(["ann", "bo", "ted"], []) == {"ann": 0, "bo": 0, "ted": 0}


def test_two_circles_of_friends():
    quarrels = [("d", "c"), ("a", "b")]
    assert seat("abcd", quarrels) == {"a": 0, "b": 1, "c": 0, "d": 1}


def test_trouble_far_from_the_first_guest():
    assert seat("xyabc", [("x", "y"), ("a", "b"), ("b", "c"), ("a", "c")]) is None


def test_quarrel_with_oneself():
    with pytest.raises(ValueError):
        seat("ab", [("a", "a")])


def test_unknown_guest():
    with pytest.raises(KeyError):
        seat("ab", [("a", "z")])


def test_sizes():
    assert sizes({}) == (0, 0)
    assert sizes({"a": 0, "b": 1, "c": 0}) == (2, 1)


def test_against_all_seatings():
    numbers = random.Random(23)
    for _ in range(150):
        guests = "abcdefg"[: numbers.randrange(2, 8)]
        quarrels = [tuple(numbers.sample(guests, 2)) for _ in range(numbers.randrange(8))]
        tables = seat(guests, quarrels)
        assert (tables is not None) == possible(guests, quarrels)
        if tables is not None:
            assert sorted(tables) == sorted(guests)
            assert all(tables[one] != tables[other] for one, other in quarrels)
