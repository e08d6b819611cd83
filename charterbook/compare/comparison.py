"""What a comparison says, as data. Nothing is computed here."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from charterbook.compare.textdiff import Segment
from charterbook.diff import Kind, LikelyRename, Path

#: What a change does to the agreement, the gravest first.
Severity = Literal["commitment", "meaning", "wording", "order"]
SEVERITIES: tuple[Severity, ...] = ("commitment", "meaning", "wording", "order")

#: Promises weaker or stronger, targets easier or harder, money and time more or less, results better or worse.
Direction = Literal["weaker", "stronger", "easier", "harder", "more", "less", "better", "worse"]


@dataclass(frozen=True)
class Statement:
    """One change and what it means.

    `path` is the place in the newer charter (in the older one for what was removed); ("funding", "total") is
    the sum of all sources. `section` is a key of the file, or "charter" for what concerns the document itself.
    `item` is the kind and id of the item it is about. `audiences` are the ids of those it touches. `old` and
    `new` are plain data in the newer charter's terms; `segments` show a changed text word by word. `before` and
    `after` are words: both values of a change, or what the thing that came or went says of itself. They and
    `sentence` are in the comparison's language, and hostile until escaped. `fingerprint` depends on kind, ids
    and values only: the same change has it in every language and whatever its wording or severity.
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

    @property
    def is_weakened(self) -> bool:
        """Whether a promise got weaker or ended, or a target easier."""
        return self.direction in ("weaker", "easier")


@dataclass(frozen=True)
class Side:
    """One of the two charters, by what it says of itself. `name` is what the reader asked for it by."""

    name: str
    title: str
    version: str | None = None
    effective: datetime.date | None = None


@dataclass(frozen=True)
class Comparison:
    """All that changed between two charters, in the order of the charter.

    `unchanged` counts the items that stayed as they were. `likely` are guesses, apart from the facts.
    `followed` counts changes that say nothing new: references that follow a renamed item. `change_note` is
    the newer charter's, where it differs from the older one's. `narrowed` tells that statements were left out.
    """

    old: Side
    new: Side
    language: str
    statements: tuple[Statement, ...]
    likely: tuple[LikelyRename, ...] = ()
    unchanged: int = 0
    followed: int = 0
    change_note: str | None = None
    narrowed: bool = False

    @property
    def counts(self) -> Mapping[Severity, int]:
        """How many statements there are of each severity."""
        found = [statement.severity for statement in self.statements]
        return {severity: found.count(severity) for severity in SEVERITIES}

    @property
    def ranked(self) -> tuple[Statement, ...]:
        """What matters, the most important first: by severity, weakened promises first, by the order of the table."""
        found = (one for one in self.statements if one.severity in ("commitment", "meaning"))
        return tuple(sorted(found, key=_weight))

    @property
    def important(self) -> tuple[Statement, ...]:
        """The three that matter most, about different items."""
        chosen: dict[object, Statement] = {}
        for statement in self.ranked:
            chosen.setdefault(statement.item or statement.path, statement)
        return tuple(chosen.values())[:3]


def _weight(statement: Statement) -> tuple[int, bool, int]:
    return SEVERITIES.index(statement.severity), not statement.is_weakened, statement.rank
