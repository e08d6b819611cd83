"""The format of an exported workbook: its sheets, rows and columns, and the path of each cell.

The layout is stable: a workbook that was edited can be read back by it. `LAYOUT` is its version.

Each visible sheet is a table:

- Row 1 is hidden. It has the **key** of each column, a path below the path of the row: `within`, `baseline/value`;
  `.` for the path of the row itself. A column without a key is for reading only.
- Row 2 has the headings. The table begins in row 3.
- Column A is hidden. It has the **path** of each row: `services/coaching`, `services/coaching/service_levels/0`,
  `mission/statement`. A row without a path is for reading only.

The path of a cell is the path of its row and the key of its column, joined by `/`. Its steps are keys of charter.yml;
an item is named by its `id`, an element of any other list by its position from 0: `services/coaching/links/0/label`.
Every value of the charter has exactly one such cell, except `schema` and an item's `id` and `was`: these are for
reading. `target` and `actual` of a metric have one even if they follow from its `targets` and `values`.

A cell contains a number, a date or a text. A list is a text with one element in each line; ids are separated
by commas or lines. The value of a closed list is its word in the charter's language
(`workbook_values.choice_words`). In the sheet `responsibilities`, the path of a cell is
`roles/ROLE/raci/SERVICE`, and its value has the letters of `RACI_KEYS`, separated by commas: `A, R`. Path of
the row: `raci/SERVICE`; key of the column: `ROLE`.

Three sheets are hidden. `charterbook` has names and values in columns A and B: `layout`, `version`, `commit` (empty
for a draft) and `language`. `base` has in each row the path of a cell in column A and the cell as it was exported in
column B: a cell that differs from it was edited. Texts can be shortened or lack control characters, so only a
comparison with `base` shows the edits. `choices` has the entries of drop-down lists.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from charterbook.charter.base import Part
from charterbook.charter.model_shape import Shape
from charterbook.frozen_dataclass import dataclass
from charterbook.papers.workbook_values import Cell

#: The version of this layout.
LAYOUT = 1

#: The lists of a role with services, by the letter that a cell has for each.
RACI_KEYS = {"R": "responsible", "A": "accountable", "C": "consulted", "I": "informed"}

#: Names of the hidden sheets.
META, BASE, CHOICES = "charterbook", "base", "choices"


@dataclass(frozen=True)
class WorkbookColumn:
    """A column: its key (empty if it is for reading only) and its heading.

    `shape` is the shape of its values; `part` is the class that has the field. `refers` has the ids that it can name.
    """

    key: str
    title: str
    part: type[Part] | None = None
    shape: Shape | None = None
    refers: tuple[str, ...] = ()


@dataclass(frozen=True)
class WorkbookRow:
    """A row: its path (empty if it is for reading only) and its cells."""

    path: str
    cells: tuple[Cell, ...]
    #: The class and the shape of the value of a row in a table with one value in each row.
    part: type[Part] | None = None
    shape: Shape | None = None


@dataclass(frozen=True)
class WorkbookSheet:
    """A table: its key, its title, columns and rows."""

    key: str
    title: str
    columns: tuple[WorkbookColumn, ...]
    rows: tuple[WorkbookRow, ...]

    def editable(self) -> Iterator[tuple[str, Cell]]:
        """Paths and values of all cells that can be edited."""
        for row in self.rows:
            for column, value in zip(self.columns, row.cells, strict=True):
                if row.path and column.key:
                    yield cell_path(row.path, column.key), value


@dataclass(frozen=True)
class EarlierVersions:
    """The values of earlier versions, for reading: for each row path a cell for each of these versions, oldest first.

    `states` has the words on the state of a row in this version, such as "on track".
    """

    names: tuple[str, ...] = ()
    cells: Mapping[str, Sequence[Cell]] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)


def cell_path(row: str, key: str) -> str:
    """The path of a cell."""
    if key == ".":
        return row
    step, _, service = row.partition("/")
    return f"roles/{key}/raci/{service}" if step == "raci" else f"{row}/{key}"
