"""Messages about a request log, with their levels. An error excludes a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from charterbook.i18n import N_

MESSAGES: Mapping[str, tuple[str, Literal["error", "warning", "note"]]] = {
    # the columns
    "no-header": (
        N_("the first row looks like a request, not like the names of columns; give the file a header"),
        "error",
    ),
    "no-column": (
        N_(
            'there is no column "%(header)s" for %(name)s; name the right one with --column %(name)s=HEADER. %(advice)s'
        ),
        "error",
    ),
    "no-columns": (
        N_(
            "there are no columns for kind, opened and answered; name them with --column kind=HEADER --column opened=HEADER --column answered=HEADER. %(advice)s"
        ),
        "error",
    ),
    "header-below": (
        N_("the names of the columns are in row %(row)s, not in the first one; delete the rows above it"),
        "error",
    ),
    "column-twice": (
        N_('several columns are called "%(header)s"; rename the one for %(name)s'),
        "error",
    ),
    # a cell
    "no-kind": (N_("the kind of the request is missing"), "error"),
    "not-opened": (N_("the day on which the request was opened is missing"), "error"),
    "unreadable": (
        N_("this is not a date and time; write it like 2026-07-03 14:05 or 03.07.2026 14:05"),
        "error",
    ),
    "ambiguous-order": (
        N_("it is not clear which number is the day; use --dates dmy or --dates mdy"),
        "error",
    ),
    "short-year": (N_("the year has two digits; write it with four"), "error"),
    "no-such-day": (N_("there is no such day"), "error"),
    "year-out-of-range": (N_("the year is not between 1970 and 2099"), "error"),
    "answered-before": (N_("the request was answered before it was opened"), "error"),
    "pauses-differ": (
        N_("the number of pause beginnings differs from the number of pause ends"),
        "error",
    ),
    "resumed-before": (N_("a pause ends before it begins"), "error"),
    # requests that are listed more than once
    "ids-differ": (
        N_(
            "this request is listed more than once, with another kind, opening, answer or pause; correct one of the rows"
        ),
        "error",
    ),
    "repeated-id": (
        N_(
            "this request is listed more than once; it is counted once, by its last row or by the answered one"
        ),
        "note",
    ),
    "no-id": (N_("the id is missing; the request is assumed to be listed only once"), "warning"),
    "alike": (
        N_(
            "a different file has a request of this kind with the same times; both are counted. If it is the same request, map the column with the id: --column id=HEADER"
        ),
        "warning",
    ),
    # decisions
    "twice": (
        N_("this local time occurred twice; the first is used. To avoid this, export times with a time zone"),
        "warning",
    ),
    "skipped": (
        N_(
            "this local time did not exist, because the clocks were put forward; it is read as if they had not been"
        ),
        "warning",
    ),
    "no-time": (
        N_("a day without a time: a request was opened when the day began, and answered when it ended"),
        "warning",
    ),
    "empty-word": (N_("a word such as n/a is read as an empty cell"), "note"),
    # kinds
    "unknown-kind": (
        N_(
            "there is no promise for this kind of request; name one with --kind, or write ignore instead. %(advice)s"
        ),
        "error",
    ),
    "several-promises": (
        N_(
            "there are several promises for this kind of request; name one with --kind, for example onboarding/Another mentor"
        ),
        "error",
    ),
}
