import random
from fractions import Fraction

import pytest

from interest import convert, interest, round_even, statement


def test_whole_numbers():
    assert round_even(0, 7) == 0
    assert round_even(12, 4) == 3
    assert round_even(-12, 4) == -3


def test_above_the_half():
    assert round_even(8, 5) == 2
    assert round_even(11, 4) == 3
    assert round_even(-6, 5) == -1


def test_below_the_half():
    assert round_even(7, 5) == 1
    assert round_even(9, 4) == 2
    assert round_even(-7, 4) == -2
    assert round_even(-9, 5) == -2


def test_halves():
    assert [round_even(odd, 2) for odd in (1, 3, 5, 7, 9)] == [0, 2, 2, 4, 4]
    assert [round_even(odd, 2) for odd in (-1, -3, -5, -7)] == [0, -2, -2, -4]
    assert round_even(25, 10) == 2
    assert round_even(35, 10) == 4


def test_denominator_must_be_positive():
    for denominator in (0, -2):
        with pytest.raises(ValueError):
            round_even(1, denominator)


def test_interest_of_a_year():
    assert interest(100_000, 250, 360) == 2500
    assert interest(0, 250, 360) == 0
    assert interest(100_000, 250, 0) == 0


def test_interest_of_some_days():
    assert interest(123_456, 175, 91) == 546
    assert interest(99_999, 100, 1) == 3


def test_converting():
    assert convert(200, "1.5") == 300
    assert convert(1000, "2") == 2000
    assert convert(1000, "1.0835") == 1084
    assert convert(100, "0.125") == 12
    assert convert(100, "0.135") == 14


def test_statement():
    assert statement([], 100) == ([], 0)
    assert statement([120_000, 60_000, -120_000], 100) == ([100, 50, -100], 50)


def test_halves_as_python_rounds_them():
    for numerator in range(-41, 42, 2):
        assert round_even(3 * numerator, 6) == round(Fraction(numerator, 2))


def test_as_python_rounds():
    numbers = random.Random(139)
    for _ in range(500):
        numerator, denominator = numbers.randint(-300, 300), numbers.randrange(1, 13)
        assert round_even(numerator, denominator) == round(Fraction(numerator, denominator))
