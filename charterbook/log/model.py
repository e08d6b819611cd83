"""What a log says, as data. Nothing is computed here."""

from __future__ import annotations

from dataclasses import dataclass

from charterbook.charter import Charter
from charterbook.compare import Comparison
from charterbook.history import Revision


@dataclass(frozen=True)
class Moment:
    """A charter at one point of its history. `revision` is None for a draft, which is not committed yet."""

    version: str
    revision: Revision | None
    charter: Charter


@dataclass(frozen=True)
class Event:
    """A moment, and what changed since the moment before. The first one has nothing to be compared with."""

    moment: Moment
    comparison: Comparison | None
