"""Targets that are set anew for a later time: many metrics get one each period, and readers are told of them at once.

A target that becomes easier, or that cannot be compared with the one before, is no routine and is told by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from charterbook.compare.comparison import Statement
from charterbook.i18n import Translator

#: From how many metrics on their new targets are one group.
_SEVERAL = 2

_TARGET = ("metrics", "target")


@dataclass(frozen=True)
class Rollover:
    """New targets of several metrics, to be reached in one year."""

    year: int
    statements: tuple[Statement, ...]

    def title(self, t: Translator) -> str:
        """What happened, in one sentence."""
        number = len(self.statements)
        message = t.ngettext(
            "%(n)s metric has a new target for %(year)s",
            "%(n)s metrics have new targets for %(year)s",
            number,
        )
        return message % {"n": t.number(number), "year": self.year}


def rollovers(statements: Iterable[Statement]) -> list[Rollover]:
    """The groups of new targets among statements, by the year in which they are to be reached."""
    found: dict[int, list[Statement]] = {}
    for statement in statements:
        if _is_rolled(statement):
            found.setdefault(statement.new["date"].year, []).append(statement)
    return [Rollover(year, tuple(each)) for year, each in sorted(found.items()) if len(each) >= _SEVERAL]


def with_rollovers(statements: Sequence[Statement]) -> list[Statement | Rollover]:
    """What readers are told one by one: groups stand where the first of their statements stood."""
    groups = {id(one): group for group in rollovers(statements) for one in group.statements}
    entries = [groups.get(id(statement), statement) for statement in statements]
    return list({id(entry): entry for entry in entries}.values())


def _is_rolled(statement: Statement) -> bool:
    """Whether a metric's target has another value, for a later day, and did not become easier."""
    if statement.kind != "changed" or statement.path[::2] != _TARGET or statement.direction != "harder":
        return False
    before, after = (figure.get("date") for figure in (statement.old, statement.new))
    return bool(before and after and after > before) and statement.old["value"] != statement.new["value"]
