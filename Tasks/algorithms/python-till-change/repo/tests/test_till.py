import random
from itertools import product

import pytest

from till import coins, hand_out, make_change


def worth(plan):
    return sum(coin * count for coin, count in plan.items())


def fewest_by_trying(amount, till):
    choices = product(*(range(available + 1) for available in till.values()))
    plans = (dict(zip(till, counts)) for counts in choices)
    return min((coins(plan) for plan in plans if worth(plan) == amount), default=None)


def test_nothing_to_pay():
    assert make_change(0, {10: 3}) == {}
    assert make_change(0, {}) == {}


def test_negative_amount():
    with pytest.raises(ValueError):
        make_change(-1, {1: 1})


def test_empty_till():
    assert make_change(5, {}) is None
    assert make_change(5, {5: 0}) is None


def test_single_coin():
    assert make_change(5, {5: 1}) == {5: 1}


def test_impossible_amounts():
    assert make_change(30, {20: 5, 50: 1}) is None
    assert make_change(60, {20: 2}) is None


def test_several_of_a_coin():
    assert make_change(40, {20: 5}) == {20: 2}
    assert make_change(100, {20: 5}) == {20: 5}


def test_fewest_coins():
    assert make_change(60, {50: 1, 20: 5, 10: 2}) == {50: 1, 10: 1}
    assert make_change(60, {10: 2, 20: 5, 50: 1}) == {50: 1, 10: 1}
    assert make_change(60, {50: 1, 20: 3, 1: 10}) == {20: 3}


def test_coins_run_out():
    assert make_change(80, {50: 1, 20: 1, 5: 9}) == {50: 1, 20: 1, 5: 2}


def test_counting_coins():
    assert coins({}) == 0
    assert coins({50: 1, 10: 3}) == 4


def test_handing_out():
    till = {50: 1, 20: 2}
    assert hand_out(70, till) == {50: 1, 20: 1}
    assert till == {50: 0, 20: 1}
    with pytest.raises(ValueError):
        hand_out(70, till)
    assert till == {50: 0, 20: 1}


def test_till_is_left_alone():
    till = {50: 1, 20: 2}
    make_change(90, till)
    assert till == {50: 1, 20: 2}


def test_against_trying():
    numbers = random.Random(59)
    for _ in range(200):
        till = {coin: numbers.randrange(4) for coin in numbers.sample((1, 2, 3, 5, 7, 11), 3)}
        amount = numbers.randrange(30)
        plan = make_change(amount, till)
        assert (None if plan is None else coins(plan)) == fewest_by_trying(amount, till)
        if plan is not None:
            assert worth(plan) == amount
            assert all(0 < count <= till[coin] for coin, count in plan.items())
