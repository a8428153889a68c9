import pytest

from ignore import PatternError, matches


def matching(pattern, *names):
    return [name for name in names if matches(pattern, name)]


def test_plain_names():
    assert matching("main.py", "main.py", "main.pyc", "amain.py", "mainxpy", "") == ["main.py"]
    assert matching("", "", "x") == [""]


def test_question_mark_is_one_character():
    assert matching("a?c", "abc", "a?c", "ac", "abbc") == ["abc", "a?c"]


def test_classes():
    assert matching("[abc]x", "ax", "cx", "dx", "x") == ["ax", "cx"]
    assert matching("v[0-9_]", "v0", "v9", "v_", "va", "v-") == ["v0", "v9", "v_"]
    assert matching("v[!0-9]", "v0", "va", "v") == ["va"]
    assert matching("[]]", "]", "x") == ["]"]
    assert matching("[a-]", "a", "-", "b") == ["a", "-"]


def test_unclosed_class():
    for pattern in ("[", "a[bc", "[]"):
        with pytest.raises(PatternError):
            matches(pattern, "a")


def test_star_alone():
    assert matching("*", "", "a", "abc") == ["", "a", "abc"]
    assert matching("**", "", "abc") == ["", "abc"]


def test_star_at_the_end():
    assert matching("a*", "a", "ab", "abc", "ba") == ["a", "ab", "abc"]


def test_star_before_a_suffix():
    assert matching("*.py", "main.py", ".py", "main.pyc", "py") == ["main.py", ".py"]
    assert matching("a*z", "az", "abcz", "abc", "za") == ["az", "abcz"]


def test_star_reaches_past_the_first_likeness():
    assert matches("*.tar.gz", "backup.2024.tar.gz")
    assert matches("*_test.py", "unit_test_test.py")
    assert matches("a*bc", "abbbc")
    assert matches("*ab", "aab")
    assert not matches("*.tar.gz", "backup.tar.gz.old")


def test_several_stars():
    assert matching("*a*b*", "ab", "xaxxbx", "ba", "aab") == ["ab", "xaxxbx", "aab"]
    assert matches("a*b*c", "abcbbc")
    assert matches("*-*-??", "my-file-2024-01")
    assert not matches("a*b*c", "acbbd")
    assert matches("*[0-9][0-9]", "a1b234")
