"""What was done, and what was undone."""

from __future__ import annotations

from editor.commands import Delete, Insert

Command = Insert | Delete


class History:
    """Two stacks of commands: those that can be undone, and those that can be done again."""

    def __init__(self, done: list[Command] = [], limit: int = 100) -> None:
        if limit < 1:
            raise ValueError("a history needs room for one command")
        self.limit = limit
        self._done = done
        self._undone: list[Command] = []
        self._trim()

    @property
    def done(self) -> tuple[Command, ...]:
        return tuple(self._done)

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def record(self, command: Command, join: bool = False) -> None:
        """Remember a command; `join` lets it melt into the one before, as typing does."""
        self._undone.clear()
        if join and self._done:
            joined = self._done[-1].joined(command)
            if joined is not None:
                self._done[-1] = joined
                return
        self._done.append(command)
        self._trim()

    def undo(self) -> Command:
        """The command that takes the last one back."""
        command = self._done.pop()
        self._undone.append(command)
        return command.inverse()

    def redo(self) -> Command:
        """The command that was undone last."""
        command = self._undone.pop()
        self._done.append(command)
        return command

    def _trim(self) -> None:
        excess = len(self._done) - self.limit
        if excess > 0:
            del self._done[:excess]
