"""One day of one room: the meetings in it and the time between them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from planner.clock import format_minutes, parse_minutes
from planner.interval import Interval, gaps, merge


class BookingError(ValueError):
    """The meeting does not fit into the day."""


@dataclass(frozen=True)
class Meeting:
    title: str
    time: Interval


class Day:
    """Collects meetings and says when the room is busy and when it is free."""

    def __init__(self, opens: str = "8:00", closes: str = "18:00") -> None:
        self.hours = Interval(parse_minutes(opens), parse_minutes(closes))
        self._meetings: list[Meeting] = []

    def book(self, title: str, start: str, end: str) -> Meeting:
        """Add a meeting. Double bookings are allowed: people do share a big room."""
        time = Interval(parse_minutes(start), parse_minutes(end))
        if time.length == 0:
            raise BookingError(f"{title!r} lasts no time at all")
        if not time.overlaps(self.hours):
            raise BookingError(f"the room is closed at {format_minutes(time.start)}")
        meeting = Meeting(title, time)
        self._meetings.append(meeting)
        return meeting

    def cancel(self, meeting: Meeting) -> None:
        """Take a meeting out again."""
        if meeting not in self._meetings:
            raise BookingError(f"{meeting.title!r} is not booked")
        self._meetings.remove(meeting)

    def busy(self) -> list[Interval]:
        """The blocks of time, within opening hours, in which somebody is in the room."""
        clamped = (meeting.time.clamped(self.hours) for meeting in self._meetings)
        return merge(time for time in clamped if time is not None)

    def free(self) -> list[Interval]:
        """The slots of opening hours in which nobody is."""
        return gaps(self.busy(), self.hours)

    def breaks(self) -> list[Interval]:
        """The pauses between one busy block and the next; the cleaners come then."""
        return [Interval(block.end, following.start) for block, following in pairwise(self.busy())]

    def find(self, minutes: int) -> Interval | None:
        """The first free slot of that many minutes, or None on a full day."""
        for slot in self.free():
            if slot.length >= minutes:
                return Interval(slot.start, slot.start + minutes)
        return None

    def utilisation(self) -> float:
        """The share of opening hours that is booked, from 0 to 1."""
        return sum(block.length for block in self.busy()) / self.hours.length

    def agenda(self) -> str:
        """The meetings of the day, one a line, the earliest first."""
        ordered = sorted(self._meetings, key=lambda meeting: meeting.time)
        return "\n".join(f"{meeting.time} {meeting.title}" for meeting in ordered)
