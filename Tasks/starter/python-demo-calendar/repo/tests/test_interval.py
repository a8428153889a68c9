import pytest

from planner import Interval, merge, parse_minutes
from planner.interval import gaps

DAY = Interval(0, 100)


def test_parse_and_show_times_of_day():
    assert parse_minutes("9:30") == 570
    assert parse_minutes("00:00") == 0
    assert parse_minutes("24:00") == 1440
    assert repr(Interval(545, 600)) == "09:05-10:00"


def test_times_that_do_not_exist_are_refused():
    for text in ("", "9", "9.30", "24:01", "7:60", "-1:00", "x:10"):
        with pytest.raises(ValueError, match="not a time"):
            parse_minutes(text)


def test_interval_cannot_run_backwards():
    assert Interval(5, 5).length == 0
    with pytest.raises(ValueError):
        Interval(6, 5)


def test_overlap_needs_a_common_minute():
    assert Interval(10, 20).overlaps(Interval(19, 30))
    assert Interval(10, 20).overlaps(Interval(12, 13))
    assert not Interval(10, 20).overlaps(Interval(20, 30))
    assert not Interval(20, 30).overlaps(Interval(10, 20))


def test_clamping_to_bounds():
    assert Interval(90, 120).clamped(DAY) == Interval(90, 100)
    assert Interval(10, 20).clamped(DAY) == Interval(10, 20)
    assert Interval(100, 120).clamped(DAY) is None


def test_merge_keeps_separate_intervals_in_order():
    assert merge([]) == []
    assert merge([Interval(40, 50), Interval(10, 20)]) == [Interval(10, 20), Interval(40, 50)]
    assert merge([Interval(10, 20), Interval(21, 30)]) == [Interval(10, 20), Interval(21, 30)]


def test_merge_joins_overlapping_intervals():
    assert merge([Interval(15, 30), Interval(10, 20)]) == [Interval(10, 30)]
    assert merge([Interval(10, 40), Interval(20, 30)]) == [Interval(10, 40)]
    assert merge([Interval(10, 20), Interval(10, 20)]) == [Interval(10, 20)]


def test_merge_joins_intervals_that_touch():
    assert merge([Interval(10, 20), Interval(20, 30)]) == [Interval(10, 30)]
    assert merge([Interval(30, 40), Interval(10, 20), Interval(20, 30)]) == [Interval(10, 40)]


def test_gaps_between_and_around():
    assert gaps([], DAY) == [DAY]
    assert gaps([DAY], DAY) == []
    assert gaps([Interval(10, 20), Interval(50, 60)], DAY) == [
        Interval(0, 10),
        Interval(20, 50),
        Interval(60, 100),
    ]
