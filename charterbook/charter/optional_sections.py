"""The optional sections of a charter, beyond the five questions."""

from typing import ClassVar, Literal

from charterbook.charter.base import (
    Date,
    DurationUnit,
    Item,
    Level,
    Line,
    MarkedPart,
    MetricId,
    NamedItem,
    NotNegative,
    Positive,
    RoleName,
    ServiceId,
    TeamName,
    Text,
)

Stage = Literal["absent", "ad_hoc", "emerging", "formal", "optimised", "transformational"]


class Exclusion(NamedItem):
    """Something that enablement does not do, or not yet."""

    why: Text | None = None
    """Why it is not offered."""
    instead: Line | None = None
    """Who does it instead."""
    revisit: Line | None = None
    """When to revisit the question, for example “2027-Q1”."""


class SharedTask(NamedItem):
    """Something that enablement does together with another team."""

    ours: Text | None = None
    """The part that enablement does."""
    theirs: Text | None = None
    """The part that the other team does."""
    other: TeamName | None = None
    """The other team: a partner or an audience, or just a name if the charter has no partners."""
    why: Text | None = None
    """Why the work is shared."""
    revisit: Line | None = None
    """When to revisit the question, for example “2027-Q1”."""


class Scope(MarkedPart):
    """What enablement does not do, or does only together with others."""

    out: list[Exclusion] = []
    """Not offered."""
    later: list[Exclusion] = []
    """Not offered yet."""
    shared: list[SharedTask] = []
    """Work shared with another team, and who does which part."""


class Objective(NamedItem):
    """What enablement wants to achieve in a period, and the company goal it supports."""

    serves: Text | None = None
    """The company goal it supports."""
    period: Line | None = None
    """The period it is for, for example “2026-Q4” or “2027”."""
    services: list[ServiceId] = []
    """The services that work towards it."""
    metrics: list[MetricId] = []
    """The metrics that show whether it is reached."""
    owner: RoleName | None = None
    """The role that is accountable for it."""
    outcome: Text | None = None
    """The result, once its period is over."""


class Capacity(MarkedPart):
    """The team's capacity."""

    posts: NotNegative | None = None
    """The number of full-time posts."""
    hours_per_quarter: NotNegative | None = None
    """The hours a quarter that the whole team has for its services."""
    note: Text | None = None
    """Conditions and remarks, for example vacant posts."""


class Platform(NamedItem):
    """A tool that services run on, or that data comes from."""

    purpose: Text | None = None
    """What it is used for."""
    data: Text | None = None
    """Which data it holds."""
    data_owner: RoleName | None = None
    """The role that owns the data."""
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
    """Services that it is accountable for."""
    consulted: list[ServiceId] = []
    """Services on which it is consulted before a decision."""
    informed: list[ServiceId] = []
    """Services on which it is informed of decisions."""
    backup: RoleName | None = None
    """The role that stands in for it."""
    term: Line | None = None
    """How long the role is held."""
    vacant_since: Date | None = None
    """The day it became vacant."""


class Partner(NamedItem):
    """A team that enablement works with."""

    gives: Text | None = None
    """What the partner gives to enablement."""
    gets: Text | None = None
    """What the partner gets from enablement."""
    liaison: RoleName | None = None
    """The role that is the point of contact."""
    meeting: Line | None = None
    """When the teams meet."""


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
    """How soon a request gets a first response, in the unit below."""
    unit: DurationUnit = "working_days"
    """The unit of this time."""


class Intake(MarkedPart):
    """How to ask for a service."""

    summary: Text | None = None
    """The rule in short."""
    routes: list[Route] = []
    """The ways to ask."""
    priorities: list[Priority] = []
    """How requests are prioritised."""


class Maturity(MarkedPart):
    """The current stage of the enablement function, and the stage that it aims at."""

    today: Stage
    """The current stage."""
    aim: Stage | None = None
    """The target stage."""
    by: Line | None = None
    """When the target stage should be reached."""
    evidence: Text | None = None
    """The evidence for the current stage."""
    next_step: Text | None = None
    """What has to happen for the next stage."""


class Step(NamedItem):
    """A planned step."""

    when: Line | None = None
    """When, for example “2027-Q1”."""
    start: Date | None = None
    """The day it begins."""
    due: Date | None = None
    """The day it is due."""
    owner: RoleName | None = None
    """The role that is accountable for it."""
    status: Literal["planned", "doing", "done", "dropped"] = "planned"
    """Its progress."""
    summary: Text | None = None
    """What it achieves."""
    services: list[ServiceId] = []
    """Services that it affects."""


class Risk(NamedItem):
    """Something that could keep enablement from its promises."""

    likelihood: Level | None = None
    """How likely it is."""
    impact: Level | None = None
    """How severe the consequences would be."""
    owner: RoleName | None = None
    """The role that monitors it."""
    mitigation: Text | None = None
    """How it is mitigated."""


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
    """The term."""
    meaning: Text
    """What it means here."""


class Section(Item):
    """A section of your own."""

    label_key: ClassVar[str] = "title"

    title: Line
    """The title of the section's page."""
    text: Text
    """The section's text."""
