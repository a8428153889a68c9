"""Working days: which days count, how many lie between two dates, and when something is due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6


class Calendar:
    """The working days of a place: all days but its weekend and its holidays."""

    def __init__(
        self,
        holidays: Iterable[date] = (),
        weekend: Iterable[int] = (SATURDAY, SUNDAY),
    ) -> None:
        self.holidays = frozenset(holidays)
        self.weekend = frozenset(weekend)
        if len(self.weekend) >= 7:
            raise ValueError("a week without working days has no next working day")

    def is_workday(self, day: date) -> bool:
        return day.weekday() not in self.weekend and day not in self.holidays

    def next_workday(self, day: date) -> date:
        """The first working day after `day`."""
        following = day + ONE_DAY
        while not self.is_workday(following):
            following = day + ONE_DAY
        return following

    def previous_workday(self, day: date) -> date:
        """The last working day before `day`."""
        earlier = day - ONE_DAY
        while not self.is_workday(earlier):
            earlier = earlier - ONE_DAY
        return earlier

    def roll_forward(self, day: date) -> date:
        """`day` itself where it is a working day, or the next one."""
        return day if self.is_workday(day) else self.next_workday(day)

    def due_date(self, start: date, workdays: int) -> date:
        """The day so many working days after `start`; negative counts go back in time."""
        day = start
        for _ in range(abs(workdays)):
            day = self.next_workday(day) if workdays > 0 else self.previous_workday(day)
        return day

    def days_between(self, first: date, last: date) -> Iterator[date]:
        """The working days from `first` up to, but not including, `last`."""
        day = first
        while day < last:
            if self.is_workday(day):
                yield day
            day += ONE_DAY

    def count_between(self, first: date, last: date) -> int:
        """How many working days lie between the two; negative where `last` comes first."""
        if last < first:
            return -self.count_between(last, first)
        return sum(1 for _ in self.days_between(first, last))


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    if month == 12:
        return date(year, 12, 31)
    return date(year, month + 1, 1) - ONE_DAY


def payday(calendar: Calendar, year: int, month: int) -> date:
    """The last working day of a month."""
    end = month_end(year, month)
    return end if calendar.is_workday(end) else calendar.previous_workday(end)
