import random

from brackets import mark, unmatched


def shrink(line):
    """What is left of a line of brackets after taking out pairs."""
    while True:
        shorter = line.replace("()", "").replace("[]", "").replace("{}", "")
        if shorter == line:
            return line
        line = shorter


def test_nothing_to_match():
    assert unmatched("") is None
    assert unmatched("x = 1 + y") is None


def test_pairs():
    assert unmatched("f(a[0], {1: (2)})") is None
    assert unmatched("()[]{}") is None


def test_closing_bracket_too_many():
    assert unmatched("f(x))") == 4
    assert unmatched("]") == 0


def test_brackets_that_do_not_fit():
    assert unmatched("f(a[0)") == 3
    assert unmatched("(]") == 0
    assert unmatched("{[()}") == 1


def test_one_bracket_open_at_the_end():
    assert unmatched("print(") == 5
    assert unmatched("a[0] + b[1") == 8


def test_several_brackets_open_at_the_end():
    assert unmatched("f(x, [1, 2") == 5
    assert unmatched("{(") == 1
    assert unmatched("((())") == 0
    assert unmatched("(((") == 2


def test_quoted_brackets():
    assert unmatched("print('(')") is None
    assert unmatched('x = "]" + \'}\'') is None
    assert unmatched("('[') + [") == 8


def test_quotes_in_quotes():
    assert unmatched("\"it's\" + (1)") is None
    assert unmatched("'\"'") is None


def test_unclosed_quotes():
    assert unmatched("f('abc") == 2
    assert unmatched("x = \"it's") == 4
    assert unmatched("(']") == 1


def test_escaped_quotes():
    assert unmatched(r"'it\'s' + (1)") is None
    assert unmatched(r"'\\' + (") == 7
    assert unmatched(r"'\'") == 0


def test_marks():
    assert mark("f(x)") == "f(x)"
    assert mark("f(x") == "f(x\n ^"
    assert mark("([") == "([\n ^"


def test_against_taking_out_pairs():
    numbers = random.Random(151)
    for _ in range(500):
        line = "".join(numbers.choice("()[]{}") for _ in range(numbers.randrange(9)))
        left = shrink(line)
        position = unmatched(line)
        assert (position is None) == (left == "")
        if left and not set(left) & set(")]}"):
            assert shrink(line[:position]) + line[position] == left
