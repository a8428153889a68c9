import random
from itertools import permutations

from ropes import area, corners, half, length, turn

FIELD = [(0, 0), (4, 0), (4, 3), (0, 3)]


def corners_by_trying(stakes):
    """Every side of the hull has all stakes on its left or on itself."""
    stakes = set(stakes)
    return {
        one
        for one, other in permutations(stakes, 2)
        if all(
            turn(one, other, stake) > 0
            or (turn(one, other, stake) == 0 and min(one, other) <= stake <= max(one, other))
            for stake in stakes
        )
    }


def test_no_stakes():
    assert corners([]) == []
    assert length([]) == 0
    assert area([]) == 0


def test_one_or_two_stakes():
    assert corners([(2, 1), (2, 1)]) == [(2, 1)]
    assert corners([(3, 4), (0, 0)]) == [(0, 0), (3, 4)]
    assert length([(3, 4), (0, 0)]) == 10


def test_turns():
    assert turn((0, 0), (1, 0), (1, 1)) > 0
    assert turn((0, 0), (1, 0), (1, -1)) < 0
    assert turn((0, 0), (1, 1), (3, 3)) == 0


def test_halves():
    assert half([(0, 0), (1, 5), (2, 0)]) == [(0, 0), (2, 0)]
    assert half([(0, 0), (1, -5), (2, 0)]) == [(0, 0), (1, -5), (2, 0)]
    assert half([(0, 0), (1, 0), (2, 0)]) == [(0, 0), (2, 0)]


def test_rectangle():
    assert corners(FIELD) == [(0, 0), (4, 0), (4, 3), (0, 3)]
    assert length(FIELD) == 14
    assert area(FIELD) == 12


def test_stakes_inside_and_on_the_sides():
    assert corners(FIELD + [(2, 1), (2, 0), (4, 2), (1, 3), (0, 1)]) == FIELD


def test_triangle_in_any_order():
    for stakes in permutations([(0, 1), (5, 0), (3, 6)]):
        assert corners(stakes) == [(0, 1), (5, 0), (3, 6)]


def test_stakes_in_a_row():
    assert corners([(0, 0), (1, 1), (2, 2), (3, 3)]) == [(0, 0), (3, 3)]
    assert area([(0, 0), (1, 1), (2, 2)]) == 0


def test_stakes_are_left_alone():
    stakes = [(4, 3), (0, 0), (4, 0)]
    corners(stakes)
    assert stakes == [(4, 3), (0, 0), (4, 0)]


def test_half_a_square():
    assert area([(0, 0), (3, 0), (0, 3)]) == 4.5


def test_against_trying():
    numbers = random.Random(181)
    for _ in range(200):
        stakes = [(numbers.randrange(7), numbers.randrange(7)) for _ in range(numbers.randrange(2, 9))]
        found = corners(stakes)
        assert len(found) == len(set(found))
        assert found[0] == min(stakes)
        if len(set(stakes)) > 1:
            assert set(found) == corners_by_trying(stakes)
        if len(found) > 2:
            assert all(turn(*three) > 0 for three in zip(found, found[1:] + found[:1], found[2:] + found[:2]))
