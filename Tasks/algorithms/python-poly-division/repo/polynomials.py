"""Exact arithmetic with polynomials: lists of coefficients, the constant one first."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

Polynomial = list[Fraction]


def polynomial(coefficients: Sequence[int | Fraction]) -> Polynomial:
    """The coefficients as fractions, without zeros at the high end."""
    result = [Fraction(coefficient) for coefficient in coefficients]
    while result and result[-1] == 0:
        result.pop()
    return result


def multiply(left: Sequence[int | Fraction], right: Sequence[int | Fraction]) -> Polynomial:
    product = [Fraction(0)] * max(0, len(left) + len(right) - 1)
    for low, first in enumerate(left):
        for high, second in enumerate(right):
            product[low + high] += first * second
    return polynomial(product)


def divide(
    dividend: Sequence[int | Fraction], divisor: Sequence[int | Fraction]
) -> tuple[Polynomial, Polynomial]:
    """The quotient and the remainder, whose degree is below that of the divisor."""
    remainder, by = polynomial(dividend), polynomial(divisor)
    if not by:
        raise ZeroDivisionError("division by the zero polynomial")
    quotient = [Fraction(0)] * max(0, len(remainder) - len(by) + 1)
    for shift in range(len(quotient) - 1, -1, -1):
        factor = remainder[shift + len(by) - 1] // by[-1]
        quotient[shift] = factor
        for place, coefficient in enumerate(by):
            remainder[shift + place] -= factor * coefficient
    return polynomial(quotient), polynomial(remainder)


def evaluate(coefficients: Sequence[int | Fraction], x: int | Fraction) -> Fraction:
    """The value of a polynomial at `x`, by Horner's scheme."""
    value = Fraction(0)
    for coefficient in reversed(coefficients):
        value = value * x + coefficient
    return value
