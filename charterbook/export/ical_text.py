r"""Texts of an iCalendar file.

icalendar 7.3 writes a backslash before N, as in C:\New, as a line break. RFC 5545 escapes the two characters
separately.
"""

from __future__ import annotations

from icalendar import vText


class CalendarText(vText):
    """An iCalendar text that decodes to the same text."""

    def to_ical(self) -> bytes:
        """The escaped text."""
        text = str(self)
        for sign, escaped in (
            ("\\", r"\\"),
            (";", r"\;"),
            (",", r"\,"),
            ("\r\n", r"\n"),
            ("\n", r"\n"),
            ("\r", r"\n"),
        ):
            text = text.replace(sign, escaped)
        return text.encode()
