"""When is this room free?"""

from planner.day import BookingError, Day, Meeting
from planner.interval import Interval, merge
from planner.clock import format_minutes, parse_minutes

__all__ = [
    "BookingError",
    "Day",
    "Interval",
    "Meeting",
    "format_minutes",
    "merge",
    "parse_minutes",
]
