import random
from itertools import product

import pytest

from stall import Good, most_worth, smallest_van, worth_by_load

PUMPKIN = Good("pumpkin", 4, 9, 2)
LEEK = Good("leek", 3, 4, 10)


def most_by_trying(goods, capacity):
    best = 0
    for counts in product(*(range(good.count + 1) for good in goods)):
        if sum(count * good.weight for count, good in zip(counts, goods)) <= capacity:
            best = max(best, sum(count * good.worth for count, good in zip(counts, goods)))
    return best


def test_nothing_to_sell():
    assert most_worth([], 10) == 0
    assert worth_by_load([], 2) == [0, 0, 0]


def test_no_room():
    assert most_worth([PUMPKIN, LEEK], 0) == 0
    assert most_worth([PUMPKIN, LEEK], 2) == 0


def test_just_enough_room():
    assert most_worth([LEEK], 3) == 4
    assert most_worth([LEEK], 5) == 4
    assert most_worth([LEEK], 6) == 8


def test_plenty_of_one_good():
    assert worth_by_load([Good("pea", 1, 2, 50)], 4) == [0, 2, 4, 6, 8]


def test_stock_runs_out():
    assert most_worth([PUMPKIN], 20) == 18
    assert most_worth([PUMPKIN, LEEK], 20) == 34
    assert most_worth([PUMPKIN._replace(count=100)], 20) == 45


def test_single_piece():
    assert worth_by_load([Good("cake", 2, 7, 1)], 6) == [0, 0, 7, 7, 7, 7, 7]


def test_sold_out():
    assert most_worth([Good("cake", 2, 7, 0)], 6) == 0


def test_weightless_goods():
    for weight in (0, -1):
        with pytest.raises(ValueError):
            most_worth([Good("air", weight, 1, 1)], 5)


def test_smallest_van():
    assert smallest_van([LEEK], 4, 30) == 3
    assert smallest_van([LEEK], 5, 30) == 6
    assert smallest_van([LEEK], 0, 30) == 0
    assert smallest_van([LEEK], 41, 100) is None


def test_against_trying():
    numbers = random.Random(43)
    for _ in range(150):
        goods = [
            Good("good", numbers.randrange(1, 6), numbers.randrange(10), numbers.randrange(4))
            for _ in range(numbers.randrange(4))
        ]
        capacity = numbers.randrange(18)
        assert most_worth(goods, capacity) == most_by_trying(goods, capacity)
