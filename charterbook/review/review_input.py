"""The input of a pre-read: a charter, its history and its settings. Nothing is read here."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from typing import cast

from charterbook.charter import Charter
from charterbook.compare import Severity
from charterbook.frozen_dataclass import dataclass
from charterbook.git.commit_signatures import Signature
from charterbook.log import Snapshot
from charterbook.rules import Levels
from charterbook.settings import Settings


def unknown_signature(_commit: str) -> Signature | None:
    """The signature of a commit if git is not called."""
    return None


@dataclass(frozen=True)
class ReviewInput:
    """A charter of a version, as of a day.

    `past` are the earlier readable revisions, oldest first; None if there is no complete history. `ends` is
    the last day of the version's period. `is_complete` says whether `past` has all of them. The rules count
    at `levels`, by default those of the settings. `own` is the revision of the charter itself, None if it is
    not committed; `signature` says whether the signature of a commit is valid.
    """

    charter: Charter
    version: str
    today: datetime.date
    past: Sequence[Snapshot] | None = None
    ends: datetime.date | None = None
    is_complete: bool = True
    settings: Settings = field(default_factory=Settings)
    own: Snapshot | None = None
    signature: Callable[[str], Signature | None] = unknown_signature

    @cached_property
    def charters(self) -> list[Charter] | None:
        """The earlier charters."""
        return None if self.past is None else [moment.charter for moment in self.past]

    @property
    def levels(self) -> Levels:
        """The severities of rules."""
        return cast(Levels, dict(self.settings.rules))

    @property
    def severity(self) -> Mapping[str, Severity]:
        """The severities of changes."""
        return cast("Mapping[str, Severity]", dict(self.settings.severity))

    def moment(self, at: int | None) -> Snapshot | None:
        """The earlier revision at a position, None for the charter itself."""
        past = self.past or ()
        return past[at] if at is not None and at < len(past) else None

    @property
    def previous(self) -> Charter | None:
        """The charter that the previous version shows."""
        earlier = [one.charter for one in self.past or () if one.version != self.version]
        return earlier[-1] if earlier else None
