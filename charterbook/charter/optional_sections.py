"""What a charter may say beyond the five questions."""

from __future__ import annotations

from typing import ClassVar, Literal

from charterbook.charter.base import (
    Date,
    DurationUnit,
    Item,
    Level,
    Line,
    NamedItem,
    Part,
    Positive,
    RoleName,
    ServiceId,
    Text,
)

Stage = Literal["absent", "ad_hoc", "emerging", "formal", "optimised", "transformational"]


class Exclusion(NamedItem):
    """Something that enablement does not do, or not yet."""

    why: Text | None = None
    """Why it is not done."""
    instead: Line | None = None
    """Who does it instead."""
    revisit: Line | None = None
    """When the question is asked again, for example "2027-Q1"."""


class Scope(Part):
    """What enablement does not do."""

    out: list[Exclusion] = []
    """Not done."""
    later: list[Exclusion] = []
    """Not done yet."""


class Platform(NamedItem):
    """A tool that services run on, or that data comes from."""

    purpose: Text | None = None
    """What it is used for."""
    data: Text | None = None
    """Which data it holds."""
    data_owner: RoleName | None = None
    """The role that answers for the data."""
    admin: RoleName | None = None
    """The role that administers it."""
    contract_end: Date | None = None
    """The day the contract ends."""
    replaces: Line | None = None
    """What it replaced."""


class Role(NamedItem):
    """A role, never a person."""

    does: Text | None = None
    """What the role does for enablement."""
    responsible: list[ServiceId] = []
    """Services that it carries out."""
    accountable: list[ServiceId] = []
    """Services that it answers for."""
    consulted: list[ServiceId] = []
    """Services on which it is asked before a decision."""
    informed: list[ServiceId] = []
    """Services on which it is told of a decision."""
    backup: RoleName | None = None
    """The role that stands in."""
    term: Line | None = None
    """For how long the role is held."""
    vacant_since: Date | None = None
    """The day since which nobody holds it."""


class Partner(NamedItem):
    """A team that enablement works with."""

    gives: Text | None = None
    """What the partner gives to enablement."""
    gets: Text | None = None
    """What the partner gets from enablement."""
    liaison: RoleName | None = None
    """The role that keeps contact."""
    meeting: Line | None = None
    """When the two meet."""


class Route(NamedItem):
    """A way to ask for something."""

    how: Text
    """What to do, step by step."""
    use_for: Line | None = None
    """Which requests it is for."""


class Priority(NamedItem):
    """How urgent a request is, and what follows from that."""

    meaning: Text
    """Which requests have this priority."""
    within: Positive | None = None
    """How soon it is looked at, in `unit`."""
    unit: DurationUnit = "working_days"
    """The unit of `within`."""


class Intake(Part):
    """How to ask for a service."""

    summary: Text | None = None
    """The rule in short."""
    routes: list[Route] = []
    """The ways to ask."""
    priorities: list[Priority] = []
    """How requests are put in order."""


class Maturity(Part):
    """Where the enablement function stands, and where it is going."""

    today: Stage
    """The stage today."""
    aim: Stage | None = None
    """The stage aimed at."""
    by: Line | None = None
    """When it is to be reached."""
    evidence: Text | None = None
    """What shows that the stage today is right."""
    next_step: Text | None = None
    """What has to happen for the next stage."""


class Step(NamedItem):
    """A planned step."""

    when: Line | None = None
    """When, for example "2027-Q1"."""
    status: Literal["planned", "doing", "done", "dropped"] = "planned"
    """How far it is."""
    summary: Text | None = None
    """What it brings."""
    services: list[ServiceId] = []
    """Services that it concerns."""


class Risk(NamedItem):
    """Something that could keep enablement from its promises."""

    likelihood: Level | None = None
    """How likely it is."""
    impact: Level | None = None
    """How much it would hurt."""
    owner: RoleName | None = None
    """The role that watches it."""
    mitigation: Text | None = None
    """What is done about it."""


class Decision(NamedItem):
    """A decision worth remembering."""

    date: Date | None = None
    """The day it was made."""
    by: RoleName | None = None
    """The role that made it."""
    summary: Text | None = None
    """What was decided."""
    why: Text | None = None
    """Why."""
    alternatives: list[Text] = []
    """What else was considered."""


class Term(Item):
    """A word with an agreed meaning."""

    label_key: ClassVar[str] = "term"

    term: Line
    """The word."""
    meaning: Text
    """What it means here."""


class Section(Item):
    """A section of your own."""

    label_key: ClassVar[str] = "title"

    title: Line
    """The title of the section's page."""
    text: Text
    """The section's text."""
