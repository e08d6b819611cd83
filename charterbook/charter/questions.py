"""The five questions that make a charter: mission, services, audiences, funding and metrics.

Source: the sales-enablement charter guide.
"""

import datetime
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from charterbook.charter.base import (
    AudienceId,
    ContributorId,
    Currency,
    Date,
    DurationUnit,
    Line,
    MarkedPart,
    MetricId,
    NamedItem,
    NotNegative,
    Number,
    Part,
    Percent,
    PlatformName,
    Positive,
    RoleName,
    RouteId,
    ServiceId,
    Text,
)


class Mission(MarkedPart):
    """What is our mission? Why did the business invest in enablement?"""

    statement: Text
    """The mission in one or two sentences."""
    why: Text | None = None
    """Why the business invests in enablement: the problem it pays to solve."""
    vision: Text | None = None
    """What will be different when the mission succeeds."""
    principles: list[Text] = []
    """Principles for decisions, for example how to balance the interests of buyer and seller."""


class Kept(Part):
    """How often a promise was kept in the period of this version."""

    share: Percent
    """The share of requests, in percent, for which the promise was kept."""
    requests: Annotated[int, Field(ge=0)] | None = None
    """The number of requests."""
    date: Date | None = None
    """The day up to which requests were counted."""


class ServiceLevel(MarkedPart):
    """A promise: how soon a request is answered, and how often the promise is kept."""

    request: Line
    """The kind of request, for example “New battle card”."""
    within: Positive
    """The longest it may take, in the unit below."""
    unit: DurationUnit = "working_days"
    """The unit of this time."""
    target_share: Percent | None = None
    """The share of requests, in percent, to complete on time."""
    escalation: Line | None = None
    """Who to contact when the promise is missed."""
    if_broken: Text | None = None
    """What happens when the promise is missed."""
    kept: Kept | None = None
    """How often the promise was kept in the period of this version."""


class Service(NamedItem):
    """Something that the team does for somebody."""

    summary: Text
    """What the service is, in a sentence or two."""
    status: Literal["pilot", "live", "sunset", "retired"] = "live"
    """The status of the service: pilot, live, sunset (ending) or retired."""
    audiences: list[AudienceId] = []
    """The audiences that may use the service."""
    contributors: list[ContributorId] = []
    """The audiences and partners that contribute to the service."""
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
    hours_once: NotNegative | None = None
    """The hours asked of each person only once, for example for onboarding."""
    owner: RoleName | None = None
    """The role that owns the service, or plain words if the charter lists no roles."""
    motion: Line | None = None
    """The sales motion it belongs to, for example “new business” or “renewal”."""
    inspection: Line | None = None
    """How often use of the service is inspected, and by whom."""
    effort_share: Percent | None = None
    """The share of the team's time that it takes, in percent."""
    effort_hours: NotNegative | None = None
    """The hours of the team's time it takes a quarter."""
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

    @property
    def is_retired(self) -> bool:
        """Whether the service is no longer offered."""
        return self.status == "retired"


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
    """The maximum number of hours a quarter for each person."""
    manager: RoleName | None = None
    """The role that represents the audience."""


class Source(NamedItem):
    """Somebody who pays for a part of enablement."""

    funder: Line
    """Who pays, for example “Sales” or “Marketing”."""
    share: Percent | None = None
    """The share of the whole budget, in percent. All shares add up to 100."""
    amount: NotNegative | None = None
    """The amount, in its own currency or else in that of the funding."""
    currency: Currency | None = None
    """The currency of the amount, if it is not that of the funding."""
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


class Rate(Part):
    """The exchange rate of a currency to `funding.currency` on a day."""

    currency: Currency
    """The other currency: its three letters in ISO 4217."""
    rate: Positive
    """The price of one unit of it in the currency of the funding."""
    date: Date | None = None
    """The day of the rate."""


class Funding(MarkedPart):
    """Who pays for enablement? Who owns the budget?"""

    owner: RoleName
    """The role that owns the budget."""
    approver: RoleName | None = None
    """The role that approves the budget, if it is not the owner."""
    currency: Currency | None = None
    """The currency of all amounts without their own: its three letters in ISO 4217, for example USD."""
    rates: list[Rate] = []
    """Exchange rates of other currencies. The newest rate of a currency is used; if one is missing, no total is calculated."""
    period: Line | None = None
    """The period that the amounts are for, for example “2026”."""
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


class DatedFigure(Part):
    """A value that belongs to a day."""

    date: Date
    """The day it was measured, or the day to reach it by."""
    value: Number
    """The value, in the metric's unit."""
    note: Line | None = None
    """A note on this value."""


def _last(figures: Any) -> Any:
    """The figure of the last day; None if any of them is invalid, so that its own problem is reported."""
    if not isinstance(figures, list) or not figures:
        return None
    if not all(isinstance(one, dict) and type(one.get("date")) is datetime.date for one in figures):
        return None
    return dict(max(figures, key=lambda one: one["date"]))


def last_figure(series: Sequence[DatedFigure]) -> Figure | None:
    """The figure of the last day of a series."""
    last = max(series, key=lambda one: one.date, default=None)
    return Figure(value=last.value, date=last.date, note=last.note) if last else None


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
    currency: Currency | None = None
    """For amounts of money: the currency, if it is not that of the funding."""
    baseline: Figure | None = None
    """The value it started from."""
    target: Figure | None = None
    """The value to reach. By default, the last of the targets by day."""
    targets: list[DatedFigure] = []
    """The values to reach by several days, for example by the end of each quarter."""
    actual: Figure | None = None
    """The current value. By default, the last of the values by day."""
    values: list[DatedFigure] = []
    """The values measured in the period of this version, by day."""
    owner: RoleName | None = None
    """The role that owns the metric."""
    source: PlatformName | None = None
    """Where the figures come from: a platform, or plain words if the charter lists no platforms."""
    reported: Line | None = None
    """How, to whom and how often it is reported."""

    @model_validator(mode="before")
    @classmethod
    def _with_last(cls, data: Any) -> Any:
        """Use the last value of a series if no single one is given."""
        if not isinstance(data, dict):
            return data
        last = {key: _last(data.get(series)) for key, series in (("actual", "values"), ("target", "targets"))}
        return data | {key: figure for key, figure in last.items() if figure and data.get(key) is None}
