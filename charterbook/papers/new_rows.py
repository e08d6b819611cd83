"""Make new items, and new promises of a service, from rows that were added to a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from charterbook.i18n import Translator
from charterbook.identity import path_of
from charterbook.imports.tables import CellFault
from charterbook.load.did_you_mean import quote
from charterbook.load.schema_errors import slugify
from charterbook.papers.cell_values import Unfit, cell_value
from charterbook.papers.data_paths import put, value_at
from charterbook.papers.edit_problems import EditedCharter
from charterbook.papers.workbook_format import WorkbookSheet
from charterbook.papers.workbook_reading import NewRow

_NAMES = {"glossary": "term", "actions": "what", "sections": "title", "meetings": "date"}
_PROMISES = "promises"
_NO_NEW_ROWS = ("charter", "other", "responsibilities")


def add_rows(
    data: dict[str, Any],
    rows: Sequence[NewRow],
    known: Sequence[WorkbookSheet],
    result: EditedCharter,
    words: Translator,
) -> None:
    """Add the items of new rows to the data."""
    for row in rows:
        sheet = next((one for one in known if any(line.path == row.like for line in one.rows)), None)
        if sheet is None or sheet.key in _NO_NEW_ROWS:
            result.add(row.place, "no-new-rows")
        elif sheet.key == _PROMISES:
            _add_promise(data, row, sheet, result, words)
        else:
            _add_item(data, row, sheet, result, words)


def _values(
    row: NewRow, sheet: WorkbookSheet, result: EditedCharter, words: Translator
) -> dict[str, Any] | None:
    """The values of a row by key; None if one of them does not fit."""
    made: dict[str, Any] = {}
    count = len(result.problems)
    for column in sheet.columns:
        cell = row.cells.get(column.key)
        if cell is None or column.part is None or column.shape is None:
            continue
        if isinstance(cell.value, CellFault):
            result.add(cell.place, "cell", reason=cell.value.phrase)
            continue
        value = cell_value(cell, column.part, column.shape, words)
        if isinstance(value, Unfit):
            result.add(cell.place, "not-a-value", value.expected, value=quote(value.value))
        elif value not in (None, []):
            put(made, column.key.split("/"), value)
    return made if len(result.problems) == count else None


def _add_item(
    data: dict[str, Any], row: NewRow, sheet: WorkbookSheet, result: EditedCharter, words: Translator
) -> None:
    made = _values(row, sheet, result, words)
    if made is None:
        return
    name = _NAMES.get(sheet.key, "name")
    if name not in made:
        result.add(row.place, "no-name", key=name)
        return
    items = value_at(data, list(path_of(sheet.key)))
    used = {item["id"] for item in items}
    id_, number = slugify(str(made[name])), 2
    wanted = id_
    while id_ in used:
        id_, number = f"{wanted[:60]}-{number}", number + 1
    items.append({"id": id_, **made})


def _add_promise(
    data: dict[str, Any], row: NewRow, sheet: WorkbookSheet, result: EditedCharter, words: Translator
) -> None:
    named = str(row.keyless[0].value) if row.keyless else ""
    service = next((one for one in data["services"] if named in (one["id"], one["name"])), None)
    if service is None:
        result.add(row.place, "no-service")
        return
    made = _values(row, sheet, result, words)
    if made is not None:
        service["service_levels"] = [*service.get("service_levels", ()), made]
