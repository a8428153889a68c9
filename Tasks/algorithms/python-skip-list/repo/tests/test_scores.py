import random
from itertools import repeat

import pytest

from scores import LEVELS, Scores


def scores_of(*scores, heights=None):
    board = Scores(iter(heights or [1] * len(scores)))
    for score in scores:
        assert board.add(score)
    return board


def test_empty():
    board = Scores(repeat(1))
    assert list(board) == []
    assert 0 not in board
    assert not board.remove(0)


def test_in_order():
    assert list(scores_of(30, 10, 20)) == [10, 20, 30]
    assert list(scores_of(30, 10, 20, heights=[2, 3, 1])) == [10, 20, 30]


def test_contains():
    board = scores_of(5, 15, -3, heights=[1, 4, 2])
    assert 5 in board and 15 in board and -3 in board
    assert 0 not in board and 16 not in board


def test_adding_twice():
    board = scores_of(7, heights=[2, 1])
    assert not board.add(7)
    assert list(board) == [7]


def test_heights_are_limited():
    board = scores_of(7, 9, heights=[LEVELS, LEVELS + 20])
    assert list(board) == [7, 9]


def test_a_height_is_drawn_for_each_new_score_only():
    heights = iter([1, 2, 3])
    board = Scores(heights)
    for score in (4, 4, 5, 4):
        board.add(score)
    assert next(heights) == 3


def test_removing_low_towers():
    board = scores_of(1, 2, 3)
    assert board.remove(2)
    assert 2 not in board
    assert list(board) == [1, 3]
    assert not board.remove(2)


def test_removing_high_towers():
    board = scores_of(10, 20, 30, 40, heights=[1, 3, 1, 2])
    assert board.remove(20)
    assert 20 not in board
    assert not board.remove(20)
    assert list(board) == [10, 30, 40]


def test_adding_after_removing():
    board = scores_of(10, 20, heights=[2, 3, 1])
    board.remove(20)
    assert board.add(20)
    assert list(board) == [10, 20]


@pytest.mark.parametrize("tallest", [1, 2, LEVELS + 1])
def test_against_a_set(tallest):
    numbers = random.Random(83)
    board = Scores(iter(lambda: numbers.randint(1, tallest), None))
    plain = set()
    for _ in range(400):
        score = numbers.randrange(20)
        if numbers.random() < 0.5:
            assert board.add(score) == (score not in plain)
            plain.add(score)
        else:
            assert board.remove(score) == (score in plain)
            plain.discard(score)
        assert list(board) == sorted(plain)
        assert all((other in board) == (other in plain) for other in range(20))
