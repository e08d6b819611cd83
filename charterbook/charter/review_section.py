"""The review that keeps a charter alive: its rules, sign-offs, meetings and actions."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from charterbook.charter.base import (
    Cadence,
    Date,
    DecisionId,
    Id,
    Item,
    Line,
    MarkedPart,
    ParticipantId,
    RoleName,
    Text,
)

#: The fingerprint of a sign-off. It is never a number in YAML.
Fingerprint = Annotated[str, StringConstraints(pattern=r"^v[0-9]+-[0-9a-f]{20}$")]


class SignOff(MarkedPart):
    """Somebody's agreement to this charter."""

    role: RoleName
    """Who decided."""
    decision: Literal["approved", "approved_with_condition", "rejected", "pending"]
    """What was decided."""
    date: Date | None = None
    """The day of the decision."""
    condition: Text | None = None
    """The condition, if there is one. If it names a metric, it is met once the metric has reached its target."""
    agreed: Fingerprint | None = None
    """The fingerprint of exactly what was agreed. The command charterbook sign writes it; do not edit it."""


class MeetingDecision(MarkedPart):
    """A decision of a review."""

    id: Id
    """Permanent name by which actions refer to it. It must not be the id of a decision of the charter."""
    text: Text
    """What was decided."""
    by: RoleName | None = None
    """The role that made the decision."""
    why: Text | None = None
    """Why."""


class Meeting(Item):
    """A review that was held."""

    label_key: ClassVar[str] = "date"

    date: Date
    """The day it was held."""
    participants: list[ParticipantId] = []
    """Who takes part: roles or audiences."""
    decisions: list[MeetingDecision] = []
    """What was decided."""
    note: Text | None = None
    """Other notes."""


class Action(Item):
    """Something to be done after a review."""

    label_key: ClassVar[str] = "what"

    what: Line
    """What has to be done."""
    owner: RoleName | None = None
    """The role that does it."""
    due: Date | None = None
    """The day it is due."""
    state: Literal["open", "done", "dropped"] = "open"
    """Its progress."""
    decision: Annotated[DecisionId | None, Field(alias="from")] = None
    """The decision behind it, made at a review meeting or listed in the charter."""
    note: Text | None = None
    """The result, or why it was dropped."""


class Review(MarkedPart):
    """When, by whom and how the charter is reviewed: at least once a quarter."""

    cadence: Cadence = "quarter"
    """How often the charter is reviewed."""
    last: Date | None = None
    """The day of the last review."""
    next: Date | None = None
    """The day of the next review."""
    body: Line | None = None
    """The meeting that reviews it, for example “Enablement advisory board”."""
    participants: list[ParticipantId] = []
    """Who takes part: roles or audiences."""
    minutes: Annotated[int, Field(ge=1)] | None = None
    """How long a review takes, in minutes. Half of it is for decisions; without it, 60."""
    decision_rights: Text | None = None
    """Who may decide what."""
    quorum: Line | None = None
    """Who must be present for a decision to be valid."""
    reporting: Text | None = None
    """How changes and results are reported between reviews."""
    sign_offs: list[SignOff] = []
    """Who has agreed to this charter."""
    meetings: list[Meeting] = []
    """Past reviews and their decisions."""
    actions: list[Action] = []
    """What has to be done after a review."""
