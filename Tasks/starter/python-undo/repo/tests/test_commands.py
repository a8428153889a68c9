import pytest

from editor import Delete, EditError, Insert


def test_insert():
    assert Insert(1, "xy").apply("abc") == "axybc"
    assert Insert(3, "!").apply("abc") == "abc!"
    assert Insert(0, "a").apply("") == "a"


def test_delete():
    assert Delete(1, "b").apply("abc") == "ac"
    assert Delete(0, "abc").apply("abc") == ""


def test_edits_outside_the_text():
    for command in (Insert(4, "x"), Insert(-1, "x"), Delete(2, "x"), Delete(3, "d"), Delete(-1, "c")):
        with pytest.raises(EditError):
            command.apply("abc")


def test_inverse_puts_the_text_back():
    for command in (Insert(2, "xyz"), Delete(1, "bc")):
        assert command.inverse().apply(command.apply("abcd")) == "abcd"


def test_joining():
    assert Insert(2, "ab").joined(Insert(4, "c")) == Insert(2, "abc")
    assert Insert(2, "ab").joined(Insert(3, "c")) is None
    assert Insert(2, "ab").joined(Delete(4, "c")) is None
    assert Delete(4, "c").joined(Delete(2, "ab")) == Delete(2, "abc")
    assert Delete(4, "c").joined(Delete(4, "d")) is None
