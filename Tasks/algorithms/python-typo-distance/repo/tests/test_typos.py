import random
from functools import lru_cache

from typos import suggest, typos


@lru_cache(maxsize=None)
def typos_by_recursion(typed, meant):
    if not typed or not meant:
        return len(typed) + len(meant)
    best = min(
        typos_by_recursion(typed[1:], meant) + 1,
        typos_by_recursion(typed, meant[1:]) + 1,
        typos_by_recursion(typed[1:], meant[1:]) + (typed[0] != meant[0]),
    )
    if len(typed) > 1 and typed[:2] == meant[1::-1]:
        best = min(best, typos_by_recursion(typed[2:], meant[2:]) + 1)
    return best


def test_same_word():
    assert typos("", "") == 0
    assert typos("house", "house") == 0


def test_empty_word():
    assert typos("", "abc") == 3
    assert typos("abcd", "") == 4


def test_wrong_letter():
    assert typos("hause", "house") == 1
    assert typos("x", "y") == 1


def test_missing_letter():
    assert typos("hose", "house") == 1
    assert typos("ouse", "house") == 1


def test_letter_too_many():
    assert typos("houuse", "house") == 1
    assert typos("houses", "house") == 1


def test_several_typos():
    assert typos("sitting", "kitten") == 3
    assert typos("abc", "xyz") == 3


def test_swapped_letters():
    assert typos("teh", "the") == 1
    assert typos("form", "from") == 1
    assert typos("ab", "ba") == 1
    assert typos("badc", "abcd") == 2


def test_equal_neighbours_are_not_a_swap():
    assert typos("aab", "abb") == 1
    assert typos("aa", "bb") == 2


def test_suggestions():
    words = ["then", "tea", "the", "ten", "house"]
    assert suggest("the", words) == ["the", "then", "tea", "ten"]
    assert suggest("xyz", words) == []
    assert suggest("hous", words, limit=1) == ["house"]
    assert suggest("thex", words, limit=0) == []


def test_suggestions_for_swapped_letters():
    assert suggest("teh", ["the", "zeta", "ten", "eth"], limit=1) == ["eth", "ten", "the"]


def test_no_closer_from_the_other_side():
    numbers = random.Random(47)
    for _ in range(300):
        typed = "".join(numbers.choice("abc") for _ in range(numbers.randrange(7)))
        meant = "".join(numbers.choice("abc") for _ in range(numbers.randrange(7)))
        assert typos(typed, meant) == typos(meant, typed) == typos_by_recursion(typed, meant)
