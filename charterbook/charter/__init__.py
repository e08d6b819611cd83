"""The data model of a charter.

A charter is immutable and is built by `charterbook.load`. The package does no input or output, and does not depend on
YAML, git or MkDocs.

- `base`: texts, ids, references, and the base class of every item
- `questions`: the sections that answer the five questions
- `review_section`: the review, with its sign-offs, meetings and actions
- `reader_groups`: groups of readers, and releases to them
- `working_calendar`: the days and hours on which promises are counted
- `optional_sections`: all other sections
- `model_shape`: the type that the model expects at each path
- `charter_schema`: the JSON Schema of charter.yml, for editors
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Literal

from pydantic import Field

from charterbook.charter.base import Date, Id, Item, Line, Part, Restriction, Text
from charterbook.charter.optional_sections import (
    Capacity,
    Decision,
    Intake,
    Maturity,
    Objective,
    Partner,
    Platform,
    Risk,
    Role,
    Scope,
    Section,
    Step,
    Term,
)
from charterbook.charter.questions import Audience, Funding, Metric, Mission, Service
from charterbook.charter.reader_groups import ReaderGroup, Release
from charterbook.charter.review_section import Review
from charterbook.charter.working_calendar import Calendar

#: The format of charter.yml that this version of Charterbook writes.
SCHEMA = 2

#: The languages of Charterbook's own texts.
LANGUAGES = ("en", "ru")

#: The five questions, in the order of the sales-enablement charter guide (an article, see guide/author.md).
QUESTIONS = ("mission", "services", "audiences", "funding", "metrics")

#: All keys that are sections with a page, in reading order.
SECTIONS = (
    *QUESTIONS,
    "objectives",
    "review",
    "intake",
    "calendar",
    "scope",
    "roles",
    "capacity",
    "partners",
    "platforms",
    "maturity",
    "roadmap",
    "risks",
    "decisions",
    "glossary",
)


class Charter(Part):
    """A team's charter: what it does, for whom, who pays and how success is measured."""

    format: Annotated[int, Field(alias="schema", ge=1)] = SCHEMA
    """The format of this file. Do not change it; Charterbook reads all older formats."""
    title: Line
    """The title of the charter."""
    organisation: Line | None = None
    """The organisation it belongs to."""
    language: Literal["en", "ru"] = "en"
    """The language of the charter: en or ru."""
    version: Line | None = None
    """The period this charter is for, for example 2026-Q3. Without it, the commit's date decides."""
    effective: Date | None = None
    """The day it takes effect."""
    change_note: Text | None = None
    """Why this version was made, in words for its readers."""

    mission: Mission
    """What is our mission? Why did the business invest in enablement?"""
    services: Annotated[list[Service], Field(min_length=1)]
    """Which services are supported?"""
    audiences: Annotated[list[Audience], Field(min_length=1)]
    """Who is supported?"""
    funding: Funding
    """Who pays? Who owns the budget?"""
    metrics: Annotated[list[Metric], Field(min_length=1)]
    """How is impact measured?"""
    objectives: list[Objective] = []
    """What enablement wants to achieve, and the company goals it supports."""
    review: Review | None = None
    """When, by whom and how the charter is reviewed."""

    intake: Intake | None = None
    """How to ask for a service."""
    calendar: Calendar | None = None
    """When the team works. Working days and working hours are counted by this calendar."""
    scope: Scope | None = None
    """What enablement does not do, or does only together with others."""
    roles: list[Role] = []
    """Who does what: roles, not people."""
    capacity: Capacity | None = None
    """The team's capacity."""
    partners: list[Partner] = []
    """Teams that enablement works with."""
    platforms: list[Platform] = []
    """Tools and data."""
    maturity: Maturity | None = None
    """Where the function is now and where it is going."""
    roadmap: list[Step] = []
    """Planned steps."""
    risks: list[Risk] = []
    """What could go wrong."""
    decisions: list[Decision] = []
    """Decisions worth remembering."""
    glossary: list[Term] = []
    """Terms with an agreed meaning."""
    sections: list[Section] = []
    """Your own sections."""

    groups: list[ReaderGroup] = []
    """Groups of readers for whom handbooks are built."""
    restricted: list[Restriction] = []
    """Sections that only some groups see."""
    released: list[Release] = []
    """What earlier versions show to a group although the charter hides it, then or now."""

    def items(self, kind: str) -> list[Item]:
        """All items of a kind, in the order of the file; empty if there are none.

        A kind is the name of a list of items: `services`, `sources`, `routes`, … Raises KeyError for an unknown kind.
        """
        return list(ITEM_LISTS[kind](self))

    def has(self, section: str) -> bool:
        """Whether a section (a key of the file) has any content, and is not hidden."""
        return bool(getattr(self, section))


#: The list of the items of each kind.
ITEM_LISTS: dict[str, Callable[[Charter], Sequence[Item]]] = {
    "services": lambda c: c.services,
    "audiences": lambda c: c.audiences,
    "metrics": lambda c: c.metrics,
    "sources": lambda c: c.funding.sources,
    "objectives": lambda c: c.objectives,
    "meetings": lambda c: c.review.meetings if c.review else (),
    "actions": lambda c: c.review.actions if c.review else (),
    "routes": lambda c: c.intake.routes if c.intake else (),
    "priorities": lambda c: c.intake.priorities if c.intake else (),
    "out": lambda c: c.scope.out if c.scope else (),
    "later": lambda c: c.scope.later if c.scope else (),
    "shared": lambda c: c.scope.shared if c.scope else (),
    "roles": lambda c: c.roles,
    "partners": lambda c: c.partners,
    "platforms": lambda c: c.platforms,
    "roadmap": lambda c: c.roadmap,
    "risks": lambda c: c.risks,
    "decisions": lambda c: c.decisions,
    "glossary": lambda c: c.glossary,
    "sections": lambda c: c.sections,
}


def all_items(charter: Charter) -> Iterator[tuple[str, Item]]:
    """Every item with its kind, in the order of the model."""
    for kind in ITEM_LISTS:
        for item in charter.items(kind):
            yield kind, item


__all__ = [
    "ITEM_LISTS",
    "LANGUAGES",
    "QUESTIONS",
    "SCHEMA",
    "SECTIONS",
    "Audience",
    "Calendar",
    "Capacity",
    "Charter",
    "Decision",
    "Funding",
    "Id",
    "Intake",
    "Item",
    "Maturity",
    "Metric",
    "Mission",
    "Objective",
    "Partner",
    "Platform",
    "Review",
    "Risk",
    "Role",
    "Scope",
    "Section",
    "Service",
    "Step",
    "Term",
    "all_items",
]
