import random

import pytest

from attendance import Attendance


def curve(attendance):
    return [attendance.present_at(minute) for minute in range(attendance.minutes)]


def test_starts_empty():
    assert curve(Attendance(5)) == [0, 0, 0, 0, 0]


def test_day_without_minutes():
    for minutes in (0, -3):
        with pytest.raises(ValueError):
            Attendance(minutes)


def test_visit_until_closing_time():
    attendance = Attendance(6)
    attendance.stay(2, 6)
    assert curve(attendance) == [0, 0, 1, 1, 1, 1]


def test_groups_count_as_many():
    attendance = Attendance(4)
    attendance.stay(0, 4, visitors=7)
    attendance.stay(3, 4, visitors=2)
    assert curve(attendance) == [7, 7, 7, 9]


def test_leaving_early():
    attendance = Attendance(8)
    attendance.stay(1, 3)
    assert curve(attendance) == [0, 1, 1, 0, 0, 0, 0, 0]
    attendance.stay(2, 7, visitors=5)
    assert curve(attendance) == [0, 1, 6, 5, 5, 5, 5, 0]


def test_stay_of_no_minutes_counts_nowhere():
    attendance = Attendance(4)
    attendance.stay(2, 2, visitors=9)
    attendance.stay(4, 4, visitors=9)
    assert curve(attendance) == [0, 0, 0, 0]


def test_rejects_odd_stays():
    attendance = Attendance(10)
    for start, end in ((-1, 3), (5, 4), (0, 11)):
        with pytest.raises(ValueError):
            attendance.stay(start, end)
    assert curve(attendance) == [0] * 10


def test_minutes_outside_the_day():
    attendance = Attendance(10)
    for minute in (-1, 10):
        with pytest.raises(IndexError):
            attendance.present_at(minute)


def test_busiest_minute():
    attendance = Attendance(30)
    assert attendance.busiest() == 0
    attendance.stay(4, 20)
    attendance.stay(9, 14)
    attendance.stay(13, 16)
    assert attendance.busiest() == 13


def test_against_plain_counting():
    numbers = random.Random(5)
    for minutes in (1, 2, 7, 16, 33):
        attendance = Attendance(minutes)
        plain = [0] * minutes
        for _ in range(25):
            start, end = sorted(numbers.randrange(minutes + 1) for _ in range(2))
            visitors = numbers.randrange(1, 5)
            attendance.stay(start, end, visitors)
            for minute in range(start, end):
                plain[minute] += visitors
        assert curve(attendance) == plain
