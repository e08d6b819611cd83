"""Styles of a workbook: formats of cells, widths and heights, and the margins and headers of printed sheets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from charterbook.papers.inert_text import inert_line
from charterbook.papers.workbook_values import Cell

#: A font that every system has, or a font of the same widths.
FONT = {"font_name": "Arial", "font_size": 10}
#: The width of a sheet of A4 in characters of the smallest readable size.
PAPER_WIDTH = 190
#: Margins in inches.
MARGINS = {"left": 0.5, "right": 0.5, "top": 0.8, "bottom": 0.7}

#: The least and greatest width of a column in characters, and the greatest in a table of few columns.
_NARROWEST, _WIDEST, _WIDEST_OF_FEW, _FEW_COLUMNS = 9, 48, 96, 3
#: The space at the sides of a cell, in characters; the width of bold text relative to other text; lines of a title.
_SPACE, _BOLD, _TITLE_LINES = 4, 1.2, 2
#: The height of a line and of the highest row, in points. LibreOffice does not adjust rows to wrapped texts.
_LINE_HEIGHT, _HIGHEST = 13.5, 300
#: The most characters of a text in the header of a sheet.
_LONGEST_HEADER = 100
_IMAGE = re.compile(r"&(?=G|\[)")
#: Whole numbers from here on have separators.
_THOUSAND = 1000

_HEAD, _SHADE, _LINE = "#E8EAF6", "#F5F5F5", "#BDBDBD"

_BASIC = {
    "valign": "top",
    "align": "left",
    "indent": 1,
    "text_wrap": True,
    "bottom": 1,
    "bottom_color": _HEAD,
}
#: The formats of titles, of cells for reading, and of cells to edit.
HEADING = {**_BASIC, "bold": True, "bg_color": _HEAD, "bottom_color": _LINE}
LOCKED = {**_BASIC, "bg_color": _SHADE}
OPEN = {**_BASIC, "locked": False}


def number_style(value: float) -> dict[str, Any]:
    """The style of a number: aligned right, with separators if it is large and whole."""
    is_large = abs(value) >= _THOUSAND and value == int(value)
    return {"align": "right", **({"num_format": "#,##0"} if is_large else {})}


def column_widths(titles: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[int]:
    """The width of each column in characters, for its longest line within limits. No word of a title is broken."""
    widest = _WIDEST_OF_FEW if len(titles) <= _FEW_COLUMNS else _WIDEST
    return [_width(title, [row[place] for row in rows], widest) for place, title in enumerate(titles)]


def _width(title: str, cells: Sequence[Cell], widest: int) -> int:
    longest = max((len(line) for cell in cells for line in _shown(cell).split("\n")), default=0)
    in_title = max(max(map(len, title.split()), default=0), len(title) // _TITLE_LINES + 1)
    return min(max(longest + _SPACE, round(in_title * _BOLD) + _SPACE, _NARROWEST), widest)


def _shown(value: Cell) -> str:
    """A value about as a spreadsheet shows it."""
    is_number = isinstance(value, int | float)
    return "" if value is None else f"{value:,}" if is_number else str(value)


def row_height(cells: Sequence[Cell], widths: Sequence[int]) -> float | None:
    """The height of a row for its texts, None for one line."""
    lines = max(
        (
            sum(1 + len(line) // (width - _SPACE + 1) for line in cell.split("\n"))
            for cell, width in zip(cells, widths, strict=True)
            if isinstance(cell, str)
        ),
        default=1,
    )
    return min(lines * _LINE_HEIGHT, _HIGHEST) if lines > 1 else None


def header_text(text: str) -> str:
    """A text of a header or footer, without codes.

    XlsxWriter takes the G of `&&G` and `&[Picture]` for an image, so an invisible sign is before them.
    """
    return _IMAGE.sub("&\N{WORD JOINER}", inert_line(text)[:_LONGEST_HEADER]).replace("&", "&&")
