import random

import pytest

from geofence import contains, count_inside, on_border

SQUARE = [(0, 0), (4, 0), (4, 4), (0, 4)]
ELL = [(0, 0), (10, 0), (10, 4), (6, 4), (6, 8), (0, 8)]
ARROW = [(0, 0), (8, 4), (0, 8), (3, 4)]


def side(one, other, point):
    return (other[0] - one[0]) * (point[1] - one[1]) - (other[1] - one[1]) * (point[0] - one[0])


def in_triangle(point, corners):
    sides = [side(one, other, point) for one, other in zip(corners, corners[1:] + corners[:1])]
    return min(sides) >= 0 or max(sides) <= 0


def map_of(zone, width, height):
    return ["".join(".#"[contains((x, y), zone)] for x in range(width)) for y in range(height)]


def test_too_few_corners():
    for zone in ([], [(1, 1)], [(0, 0), (5, 5)]):
        with pytest.raises(ValueError):
            contains((1, 1), zone)


def test_square():
    assert contains((2, 2), SQUARE)
    assert not contains((5, 2), SQUARE)
    assert not contains((-1, 2), SQUARE)
    assert not contains((2, 9), SQUARE)


def test_square_from_any_corner_and_either_way():
    for start in range(4):
        turned = SQUARE[start:] + SQUARE[:start]
        for zone in (turned, turned[::-1]):
            assert contains((1, 3), zone)
            assert not contains((1, 5), zone)


def test_border_belongs_to_the_zone():
    for point in ((0, 0), (4, 4), (2, 0), (0, 3), (4, 1)):
        assert on_border(point, SQUARE)
        assert contains(point, SQUARE)


def test_beside_the_border():
    assert not on_border((5, 0), SQUARE)
    assert not on_border((2, 2), SQUARE)
    assert not on_border((4, -1), SQUARE)
    assert on_border((2, 1), ARROW)
    assert not on_border((10, 5), ARROW)


def test_outside_at_the_height_of_a_corner():
    assert not contains((-3, 4), ARROW)
    assert not contains((-3, 0), ARROW)
    assert not contains((12, 8), ELL)


def test_ell():
    assert contains((3, 6), ELL)
    assert contains((8, 2), ELL)
    assert not contains((8, 6), ELL)
    small = [(0, 0), (5, 0), (5, 2), (3, 2), (3, 4), (0, 4)]
    assert map_of(small, 6, 5) == ["######", "######", "######", "####..", "####.."]


def test_arrow_with_a_notch():
    assert contains((4, 4), ARROW)
    assert not contains((1, 4), ARROW)
    assert contains((5, 3), ARROW)
    assert not contains((7, 3), ARROW)


def test_border_in_many_bits():
    bits = [(x, 0) for x in range(6)] + [(5, y) for y in range(1, 6)] + [(0, 5)]
    assert map_of(bits, 8, 7) == ["######.."] * 6 + ["........"]


def test_counting():
    assert count_inside([(1, 1), (9, 9), (4, 4)], SQUARE) == 2
    assert count_inside([], SQUARE) == 0


def test_triangles_against_their_sides():
    numbers = random.Random(97)
    for _ in range(150):
        corners = [(numbers.randrange(12), numbers.randrange(12)) for _ in range(3)]
        if side(*corners) != 0:
            for _ in range(10):
                point = numbers.randrange(-1, 13), numbers.randrange(-1, 13)
                assert contains(point, corners) == in_triangle(point, corners)
