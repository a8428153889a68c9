import random

import pytest

from roundtrip import best_open_section, best_section, best_start, worst_open_section


def sections(legs):
    """The totals of all sections, also those across the start."""
    doubled = list(legs) * 2
    for start in range(len(legs)):
        for length in range(1, len(legs) + 1):
            yield sum(doubled[start : start + length])


def test_no_legs():
    for function in (best_open_section, worst_open_section, best_section):
        with pytest.raises(ValueError):
            function([])


def test_open_section():
    assert best_open_section([2, -1, 3, -9, 4]) == 4
    assert best_open_section([-4, 6, -1, 3, -2]) == 8
    assert best_open_section([-2, -7]) == -2


def test_worst_open_section():
    assert worst_open_section([2, -1, 3, -9, 4]) == -9
    assert worst_open_section([1, -2, 1, -2, 5]) == -3
    assert worst_open_section([6, 3]) == 3


def test_section_within_the_tour():
    assert best_section([-5, 4, 4, -5]) == 8


def test_section_across_the_start():
    assert best_section([5, -9, 2, 3]) == 10
    assert best_section([1, -1, 1, -1, 1]) == 2


def test_whole_tour():
    assert best_section([1, 2, 3]) == 6
    assert best_section([7]) == 7


def test_flat_tour():
    assert best_section([0, 0]) == 0
    assert best_section([0, -4]) == 0


def test_losing_tour():
    assert best_section([-3, -1, -2]) == -1
    assert best_section([-5]) == -5


def test_best_start():
    assert best_start([-3, 4, -1]) == 1
    assert best_start([4, -3, -1]) == 0
    assert best_start([-1, -2, 5, -2]) == 2


def test_sections_against_trying_all():
    numbers = random.Random(8)
    for _ in range(300):
        legs = [numbers.randint(-6, 6) for _ in range(numbers.randrange(1, 9))]
        assert best_section(legs) == max(sections(legs))


def test_losing_tours_against_trying_all():
    numbers = random.Random(9)
    for _ in range(50):
        legs = [numbers.randint(-9, -1) for _ in range(numbers.randrange(1, 7))]
        assert best_section(legs) == max(sections(legs)) == max(legs)
