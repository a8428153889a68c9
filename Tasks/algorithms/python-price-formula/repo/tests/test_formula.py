import random
from fractions import Fraction

import pytest

from formula import evaluate


def test_numbers():
    assert evaluate("42") == 42
    assert evaluate(" 2.5 ") == Fraction(5, 2)


def test_sums_and_products():
    assert evaluate("1 + 2 + 3") == 6
    assert evaluate("2*3*4") == 24


def test_products_before_sums():
    assert evaluate("1 + 2 * 3") == 7
    assert evaluate("2 * 3 + 1") == 7


def test_parentheses():
    assert evaluate("2 * (3 + 4)") == 14
    assert evaluate("((5))") == 5


def test_signs():
    assert evaluate("-5 + 2") == -3
    assert evaluate("3 * -2") == -6
    assert evaluate("--4") == 4


def test_variables():
    assert evaluate("net * count + net", net=3, count=4) == 15
    assert evaluate("half + half", half=Fraction(1, 2)) == 1


def test_differences():
    assert evaluate("10 - 3") == 7
    assert evaluate("10 - 3 - 2") == 5
    assert evaluate("10 - (3 - 2)") == 9


def test_quotients():
    assert evaluate("8 / 4") == 2
    assert evaluate("24 / 4 / 2") == 3
    assert evaluate("1 / 3") == Fraction(1, 3)


def test_powers():
    assert evaluate("2 ^ 3") == 8
    assert evaluate("2 * 3 ^ 2") == 18
    assert evaluate("2 ^ 3 ^ 2") == 64


def test_broken_formulas():
    for text in ("", "1 +", "* 2", "(1", "1)", "2 3", "1 + $", "unknown", "()"):
        with pytest.raises(ValueError):
            evaluate(text)


def test_division_by_zero():
    with pytest.raises(ZeroDivisionError):
        evaluate("1 / (2 - 2)")


def test_as_python_evaluates():
    numbers = random.Random(149)

    def formula(depth):
        if depth == 0 or numbers.random() < 0.2:
            return str(numbers.randrange(1, 10))
        written = f"{formula(depth - 1)} {numbers.choice('+-*')} {formula(depth - 1)}"
        return f"({written})" if numbers.random() < 0.4 else written

    for _ in range(200):
        text = formula(4)
        assert evaluate(text) == eval(text)
