"""Changes by section and item, for pages of changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from charterbook.charter import ITEM_LISTS, Charter, Item
from charterbook.compare import (
    SEVERITIES,
    Comparison,
    Path,
    Severity,
    Statement,
    section_title,
)
from charterbook.compare.rollovers import Rollover, with_rollovers
from charterbook.frozen_dataclass import dataclass
from charterbook.i18n import Translator, translator
from charterbook.site.edition import Edition, PastVersion
from charterbook.site.render.views.comparison_pages import shown_charter


@dataclass(frozen=True)
class ItemChanges:
    """All changes of one item, of a section itself (then `item` is None), or new targets of several metrics.

    `was` is the item in the older version and `there` its address within it, both None if it was
    not there. `keys` are the filter keys, `kind/id`. `audiences` are the ids of all affected
    audiences, empty if a change affects no particular audience.
    """

    item: tuple[str, str] | None
    label: str
    was: Item | None
    there: str | None
    keys: tuple[str, ...]
    audiences: tuple[str, ...]
    statements: tuple[Statement, ...]
    is_rollover: bool = False

    @property
    def commitments(self) -> tuple[Statement, ...]:
        """The changes that are not collapsed: changes of commitments, and new targets."""
        return self.statements if self.is_rollover else _of(self.statements, commitment=True)

    @property
    def others(self) -> tuple[Statement, ...]:
        """The changes that are collapsed."""
        return () if self.is_rollover else _of(self.statements, commitment=False)

    @property
    def counts_of_others(self) -> list[tuple[Severity, int]]:
        """The number of collapsed changes of each severity that occurs."""
        return _counts(self.others)


@dataclass(frozen=True)
class SectionChanges:
    """All changes of one section. `there` is the old address of a section that has no page any more."""

    section: str
    title: str
    there: str | None
    groups: tuple[ItemChanges, ...]

    @property
    def severe(self) -> tuple[ItemChanges, ...]:
        """The items with a changed commitment."""
        return tuple(group for group in self.groups if group.commitments)

    @property
    def mild(self) -> tuple[ItemChanges, ...]:
        """The other items, collapsed together."""
        return tuple(group for group in self.groups if not group.commitments)

    @property
    def counts(self) -> list[tuple[Severity, int]]:
        """The number of changes of each occurring severity."""
        return _counts(one for group in self.groups for one in group.statements)


def severity_counts(comparison: Comparison) -> list[tuple[Severity, int]]:
    """The number of changes of each occurring severity; they add up to all changes."""
    return _counts(comparison.statements)


def _counts(statements: Iterable[Statement]) -> list[tuple[Severity, int]]:
    found = [statement.severity for statement in statements]
    return [(severity, found.count(severity)) for severity in SEVERITIES if severity in found]


def _of(statements: Iterable[Statement], *, commitment: bool) -> tuple[Statement, ...]:
    return tuple(one for one in statements if (one.severity == "commitment") == commitment)


def changes_by_section(edition: Edition, comparison: Comparison, older: PastVersion) -> list[SectionChanges]:
    """Changes by section, and within it by item, in the order of the comparison."""
    sections: dict[str, dict[object, list[Statement]]] = {}
    rolled: dict[str, list[ItemChanges]] = {}
    t = translator(comparison.language)
    for entry in with_rollovers(comparison.statements):
        if isinstance(entry, Rollover):
            section = entry.statements[0].section
            sections.setdefault(section, {})
            rolled.setdefault(section, []).append(_rolled(entry, t))
        else:
            groups = sections.setdefault(entry.section, {})
            groups.setdefault(entry.item, []).append(entry)
    return [
        SectionChanges(
            section,
            section_title(section, t),
            None if edition.pages.section_url(section) else older.pages.section_url(section),
            _severe_first(
                [
                    *(_group(edition, older, statements) for statements in groups.values()),
                    *rolled.get(section, ()),
                ]
            ),
        )
        for section, groups in sections.items()
    ]


def _severe_first(groups: Sequence[ItemChanges]) -> tuple[ItemChanges, ...]:
    """Items with a changed commitment before the others, as a page shows them."""
    return tuple(sorted(groups, key=lambda group: not group.commitments))


def _rolled(found: Rollover, t: Translator) -> ItemChanges:
    """Group of new targets of several metrics, with the keys of all of them."""
    keys = tuple("/".join(one.item) for one in found.statements if one.item)
    return ItemChanges(None, found.title(t), None, None, keys, (), found.statements, is_rollover=True)


def importance(comparison: Comparison, parts: Iterable[SectionChanges]) -> str:
    """Indexes of the important changes on a page, the most important first, counted from 0, such as "4 0-2"."""
    shown = [one.fingerprint for part in parts for group in part.groups for one in group.statements]
    places = {fingerprint: place for place, fingerprint in enumerate(shown)}
    return " ".join(in_runs([places[statement.fingerprint] for statement in comparison.ranked]))


def in_runs(numbers: Sequence[int]) -> Iterator[str]:
    """Numbers in their order, consecutive ones as a run: of several hundred most are."""
    for _, found in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        run = [number for _, number in found]
        yield f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}"


def _group(edition: Edition, older: PastVersion, statements: Sequence[Statement]) -> ItemChanges:
    item = statements[0].item
    was = _former(edition, older, item) if item else None
    return ItemChanges(
        item=item,
        label=statements[0].label,
        was=was,
        there=_address_of(older, was) if was else None,
        keys=tuple(_keys(item, was, statements)) if item else (),
        audiences=_touched(statements),
        statements=_of(statements, commitment=True) + _of(statements, commitment=False),
    )


def _address_of(older: PastVersion, item: Item) -> str | None:
    """Address of an item within a version that has it."""
    charter = shown_charter(older)
    kind = next(kind for kind in ITEM_LISTS if any(one is item for one in charter.items(kind)))
    return older.pages.item_url(kind, item.id)


def _touched(statements: Sequence[Statement]) -> tuple[str, ...]:
    if not all(statement.audiences for statement in statements):
        return ()
    return tuple(dict.fromkeys(id_ for statement in statements for id_ in statement.audiences))


def _former(edition: Edition, older: PastVersion, item: tuple[str, str]) -> Item | None:
    """Counterpart of an item in the older version; of several, the one with its id, else the first."""
    kind, id_ = item
    was = edition.former_items(older, kind, id_)
    return (
        was[0] if was else next((item for item in shown_charter(older).items(kind) if item.id == id_), None)
    )


def _keys(item: tuple[str, str], was: Item | None, statements: Sequence[Statement]) -> Iterable[str]:
    """Filter keys of an item; after a split or merge, of all parts."""
    ids = [item[1], *([was.id] if was else ())]
    for statement in statements:
        if statement.kind in ("split", "merged"):
            ids += [data["id"] for side in (statement.new, statement.old) for data in side]
    return dict.fromkeys(f"{item[0]}/{id_}" for id_ in ids)


def suggested_renames(
    edition: Edition, comparison: Comparison, older: PastVersion
) -> list[tuple[str, str, str]]:
    """Likely undeclared renames: the title of the list, the old and the new name."""
    t = translator(comparison.language)
    return [
        (
            section_title(likely.new[-2], t),
            _name(shown_charter(older), likely.old),
            _name(edition.charter, likely.new),
        )
        for likely in comparison.likely
    ]


def _name(charter: Charter, path: Path) -> str:
    """Name of the list element at a path: an item's name, or its key."""
    kind, key = path[-2:]
    items = charter.items(kind) if kind in ITEM_LISTS else []
    return next((item.label for item in items if item.id == key), key)
