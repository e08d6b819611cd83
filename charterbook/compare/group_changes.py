"""Group changes for readers: related values become one change.

A promise's length and its unit, a figure and its date, a sign-off and its date are one change each. So are a target and
the last target by day that it comes from. Lost and gained audiences of a service are two changes. A new section is one
change, not one for each of its items. A split, a merge or a move includes the edits of its items
(`compound_changes`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from charterbook.charter import Charter
from charterbook.charter.base import Item
from charterbook.charter.model_shape import shapes
from charterbook.compare.budget_periods import Amount, Pair
from charterbook.compare.compound_changes import compound_edits, move_edits
from charterbook.compare.field_names import part_and_shape
from charterbook.compare.lookup import Sides
from charterbook.compare.other_units import with_equal_numbers
from charterbook.compare.part_pairs import PartPairs, part_pairs
from charterbook.compare.severity import MARKS, fits
from charterbook.diff import Change, Data, Kind, Path, key_of
from charterbook.funding_total import total_of

#: Paths below which all edits are one change, with the length of its path.
_WHOLE = (
    ("metrics.*.actual.*", 3),
    ("metrics.*.target.*", 3),
    ("metrics.*.baseline.*", 3),
    ("services.*.service_levels.*.kept.*", 5),
    ("metrics.*.values.*.*", 4),
    ("metrics.*.targets.*.*", 4),
    ("funding.rates.*.*", 3),
    ("calendar.holidays.*.*", 3),
)

#: A length of time and its unit: one change, at the path of the length.
_LENGTHS = ("services.*.service_levels.*", "intake.priorities.*")

#: Sections that are lists of items.
_LISTS = frozenset(key for key, shape in shapes(Charter).items() if shape.is_list and shape.part)

#: Lists of parts without ids, identified by keys that can be ambiguous.
_PARTS = (
    "service_levels",
    "sign_offs",
    "values",
    "targets",
    "rates",
    "holidays",
    "contacts",
    "links",
    "details",
    "decisions",
)


def grouped_changes(changes: Sequence[Change], sides: Sides) -> list[Change]:
    """The grouped changes, in the order of the model. Each has its own path."""
    renamed = {change.path: change for change in changes if change.kind == "renamed"}
    found = [
        folded
        for change in changes
        if not _is_renamed_label(change, renamed)
        for folded in _folded(change, sides)
    ]
    each = _each_once(with_equal_numbers(found, sides))
    return _with_total(_whole_sections(_without_series(each), sides), sides)


def _each_once(changes: Sequence[Change]) -> list[Change]:
    found = {
        (change.kind, change.path, change.source, repr(change.old), repr(change.new)): change
        for change in changes
    }
    return list(found.values())


#: Series of a metric, with the figure that is the last of the series unless it is stated on its own.
_SERIES = {"targets": "target", "values": "actual"}


def _without_series(changes: Sequence[Change]) -> list[Change]:
    """The changes without those of a series that repeat the change of the figure that it implies."""
    figures = {(change.path, change.source): change for change in changes if change.path[::2] in _FIGURES}
    return [change for change in changes if not _is_repeated(change, figures)]


_FIGURES = tuple(("metrics", figure) for figure in _SERIES.values())


def _is_repeated(change: Change, figures: Mapping[tuple[Path, Path | None], Change]) -> bool:
    """Whether all that a change of a series says is in the change of its figure."""
    if change.path[0] != "metrics" or len(change.path) != 4 or change.path[2] not in _SERIES:  # noqa: PLR2004
        return False
    key = _SERIES[change.path[2]]
    figure = figures.get(((*change.path[:2], key), (*change.source[:2], key) if change.source else None))
    return figure is not None and all(
        part in (None, whole) for part, whole in ((change.old, figure.old), (change.new, figure.new))
    )


def _listed(change: Change) -> list[Change]:
    """The added, removed and respelled elements of a list with ambiguous keys."""
    if change.kind != "changed" or change.path[-1] not in _PARTS or not isinstance(change.old, list):
        return [change]
    pairs = part_pairs(change.old, change.new)
    labelled = _same_labels(change, pairs)
    removed, added = ({*one} for one in zip(*labelled, strict=True)) if labelled else (set(), set())
    changed = (*pairs.respelled, *labelled)
    return [
        *(_element(change, "changed", change.old[one], change.new[other]) for one, other in changed),
        *(_element(change, "removed", change.old[at], None) for at in pairs.removed if at not in removed),
        *(_element(change, "added", None, change.new[at]) for at in pairs.added if at not in added),
    ]


#: Lists of parts with a label, which identifies a part if no other part of the list has it.
_LABELLED = ("contacts", "links", "details")


def _same_labels(change: Change, pairs: PartPairs) -> list[tuple[int, int]]:
    """Positions of removed and added parts with the same label."""
    if change.path[-1] not in _LABELLED:
        return []
    old, new = ([one["label"] for one in side] for side in (change.old, change.new))
    return [
        (before, after)
        for before in pairs.removed
        for after in pairs.added
        if old[before] == new[after] and old.count(old[before]) == new.count(new[after]) == 1
    ]


def _losses_first(change: Change) -> list[Change]:
    """The audiences that a service lost, then those that it gained: what is weaker for some is stronger for others."""
    if change.kind != "changed" or not fits("services.*.audiences", change.path):
        return [change]
    before = [id_ for id_ in change.old if id_ in change.new]
    after = [id_ for id_ in change.new if id_ in change.old]
    if len(before) == len(change.old) or len(after) == len(change.new):
        return [change]
    return [replace(change, new=before), replace(change, old=after)]


def _element(change: Change, kind: Kind, old: Data | None, new: Data | None) -> Change:
    key = key_of(new or old or {}, change.path[-1])
    source = (*change.source, key) if change.source else None
    at = None if kind == "changed" else ()
    return Change(kind, (*change.path, key), old, new, at, source)


def _folded(change: Change, sides: Sides) -> Iterator[Change]:
    def whole(edit: Change) -> list[Change]:
        parts = [part for one in _listed(edit) for part in _losses_first(one)]
        return [_containing_change(part, sides) for part in parts]

    if change.kind == "renamed":
        yield replace(change, old=sides.before(change.path), new=sides.after(change.path))
    elif change.kind in ("split", "merged"):
        yield change
        yield from compound_edits(change, sides, whole)
    elif change.kind == "moved" and change.source:
        yield change
        yield from move_edits(change, whole)
    else:
        yield from whole(change)


def _containing_change(change: Change, sides: Sides) -> Change:
    """The change of the figure, sign-off or length that contains an edit; else the edit itself."""
    for pattern, length in _WHOLE:
        if fits(pattern, change.path):
            return _whole(_parent_change(change, length), sides)
    if fits("review.sign_offs.*.*", change.path) and change.path[-1] not in MARKS:
        return _sign_off(change, sides)
    for pattern in _LENGTHS:
        if fits(f"{pattern}.within", change.path) or fits(f"{pattern}.unit", change.path):
            return _length(change, sides)
    return change


def _parent_change(change: Change, length: int) -> Change:
    """The change of the parent value, `length` steps from the root."""
    source = change.source[:length] if change.source else None
    return Change("changed", change.path[:length], source=source)


def _whole(change: Change, sides: Sides) -> Change:
    """The change of a figure or any other value as a whole."""
    return replace(change, old=sides.former(change, change.path), new=sides.after(change.path))


def _sign_off(change: Change, sides: Sides) -> Change:
    """A sign-off as a whole, or its date or fingerprint if nothing else differs.

    If both differ, there is one change: that of the date.
    """
    whole = _whole(_parent_change(change, 3), sides)
    if _without_date(whole.old) != _without_date(whole.new):
        return whole
    old, new = whole.old.get("date"), whole.new.get("date")
    return change if old == new else Change("changed", (*whole.path, "date"), old, new)


def _without_date(sign_off: Data) -> Data:
    """A sign-off without its date and fingerprint, and without who sees it."""
    return {key: value for key, value in sign_off.items() if key not in ("date", "agreed", *MARKS)}


def _length(change: Change, sides: Sides) -> Change:
    """A length of time with its unit. A unit without a length is its own change."""
    part = _parent_change(change, len(change.path) - 1)
    old, new = (
        {key: side[key] for key in ("within", "unit")} if "within" in side else None
        for side in (sides.former(part, part.path), sides.after(part.path))
    )
    if old is None and new is None:
        return change
    kind: Kind = "changed" if old and new else "added" if new else "removed"
    source = (*part.source, "within") if part.source else None
    return Change(kind, (*part.path, "within"), old, new, source=source)


def _is_renamed_label(change: Change, renamed: dict[Path, Change]) -> bool:
    """Whether the name of an item changed together with its id."""
    parent = renamed.get(change.path[:-1])
    if parent is None:
        return False
    model = part_and_shape(Charter, change.path)[0]
    return issubclass(model, Item) and change.path[-1] == model.label_key


def _whole_sections(changes: list[Change], sides: Sides) -> list[Change]:
    """Replace the changes of a list of items that was or became empty by a single change."""
    found: dict[Path | int, Change] = {}
    for index, change in enumerate(changes):
        path = change.path[:1]
        old, new = sides.before(path), sides.after(path)
        if path[0] in _LISTS and not (old and new):
            kind = "added" if new else "removed"
            found.setdefault(path, Change(kind, path, old or None, new or None))  # type: ignore[arg-type]
        else:
            found[index] = change
    return list(found.values())


def _with_total(changes: list[Change], sides: Sides) -> list[Change]:
    """Add a change of the sum of all sources, if every source has an amount and the sum or its currency differs."""
    old, new = _total(sides.old), _total(sides.new)
    if old is None or new is None or not _differ(old, new):
        return changes
    first = next((i for i, change in enumerate(changes) if change.path[0] == "funding"), len(changes))
    return [*changes[:first], Change("changed", ("funding", "total"), old, new), *changes[first:]]


def _differ(old: Data, new: Data) -> bool:
    """Whether two sums differ, or are equal in other currencies or for periods of different lengths."""
    pair = Pair(*(Amount(side["amount"], side["currency"], side["period"]) for side in (old, new)))
    if old["amount"] != new["amount"] or old["currency"] != new["currency"]:
        return True
    return pair.values is not None and pair.growth not in (None, 0)


def _total(charter: Charter) -> Data | None:
    total = total_of(charter)
    return (
        None if total is None else {"amount": total.value, "currency": total.currency, "period": total.period}
    )
