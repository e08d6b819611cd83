"""The five questions that make a charter, and the review that keeps it alive.

Source: the sales-enablement charter guide (mission, services, audiences, funding, metrics).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from charterbook.charter.base import (
    AudienceId,
    Date,
    DurationUnit,
    Line,
    MetricId,
    NamedItem,
    NotNegative,
    Number,
    Part,
    ParticipantId,
    Percent,
    PlatformName,
    Positive,
    RoleName,
    RouteId,
    ServiceId,
    Text,
)


class Mission(Part):
    """What is our mission? Why did the business invest in enablement?"""

    statement: Text
    """The mission in one or two sentences."""
    why: Text | None = None
    """Why the business invests in enablement: the problem it pays to solve."""
    vision: Text | None = None
    """What will be different when the mission succeeds."""
    principles: list[Text] = []
    """Principles for decisions, for example how to balance the interests of buyer and seller."""


class ServiceLevel(Part):
    """A promise: how soon a request is answered, and how often the promise is kept."""

    request: Line
    """The kind of request, for example "New battle card"."""
    within: Positive
    """The longest it may take, in the unit below."""
    unit: DurationUnit = "working_days"
    """The unit of this time."""
    target_share: Percent | None = None
    """The share of requests, in percent, to complete on time."""
    escalation: Line | None = None
    """Who to contact when the promise is not met."""


class Service(NamedItem):
    """Something that the team does for somebody."""

    summary: Text
    """What the service is, in a sentence or two."""
    status: Literal["pilot", "live", "sunset", "retired"] = "live"
    """The status of the service: pilot, live, sunset (ending) or retired."""
    audiences: list[AudienceId] = []
    """The audiences that may use the service."""
    contributors: list[AudienceId] = []
    """The audiences that contribute to the service."""
    metrics: list[MetricId] = []
    """The metrics that show whether the service works."""
    for_buyer: Text | None = None
    """What the service does for the buyer."""
    for_seller: Text | None = None
    """What the service does for the seller."""
    asks: Text | None = None
    """What is asked of its users: preparation, attendance, follow-up."""
    hours_per_quarter: NotNegative | None = None
    """The hours a quarter that it takes each person who uses it."""
    owner: RoleName | None = None
    """The role that owns the service; plain words where the charter lists no roles."""
    motion: Line | None = None
    """The sales motion it belongs to, for example "new business" or "renewal"."""
    inspection: Line | None = None
    """How often use of the service is inspected, and by whom."""
    effort_share: Percent | None = None
    """The share of the team's time that it takes, in percent."""
    since: Date | None = None
    """The day the service began."""
    until: Date | None = None
    """The day the service ends or ended."""
    intake: RouteId | None = None
    """How to ask for it: one of the charter's ways to ask."""
    service_levels: list[ServiceLevel] = []
    """What is promised for each kind of request."""
    platforms: list[PlatformName] = []
    """The platforms that the service depends on."""


class Audience(NamedItem):
    """A group that the team serves, or that supplies something to its services."""

    kind: Literal["sales", "customer_facing", "internal"] = "sales"
    """Sales teams, other customer-facing teams, or internal teams."""
    part: Literal["consumes", "contributes", "both"] = "consumes"
    """Whether the audience uses services, contributes to them, or both."""
    summary: Text | None = None
    """Who belongs to it."""
    expects: Text | None = None
    """What the audience may expect of enablement."""
    gives: Text | None = None
    """What is asked of the audience in return."""
    headcount: Annotated[int, Field(ge=0)] | None = None
    """How many people it has."""
    segment: Line | None = None
    """The market segment it works in."""
    hours_per_quarter: NotNegative | None = None
    """The most hours a quarter that each person may be asked to spend."""
    manager: RoleName | None = None
    """The role that represents the audience."""


class Source(NamedItem):
    """Somebody who pays for a part of enablement."""

    funder: Line
    """Who pays, for example "Sales" or "Marketing"."""
    share: Percent | None = None
    """The share of the whole budget, in percent. All shares add up to 100."""
    amount: NotNegative | None = None
    """The amount, in the currency of the funding."""
    period: Line | None = None
    """The period that the amount is for, if it differs from that of the funding."""
    approver: RoleName | None = None
    """The role that approves this money."""
    cost: Literal["people", "platforms", "content", "events", "other"] | None = None
    """The kind of cost that it pays for."""
    covers: list[ServiceId] = []
    """The services that it pays for."""
    note: Text | None = None
    """Conditions and notes."""


class Funding(Part):
    """Who pays for enablement? Who owns the budget?"""

    owner: RoleName
    """The role that owns the budget."""
    approver: RoleName | None = None
    """The role that approves the budget, if it is not the owner."""
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None
    """The currency of all amounts, by its three letters in ISO 4217, for example USD."""
    period: Line | None = None
    """The period that the amounts are for, for example "2026"."""
    sources: Annotated[list[Source], Field(min_length=1)]
    """Who pays, and what for."""
    note: Text | None = None
    """Conditions and notes."""


class Figure(Part):
    """A value on a day."""

    value: Number
    """The value, in the metric's unit."""
    date: Date | None = None
    """The day it was measured, or the day to reach it by."""
    note: Line | None = None
    """A note on this value."""


class Metric(NamedItem):
    """How impact is measured."""

    kind: Literal["leading", "lagging"]
    """Leading: visible at once and influenced by enablement. Lagging: the business result that follows."""
    drives: list[MetricId] = []
    """For a leading metric: the lagging metrics that it drives."""
    level: Annotated[int, Field(ge=1, le=4)] | None = None
    """What it shows: 1 completed, 2 felt useful, 3 behaviour seen, 4 business result."""
    definition: Text | None = None
    """What exactly is measured."""
    formula: Line | None = None
    """How it is calculated."""
    definition_version: Annotated[int, Field(ge=1)] = 1
    """Increase it by one when the definition changes: values are not compared across that change."""
    unit: Line = "percent"
    """The unit: percent, months, weeks, days, hours, minutes, count, currency, or a word of your own."""
    direction: Literal["up", "down"] = "up"
    """Whether a higher value is better (up) or a lower one (down)."""
    baseline: Figure | None = None
    """The value it started from."""
    target: Figure | None = None
    """The value to reach."""
    actual: Figure | None = None
    """The value now."""
    owner: RoleName | None = None
    """The role that owns the metric."""
    source: PlatformName | None = None
    """Where the figures come from: a platform; plain words where the charter lists no platforms."""
    reported: Line | None = None
    """How, to whom and how often it is reported."""


class SignOff(Part):
    """Somebody's agreement to this charter."""

    role: RoleName
    """Who decided."""
    decision: Literal["approved", "approved_with_condition", "rejected", "pending"]
    """What was decided."""
    date: Date | None = None
    """The day of the decision."""
    condition: Text | None = None
    """The condition, if there is one."""


class Review(Part):
    """When, by whom and how the charter is reviewed. At least once a quarter, says the guide."""

    cadence: Literal["month", "quarter", "half_year", "year"] = "quarter"
    """How often the charter is reviewed."""
    last: Date | None = None
    """The day of the last review."""
    next: Date | None = None
    """The day of the next review."""
    body: Line | None = None
    """The meeting that reviews it, for example "Enablement advisory board"."""
    participants: list[ParticipantId] = []
    """Who takes part: roles or audiences."""
    decision_rights: Text | None = None
    """Who may decide what."""
    quorum: Line | None = None
    """Who must be present for a decision to be valid."""
    reporting: Text | None = None
    """How changes and results are reported between reviews."""
    sign_offs: list[SignOff] = []
    """Who has agreed to this charter."""
