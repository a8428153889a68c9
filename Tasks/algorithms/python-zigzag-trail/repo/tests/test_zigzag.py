import random
from itertools import combinations

from zigzag import climb, longest_zigzag, turning_points


def is_zigzag(heights):
    steps = [after - before for before, after in zip(heights, heights[1:])]
    return 0 not in steps and all(one * other < 0 for one, other in zip(steps, steps[1:]))


def longest_by_trying(heights):
    for length in range(len(heights), 0, -1):
        if any(is_zigzag(picked) for picked in combinations(heights, length)):
            return length
    return 0


def test_no_points():
    assert longest_zigzag([]) == 0
    assert turning_points([]) == []
    assert climb([]) == 0


def test_single_point():
    assert longest_zigzag([7]) == 1


def test_level_trail():
    assert longest_zigzag([3, 3, 3]) == 1


def test_descent():
    assert longest_zigzag([5, 4, 3, 2, 1]) == 2


def test_ascent():
    assert longest_zigzag([1, 2, 3, 4, 5]) == 2


def test_pure_zigzag():
    assert longest_zigzag([1, 7, 4, 9, 2, 5]) == 6
    assert longest_zigzag([7, 1, 9, 4]) == 4


def test_with_detours():
    assert longest_zigzag([1, 17, 5, 10, 13, 15, 10, 5, 16, 8]) == 7


def test_turning_points():
    assert turning_points([1, 5, 2, 4]) == [1, 2]
    assert turning_points([1, 5, 5, 2]) == [2]
    assert turning_points([3, 3, 1, 1, 2, 3]) == [3]
    assert turning_points([1, 2, 3]) == []


def test_climb():
    assert climb([100, 120, 90, 95]) == 25
    assert climb([9, 5, 1]) == 0


def test_turns_and_zigzag_agree():
    numbers = random.Random(52)
    for _ in range(100):
        heights = [numbers.randrange(6) for _ in range(12)]
        if len(set(heights)) > 1:
            assert longest_zigzag(heights) == len(turning_points(heights)) + 2


def test_against_trying():
    numbers = random.Random(53)
    for _ in range(150):
        heights = [numbers.randrange(5) for _ in range(numbers.randrange(9))]
        assert longest_zigzag(heights) == longest_by_trying(heights)
