"""The severity of a change between two charters: that of its path, raised for binding words, and capped for changes in
appearance alone.

`severity_of` decides by the path and the table. This module adds what depends on the two charters: the values that
they have, whether texts differ in words that bind, or only in white space, capitals, punctuation or order.
"""

from __future__ import annotations

from collections.abc import Mapping

from charterbook.compare.binding_words import binds_otherwise
from charterbook.compare.comparability import only_rewritten
from charterbook.compare.comparison import SEVERITIES, Severity
from charterbook.compare.direction import direction_of
from charterbook.compare.inner_paths import paths_inside
from charterbook.compare.lookup import Sides
from charterbook.compare.promise_directions import first_day
from charterbook.compare.severity import fits, is_overridden, severity_of
from charterbook.compare.text_changes import same_in_words, same_to_readers
from charterbook.diff import Change, Data, Path


def capped_severity(change: Change, sides: Sides, overrides: Mapping[str, Severity]) -> Severity:
    """The severity of a change; `overrides` are the severities from mkdocs.yml, by path pattern."""

    def has_value(path: Path) -> bool:
        return sides.after(path) is not None or sides.former(change, path) is not None

    inside = paths_inside(change.kind, change.path, change.old, change.new)
    found = severity_of(change.kind, change.path, overrides, has_value, _section(change), inside)
    if not is_overridden(overrides, change.path):
        if fits("services.*.since", change.path):
            found = _of_start(change, sides)
        elif binds_otherwise(change):
            found = "commitment"
    return _capped(found, change, sides)


def _of_start(change: Change, sides: Sides) -> Severity:
    """The severity of a start date: a day that has passed is a fact, any other is a commitment.

    If it is unknown which days have passed, so is a changed date.
    """
    is_open = change.kind == "changed" and first_day(sides.new) is None
    return "commitment" if is_open or direction_of(change, sides) is not None else "meaning"


def _section(change: Change) -> Data | None:
    """The content of a section that was added or removed as a whole; None for any other change."""
    value = change.new or change.old
    return value if len(change.path) == 1 and isinstance(value, dict) else None


def _capped(severity: Severity, change: Change, sides: Sides) -> Severity:
    """The severity; at most `wording` or `order` for a change in appearance alone, also if an override says more."""
    limit: Severity = "commitment"
    if same_to_readers(change):
        limit = "order"
    elif same_in_words(change) or only_rewritten(change, sides):
        limit = "wording"
    return max(severity, limit, key=SEVERITIES.index)
