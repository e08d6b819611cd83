"""The due dates of a charter, with the roles and audiences that they concern. No input or output."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

from charterbook.charter import Charter, Item, Platform, Role, Service, Step, all_items
from charterbook.charter.model_shape import shapes
from charterbook.charter.optional_sections import Exclusion, SharedTask
from charterbook.charter.review_section import Action
from charterbook.frozen_dataclass import dataclass
from charterbook.load import value_guess
from charterbook.review_date import next_check, planned_review
from charterbook.versions import FiscalYear, bounds, is_version_name

#: Kinds of due dates: the charter's review, an action, the condition of a sign-off, the check of an item, the
#: end of a service, the end of a contract, a step of the roadmap, a question of scope.
DueKind = Literal["review", "action", "condition", "check", "end", "contract", "step", "revisit"]

#: The kind of a sign-off's condition, which is identified by the role instead of an id.
SIGN_OFFS = "sign_offs"

#: A day in full: as in ISO 8601, or with the name of its month before or after the number.
_DAY = re.compile(
    r"(?<![\w-])(?:\d{4}-\d\d-\d\d(?![\w-])|\d{1,2} [^\W\d_]+ \d{4}\b|[^\W\d_]+ \d{1,2}, \d{4}\b)"
)

_CALENDAR_YEAR = FiscalYear()
_KindDayWords = tuple[DueKind, datetime.date | None, str]


@dataclass(frozen=True)
class DueDate:
    """A due date of a charter. `day` is None if the charter has none, or none that can be parsed.

    `item` is its kind and id; for the condition of a sign-off, `sign_offs` and the role; None for the review. `label`
    is the name of the item, and `words` are the charter's words about it. `roles` are ids, or names in a charter
    without roles; `audiences` are ids. Labels, words and names are untrusted text: escape them before output.
    """

    kind: DueKind
    day: datetime.date | None
    item: tuple[str, str] | None = None
    label: str = ""
    words: str = ""
    roles: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()

    def left(self, today: datetime.date) -> int | None:
        """The number of days until it is due, negative once it is overdue; None without a day."""
        return (self.day - today).days if self.day else None

    def within(self, days: int, today: datetime.date) -> bool:
        """Whether it is overdue, or due within a number of days."""
        left = self.left(today)
        return left is not None and left <= days


def due_dates(charter: Charter, fiscal_year: FiscalYear = _CALENDAR_YEAR) -> list[DueDate]:
    """All due dates of a charter, sorted by day; entries without a day come last.

    The result does not depend on the current day. A review without a date is not included: `review_date` reports it.
    """
    found = [*_review(charter), *_conditions(charter)]
    for kind, item in all_items(charter):
        found += _item_dates(charter, kind, item, fiscal_year)
    return _by_day(found)


def has_due_day(charter: Charter) -> bool:
    """Whether there is any due date with a day. Faster than computing all dates with their roles and audiences."""
    if planned_review(charter).day or any(due.day for due in _conditions(charter)):
        return True
    dates = (one for _, item in all_items(charter) for one in _dates_of(item, _CALENDAR_YEAR))
    return any(day for _, day, _ in dates)


def while_later(
    in_force: Sequence[DueDate], later: Sequence[DueDate], review: datetime.date | None
) -> list[DueDate]:
    """The due dates while a later charter is agreed, with the day of the next review.

    Actions are records, not terms of the agreement, so they are taken from the later charter, and everything else
    from the one in force.
    """
    found = [due for due in in_force if due.kind not in ("review", "action")]
    found += [due for due in later if due.kind == "action"]
    reviews = [due for due in (*in_force, *later) if due.kind == "review" and due.day == review]
    return _by_day([*reviews[:1], *found])


def _by_day(dates: Iterable[DueDate]) -> list[DueDate]:
    return sorted(dates, key=lambda due: due.day or datetime.date.max)


def _review(charter: Charter) -> Iterator[DueDate]:
    review, day = charter.review, planned_review(charter).day
    if review is None or day is None:
        return
    audiences = tuple(audience.id for audience in charter.audiences)
    named = [name for name in review.participants if name not in audiences]
    signers = [sign_off.role for sign_off in review.sign_offs]
    yield DueDate("review", day, None, "", review.body or "", _once([*named, *signers]), audiences)


def _conditions(charter: Charter) -> Iterator[DueDate]:
    labels = {role.id: role.label for role in charter.roles}
    for sign_off in charter.review.sign_offs if charter.review else ():
        if sign_off.decision == "approved_with_condition" and sign_off.condition:
            days = days_in(sign_off.condition)
            later = [day for day in days if sign_off.date is None or day > sign_off.date]
            yield DueDate(
                "condition",
                min(later, default=None),
                (SIGN_OFFS, sign_off.role),
                labels.get(sign_off.role, sign_off.role),
                sign_off.condition,
                (sign_off.role,),
            )


def _item_dates(charter: Charter, kind: str, item: Item, fiscal_year: FiscalYear) -> Iterator[DueDate]:
    for due, day, words in _dates_of(item, fiscal_year):
        yield DueDate(
            due, day, (kind, item.id), item.label, words, _roles(item), _audiences(charter, kind, item)
        )


def _dates_of(item: Item, fiscal_year: FiscalYear) -> Iterator[_KindDayWords]:
    yield from _own_dates(item, fiscal_year)
    if item.review_in is not None and not item.is_retired:
        yield "check", next_check(item), ""


def _own_dates(item: Item, fiscal_year: FiscalYear) -> Iterator[_KindDayWords]:
    if isinstance(item, Action) and item.state == "open":
        yield "action", item.due, ""
    elif isinstance(item, Step) and item.status in ("planned", "doing") and item.due:
        yield "step", item.due, ""
    elif isinstance(item, Service) and not item.is_retired and item.until:
        yield "end", item.until, ""
    elif isinstance(item, Platform) and item.contract_end:
        yield "contract", item.contract_end, ""
    elif isinstance(item, Exclusion | SharedTask) and item.revisit:
        yield "revisit", _first_day(item.revisit, fiscal_year), item.revisit


def _first_day(text: str, fiscal_year: FiscalYear) -> datetime.date | None:
    """The day that a text names: a date, or the first day of a period such as 2027-Q1."""
    if is_version_name(text.strip()):
        return bounds(text.strip(), *fiscal_year)[0]
    return min(days_in(text), default=None)


def days_in(text: str) -> list[datetime.date]:
    """The days that a text names in full, such as 2027-01-31 or 31 January 2027."""
    return sorted(
        day for match in _DAY.finditer(" ".join(text.split())) for day in value_guess.dates(match[0])
    )


def _roles(item: Item) -> tuple[str, ...]:
    """The roles that an item names as its own: owner, approver, administrator; for a role, itself."""
    own = [item.id] if isinstance(item, Role) else []
    return _once([*own, *_named(item, lambda kinds: kinds == ("roles",))])


def _audiences(charter: Charter, kind: str, item: Item) -> tuple[str, ...]:
    """The audiences of an item: those that it names, and the users of services related to it in either direction."""
    if kind == "audiences":
        return (item.id,)
    found = _ids(item, "audiences")
    for service in charter.services:
        is_service = kind == "services" and service.id == item.id
        if is_service or service.id in _ids(item, "services") or item.id in _ids(service, kind):
            found += service.audiences
    known = {audience.id for audience in charter.audiences}
    return _once(name for name in found if name in known)


def _ids(item: Item, kind: str) -> list[str]:
    return _named(item, lambda kinds: kind in kinds)


def _named(item: Item, wanted: Callable[[tuple[str, ...]], bool]) -> list[str]:
    """The values of an item's fields that refer to items of these kinds."""
    found: list[str] = []
    for key, shape in shapes(type(item)).items():
        if shape.refers and wanted(shape.refers.kinds):
            value = getattr(item, key, None) or ()
            found += [value] if isinstance(value, str) else value
    return found


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
