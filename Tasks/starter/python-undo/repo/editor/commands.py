"""Edits that know how to undo themselves."""

from __future__ import annotations

from dataclasses import dataclass


class EditError(IndexError):
    """The edit reaches outside the text."""


@dataclass(frozen=True)
class Insert:
    """Put `text` in front of the character at `position`."""

    position: int
    text: str

    def apply(self, content: str) -> str:
        if not 0 <= self.position <= len(content):
            raise EditError(f"no position {self.position}")
        return content[: self.position] + self.text + content[self.position :]

    def inverse(self) -> Delete:
        return Delete(self.position, self.text)

    def joined(self, other: object) -> Insert | None:
        """This edit and the next as one, where the second goes on where the first ended."""
        if isinstance(other, Insert) and other.position == self.position + len(self.text):
            return Insert(self.position, self.text + other.text)
        return None


@dataclass(frozen=True)
class Delete:
    """Take `text`, which begins at `position`, out."""

    position: int
    text: str

    def apply(self, content: str) -> str:
        end = self.position + len(self.text)
        if self.position < 0 or content[self.position : end] != self.text:
            raise EditError(f"{self.text!r} is not at {self.position}")
        return content[: self.position] + content[end:]

    def inverse(self) -> Insert:
        return Insert(self.position, self.text)

    def joined(self, other: object) -> Delete | None:
        """This edit and the next as one, where backspace was pressed twice."""
        if isinstance(other, Delete) and other.position + len(other.text) == self.position:
            return Delete(other.position, other.text + self.text)
        return None
