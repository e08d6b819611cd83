"""Group changes as readers count them: related values become one change.

A promise's length and its unit, a figure and its date, a sign-off and its date are one change each. A new section is
one change, not one for each of its items. A split, a merge or a move includes the edits of its items
(`compound_changes`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from charterbook.charter import Charter
from charterbook.charter.base import Item
from charterbook.charter.model_shape import shapes
from charterbook.compare.budget_periods import Amount, Pair
from charterbook.compare.compound_changes import inside_move, regrouped
from charterbook.compare.field_names import part_and_shape
from charterbook.compare.lookup import Sides
from charterbook.compare.severity import fits
from charterbook.compare.text_changes import in_words
from charterbook.diff import Change, Data, Kind, Path, key_of
from charterbook.funding_total import total_of

#: Paths below which everything is one change, with the length of its path.
_WHOLE = (
    ("metrics.*.actual.*", 3),
    ("metrics.*.target.*", 3),
    ("metrics.*.baseline.*", 3),
    ("review.sign_offs.*.*", 3),
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

#: Lists of parts without an id, whose keys may be ambiguous.
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


def fold(changes: Sequence[Change], sides: Sides) -> list[Change]:
    """The changes as readers count them, in the order of the model. Each has its own path."""
    renamed = {change.path: change for change in changes if change.kind == "renamed"}
    found = [
        folded
        for change in changes
        if not _is_renamed_label(change, renamed)
        for folded in _folded(change, sides)
    ]
    return _with_total(_whole_sections(_each_once(found), sides), sides)


def _each_once(changes: Sequence[Change]) -> list[Change]:
    found = {
        (change.kind, change.path, change.source, repr(change.old), repr(change.new)): change
        for change in changes
    }
    return list(found.values())


def _listed(change: Change) -> list[Change]:
    """The added and removed elements of a list with ambiguous keys."""
    if change.kind != "changed" or change.path[-1] not in _PARTS or not isinstance(change.old, list):
        return [change]
    before, after = ({repr(one): one for one in side} for side in (change.old, change.new))
    spelled = list(_alike(before, after))
    respelled = {name for pair in spelled for name in pair}
    removed = [one for name, one in before.items() if name not in after and name not in respelled]
    added = [one for name, one in after.items() if name not in before and name not in respelled]
    found = [_element(change, "changed", before[one], after[other]) for one, other in spelled]
    found += [_element(change, "removed", one, None) for one in removed]
    found += [_element(change, "added", None, one) for one in added]
    return found or [replace(change, kind="moved")]


def _alike(before: Mapping[str, Data], after: Mapping[str, Data]) -> Iterator[tuple[str, str]]:
    """Pairs of elements on one side only that are equal except for spelling."""
    by_words: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for side, elements in enumerate((before, after)):
        for name, element in elements.items():
            by_words[repr(in_words(element))][side].append(name)
    for old, new in by_words.values():
        removed = [name for name in old if name not in after] or old[:1]
        added = [name for name in new if name not in before] or new[:1]
        for index in range(max(len(removed), len(added)) if removed and added and removed != added else 0):
            yield removed[min(index, len(removed) - 1)], added[min(index, len(added) - 1)]


def _element(change: Change, kind: Kind, old: Data | None, new: Data | None) -> Change:
    key = key_of(new or old or {}, change.path[-1])
    source = (*change.source, key) if change.source else None
    at = None if kind == "changed" else ()
    return Change(kind, (*change.path, key), old, new, at, source)


def _folded(change: Change, sides: Sides) -> Iterator[Change]:
    def whole(edit: Change) -> list[Change]:
        return [_containing_change(part, sides) for part in _listed(edit)]

    if change.kind == "renamed":
        yield replace(change, old=sides.before(change.path), new=sides.after(change.path))
    elif change.kind in ("split", "merged"):
        yield change
        yield from regrouped(change, sides, whole)
    elif change.kind == "moved" and change.source:
        yield change
        yield from inside_move(change, whole)
    else:
        yield from whole(change)


def _containing_change(change: Change, sides: Sides) -> Change:
    """The change of the figure, sign-off or length that contains an edit; else the edit itself."""
    for pattern, length in _WHOLE:
        if fits(pattern, change.path):
            return _whole(_parent_change(change, length), sides)
    for pattern in _LENGTHS:
        if fits(f"{pattern}.within", change.path) or fits(f"{pattern}.unit", change.path):
            return _length(change, sides)
    return change


def _parent_change(change: Change, length: int) -> Change:
    """The change of the parent value, `length` steps from the root."""
    source = change.source[:length] if change.source else None
    return Change("changed", change.path[:length], source=source)


def _whole(change: Change, sides: Sides) -> Change:
    """A figure or a sign-off. If only the date of a sign-off or its fingerprint differs, the change is that."""
    old, new = sides.former(change, change.path), sides.after(change.path)
    if change.path[0] == "review" and _without_date(old) == _without_date(new):
        key = "agreed" if old.get("date") == new.get("date") else "date"
        kind: Kind = "removed" if key == "agreed" and key not in new else "changed"
        return Change(kind, (*change.path, key), old.get(key), new.get(key))
    return replace(change, old=old, new=new)


def _without_date(sign_off: Data) -> Data:
    return {key: value for key, value in sign_off.items() if key not in ("date", "agreed")}


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
    """Whether the change is that of the name of an item whose id changed, too."""
    parent = renamed.get(change.path[:-1])
    if parent is None:
        return False
    model = part_and_shape(Charter, change.path)[0]
    return issubclass(model, Item) and change.path[-1] == model.label_key


def _whole_sections(changes: list[Change], sides: Sides) -> list[Change]:
    """Replace changes of a list of items that was or became empty by one change."""
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
    """Add a change of the sum of all sources, if every source has an amount and the sum differs."""
    old, new = _total(sides.old), _total(sides.new)
    if old is None or new is None or not _differ(old, new):
        return changes
    first = next((i for i, change in enumerate(changes) if change.path[0] == "funding"), len(changes))
    return [*changes[:first], Change("changed", ("funding", "total"), old, new), *changes[first:]]


def _differ(old: Data, new: Data) -> bool:
    """Whether two sums differ, or are equal for periods of different lengths."""
    pair = Pair(*(Amount(side["amount"], side["currency"], side["period"]) for side in (old, new)))
    return old["amount"] != new["amount"] or (pair.values is not None and pair.growth not in (None, 0))


def _total(charter: Charter) -> Data | None:
    total = total_of(charter)
    return (
        None if total is None else {"amount": total.value, "currency": total.currency, "period": total.period}
    )
