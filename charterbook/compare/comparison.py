"""The result of a comparison, as data. Nothing is computed here."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Literal

from charterbook.compare.textdiff import Segment
from charterbook.diff import Kind, LikelyRename, Path
from charterbook.frozen_dataclass import dataclass

#: The severity of a change: its effect on the agreement, the most severe first. Problems have their own severities:
#: see `charterbook.problems`.
Severity = Literal["commitment", "meaning", "wording", "order"]
SEVERITIES: tuple[Severity, ...] = ("commitment", "meaning", "wording", "order")

#: The direction of a change: weaker or stronger promises, easier or harder targets, more or less money and time,
#: better or worse results.
Direction = Literal["weaker", "stronger", "easier", "harder", "more", "less", "better", "worse"]

#: Whether a promise was kept for its target share of requests.
Verdict = Literal["kept", "missed"]


@dataclass(frozen=True)
class Statement:
    """One change and its meaning.

    `path` is its path in the newer charter (in the older one for a removal); ("funding", "total") is the sum of all
    sources. `section` is a key of the file, or "charter" for the document itself. `item` is the kind and id of its
    item. `audiences` are the ids of affected audiences. `old` and `new` are plain data in the newer charter's terms;
    `segments` are the word diff of a changed text. `before` and `after` are words: both values of a change, or the
    description of an added or removed part. They and `sentence` are in the comparison's language, and untrusted:
    escape them before output. `fingerprint` depends on kind, ids and values only: it is the same in every language,
    and for every wording and severity. `verdict` says whether a promise was kept, as opposed to a change of the
    promise.
    """

    kind: Kind
    path: Path
    section: str
    severity: Severity
    sentence: str
    fingerprint: str
    direction: Direction | None = None
    audiences: tuple[str, ...] = ()
    item: tuple[str, str] | None = None
    label: str = ""
    old: Any = None
    new: Any = None
    segments: tuple[Segment, ...] = ()
    before: str | None = None
    after: str | None = None
    rank: int = 0
    source: Path | None = None
    verdict: Verdict | None = None

    @property
    def is_rejection(self) -> bool:
        """Whether somebody newly rejected the charter."""
        is_whole = self.path[:2] == ("review", "sign_offs") and len(self.path) == 3  # noqa: PLR2004
        return is_whole and self.kind != "removed" and self.new["decision"] == "rejected"

    @property
    def is_weakened(self) -> bool:
        """Whether a promise became weaker or ended, or a target became easier."""
        return self.direction in ("weaker", "easier")


@dataclass(frozen=True)
class Side:
    """One of the two charters, with its metadata. `name` is the name that the reader gave."""

    name: str
    title: str
    version: str | None = None
    effective: datetime.date | None = None


@dataclass(frozen=True)
class Comparison:
    """All changes between two charters, in the order of the charter.

    `unchanged` is the number of items without a change. `likely` are guesses, separate from the facts; `guessed_all`
    says whether all items were compared for them. `followed` is the number of references that only follow a renamed
    item. `change_note` is the newer charter's, if it differs from the older one's; `reasons` are those of all versions
    that the comparison spans, with their names, newest first, or none if these are unknown. `narrowed` says whether
    a filter removed statements.
    """

    old: Side
    new: Side
    language: str
    statements: tuple[Statement, ...]
    likely: tuple[LikelyRename, ...] = ()
    guessed_all: bool = True
    unchanged: int = 0
    followed: int = 0
    change_note: str | None = None
    reasons: tuple[tuple[str, str], ...] = ()
    narrowed: bool = False

    @property
    def counts(self) -> Mapping[Severity, int]:
        """The number of statements of each severity."""
        found = [statement.severity for statement in self.statements]
        return {severity: found.count(severity) for severity in SEVERITIES}

    @property
    def ranked(self) -> tuple[Statement, ...]:
        """Commitments and changes of meaning, by severity; within it rejections, weakened and missed promises first."""
        found = (one for one in self.statements if one.severity in ("commitment", "meaning"))
        return tuple(sorted(found, key=_importance))

    @property
    def important(self) -> tuple[Statement, ...]:
        """The three most important statements, about different items."""
        chosen: dict[object, Statement] = {}
        for statement in self.ranked:
            chosen.setdefault(statement.item or statement.path, statement)
        return tuple(chosen.values())[:3]


def _importance(statement: Statement) -> tuple[int, bool, int]:
    is_worse = statement.is_weakened or statement.verdict == "missed" or statement.is_rejection
    return SEVERITIES.index(statement.severity), not is_worse, statement.rank
