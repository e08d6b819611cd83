"""Messages about figures that cannot be imported, and about decisions for all figures."""

from __future__ import annotations

from collections.abc import Mapping

from charterbook.i18n import N_

_MAPPING = N_("Correct it, or map it in mkdocs.yml under figures: metrics:.")

#: Rule -> description and advice.
MESSAGES: Mapping[str, tuple[str, str]] = {
    # columns
    "no-columns": (N_("there is one column; figures need a metric, a day and a value"), N_("Add a column for each of them, or a column for each metric beside the days.")),
    "no-days": (N_("there are no days, neither in a column nor in the header"), N_("Name the column of days in mkdocs.yml under figures: columns:, or give the number of the header row with --header.")),
    "no-value-column": (N_("there is no column for the value, beside those for the metric and the day"), N_("Call it value, or name it in mkdocs.yml under figures: columns:.")),
    "header-below": (N_("the names of the columns are in row %(row)s, not in the first one"), N_("Add --header %(row)s, or delete the rows above it.")),
    "no-names": (N_("the first row has a value, %(value)s, in place of the name of a column"), N_("Add a row above it with the names metric, day and value.")),
    "no-column": (N_("there is no column %(name)s: mkdocs.yml names it as the column for %(role)s"), N_("Available: %(names)s.")),
    "twice-column": (N_("%(name)s and %(other)s are both columns for %(role)s"), N_("Name the right one in mkdocs.yml under figures: columns:.")),
    "beyond-header": (N_("the header has no name for the column of this cell"), N_("Name its column, or quote the cell that the separator has split.")),
    # metrics
    "unknown-metric": (N_("there is no metric %(name)s in the charter"), _MAPPING),
    "ambiguous-metric": (N_("%(name)s could mean %(ids)s"), N_("Write the id of the metric.")),
    "no-metric": (N_("the name of the metric is missing"), N_("Write its name or id.")),
    "twice-metric": (N_("the metric %(id)s already has a column, %(place)s"), N_("Keep one of the two.")),
    # days
    "no-day": (N_("the day is missing"), N_("Write it as 2026-09-30.")),
    "unreadable-day": (N_("%(value)s is not a date"), N_("Write it as 2026-09-30, or format the cell as a date.")),
    "ambiguous-day": (N_("%(value)s could mean %(first)s or %(second)s"), N_("Write %(first)s or %(second)s.")),
    "future-day": (N_("the day %(day)s is in the future"), N_("Write the day of the measurement.")),
    # values
    "unreadable-value": (N_("%(value)s is not a number"), N_("Write the number alone, as 1234.5 or 1234,5.")),
    "ambiguous-number": (N_("%(value)s could mean %(first)s or %(second)s"), N_("Name the decimal sign with --decimal point or --decimal comma.")),
    "share-or-percent": (N_("%(value)s could be a fraction of one or %(value)s%%"), N_("Write the percent sign, or format the cell as a percentage.")),
    "other-unit": (N_("the value is in %(sign)s, but the metric %(id)s is in %(unit)s"), N_("Convert it, or correct the unit.")),
    "too-exact": (N_("%(value)s has too many digits to be stored exactly"), N_("Round it to at most 15 digits.")),
    "cell": ("%(reason)s", ""),
    # agreement
    "conflict": (N_("%(id)s has two values on %(day)s: %(value)s here and %(other)s in %(place)s"), N_("Keep only the correct one.")),
    "differs": (N_("%(id)s is %(value)s on %(day)s here, but %(other)s in the charter"), N_("Correct the file, or the charter with charterbook propose --set.")),
    "long-note": (N_("the note must be one line of at most 200 characters"), N_("Shorten it.")),
    "more": (N_("there are more than %(limit)s problems"), N_("Correct these first.")),
}  # fmt: skip

#: Advice made from the value of a cell.
DAY_OF_NUMBER = N_(
    "For spreadsheet programs, this number means %(day)s. Write that, or format the cell as a date."
)
NO_SUCH_DAY = N_("That month has %(count)s days. Write an existing day, for example %(day)s.")
NUMBER_ALONE = N_("Write the number alone: %(number)s.")
ERROR_OF_FORMULA = N_(
    "This is the error of a formula. Correct it in the spreadsheet program, and export the file again."
)

MONTH_NOTE = N_("a week, a month, a quarter or a year is read as its last day")
NO_VALUE_NOTE = N_("cells such as %(value)s are read as empty")
DECIMAL_NOTE = N_("the decimal sign is %(sign)s, as other values in the file show")
POINT, COMMA = N_("a point"), N_("a comma")
LEFT_OUT_NOTE = N_("columns not read: %(names)s")
EARLIER_NOTE = N_(
    "values before %(day)s belong to earlier versions and are skipped (--since DAY includes them): %(count)s"
)
KNOWN_NOTE = N_("values already in the charter: %(count)s")
ROLES = {"metric": N_("the metric"), "day": N_("the day"), "value": N_("the value"), "note": N_("the note")}

#: The default reason of a proposal.
REASON = N_("New figures from %(files)s")
