"""A text and its history."""

from __future__ import annotations

from editor.commands import Delete, EditError, Insert
from editor.history import History


class Document:
    """A text that can be edited, and put back."""

    def __init__(self, content: str = "", history: History | None = None) -> None:
        self.content = content
        self.history = history or History()

    def insert(self, position: int, text: str) -> None:
        self._do(Insert(position, text))

    def type(self, text: str) -> None:
        """Insert at the end; what is typed in one go is undone in one go."""
        self._do(Insert(len(self.content), text), join=True)

    def delete(self, position: int, length: int) -> None:
        if length < 1 or position + length > len(self.content):
            raise EditError(f"cannot delete {length} characters at {position}")
        self._do(Delete(position, self.content[position : position + length]))

    def undo(self) -> bool:
        """Take the last edit back; False where there is none."""
        if not self.history.can_undo:
            return False
        self.content = self.history.undo().apply(self.content)
        return True

    def redo(self) -> bool:
        """Do the last undone edit again; False where there is none."""
        if not self.history.can_redo:
            return False
        self.content = self.history.redo().apply(self.content)
        return True

    def _do(self, command: Insert | Delete, join: bool = False) -> None:
        self.content = command.apply(self.content)
        self.history.record(command, join)
