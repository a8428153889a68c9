import random
from fractions import Fraction

import pytest

from polynomials import divide, evaluate, multiply, polynomial

HALF = Fraction(1, 2)


def test_zeros_at_the_end_are_dropped():
    assert polynomial([1, 0, 2, 0, 0]) == [1, 0, 2]
    assert polynomial([0, 0]) == []


def test_multiplying():
    assert multiply([1, 1], [-1, 1]) == [-1, 0, 1]
    assert multiply([2], [3, 4]) == [6, 8]
    assert multiply([], [1, 2]) == []


def test_divides_evenly():
    assert divide([-1, 0, 1], [1, 1]) == ([-1, 1], [])
    assert divide([6, 8], [2]) == ([3, 4], [])


def test_leaves_a_remainder():
    assert divide([5, 3, 1], [1, 1]) == ([2, 1], [3])
    assert divide([1, 0, 0, 2], [0, 0, 1]) == ([0, 2], [1])


def test_divisor_of_higher_degree():
    assert divide([1, 2], [0, 0, 1]) == ([], [1, 2])


def test_division_by_zero():
    for zero in ([], [0], [0, 0]):
        with pytest.raises(ZeroDivisionError):
            divide([1, 2], zero)


def test_fractions_in_the_quotient():
    assert divide([1, 0, 1], [0, 2]) == ([0, HALF], [1])
    assert divide([1], [2]) == ([HALF], [])
    assert divide([0, 3, 4], [1, 3]) == ([Fraction(5, 9), Fraction(4, 3)], [Fraction(-5, 9)])


def test_fractions_in_the_dividend():
    assert divide([HALF, HALF], [1, 1]) == ([HALF], [])


def test_zero_divided():
    assert divide([], [3, 1]) == ([], [])


def test_values():
    assert evaluate([], 3) == 0
    assert evaluate([1, 2, 3], 2) == 17
    assert evaluate([4, 0, -1], HALF) == Fraction(15, 4)


def test_remainder_of_a_linear_divisor_is_a_value():
    assert divide([7, -4, 0, 2], [-3, 1])[1] == [evaluate([7, -4, 0, 2], 3)]


def test_arguments_are_left_alone():
    dividend = [Fraction(3), Fraction(1)]
    divide(dividend, [1, 1])
    assert dividend == [3, 1]


def test_quotient_times_divisor():
    numbers = random.Random(71)
    for _ in range(200):
        dividend = [numbers.randint(-5, 5) for _ in range(numbers.randrange(7))]
        divisor = [numbers.randint(-4, 4) for _ in range(numbers.randrange(4))]
        divisor.append(numbers.choice((-3, -1, 2, 5)))
        quotient, remainder = divide(dividend, divisor)
        assert len(remainder) < len(divisor)
        product = multiply(quotient, divisor)
        for x in range(-4, 5):
            assert evaluate(product, x) + evaluate(remainder, x) == evaluate(dividend, x)
