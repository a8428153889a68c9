import random
from itertools import permutations

import pytest

from kitchen import obeys, order_steps


def test_no_steps():
    assert order_steps(0, []) == []


def test_single_step():
    assert order_steps(1, []) == [1]


def test_chain():
    assert order_steps(3, [(3, 2), (2, 1)]) == [3, 2, 1]


def test_rule_given_twice():
    assert order_steps(2, [(2, 1), (2, 1)]) == [2, 1]


def test_free_steps_by_number():
    assert order_steps(5, []) == [1, 2, 3, 4, 5]
    assert order_steps(4, [(3, 1)]) == [2, 3, 1, 4]


def test_step_set_free_goes_before_higher_ones():
    assert order_steps(5, [(2, 1), (3, 4)]) == [2, 1, 3, 4, 5]
    assert order_steps(6, [(5, 2), (6, 1)]) == [3, 4, 5, 2, 6, 1]


def test_contradiction():
    with pytest.raises(ValueError, match=r"\[1, 2\]"):
        order_steps(3, [(1, 2), (2, 1)])
    with pytest.raises(ValueError, match=r"\[2, 3\]"):
        order_steps(3, [(2, 2), (2, 3)])


def test_rules_about_unknown_steps():
    for rule in ((0, 1), (1, 4), (4, 1), (1, 0)):
        with pytest.raises(ValueError, match="no rule"):
            order_steps(3, [rule])


def test_obeys():
    assert obeys([2, 1, 3], [(2, 3), (1, 3)])
    assert not obeys([2, 1, 3], [(1, 2)])
    assert obeys([], [])


def test_against_all_orders():
    numbers = random.Random(41)
    for _ in range(80):
        count = numbers.randrange(2, 6)
        rules = [tuple(numbers.sample(range(1, count + 1), 2)) for _ in range(numbers.randrange(5))]
        allowed = [list(steps) for steps in permutations(range(1, count + 1)) if obeys(steps, rules)]
        if allowed:
            assert order_steps(count, rules) == min(allowed)
        else:
            with pytest.raises(ValueError):
                order_steps(count, rules)
