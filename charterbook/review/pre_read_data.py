"""The pre-read of a review, as data. Nothing is computed here."""

from __future__ import annotations

import datetime
from typing import Literal

from charterbook.charter import Metric, Service
from charterbook.charter.questions import Kept, ServiceLevel
from charterbook.charter.review_section import Action
from charterbook.frozen_dataclass import dataclass
from charterbook.git.commit_signatures import Signature
from charterbook.log import Snapshot
from charterbook.metric_progress import TargetStatus
from charterbook.problems import ProblemSeverity
from charterbook.signing import SignOffState
from charterbook.source_map import Path

#: The parts of an agenda, in their order.
Part = Literal["actions", "facts", "decisions", "sign"]

#: What can make a decision necessary.
Cause = Literal["rule", "risk", "condition", "rejected", "scope"]


@dataclass(frozen=True)
class OpenAction:
    """An action that is not done; `owner` is the name of its role, `decision` the text that it follows from."""

    action: Action
    owner: str | None
    decision: str | None
    is_overdue: bool


@dataclass(frozen=True)
class BrokenPromise:
    """A promise that was kept less often than agreed; `level` is as promised when `kept` was counted."""

    service: Service
    level: ServiceLevel
    kept: Kept


@dataclass(frozen=True)
class OffTrackMetric:
    """A metric that is off track."""

    metric: Metric
    status: TargetStatus
    currency: str | None


@dataclass(frozen=True)
class Signer:
    """A role that has signed, or has to; without a sign-off, `state` is None.

    `moment` is the earlier revision to which the sign-off belongs, None for the present charter or
    an unknown one. `currency` is the charter's currency, `signature` the signature of the commit
    that recorded the sign-off. `reasons` are those of the versions since then, newest first.
    """

    role: str
    label: str
    state: SignOffState | None
    moment: Snapshot | None
    currency: str | None = None
    signature: Signature | None = None
    reasons: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class RuleFinding:
    """A finding of a rule, with the kind, id and name of the item in which it is, if any.

    `fix` is for those who edit the file, and `advice` for all others.
    """

    rule: str
    severity: ProblemSeverity
    text: str
    fix: str
    advice: str
    path: Path
    item: tuple[str, str] | None = None
    label: str | None = None


@dataclass(frozen=True)
class NeededDecision:
    """A question to decide, in the language of the charter, with the item that it is about, and the rule that found it."""

    cause: Cause
    question: str
    detail: str | None = None
    item: tuple[str, str] | None = None
    rule: str | None = None


@dataclass(frozen=True)
class AgendaItem:
    """A part of the agenda: its first minute, and how many it has."""

    part: Part
    start: int
    minutes: int


@dataclass(frozen=True)
class PreRead:
    """The content of the pre-read. `day` is the day of the review, None if unknown.

    `findings` are None for a group of readers, since its rules are not checked.
    """

    title: str
    version: str
    language: str
    as_of: datetime.date
    day: datetime.date | None
    body: str | None
    participants: tuple[str, ...]
    minutes: int
    actions: tuple[OpenAction, ...]
    promises: tuple[BrokenPromise, ...]
    metrics: tuple[OffTrackMetric, ...]
    signers: tuple[Signer, ...]
    findings: tuple[RuleFinding, ...] | None
    decisions: tuple[NeededDecision, ...]
    agenda: tuple[AgendaItem, ...] = ()

    @property
    def is_partial(self) -> bool:
        """Whether it is for a group of readers, so parts can be missing because they are hidden."""
        return self.findings is None
