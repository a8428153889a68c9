import random
from itertools import product

from paragraphs import break_lines, fill


def cost(lines, width):
    return sum(max(0, width - len(line)) ** 2 for line in lines[:-1])


def all_ways(words):
    for cuts in product((" ", "\n"), repeat=max(0, len(words) - 1)):
        text = "".join(word + cut for word, cut in zip(words, [*cuts, ""]))
        yield text.split("\n")


def least_cost(words, width):
    allowed = (
        lines for lines in all_ways(words) if all(len(line) <= width or " " not in line for line in lines)
    )
    return min(cost(lines, width) for lines in allowed)


def test_no_words():
    assert break_lines([], 10) == []


def test_all_on_one_line():
    assert break_lines(["a", "bc", "d"], 6) == ["a bc d"]


def test_full_lines():
    assert break_lines(["aa", "bb", "cc", "dd"], 5) == ["aa bb", "cc dd"]


def test_words_as_wide_as_the_line():
    assert break_lines(["aaaa", "bbbb"], 4) == ["aaaa", "bbbb"]


def test_word_that_is_too_long():
    assert break_lines(["a", "abcdefgh", "b"], 4) == ["a", "abcdefgh", "b"]
    assert break_lines(["abcdefgh"], 4) == ["abcdefgh"]


def test_even_rather_than_greedy():
    assert break_lines(["aaa", "bb", "cc", "ddddd"], 6) == ["aaa", "bb cc", "ddddd"]


def test_last_line_may_be_short():
    assert break_lines(["aa", "b", "c", "d"], 6) == ["aa b c", "d"]
    assert break_lines(["aaaa", "bb", "c"], 8) == ["aaaa bb", "c"]


def test_single_word_on_the_last_line():
    assert break_lines("it may well be short".split(), 9) == ["it may", "well be", "short"]
    assert break_lines("one two three four".split(), 13) == ["one two three", "four"]


def test_equally_good_ways():
    assert break_lines(["ab", "a", "ab", "abcd"], 5) == ["ab", "a ab", "abcd"]
    assert break_lines(["abc", "ab", "abc", "abcde"], 8) == ["abc", "ab abc", "abcde"]


def test_paragraphs():
    assert fill("a b\nc\n\nd\ne", 3) == "a b\nc\n\nd e"
    assert fill("", 5) == ""


def test_words_stay_in_order():
    numbers = random.Random(157)
    for _ in range(50):
        words = ["x" * numbers.randrange(1, 7) for _ in range(20)]
        lines = break_lines(words, 12)
        assert " ".join(lines).split() == words
        assert all(len(line) <= 12 for line in lines)


def test_against_all_ways():
    numbers = random.Random(163)
    for _ in range(150):
        words = ["abcdefg"[: numbers.randrange(1, 8)] for _ in range(numbers.randrange(1, 8))]
        width = numbers.randrange(3, 12)
        lines = break_lines(words, width)
        assert lines in list(all_ways(words))
        assert cost(lines, width) == least_cost(words, width)
