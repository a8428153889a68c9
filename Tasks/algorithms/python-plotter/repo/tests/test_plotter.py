import random
from fractions import Fraction

from plotter import draw, line, path, share


def test_single_point():
    assert line((3, 4), (3, 4)) == [(3, 4)]


def test_straight_lines():
    assert line((0, 0), (3, 0)) == [(0, 0), (1, 0), (2, 0), (3, 0)]
    assert line((1, 2), (1, -1)) == [(1, 2), (1, 1), (1, 0), (1, -1)]


def test_diagonals():
    assert line((0, 0), (-2, 2)) == [(0, 0), (-1, 1), (-2, 2)]


def test_slanted_lines():
    assert line((0, 0), (4, 2)) == [(0, 0), (1, 1), (2, 1), (3, 2), (4, 2)]
    assert line((0, 0), (-1, 3)) == [(0, 0), (0, 1), (-1, 2), (-1, 3)]


def test_shares():
    assert [share(3, step, 6) for step in range(7)] == [0, 1, 1, 2, 2, 3, 3]
    assert share(-3, 1, 6) == -1
    assert share(0, 5, 6) == 0


def test_empty_path():
    assert path([]) == []
    assert path([[]]) == []


def test_path_of_one_line():
    assert path([[(0, 0), (2, 0)]]) == [(0, 0), (1, 0), (2, 0)]
    assert path([[(5, 5)]]) == [(5, 5)]


def test_corner_within_a_stroke():
    assert path([[(0, 0), (2, 0), (2, 2)]]) == [(0, 0), (1, 0), (2, 0), (2, 1), (2, 2)]


def test_stroke_that_continues():
    corner = [(0, 0), (1, 0), (2, 0), (2, 1), (2, 2)]
    assert path([[(0, 0), (2, 0)], [(2, 0), (2, 2)]]) == corner
    assert path([[(0, 0), (2, 0)], [(2, 0)], [(2, 0), (2, 2)]]) == corner


def test_stroke_that_begins_elsewhere():
    assert path([[(0, 0), (1, 0)], [(5, 5), (6, 5)]]) == [(0, 0), (1, 0), (5, 5), (6, 5)]
    assert path([[(0, 0)], [(3, 3)], [], [(4, 4)]]) == [(0, 0), (3, 3), (4, 4)]


def test_drawing():
    assert draw([(0, 0), (2, 1), (9, 9)], 3, 2) == "#..\n..#"
    assert draw(path([[(0, 0), (2, 0), (2, 2), (0, 2), (0, 0)]]), 3, 3) == "###\n#.#\n###"


def test_lines_stay_close_to_the_ideal():
    numbers = random.Random(173)
    for _ in range(150):
        start, end = ((numbers.randint(-9, 9), numbers.randint(-9, 9)) for _ in range(2))
        points = line(start, end)
        steps = max(abs(end[0] - start[0]), abs(end[1] - start[1]))
        assert points[0] == start and points[-1] == end and len(points) == steps + 1
        for step, point in enumerate(points[1:], start=1):
            for axis in (0, 1):
                ideal = start[axis] + Fraction((end[axis] - start[axis]) * step, steps)
                assert abs(point[axis] - ideal) <= Fraction(1, 2)


def test_no_point_follows_itself():
    numbers = random.Random(179)
    for _ in range(100):
        corners = [(numbers.randrange(4), numbers.randrange(4)) for _ in range(8)]
        strokes = [numbers.sample(corners, numbers.randrange(4)) for _ in range(4)]
        points = path(strokes)
        assert all(one != other for one, other in zip(points, points[1:]))
        assert {corner for stroke in strokes for corner in stroke} <= set(points)
