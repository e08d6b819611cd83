"""Columns of a CSV file in bulk, and places of requests."""

from __future__ import annotations

from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from charterbook.imports.csv_reader import CsvRows
from charterbook.imports.request_log import LogOptions, read_log
from charterbook.imports.sheets import read_table
from charterbook.imports.tables import Limits, TableError

_PIECES = ("x", "", '"a\nb"', '"a\r\nb"', '"a,b"', " ", "é", '""')


@pytest.mark.parametrize("seed", range(40))
def test_columns_are_those_of_the_rows(tmp_path: Path, seed: int) -> None:
    """With empty lines, short rows, and multi-line cells; places are the same, read again or not."""
    random = Random(seed)  # noqa: S311
    pieces = _PIECES if seed % 2 else ("x", "y")
    rows = [",".join(random.choices(pieces, k=random.randint(1, 4))) for _ in range(random.randint(1, 12))]
    path = tmp_path / "log.csv"
    path.write_bytes(("\n" * (seed % 3) + "a,b,c\n" + "\n".join(rows) + "\n").encode())
    table = read_table(path)
    assert isinstance(table.rows, CsvRows)
    columns, lines_are_rows = table.rows.columns([0, 2])
    assert columns == [[str(row.values[at]) if at < len(row) else "" for row in table] for at in (0, 2)]
    if lines_are_rows:
        assert [table.rows.row(at).get(2).place for at in range(len(columns[0]))] == [
            row.get(2).place for row in table
        ]


@pytest.mark.parametrize(
    ("limits", "rule"),
    [
        (Limits(rows=3), "too-many-rows"),
        (Limits(cell_length=9), "long-cell"),
        (Limits(columns=3), "too-many-columns"),
    ],
)
def test_what_is_refused_row_by_row_is_refused_in_bulk(tmp_path: Path, limits: Limits, rule: str) -> None:
    """With the same place."""
    (tmp_path / "log.csv").write_text("a,b\n1,2\n1,2345678901\n1,2,3,4\n", encoding="utf-8")
    table = read_table(tmp_path / "log.csv", limits=limits)
    assert isinstance(table.rows, CsvRows)
    with pytest.raises(TableError) as one:
        list(table)
    with pytest.raises(TableError) as other:
        table.rows.columns([0])
    assert (
        (one.value.rule, one.value.place) == (other.value.rule, other.value.place) == (rule, one.value.place)
    )


@pytest.mark.parametrize("text", ["x", '"x\ny"'])
def test_the_place_of_a_bad_cell(tmp_path: Path, text: str) -> None:
    """Also below multi-line rows."""
    path = tmp_path / "log.csv"
    path.write_text(f"kind,opened,answered,text\nx,2026-07-03 10:00,,{text}\nx,soon,,\n", encoding="utf-8")
    log = read_log([path, path], LogOptions(ZoneInfo("UTC")))
    line = 3 + text.count("\n")
    assert [one.place for one in log.remarks if one.rule == "unreadable"] == [f"{path}:{line}:2"] * 2
    assert log.kind_places([1, 0]) == [f"{path}:2:1"] * 2
