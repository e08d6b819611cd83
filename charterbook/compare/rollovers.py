"""Group new targets for a later date: each period, many metrics get a new target, and readers see them together.

A target that is easier than the old one, or not comparable with it, is not routine and has its own statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from charterbook.compare.comparison import Statement
from charterbook.frozen_dataclass import dataclass
from charterbook.i18n import Translator

#: Minimum number of metrics in a group.
_SEVERAL = 2

_TARGET = ("metrics", "target")


@dataclass(frozen=True)
class Rollover:
    """New targets of several metrics with a date in the same year."""

    year: int
    statements: tuple[Statement, ...]

    def title(self, t: Translator) -> str:
        """The sentence for the group."""
        number = len(self.statements)
        message = t.ngettext(
            "%(n)s metric has a new target for %(year)s",
            "%(n)s metrics have new targets for %(year)s",
            number,
        )
        return message % {"n": t.number(number), "year": self.year}


def rollovers(statements: Iterable[Statement]) -> list[Rollover]:
    """Groups of new targets, by the year of their date."""
    found: dict[int, list[Statement]] = {}
    for statement in statements:
        if _is_rolled(statement):
            found.setdefault(statement.new["date"].year, []).append(statement)
    return [Rollover(year, tuple(each)) for year, each in sorted(found.items()) if len(each) >= _SEVERAL]


def with_rollovers(statements: Sequence[Statement]) -> list[Statement | Rollover]:
    """Statements and groups in order; a group replaces the first of its statements."""
    groups = {id(one): group for group in rollovers(statements) for one in group.statements}
    entries = [groups.get(id(statement), statement) for statement in statements]
    return list({id(entry): entry for entry in entries}.values())


def _is_rolled(statement: Statement) -> bool:
    """Whether a target has a different value and a later date, and is not easier."""
    if statement.kind != "changed" or statement.path[::2] != _TARGET or statement.direction != "harder":
        return False
    before, after = (figure.get("date") for figure in (statement.old, statement.new))
    return bool(before and after and after > before) and statement.old["value"] != statement.new["value"]
