import random
import statistics

import pytest

from smoothing import Window, rolling_median


def test_no_readings():
    assert rolling_median([], 3) == []


def test_empty_window():
    for width in (0, -2):
        with pytest.raises(ValueError):
            rolling_median([1, 2], width)


def test_width_one_changes_nothing():
    assert rolling_median([4, 4, 4], 1) == [4, 4, 4]


def test_while_the_window_fills():
    assert rolling_median([8, 2, 5, 1], 10) == [8, 5, 5, 3.5]


def test_full_window():
    assert rolling_median([5, 1, 9, 2, 2], 3) == [5, 3, 5, 2, 2]
    assert rolling_median([1, 2, 3, 4, 5, 6], 2) == [1, 1.5, 2.5, 3.5, 4.5, 5.5]


def test_spike_is_smoothed_away():
    assert rolling_median([3, 3, 99, 3, 3, 3], 3) == [3, 3, 3, 3, 3, 3]


def test_median_of_a_window():
    window = Window()
    for reading in (7, 1, 4):
        window.add(reading)
    assert window.median() == 4
    window.add(5)
    assert window.median() == 4.5
    assert len(window) == 4


def test_removing_from_a_window():
    window = Window()
    for reading in (3, 3, 8):
        window.add(reading)
    window.remove(3)
    assert window.median() == 5.5
    window.remove(8)
    assert window.median() == 3


def test_removing_what_is_not_there():
    window = Window()
    window.add(2)
    for reading in (1, 3):
        with pytest.raises(ValueError):
            window.remove(reading)


def test_readings_are_left_alone():
    readings = [4, 1, 3, 2]
    rolling_median(readings, 2)
    assert readings == [4, 1, 3, 2]


def test_against_the_definition():
    numbers = random.Random(31)
    for _ in range(80):
        readings = [numbers.randrange(10) for _ in range(numbers.randrange(1, 25))]
        width = numbers.randrange(1, 8)
        windows = [readings[max(0, end - width) : end] for end in range(1, len(readings) + 1)]
        assert rolling_median(readings, width) == [statistics.median(window) for window in windows]
