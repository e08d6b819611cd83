"""Tables from CSV and XLSX files: encodings, separators, places and number formats."""

from __future__ import annotations

import datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from charterbook.i18n import translator
from charterbook.imports import Cell, Limits, Table, TableError, read_table
from charterbook.imports.xlsx_package import Package
from tests.imports.workbooks import SHEET, headed, with_parts, workbook

DAY = datetime.date(2026, 9, 30)
RUSSIAN = "метрика;день\nДоля побед;2026-09-30\n"
FRENCH = "métrique;jour\nTaux de réussite;2026-09-30\n"


def table(folder: Path, data: bytes, name: str = "f.csv", **options: Any) -> Table:
    """The table in a file with these bytes."""
    path = folder / name
    path.write_bytes(data)
    return read_table(path, **options)


def values(found: Table) -> list[list[object]]:
    """All values, the header first."""
    return [[cell.value for cell in row] for row in (found.header, *found)]


def notes(found: Table) -> list[str]:
    """All notes, with the names of their files."""
    return [f"{Path(note.place).name}: {note.phrase.text(translator('en'))}" for note in found.notes]


@pytest.mark.parametrize(
    ("data", "encoding", "said"),
    [
        (RUSSIAN, "utf-8", "UTF-8"),
        (RUSSIAN, "utf-8-sig", "UTF-8"),
        (RUSSIAN, "utf-16", "UTF-16"),
        (FRENCH, "utf-16-le", "UTF-16LE"),
        (FRENCH, "utf-16-be", "UTF-16BE"),
        (RUSSIAN, "cp1251", "Windows-1251"),
        (FRENCH, "cp1252", "Windows-1252"),
        ("Größe;Übergang – «ok»\n1;2\n", "cp1252", "Windows-1252"),
    ],
)
def test_encodings_are_detected(tmp_path: Path, data: str, encoding: str, said: str) -> None:
    """From the bytes, with a note."""
    found = table(tmp_path, data.encode(encoding))
    assert values(found) == [line.split(";") for line in data.splitlines()]
    assert notes(found) == [f"f.csv: read as {said}, columns separated by semicolons"]


@pytest.mark.parametrize("asked", ["windows-1251", "cp1251", "Windows-1252"])
def test_a_requested_encoding(tmp_path: Path, asked: str) -> None:
    """It is used, even if the bytes are ambiguous."""
    name = "cp1251" if "1251" in asked else "cp1252"
    assert values(table(tmp_path, "a;b\nà;1\n".encode("cp1252"), encoding=asked))[1][0] == b"\xe0".decode(
        name
    )


@pytest.mark.parametrize(
    ("line", "sign"),
    [
        ("a;b\n1,5;2,5\n", ";"),
        ("a,b\n1.5,2\n", ","),
        ("a\tb\n1,5\t2;3\n", "\t"),
        ('sep=,\na,b\n"1;5",2\n', ","),
    ],
)
def test_separators_are_detected(tmp_path: Path, line: str, sign: str) -> None:
    """The one that makes a table of the lines; the decimal sign is not a separator."""
    assert values(table(tmp_path, line.encode()))[0] == ["a", "b"]
    assert values(table(tmp_path, line.encode(), delimiter=sign))[0] == ["a", "b"]


def test_places_in_a_csv_file(tmp_path: Path) -> None:
    """The first line of the record, and the number of the cell."""
    found = table(tmp_path, b'a;b\n\n"x\ny";1\r\nz;2\n')
    assert [row[1].place for row in found] == [f"{tmp_path}/f.csv:3:2", f"{tmp_path}/f.csv:5:2"]
    assert [row.values[1] for row in found] == ["1", "2"]


def test_places_in_a_sheet(tmp_path: Path) -> None:
    """As in spreadsheet programs, wherever the table begins."""

    def fill(_book: object, sheet: Any) -> None:
        sheet.write_row("C5", ["metric", "day"])
        sheet.write_row("C8", ["win-rate", DAY])

    found = table(tmp_path, workbook(fill=fill, names=["Q3 'n' 1"]), "f.xlsx")
    assert [*found.header] == [Cell("metric", "'Q3 ''n'' 1'!C5"), Cell("day", "'Q3 ''n'' 1'!D5")]
    assert [[*row] for row in found] == [[Cell("win-rate", "'Q3 ''n'' 1'!C8"), Cell(DAY, "'Q3 ''n'' 1'!D8")]]
    assert [row.number for row in found] == [8]


@pytest.mark.parametrize("epoch", [False, True])
@pytest.mark.parametrize(
    ("format", "value", "expected"),
    [
        ("0.0%", 0.314, (Decimal("0.314"), "%")),
        ("#,##0.00 [$€-407]", 5.5, (Decimal("5.5"), "€")),
        ('"$"#,##0', 5, (Decimal(5), "$")),
        ("General", 0.1 + 0.2, (Decimal("0.3"), "")),
        ("dd.mm.yyyy", DAY, (DAY, "")),
        ("[$-409]mmm yy", DAY, (DAY, "month")),
    ],
)
def test_number_formats(tmp_path: Path, epoch: bool, format: str, value: object, expected: object) -> None:  # noqa: A002
    """Percent signs, currencies and months are read from the format; days count from the epoch of the workbook."""

    def fill(book: Any, sheet: Any) -> None:
        sheet.write("A1", "head")
        write = sheet.write_datetime if isinstance(value, datetime.date) else sheet.write
        write("A2", value, book.add_format({"num_format": format}))

    found = table(tmp_path, workbook(fill=fill, date_1904=epoch), "f.xlsx")
    assert [(cell.value, cell.sign) for row in found for cell in row] == [expected]


def test_unread_content_is_noted(tmp_path: Path) -> None:
    """Macros, links to other files, hidden sheets, formulas, and a misleading file name."""

    def fill(book: Any, sheet: Any) -> None:
        sheet.write("A1", "head")
        sheet.write_formula("A2", "=[1]Other!A1", None, 7)
        book.add_worksheet("Hidden").hide()

    parts = {"xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": b"x"}
    found = table(tmp_path, with_parts(workbook(fill=fill), parts), "f.csv")
    assert values(found) == [["head"], [7]]
    assert notes(found) == [
        "f.csv: the file is an XLSX workbook, despite its name",
        'f.csv: only the sheet "Sheet1" is read; hidden sheets are skipped',
        "f.csv: the workbook has macros; they are not run",
        "f.csv: the workbook refers to other files; their last saved values are read",
        "Sheet1!A2: the last saved values of formulas are read; the first formula is here",
    ]


def test_cells_that_are_only_formatted_take_no_space(tmp_path: Path) -> None:
    """People format whole columns."""
    found = table(tmp_path, headed('<row r="1048576"><c r="XFD1048576" s="0"/></row>'), "f.xlsx")
    assert values(found) == [["metric", "day", "value"]]


def test_an_option_of_the_other_kind(tmp_path: Path) -> None:
    """It is refused, since it would have no effect."""
    with pytest.raises(TableError, match="--sheet is for workbooks"):
        table(tmp_path, b"a;b\n", sheet="A")
    with pytest.raises(TableError, match="--delimiter is for CSV"):
        table(tmp_path, workbook([["a"]]), delimiter=";")
    with pytest.raises(TableError, match="this is not a file"):
        read_table(tmp_path)


def test_rows_are_read_one_by_one(tmp_path: Path) -> None:
    """The first rows are available before a later one is refused, and can be read again."""
    found = table(tmp_path, b"a;b\n" + b"1;2\n" * 5, limits=Limits(rows=4))
    assert [row.number for row in islice(found, 3)] == [2, 3, 4] == [row.number for row in islice(found, 3)]
    with pytest.raises(TableError, match=r"f\.csv:5: there are more than 4 rows"):
        list(found)


def test_declared_sizes_above_the_limit_are_refused(tmp_path: Path) -> None:
    """Nothing is unpacked."""
    path = tmp_path / "f.xlsx"
    path.write_bytes(with_parts(workbook([["a"]]), {SHEET: bytes(2**21)}))
    package = Package(path, Limits(unpacked=2**20))
    package._zip.open = None  # type: ignore[method-assign, assignment]
    with pytest.raises(TableError, match="would unpack to more than 1 MB"):
        package.part(SHEET)
