import pytest

from editor import Document, EditError, History, Insert


def test_undo_and_redo():
    document = Document("abc", History([]))
    document.insert(1, "X")
    document.delete(0, 1)
    assert document.content == "Xbc"
    assert document.undo() and document.undo()
    assert document.content == "abc"
    assert document.redo()
    assert document.content == "aXbc"
    assert document.redo()
    assert not document.redo()
    assert document.content == "Xbc"


def test_typing_is_undone_in_one_go():
    document = Document(history=History([]))
    for letter in "word":
        document.type(letter)
    document.undo()
    assert document.content == ""
    assert not document.history.can_undo


def test_new_edit_forgets_what_was_undone():
    document = Document("a", History([]))
    document.insert(1, "b")
    document.undo()
    document.insert(1, "c")
    assert not document.history.can_redo
    assert document.content == "ac"


def test_new_documents_have_nothing_to_undo():
    first = Document()
    first.insert(0, "hello")
    second = Document()
    assert not second.history.can_undo
    assert not second.undo()
    assert first.undo()
    assert first.content == ""


def test_new_histories_are_apart():
    first, second = History(), History(limit=5)
    first.record(Insert(0, "a"))
    assert second.done == ()
    second.record(Insert(0, "b"))
    assert first.done == (Insert(0, "a"),)
    assert History().done == ()


def test_saved_history_is_continued():
    saved = [Insert(0, "a"), Insert(1, "b")]
    document = Document("ab", History(saved))
    document.insert(2, "c")
    assert document.history.done == (Insert(0, "a"), Insert(1, "b"), Insert(2, "c"))
    assert document.undo() and document.undo()
    assert document.content == "a"


def test_history_is_limited():
    document = Document("", History([], limit=2))
    for position in range(4):
        document.insert(position, str(position))
    assert document.history.done == (Insert(2, "2"), Insert(3, "3"))
    assert len(History([Insert(0, "x")] * 5, limit=3).done) == 3
    with pytest.raises(ValueError):
        History([], limit=0)


def test_edits_that_do_not_fit_are_not_recorded():
    document = Document("abc", History([]))
    for position, length in ((0, 0), (2, 2), (3, 1)):
        with pytest.raises(EditError):
            document.delete(position, length)
    with pytest.raises(EditError):
        document.insert(9, "x")
    assert document.history.done == ()
