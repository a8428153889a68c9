import pytest

from planner import BookingError, Day, Interval


def show(intervals):
    return " ".join(map(repr, intervals))


@pytest.fixture
def day():
    return Day(opens="8:00", closes="18:00")


def test_an_empty_day_is_free(day):
    assert day.busy() == []
    assert show(day.free()) == "08:00-18:00"
    assert day.utilisation() == 0


def test_meetings_that_overlap_make_one_block(day):
    day.book("Planning", "13:00", "14:30")
    day.book("Interview", "14:00", "15:00")
    assert show(day.busy()) == "13:00-15:00"
    assert show(day.free()) == "08:00-13:00 15:00-18:00"


def test_meetings_back_to_back_leave_no_break(day):
    day.book("Design review", "9:30", "11:00")
    day.book("Stand-up", "9:00", "9:30")
    day.book("Retrospective", "16:00", "17:00")
    assert show(day.breaks()) == "11:00-16:00"
    assert show(day.busy()) == "09:00-11:00 16:00-17:00"


def test_breaks_lie_between_blocks(day):
    assert day.breaks() == []
    day.book("Stand-up", "9:00", "9:30")
    assert day.breaks() == []
    day.book("Lunch talk", "12:00", "13:00")
    day.book("Demo", "13:01", "14:00")
    assert show(day.breaks()) == "09:30-12:00 13:00-13:01"


def test_time_outside_opening_hours_does_not_count(day):
    day.book("Breakfast", "7:00", "9:00")
    day.book("Party", "17:00", "22:00")
    assert show(day.busy()) == "08:00-09:00 17:00-18:00"
    assert day.utilisation() == pytest.approx(0.2)


def test_find_takes_the_first_slot_that_is_long_enough(day):
    day.book("Workshop", "8:30", "12:00")
    day.book("Review", "12:45", "17:00")
    assert day.find(30) == Interval(480, 510)
    assert day.find(45) == Interval(720, 765)
    assert day.find(60) == Interval(1020, 1080)
    assert day.find(61) is None


def test_meetings_that_make_no_sense_are_refused(day):
    with pytest.raises(BookingError, match="no time"):
        day.book("Blink", "9:00", "9:00")
    with pytest.raises(BookingError, match="closed at 18:00"):
        day.book("Late", "18:00", "19:00")
    assert day.busy() == []


def test_cancelled_meetings_give_the_time_back(day):
    meeting = day.book("Stand-up", "9:00", "9:30")
    day.cancel(meeting)
    assert show(day.free()) == "08:00-18:00"
    with pytest.raises(BookingError, match="not booked"):
        day.cancel(meeting)


def test_agenda_is_in_order(day):
    day.book("Review", "12:45", "17:00")
    day.book("Stand-up", "9:00", "9:30")
    assert day.agenda() == "09:00-09:30 Stand-up\n12:45-17:00 Review"
