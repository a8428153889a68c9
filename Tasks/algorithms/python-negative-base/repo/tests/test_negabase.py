import random

import pytest

from negabase import digits, number


def test_zero():
    assert digits(0, -2) == "0"
    assert number("0", -7) == 0


def test_small_numbers_are_their_own_digit():
    assert [digits(value, -10) for value in range(4)] == ["0", "1", "2", "3"]
    assert digits(35, -36) == "z"


def test_negative_numbers():
    assert digits(-1, -2) == "11"
    assert digits(-10, -10) == "10"
    assert digits(-1, -10) == "19"


def test_positive_numbers():
    assert digits(2, -2) == "110"
    assert digits(25, -10) == "185"
    assert digits(12, -10) == "192"
    assert digits(36, -36) == "1z0"


def test_reading():
    assert number("110", -2) == 2
    assert number("185", -10) == 25
    assert number("19", -10) == -1
    assert number("Zz", -36) == 35 - 35 * 36


def test_leading_zeros_may_be_read():
    assert number("00110", -2) == 2


def test_rejects_wrong_digits():
    for text, base in (("2", -2), ("1a", -10), ("-1", -10), ("", -3), ("1.0", -36)):
        with pytest.raises(ValueError):
            number(text, base)


def test_rejects_wrong_bases():
    for base in (-1, 0, 1, 2, 10, -37):
        with pytest.raises(ValueError):
            digits(5, base)
        with pytest.raises(ValueError):
            number("1", base)


def test_neighbouring_bases_are_fine():
    assert digits(-2, -2) == "10"
    assert number("10", -36) == -36


def test_there_and_back():
    numbers = random.Random(73)
    for _ in range(400):
        value, base = numbers.randint(-5000, 5000), -numbers.randrange(2, 37)
        written = digits(value, base)
        assert number(written, base) == value
        assert written == "0" or not written.startswith("0")


def test_every_sequence_of_digits_is_a_number_of_its_own():
    for base in (-2, -3, -10):
        values = [number(format(count, "b"), base) for count in range(64)]
        assert len(set(values)) == 64
