"""Evaluates price formulas such as `2 * (net + 3) ^ 2 / -count`."""

from __future__ import annotations

import operator
import re
from collections.abc import Mapping
from fractions import Fraction

TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_]\w*)|([-+*/^()]))")
RANKS = {"+": 1, "-": 1, "*": 2, "/": 2, "^": 3}
FUNCTIONS = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "^": operator.pow,
}


class Formula:
    """Reads a formula once from left to right. Operators of equal rank group from the left."""

    def __init__(self, text: str, variables: Mapping[str, Fraction | int]) -> None:
        self._variables = variables
        self._tokens: list[str] = []
        position = 0
        text = text.rstrip()
        while position < len(text):
            match = TOKEN.match(text, position)
            if match is None:
                raise ValueError(f"cannot read {text[position:]!r}")
            self._tokens.append(match[match.lastindex])
            position = match.end()
        self._tokens.append("")
        self._next = 0

    def value(self) -> Fraction:
        result = self._expression(1)
        if self._tokens[self._next]:
            raise ValueError(f"unexpected {self._tokens[self._next]!r}")
        return result

    def _expression(self, lowest: int) -> Fraction:
        """An operand, and all that follows it by operators of rank `lowest` or higher."""
        left = self._operand()
        while RANKS.get(self._tokens[self._next], 0) >= lowest:
            symbol = self._take()
            right = self._expression(RANKS[symbol] + 1)
            left = FUNCTIONS[symbol](right, left)
        return left

    def _operand(self) -> Fraction:
        token = self._take()
        if token == "-":
            return -self._operand()
        if token == "(":
            inner = self._expression(1)
            if self._take() != ")":
                raise ValueError("a parenthesis is not closed")
            return inner
        if token in self._variables:
            return Fraction(self._variables[token])
        if token[:1].isdigit():
            return Fraction(token)
        raise ValueError(f"unexpected {token!r}" if token else "the formula ends too early")

    def _take(self) -> str:
        token = self._tokens[self._next]
        self._next += 1
        return token


def evaluate(text: str, **variables: Fraction | int) -> Fraction:
    """The value of a formula."""
    return Formula(text, variables).value()
