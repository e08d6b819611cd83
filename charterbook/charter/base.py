"""The building blocks of the model: texts, ids, references and the base of every item.

Nothing here reads, writes or knows where a value came from.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

#: Lower-case words joined by hyphens: what an id looks like, and so a part of an address.
ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"

#: Names that Windows keeps for devices; a page of that name could not be written there.
#: Source: "Naming Files, Paths, and Namespaces", Microsoft Learn.
RESERVED_IDS = frozenset(
    ["con", "prn", "aux", "nul"] + [f"com{n}" for n in range(1, 10)] + [f"lpt{n}" for n in range(1, 10)]
)

#: One line of plain text: a name, a title. Shown as it is, without any markup.
Line = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\r\n]*\S[^\r\n]*$")]

#: Text in a small Markdown: emphasis, links, lists, code. Never HTML.
Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000, pattern=r"\S")]

#: The permanent name of an item, unique within its kind and never used again.
Id = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=ID_PATTERN)]


def _with_all_digits(value: object, validate: ValidatorFunctionWrapHandler) -> object:
    """A whole number stays one where a float would lose its last digits."""
    number = validate(value)
    return value if isinstance(value, int) and value != number else number


_Exact = WrapValidator(_with_all_digits)

#: Numbers as they are written: any, none below zero, only above zero, a share in percent.
Number = Annotated[float, _Exact]
NotNegative = Annotated[float, Field(ge=0), _Exact]
Positive = Annotated[float, Field(gt=0), _Exact]
Percent = Annotated[float, Field(ge=0, le=100)]
Date = datetime.date


@dataclass(frozen=True)
class Reference:
    """Marks a field whose value is the id of an item of one of these kinds.

    Where `if_any` is set, the id is checked only in a charter that has items of that kind:
    a charter without `roles` may name an owner in plain words.
    """

    kinds: tuple[str, ...]
    if_any: bool = False


#: Ids of items elsewhere in the charter. The kind is the name of the list that holds the item.
AudienceId = Annotated[Id, Reference(("audiences",))]
ServiceId = Annotated[Id, Reference(("services",))]
MetricId = Annotated[Id, Reference(("metrics",))]
PlatformName = Annotated[Line, Reference(("platforms",), if_any=True)]
RouteId = Annotated[Id, Reference(("routes",))]
RoleName = Annotated[Line, Reference(("roles",), if_any=True)]
ParticipantId = Annotated[Line, Reference(("roles", "audiences"), if_any=True)]

DurationUnit = Literal["minutes", "hours", "working_hours", "days", "working_days", "weeks", "months"]
Level = Literal["low", "medium", "high"]


class Part(BaseModel):
    """Any mapping in a charter. Unknown keys are refused, values are never coerced.

    What stands below a field is told to authors by `schema`. A model is built when it is first used: all of them
    together take as long as the charter, which holds them all.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


class Item(Part):
    """Anything in a charter that has an id, and so a history of its own."""

    label_key: ClassVar[str] = "name"

    id: Id
    """Permanent name, used in addresses: lower-case words with hyphens. Never reuse it; to rename, give a new
    id and list the old one as a former id."""
    was: list[Id] = []
    """Former ids of this item. Two items with the same former id are a split; one item with two
    former ids is a merge."""

    @property
    def label(self) -> str:
        """What people call the item."""
        return str(getattr(self, self.label_key))


class NamedItem(Item):
    """An item that people call by its `name`."""

    name: Line
    """What people call it."""
