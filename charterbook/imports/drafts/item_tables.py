"""Items in tables: a row for each item, with columns that are matched to its fields."""

from __future__ import annotations

import re
from collections.abc import Sequence

from charterbook.frozen_dataclass import dataclass
from charterbook.imports.documents.blocks import Block, DocumentTable, Paragraph, Phrase, TableCell
from charterbook.imports.drafts.found_parts import FoundItem, FoundParts, items_as_blocks
from charterbook.imports.drafts.name_matching import Match, columns, headings, words_of
from charterbook.imports.drafts.synonyms import COLUMNS
from charterbook.imports.drafts.value_reading import column_unit, with_unit

#: The field that names an item of a kind.
NAME_FIELDS = {"glossary": "term", "actions": "what", "service_levels": "request", "sign_offs": "role"}
#: The field that also names an item if the table has no column for its name: a source of money by who pays.
_NAMED_AFTER = {"sources": "funder"}
#: Weight of the kind that the heading announces, in the choice between kinds.
_ANNOUNCED = 1.5
#: Names of columns that any table can have.
_GENERIC = frozenset(
    [
        "name",
        "item",
        "what",
        "who",
        "team",
        "group",
        "activity",
        "task",
        "topic",
        "level",
        "customer",
        "category",
        "title",
        "role",
        "название",
        "что",
        "кто",
        "команда",
        "группа",
        "задача",
        "тема",
        "уровень",
        "категория",
        "роль",
    ]
)
#: The names of rows with a sum.
_TOTALS = frozenset(["total", "totals", "sum", "grand total", "итого", "всего", "сумма"])
#: Contents of cells without a value.
_DASHES = re.compile(r"[-–—−\s]+")
#: Minimum number of matched columns in a table without a heading that announces its kind.
_ENOUGH = 2


@dataclass(frozen=True)
class _Columns:
    kind: str
    matches: tuple[Match | None, ...]

    @property
    def fields(self) -> tuple[str | None, ...]:
        return tuple(match.path if match else None for match in self.matches)

    @property
    def naming(self) -> str:
        """The field whose column names the items."""
        name = name_field(self.kind)
        return name if name in self.fields else _NAMED_AFTER.get(self.kind, name)

    @property
    def score(self) -> float:
        return sum(match.likeness for match in self.matches if match)


def name_field(kind: str) -> str:
    """The field with the name of an item."""
    return NAME_FIELDS.get(kind, "name")


def table_items(table: DocumentTable, announced: str | None, found: FoundParts) -> list[FoundItem] | None:
    """The items in the rows of a table; None if its columns are not recognised."""
    if len(table.rows) < 2:  # noqa: PLR2004
        return None
    chosen = _chosen(table.rows[0], announced)
    if chosen is None:
        return None
    for cell, match in zip(table.rows[0], chosen.matches, strict=True):
        if match:
            found.doubt(cell.phrase, match)
            found.cited[chosen.kind].append(cell.phrase)
    items: list[FoundItem] = []
    group: FoundItem | None = None
    for row in table.rows[1:]:
        group = _group(row, chosen) or group
        if not _group(row, chosen):
            _add_row(items, row, table.rows[0], chosen, group, found)
        else:
            found.cited[chosen.kind] += [cell.phrase for cell in row if cell.blocks]
    return items


def _chosen(header: Sequence[TableCell], announced: str | None) -> _Columns | None:
    """The kind with fields for most columns."""
    texts = [" ".join(column_unit(cell.text)[0].split()) for cell in header]
    known = [_matched(texts, kind, announced) for kind in COLUMNS]
    fitting = [one for one in known if one is not None]
    best = max(fitting, key=lambda one: one.score + _ANNOUNCED * (one.kind == announced), default=None)
    if best is None or (best.kind != announced and best.score < _ENOUGH):
        return None
    return best


def _matched(texts: Sequence[str], kind: str, announced: str | None) -> _Columns | None:
    """The columns of a kind, each field once; None without one for the name."""
    found: list[Match | None] = []
    for text in texts:
        match = columns(kind).find(text) if text else None
        taken = {one.path for one in found if one}
        found.append(match if match and match.path not in taken else None)
    name = name_field(kind)
    if kind != announced and not _is_specific(texts, found, kind):
        return None
    known = {one.path for one in found if one}
    if name not in known and _NAMED_AFTER.get(kind) not in known:
        if kind != announced or not any(found) or (found[0] and found[0].path != "id"):
            return None
        first = next((index for index, one in enumerate(found) if one is None), None)
        if first is None or first > 1:
            return None
        found[first] = Match(name)
    return _Columns(kind, tuple(found))


def _is_specific(texts: Sequence[str], found: Sequence[Match | None], kind: str) -> bool:
    """Whether columns show the kind of the items without a heading: by a name of that kind alone, or by their number."""
    named = {
        text for text, match in zip(texts, found, strict=True) if match and match.path == name_field(kind)
    }
    own = {word for text in named for word in words_of(text)} - _GENERIC
    return bool(own & columns(kind).noise) or sum(1 for match in found if match) > _ENOUGH


def _group(row: Sequence[TableCell], chosen: _Columns) -> FoundItem | None:
    """The fields that a row with one cell such as "Leading indicators" sets for those below it."""
    filled = [cell for cell in row if cell.blocks]
    if chosen.kind != "metrics" or len(filled) != 1:
        return None
    match = headings().find(filled[0].text)
    if match is None or not match.path.startswith("metrics."):
        return None
    item = FoundItem("metrics")
    item.add("kind", filled[0].phrase.meaning(match.path.partition(".")[2]))
    return item


def _add_row(
    items: list[FoundItem],
    row: Sequence[TableCell],
    header: Sequence[TableCell],
    chosen: _Columns,
    group: FoundItem | None,
    found: FoundParts,
) -> None:
    """Add the item of a row. A row without a name continues the one before it, and a total is a note."""
    name = chosen.naming
    item = FoundItem(chosen.kind)
    for cell, head, key in zip(row, header, chosen.fields, strict=True):
        if not cell.blocks or _DASHES.fullmatch(cell.text):
            continue
        if key == name:
            item.name = cell.phrase
        if key == name_field(chosen.kind):
            continue
        if key is None:
            item.details.append(
                (head.phrase if head.blocks else Phrase("", cell.phrase.place), list(cell.blocks))
            )
        else:
            item.add(key, _with_unit(cell.phrase, head))
    if _is_total(item):
        found.texts["funding.note"] += items_as_blocks(item)
        return
    if item.name is None and items and chosen.kind != "service_levels":
        items[-1].absorb(item)
        return
    if group is not None and "kind" not in item.fields:
        item.fields["kind"] = list(group.fields["kind"])
    items.append(item)


def _with_unit(phrase: Phrase, head: TableCell) -> Phrase:
    """A number in the unit given in the header of its column."""
    text = with_unit(phrase.text, column_unit(head.text)[1])
    return phrase if text == phrase.text else phrase.meaning(text)


def _is_total(item: FoundItem) -> bool:
    """Whether a row has the sum of the others."""
    return (
        item.kind == "sources" and item.name is not None and item.name.text.strip(" :").casefold() in _TOTALS
    )


def fields_in_rows(table: DocumentTable, item: FoundItem, found: FoundParts) -> bool:
    """Add the fields of an item from a table of two columns, labels and values. Returns whether most labels are known."""
    if any(len(row) != 2 for row in table.rows):  # noqa: PLR2004
        return False
    matches = [columns(item.kind).find(row[0].text) for row in table.rows]
    if 2 * sum(1 for match in matches if match) < len(matches):
        return False
    for (label, value), match in zip(table.rows, matches, strict=True):
        if match is None or match.path == name_field(item.kind):
            blocks: list[Block] = list(value.blocks) or [Paragraph(label.phrase)]
            item.details.append((label.phrase, blocks))
            continue
        found.doubt(label.phrase, match)
        found.cited[item.kind].append(label.phrase)
        item.add(match.path, value.phrase)
    return True
