"""The working calendar, on which working days and working hours are counted."""

import datetime
from typing import Annotated, Any, Literal

from pydantic import StringConstraints, model_validator

from charterbook.charter.base import Date, Line, MarkedPart, Part

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

#: The days of the week, in the order of Python's `date.weekday`.
WEEKDAYS: tuple[Weekday, ...] = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)

_TIME = r"([01][0-9]|2[0-3]):[0-5][0-9]"

#: The minutes of a day.
DAY_MINUTES = 24 * 60

#: A range of times of day, such as 09:00-17:30; an end that is not after the start is on the next day. A day ends at
#: 24:00.
Hours = Annotated[str, StringConstraints(pattern=rf"^{_TIME}-({_TIME}|24:00)$")]


class Holiday(Part):
    """A day on which nobody works. In the file, a date alone will do."""

    date: Date
    """The day."""
    name: Line | None = None
    """The name of the holiday."""

    @model_validator(mode="before")
    @classmethod
    def _of_date(cls, data: Any) -> Any:
        return {"date": data} if type(data) is datetime.date else data


class Calendar(MarkedPart):
    """When the team works. Working days and working hours are counted by this calendar."""

    days: list[Weekday] = []
    """The days of the week on which the team works. By default, monday to friday."""
    hours: list[Hours] = []
    """The working hours on these days, for example ["09:00-12:30", "13:30-18:00"]. By default, the whole day.

    Hours past midnight, such as "22:00-06:00", belong to the day on which they begin.
    """
    timezone: Line | None = None
    """The time zone of the working hours, for example Europe/Berlin. By default, that of the handbook."""
    holidays: list[Holiday] = []
    """Days on which nobody works: dates, or dates with a name."""

    @property
    def working_days(self) -> tuple[Weekday, ...]:
        """The days of a week on which the team works, in the order of a week."""
        return tuple(day for day in WEEKDAYS if day in self.days) or WEEKDAYS[:5]

    @property
    def shifts(self) -> tuple[tuple[int, int], ...]:
        """The working hours of a day, in order, as start and end minutes of the day; the end can be after 24:00."""
        return tuple(sorted(map(shift_of, self.hours))) or ((0, DAY_MINUTES),)

    @property
    def working_minutes(self) -> int:
        """The length of a working day in minutes. Shifts that overlap are counted once."""
        total = end = 0
        for begin, stop in self.shifts:
            total += max(stop - max(begin, end), 0)
            end = max(end, stop)
        return total


def shift_of(span: str) -> tuple[int, int]:
    """The start and end of working hours in minutes of the day; hours past midnight end after 24:00."""
    begin, end = map(_minute, span.split("-"))
    return begin, end + DAY_MINUTES * (end <= begin)


def _minute(time: str) -> int:
    """The minute of the day."""
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)


#: The calendar of a charter without one. It is not validated: that would take 5 ms of each command that compares.
DEFAULT_CALENDAR = Calendar.model_construct()
