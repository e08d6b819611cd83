"""Building blocks of the model: texts, ids, references and the base class of items.

No input or output; values do not know their source. Modules with parts of a charter do not import `annotations` from
`__future__`: pydantic would have to compile each annotation, 8 ms of every command.
"""

import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from charterbook.frozen_dataclass import dataclass

#: Pattern of an id, valid in a URL: lower-case words joined by hyphens.
ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"

#: The fields that name the role responsible for an item, by precedence.
RESPONSIBLE_FIELDS = ("owner", "manager", "approver", "liaison", "data_owner", "admin")

#: Device names that Windows reserves: Windows cannot create a file with one of these names. Source: "Naming Files,
#: Paths, and Namespaces", Microsoft Learn.
RESERVED_IDS = frozenset(
    ["con", "prn", "aux", "nul"] + [f"com{n}" for n in range(1, 10)] + [f"lpt{n}" for n in range(1, 10)]
)

#: A line of plain text: a name, a title. Shown without any markup.
Line = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\r\n]*\S[^\r\n]*$")]

#: Text in a Markdown subset: emphasis, links, lists, code. Never HTML.
Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000, pattern=r"\S")]

#: The permanent name of an item, unique within its kind and never reused.
Id = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=ID_PATTERN)]


def _with_all_digits(value: object, validate: ValidatorFunctionWrapHandler) -> object:
    """Keep a whole number as an integer if a float would lose digits."""
    number = validate(value)
    return value if isinstance(value, int) and value != number else number


_Exact = WrapValidator(_with_all_digits)

#: Numbers: any, non-negative, positive, a share in percent.
Number = Annotated[float, _Exact]
NotNegative = Annotated[float, Field(ge=0), _Exact]
Positive = Annotated[float, Field(gt=0), _Exact]
Percent = Annotated[float, Field(ge=0, le=100)]
Date = datetime.date


@dataclass(frozen=True)
class Reference:
    """Marker of a field that refers to an item of one of these kinds by its id.

    With `if_any`, the id is checked only in a charter that has items of that kind: without `roles`, an owner can be
    plain text.
    """

    kinds: tuple[str, ...]
    if_any: bool = False


#: Ids of items elsewhere in the charter. The kind is the name of the list of the item.
AudienceId = Annotated[Id, Reference(("audiences",))]
ServiceId = Annotated[Id, Reference(("services",))]
MetricId = Annotated[Id, Reference(("metrics",))]
PlatformName = Annotated[Line, Reference(("platforms",), if_any=True)]
RouteId = Annotated[Id, Reference(("routes",))]
RoleName = Annotated[Line, Reference(("roles",), if_any=True)]
ParticipantId = Annotated[Line, Reference(("roles", "audiences"), if_any=True)]

#: Who contributes to a service, and with whom a task is shared: a team of either list.
ContributorId = Annotated[Id, Reference(("audiences", "partners"))]
TeamName = Annotated[Line, Reference(("partners", "audiences"), if_any=True)]
GroupId = Annotated[Id, Reference(("groups",))]
#: A decision of the charter, or of one of its reviews.
DecisionId = Annotated[Id, Reference(("decisions", "meeting_decisions"))]

#: A currency by its three letters in ISO 4217.
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]

#: How often something is due.
Cadence = Literal["month", "quarter", "half_year", "year"]

DurationUnit = Literal["minutes", "hours", "working_hours", "days", "working_days", "weeks", "months"]
Level = Literal["low", "medium", "high"]


class Part(BaseModel):
    """Base class of all mappings in a charter: unknown keys are rejected, and values are never coerced.

    The docstring below a field is its description in the JSON Schema. Models are built on first use: `Charter`
    contains all others, so building these as well would double the time.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


class Contact(Part):
    """Who to contact with a question."""

    label: Line
    """Who answers, or what to ask about, for example “Questions about onboarding”."""
    address: Line | None = None
    """An e-mail address, or a web address that begins with https://."""
    channel: Line | None = None
    """A channel or a place, for example “#enablement in Slack”."""


class Link(Part):
    """Something to read elsewhere."""

    label: Line
    """The text of the link."""
    address: Line
    """A web address that begins with https://, or a page of this charter such as services/onboarding."""


class Detail(Part):
    """Information for which there is no field."""

    label: Line
    """The name of the field, for example “Cost centre”."""
    text: Text
    """The text of the field."""


class Restriction(Part):
    """Keys of a mapping that only some groups of readers see."""

    keys: Annotated[list[Line], Field(min_length=1)]
    """The keys, for example [amount, share] or [actual.note]; at the top of the file, sections such as [risks]."""
    visible_to: Annotated[list[GroupId], Field(min_length=1)]
    """The groups that see them."""


class MarkedPart(Part):
    """A mapping that a handbook for a group can omit, as a whole or in part."""

    visible_to: list[GroupId] = []
    """The groups that see it: ids of the charter's groups. By default, all readers."""
    restricted: list[Restriction] = []
    """Keys of this mapping that only some groups see."""


class Item(MarkedPart):
    """Base class of everything with an id, and so with a history."""

    label_key: ClassVar[str] = "name"

    id: Id
    """Permanent name, used in addresses: lower-case words with hyphens. Never reuse it; to rename, give a new
    id and list the old one as a former id."""
    was: list[Id] = []
    """Former ids of this item. Two items with the same former id are a split; one item with two
    former ids is a merge."""
    contacts: list[Contact] = []
    """Who to contact with questions."""
    links: list[Link] = []
    """Links to further information."""
    tags: list[Line] = []
    """Keywords for searching and grouping."""
    also_called: list[Line] = []
    """Other names by which people search for it, for example abbreviations."""
    details: list[Detail] = []
    """Your own fields, each with a label and a text."""
    reviewed: Date | None = None
    """The day it was last checked and found correct."""
    review_in: Cadence | None = None
    """How often to check it."""

    @property
    def label(self) -> str:
        """The display name of the item."""
        return str(getattr(self, self.label_key))

    @property
    def is_retired(self) -> bool:
        """Whether the item is a service that is no longer offered."""
        return False


class NamedItem(Item):
    """An item with a `name` that is also its display name."""

    name: Line
    """What people call it."""
