"""A workbook as an Excel file. No value of a charter can become a formula or a link in it.

The same charter gives the same bytes. Cells that are for reading are locked; there is no password.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any

from charterbook.charter import Charter
from charterbook.frozen_dataclass import dataclass
from charterbook.i18n import Translator, translator
from charterbook.papers import workbook_styles as styles
from charterbook.papers.document_facts import SHORT_COMMIT
from charterbook.papers.inert_text import inert_line, is_like_formula
from charterbook.papers.workbook_format import (
    BASE,
    CHOICES,
    LAYOUT,
    META,
    EarlierVersions,
    WorkbookColumn,
    WorkbookRow,
    WorkbookSheet,
)
from charterbook.papers.workbook_layout import sheets
from charterbook.papers.workbook_values import Cell, choice_words, plain_cell

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

#: The date in the file's properties if no version gives one; it does not depend on the clock.
EPOCH = datetime.datetime(2000, 1, 1)  # noqa: DTZ001

_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
_HEADINGS = 2


@dataclass(frozen=True)
class WorkbookSource:
    """A charter with the name of its version, the commit that is shown, and the values of earlier versions."""

    charter: Charter
    version: str
    commit: str = ""
    made: datetime.datetime | None = None
    earlier: EarlierVersions = field(default_factory=EarlierVersions)


def as_xlsx(source: WorkbookSource) -> bytes:
    """The workbook of a charter."""
    from xlsxwriter import Workbook

    target = io.BytesIO()
    with Workbook(
        target,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "default_format_properties": styles.FONT,
        },
    ) as book:
        _WorkbookWriter(book, source).write()
    return target.getvalue()


class _WorkbookWriter:
    def __init__(self, book: Workbook, source: WorkbookSource) -> None:
        self.book, self.source = book, source
        self.t: Translator = translator(source.charter.language)
        self.names: set[str] = {META, BASE, CHOICES}
        self.lists: dict[tuple[str, ...], str] = {}
        self.formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def write(self) -> None:
        self.book.set_properties(
            {
                "title": inert_line(self.source.charter.title),
                "created": (self.source.made or EPOCH).replace(tzinfo=None),
            }
        )
        self.book.set_calc_mode("manual")
        found = sheets(self.source.charter, self.source.earlier)
        pages = [(sheet, self.book.add_worksheet(self._name(sheet.title))) for sheet in found]
        self.choices = self.book.add_worksheet(CHOICES)
        for sheet, page in pages:
            _SheetWriter(self, sheet, page).write()
        self._hidden_table(self.choices, [])
        self._hidden_table(self.book.add_worksheet(META), self._meta())
        self._hidden_table(
            self.book.add_worksheet(BASE), [pair for sheet in found for pair in sheet.editable()]
        )

    def _name(self, title: str) -> str:
        """A name for a sheet that spreadsheets accept, and that no other sheet has."""
        name = _NOT_IN_NAMES.sub(" ", title)[:_LONGEST_NAME].strip()
        while name.casefold() in self.names:
            name = f"{name[: _LONGEST_NAME - 2]} 2"
        self.names.add(name.casefold())
        return name

    def _meta(self) -> list[tuple[str, Cell]]:
        source = self.source
        return [
            ("layout", LAYOUT),
            ("version", plain_cell(source.version)),
            ("commit", plain_cell(source.commit)),
            ("language", source.charter.language),
        ]

    def _hidden_table(self, page: Worksheet, rows: Sequence[tuple[str, Cell]]) -> None:
        page.very_hidden()
        for number, (name, value) in enumerate(rows):
            page.write_string(number, 0, name)
            self.put(page, number, 1, value, {})

    def put(self, page: Worksheet, row: int, column: int, value: Cell, style: Mapping[str, Any]) -> None:
        """Write a cell with its type. A text is never a formula, a number or a link."""
        if value is None:
            page.write_blank(row, column, None, self.format(style))
        elif isinstance(value, str):
            quoted = {**style, "quote_prefix": True} if is_like_formula(value) else style
            page.write_string(row, column, value, self.format(quoted))
        elif isinstance(value, datetime.date):
            page.write_datetime(row, column, value, self.format({**style, "num_format": "yyyy-mm-dd"}))
        else:
            page.write_number(row, column, value, self.format({**style, **styles.number_style(value)}))

    def format(self, style: Mapping[str, Any]) -> Format:
        """The format with these properties."""
        key = tuple(sorted(style.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(dict(style))
        return self.formats[key]

    def list_of(self, values: tuple[str, ...]) -> str:
        """The range with the values of a drop-down list. A list in the cell itself could not be long."""
        if values not in self.lists:
            column = len(self.lists)
            for row, value in enumerate(values):
                self.choices.write_string(row, column, value)
            from xlsxwriter.utility import xl_range_abs

            self.lists[values] = f"={CHOICES}!{xl_range_abs(0, column, len(values) - 1, column)}"
        return self.lists[values]


#: The values that cells of numbers and dates accept. A mere warning admits values that a spreadsheet cannot
#: store as a number or a date.
_RULES: dict[str, dict[str, Any]] = {
    "number": {"validate": "decimal", "criteria": "<=", "value": 1e300, "error_type": "warning"},
    "integer": {"validate": "integer", "criteria": "<=", "value": 2**53, "error_type": "warning"},
    "date": {
        "validate": "date",
        "criteria": ">=",
        "value": datetime.date(1900, 3, 1),
        "error_type": "warning",
    },
}


class _SheetWriter:
    def __init__(self, book: _WorkbookWriter, sheet: WorkbookSheet, page: Worksheet) -> None:
        self.book, self.sheet, self.page = book, sheet, page
        self.widths = styles.column_widths(
            [column.title for column in sheet.columns], [row.cells for row in sheet.rows]
        )

    def write(self) -> None:
        self._headings()
        for number, row in enumerate(self.sheet.rows, _HEADINGS):
            self._row(number, row)
        for place, column in enumerate(self.sheet.columns, 1):
            self._column(place, column)
        self._finish()

    def _headings(self) -> None:
        self.page.set_row(0, None, None, {"hidden": True})
        shown = [
            None if self._is_empty(place, column) else column.title
            for place, column in enumerate(self.sheet.columns)
        ]
        self._set_height(1, shown)
        for place, column in enumerate(self.sheet.columns, 1):
            self.page.write_string(0, place, column.key)
            style = {**styles.HEADING, "align": "right"} if self._is_numeric(place - 1) else styles.HEADING
            self.book.put(self.page, 1, place, inert_line(column.title), style)

    def _is_numeric(self, place: int) -> bool:
        """Whether all values of a column are numbers."""
        values = [row.cells[place] for row in self.sheet.rows if row.cells[place] is not None]
        return bool(values) and all(isinstance(value, int | float) for value in values)

    def _set_height(self, number: int, cells: Sequence[Cell]) -> None:
        """Make a row high enough for its texts, if one has several lines."""
        height = styles.row_height(cells, self.widths)
        if height is not None:
            self.page.set_row(number, height)

    def _row(self, number: int, row: WorkbookRow) -> None:
        self._set_height(number, row.cells)
        self.page.write_string(number, 0, row.path)
        for place, (column, value) in enumerate(zip(self.sheet.columns, row.cells, strict=True), 1):
            style = {
                **(styles.OPEN if row.path and column.key else styles.LOCKED),
                **({"bold": True} if place == 1 else {}),
            }
            shown = plain_cell(value) if isinstance(value, str) else value
            self.book.put(self.page, number, place, shown, style)
            if column.key == "." and row.shape is not None and row.part is not None:
                self._validate(number, number, place, WorkbookColumn(".", "", row.part, row.shape))

    def _column(self, place: int, column: WorkbookColumn) -> None:
        hidden = self._is_empty(place - 1, column)
        self.page.set_column(place, place, self.widths[place - 1], None, {"hidden": hidden})
        if column.key and column.key != ".":
            self._validate(_HEADINGS, _HEADINGS + len(self.sheet.rows) - 1, place, column)

    def _is_empty(self, place: int, column: WorkbookColumn) -> bool:
        """Whether no row has this field."""
        is_field = bool(column.key) or column.shape is not None
        return is_field and not any(row.cells[place] is not None for row in self.sheet.rows)

    def _validate(self, first: int, last: int, place: int, column: WorkbookColumn) -> None:
        rule = self._rule(column)
        if rule is not None:
            self.page.data_validation(first, place, last, place, rule)

    def _pages_wide(self) -> int:
        """The number of sheets of paper side by side. The first column is repeated on each page."""
        first, *others = (
            width
            for place, (width, column) in enumerate(zip(self.widths, self.sheet.columns, strict=True))
            if not self._is_empty(place, column)
        )
        return max(1, -(-sum(others) // (styles.PAPER_WIDTH - first)))

    def _rule(self, column: WorkbookColumn) -> dict[str, Any] | None:
        """The values that a cell of a column accepts: one of a list, a number, a date."""
        shape = column.shape
        if shape is None or shape.is_list:
            return None
        if shape.choices and column.part is not None:
            words = tuple(choice_words(column.part, shape, self.book.t).values())
            return {"validate": "list", "source": self.book.list_of(words)}
        if column.refers:
            return {"validate": "list", "source": self.book.list_of(column.refers), "error_type": "warning"}
        return _RULES.get(shape.kind)

    def _finish(self) -> None:
        rows, columns = len(self.sheet.rows), len(self.sheet.columns)
        self.page.set_column(0, 0, None, None, {"hidden": True})
        self.page.freeze_panes(_HEADINGS, 2)
        self.page.autofilter(1, 1, _HEADINGS + rows - 1, columns)
        self.page.repeat_rows(1)
        self.page.set_landscape()
        self.page.set_paper(9)
        self.page.repeat_columns(1)
        self.page.fit_to_pages(self._pages_wide(), 0)
        self.page.set_margins(**styles.MARGINS)
        self._page_lines()
        self.page.protect(
            "",
            {
                "format_columns": True,
                "format_rows": True,
                "sort": True,
                "autofilter": True,
                "insert_rows": True,
            },
        )

    def _page_lines(self) -> None:
        """The header and the footer of printed sheets."""
        source = self.book.source
        version = " · ".join(filter(None, (source.version, source.commit[:SHORT_COMMIT])))
        head = f"&L{styles.header_text(self.sheet.title)}&R{styles.header_text(source.charter.title)}"
        self.page.set_header(head, {"scale_with_doc": False})
        self.page.set_footer(f"&L{styles.header_text(version)}&R&P / &N", {"scale_with_doc": False})
