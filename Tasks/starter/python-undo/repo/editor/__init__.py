"""A text buffer with undo and redo."""

from editor.commands import Delete, EditError, Insert
from editor.document import Document
from editor.history import History

__all__ = ["Delete", "Document", "EditError", "History", "Insert"]
