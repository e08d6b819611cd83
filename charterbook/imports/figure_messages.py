"""What is said of a figure that cannot be taken over, and of what was decided for all figures."""

from __future__ import annotations

from collections.abc import Mapping

from charterbook.i18n import N_

_MAPPING = N_("Correct it, or map it in mkdocs.yml below figures: metrics:.")

#: Rule -> what is wrong, and what would be right.
MESSAGES: Mapping[str, tuple[str, str]] = {
    # columns
    "no-columns": (N_("there is one column; figures need a metric, a day and a value"), N_("Write a column for each, or a column for each metric beside the days.")),
    "no-days": (N_("neither a column nor the header has days"), N_("Name the column of days in mkdocs.yml below figures: columns:, or write the header of its own row with --header.")),
    "no-column": (N_("there is no column %(name)s, which mkdocs.yml names as the column for %(role)s"), N_("Available: %(names)s.")),
    "twice-column": (N_("%(name)s and %(other)s are both columns for %(role)s"), N_("Name the right one in mkdocs.yml below figures: columns:.")),
    "beyond-header": (N_("this cell has no name above it in the header"), N_("Name its column, or quote the cell that the separator has split.")),
    # metrics
    "unknown-metric": (N_("there is no metric %(name)s in the charter"), _MAPPING),
    "ambiguous-metric": (N_("%(name)s may be %(ids)s"), N_("Write the id of the metric.")),
    "no-metric": (N_("the name of the metric is missing"), N_("Write its name or id.")),
    "twice-metric": (N_("the metric %(id)s has a column already, %(place)s"), N_("Keep one of the two.")),
    # days
    "no-day": (N_("the day is missing"), N_("Write it as 2026-09-30.")),
    "unreadable-day": (N_("%(value)s is not a day"), N_("Write it as 2026-09-30, or format the cell as a date.")),
    "ambiguous-day": (N_("%(value)s may be %(first)s or %(second)s"), N_("Write it as 2026-09-30.")),
    "future-day": (N_("the day %(day)s has not come yet"), N_("Write the day of the measurement.")),
    # values
    "unreadable-value": (N_("%(value)s is not a number"), N_("Write the number alone, as 1234.5 or 1234,5.")),
    "ambiguous-number": (N_("%(value)s may be %(first)s or %(second)s"), N_("Say with --decimal point or --decimal comma how fractions are written.")),
    "share-or-percent": (N_("%(value)s may be a share of one or %(value)s %%"), N_("Write the percent sign, or format the cell as a percentage.")),
    "other-unit": (N_("the value is in %(sign)s and the metric %(id)s in %(unit)s"), N_("Convert it, or correct the unit.")),
    "too-exact": (N_("%(value)s has more digits than can be kept"), N_("Round it to at most 15 digits.")),
    "cell": ("%(reason)s", ""),
    # agreement
    "conflict": (N_("%(id)s has two values on %(day)s: %(value)s here and %(other)s in %(place)s"), N_("Keep the right one.")),
    "differs": (N_("%(id)s is %(value)s on %(day)s here and %(other)s in the charter"), N_("Correct the file, or the charter with charterbook propose --set.")),
    "long-note": (N_("the note is no line of at most 200 characters"), N_("Shorten it.")),
    "more": (N_("there are more problems than %(limit)s"), N_("Correct these first.")),
}  # fmt: skip

MONTH_NOTE = N_("a month, a quarter or a year counts as its last day")
DECIMAL_NOTE = N_("fractions are written with %(sign)s, as other values of the file show")
POINT, COMMA = N_("a point"), N_("a comma")
LEFT_OUT_NOTE = N_("columns that are not read: %(names)s")
EARLIER_NOTE = N_(
    "values before %(day)s belong to earlier versions and are left out (--since DAY takes them in): %(count)s"
)
KNOWN_NOTE = N_("values that the charter has already: %(count)s")
ROLES = {"metric": N_("the metric"), "day": N_("the day"), "value": N_("the value"), "note": N_("the note")}

#: The reason of a proposal, if no other one is given.
REASON = N_("New figures from %(files)s")
