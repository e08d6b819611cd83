"""Changes as readers count them: what belongs together becomes one.

A promise's length and its unit, a figure and its day, a sign-off and its date are one change each. A metric
that is defined anew is one change, and its figures are none. A section that is new is one change, not one for
each of its items. A service that was split or merged brings the changes of its promises: one that moved
unchanged to an heir is kept, not lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from charterbook.charter import Charter
from charterbook.charter.shape import shapes
from charterbook.compare.look import Sides
from charterbook.compare.severity import fits
from charterbook.diff import Change, Data, Path

#: Below these places everything is one change; the number says how many steps of the path it keeps.
_WHOLE = (
    ("metrics.*.actual.*", 3),
    ("metrics.*.target.*", 3),
    ("metrics.*.baseline.*", 3),
    ("review.sign_offs.*.*", 3),
)

#: A length of time and its unit: one change, at the place of the length.
_LENGTHS = ("services.*.service_levels.*", "intake.priorities.*")

#: Sections that are lists of items.
_LISTS = frozenset(key for key, shape in shapes(Charter).items() if shape.is_list and shape.part)

#: What is not compared across a change of definition.
_FIGURES = frozenset(["baseline", "target", "actual", "unit", "direction"])


def fold(changes: Sequence[Change], sides: Sides) -> list[Change]:
    """The changes that readers are told, in the order of the model. Each has a path of its own."""
    redefined = {change.path[:2] for change in changes if fits("metrics.*.definition_version", change.path)}
    renamed = {change.path: change for change in changes if change.kind == "renamed"}
    found: dict[Path, Change] = {}
    for change in changes:
        if change.path[:2] in redefined and not _FIGURES.isdisjoint(change.path[2:3]):
            continue
        if _is_name_of(change, renamed):
            continue
        for folded in _folded(change, sides):
            found.setdefault(folded.path, folded)
    return _with_total(_whole_sections(list(found.values()), sides), sides)


def _folded(change: Change, sides: Sides) -> Iterator[Change]:
    if change.kind == "renamed":
        yield replace(change, old=sides.before(change.path), new=sides.after(change.path))
    elif change.kind in ("split", "merged"):
        yield change
        if change.path[0] == "services":
            yield from _services(change)
    else:
        yield _one(change, sides)


def _one(change: Change, sides: Sides) -> Change:
    for pattern, length in _WHOLE:
        if fits(pattern, change.path):
            return _whole(change.path[:length], sides)
    for pattern in _LENGTHS:
        if fits(f"{pattern}.within", change.path) or fits(f"{pattern}.unit", change.path):
            parent = change.path[:-1]
            return _length((*parent, "within"), sides.before(parent), sides.after(parent))
    return change


def _whole(path: Path, sides: Sides) -> Change:
    """A figure or a sign-off. Where only its day is another one, the day is what changed."""
    old, new = sides.before(path), sides.after(path)
    if path[0] == "review" and {**old, "date": None} == {**new, "date": None}:
        return Change("changed", (*path, "date"), old.get("date"), new.get("date"))
    return Change("changed", path, old, new)


def _length(path: Path, before: Data, after: Data) -> Change:
    old, new = ({key: part[key] for key in ("within", "unit") if key in part} for part in (before, after))
    kind = "changed" if "within" in old and "within" in new else "added" if "within" in new else "removed"
    return Change(kind, path, old if "within" in old else None, new if "within" in new else None)  # type: ignore[arg-type]


def _is_name_of(change: Change, renamed: dict[Path, Change]) -> bool:
    """Whether the change is that of the name of an item that has another id, too."""
    parent = renamed.get(change.path[:-1])
    return parent is not None and change.path[-1] in ("name", "term", "title")


def _services(change: Change) -> Iterator[Change]:
    """What a split or a merge does to promises, users and status."""
    levels = {level["request"]: level for item in change.old for level in item["service_levels"]}
    taken = set()
    for item in change.new:
        path: Path = ("services", item["id"])
        for level in item["service_levels"]:
            taken.add(level["request"])
            yield from _level(
                (*path, "service_levels", level["request"]), levels.get(level["request"]), level
            )
        yield from _heir(path, change.old, item)
    for item in change.old:
        for level in item["service_levels"]:
            if level["request"] not in taken:
                yield Change(
                    "removed", ("services", item["id"], "service_levels", level["request"]), level, at=()
                )
    yield from _lost_users(change)


def _level(path: Path, before: Data | None, after: Data) -> Iterator[Change]:
    if before is None:
        yield Change("added", path, None, after, ())
        return
    if any(before[key] != after[key] for key in ("within", "unit")):
        yield _length((*path, "within"), before, after)
    for key in ("target_share", "escalation"):
        old, new = before.get(key), after.get(key)
        if old != new:
            kind = "added" if old is None else "removed" if new is None else "changed"
            yield Change(kind, (*path, key), old, new)  # type: ignore[arg-type]


def _heir(path: Path, before: Sequence[Data], heir: Data) -> Iterator[Change]:
    states = [item["status"] for item in before]
    if heir["status"] not in states:
        yield Change("changed", (*path, "status"), states[0], heir["status"])
    users = [id_ for id_ in heir["audiences"] if any(id_ in item["audiences"] for item in before)]
    if users != heir["audiences"]:
        yield Change("changed", (*path, "audiences"), users, heir["audiences"])


def _lost_users(change: Change) -> Iterator[Change]:
    now = {id_ for item in change.new for id_ in item["audiences"]}
    for item in change.old:
        kept = [id_ for id_ in item["audiences"] if id_ in now]
        if kept != item["audiences"]:
            yield Change("changed", ("services", item["id"], "audiences"), item["audiences"], kept)


def _whole_sections(changes: list[Change], sides: Sides) -> list[Change]:
    """A list of items that was empty, or is empty now, comes or goes as a whole."""
    found: dict[Path, Change] = {}
    for change in changes:
        path = change.path[:1]
        old, new = sides.before(path), sides.after(path)
        if path[0] in _LISTS and not (old and new):
            kind = "added" if new else "removed"
            found.setdefault(path, Change(kind, path, old or None, new or None))  # type: ignore[arg-type]
        else:
            found[change.path] = change
    return list(found.values())


def _with_total(changes: list[Change], sides: Sides) -> list[Change]:
    """The sum of all sources, where every source names an amount and the sum differs."""
    old, new = _total(sides.old), _total(sides.new)
    if old is None or new is None or old["amount"] == new["amount"]:
        return changes
    first = next((i for i, change in enumerate(changes) if change.path[0] == "funding"), len(changes))
    return [*changes[:first], Change("changed", ("funding", "total"), old, new), *changes[first:]]


def _total(charter: Charter) -> Data | None:
    sources, currency = charter.funding.sources, charter.funding.currency
    if currency is None or any(source.amount is None or source.period for source in sources):
        return None
    amount = sum(source.amount or 0 for source in sources)
    return {"amount": amount, "currency": currency, "period": charter.funding.period}
