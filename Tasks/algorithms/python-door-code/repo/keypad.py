"""A keypad that opens the door whenever the keys typed last are the code."""

from __future__ import annotations

from collections.abc import Iterable


def fallbacks(code: str) -> list[int]:
    """For every prefix of the code, the length of its longest proper prefix that also ends it."""
    lengths = [0] * len(code)
    length = 0
    for index in range(1, len(code)):
        while length > 0 and code[index] != code[length]:
            length = lengths[length - 1]
        if code[index] == code[length]:
            length += 1
        lengths[index] = length
    return lengths


class Keypad:
    """Reads one key at a time and remembers only how much of the code is there."""

    def __init__(self, code: str) -> None:
        if not code:
            raise ValueError("the code is empty")
        self._code = code
        self._fallbacks = fallbacks(code)
        self._matched = 0

    def press(self, key: str) -> bool:
        """Take in one key; True where it completes the code."""
        while self._matched > 0 and self._code[self._matched] != key:
            self._matched = self._fallbacks[self._matched - 1]
        if self._code[self._matched] == key:
            self._matched += 1
        if self._matched < len(self._code):
            return False
        self._matched = 0
        return True

    def openings(self, keys: Iterable[str]) -> list[int]:
        """The positions of the keys that open the door."""
        return [position for position, key in enumerate(keys) if self.press(key)]
