"""Columns of a CSV file in bulk, and places of requests."""

from __future__ import annotations

from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from charterbook.i18n import translator
from charterbook.imports import csv_columns
from charterbook.imports.csv_reader import CsvColumns, CsvRows
from charterbook.imports.log_content import ReadLog
from charterbook.imports.request_log import LogOptions, read_log
from charterbook.imports.sheets import read_table
from charterbook.imports.tables import Limits, TableError

_PIECES = ("x", "", '"a\nb"', '"a\r\nb"', '"a,b"', " ", "é", '""')


def _joined(columns: CsvColumns, width: int) -> list[list[str]]:
    """The columns of all parts."""
    parts = list(columns)
    return [[text for part in parts for text in part[at]] for at in range(width)]


@pytest.mark.parametrize("seed", range(80))
def test_columns_are_those_of_the_rows(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """With empty lines, short rows, cells of several lines, and any end of lines; places are the same, read again or not."""
    random = Random(seed)  # noqa: S311
    monkeypatch.setattr(csv_columns, "_CHUNK", random.choice([1, 7, 40, 2**14]))
    pieces = _PIECES if seed % 2 else ("x", "y", "", "é", "\u2028", "\u2029")
    width = random.choice([None, 1, 2, 4])
    rows = [
        ",".join(random.choices(pieces, k=width or random.randint(1, 4)))
        for _ in range(random.randint(1, 12))
    ]
    end = random.choice(["\n", "\r\n", "\r"])
    text = "\n" * (seed % 3) + f"a,b,c{end}" + end.join(rows) + end * random.randint(0, 2)
    path = tmp_path / "log.csv"
    path.write_bytes(text.encode())
    table = read_table(path, delimiter=",")
    assert isinstance(table.rows, CsvRows)
    columns = table.rows.columns([0, 2])
    found = _joined(columns, 2)
    assert found == [[str(row.values[at]) if at < len(row) else "" for row in table] for at in (0, 2)]
    if columns.lines_are_rows:
        assert [table.rows.row(at).get(2).place for at in range(len(found[0]))] == [
            row.get(2).place for row in table
        ]


@pytest.mark.parametrize(
    "lines", ["x\ny\n1,2,3\n", "1,2,3\nx\ny\n", "1,2,3\n1,2\n\n1,2,3\n", "1,2,3\n,,\n,,"]
)
def test_rows_of_different_length_whose_cells_add_up(tmp_path: Path, lines: str) -> None:
    """Two short rows have as many cells and ends as a long one."""
    (tmp_path / "log.csv").write_text(f"a,b,c\n{lines}", encoding="utf-8")
    table = read_table(tmp_path / "log.csv", delimiter=",")
    assert isinstance(table.rows, CsvRows)
    found = [[str(row.values[at]) if at < len(row) else "" for row in table] for at in (0, 2)]
    assert _joined(table.rows.columns([0, 2]), 2) == found


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
        list(table.rows.columns([0]))
    assert (
        (one.value.rule, one.value.place) == (other.value.rule, other.value.place) == (rule, one.value.place)
    )


def test_an_empty_row_may_be_longer_than_others(tmp_path: Path) -> None:
    """It is not a row, so it is not refused; and no row is read twice."""
    (tmp_path / "log.csv").write_text("a,b\n1,2\n,,,,\n3,4\n", encoding="utf-8")
    table = read_table(tmp_path / "log.csv", limits=Limits(columns=3))
    assert isinstance(table.rows, CsvRows)
    assert _joined(table.rows.columns([1]), 1) == [["2", "4"]]


@pytest.mark.parametrize("text", ["x", '"x\ny"'])
def test_the_place_of_a_bad_cell(tmp_path: Path, text: str) -> None:
    """Also below multi-line rows."""
    path = tmp_path / "log.csv"
    path.write_text(f"kind,opened,answered,text\nx,2026-07-03 10:00,,{text}\nx,soon,,\n", encoding="utf-8")
    log = read_log([path, path], LogOptions(ZoneInfo("UTC")))
    line = 3 + text.count("\n")
    assert [one.place for one in log.remarks if one.rule == "unreadable"] == [f"{path}:{line}:2"] * 2
    assert log.kind_places([1, 0]) == [f"{path}:2:1"] * 2


_HEAD = "key,kind,opened,answered,paused,resumed\n"
_MAPPED = LogOptions(ZoneInfo("UTC"), {"id": "key"})


def _log(folder: Path, *files: str, options: LogOptions = _MAPPED) -> ReadLog:
    paths = [folder / f"{number}.csv" for number in range(len(files))]
    for path, text in zip(paths, files, strict=True):
        path.write_text(_HEAD + text, encoding="utf-8")
    return read_log(paths, options)


def _said(log: ReadLog) -> list[tuple[str, str, int]]:
    return [(one.rule, Path(one.place).name, one.more) for one in log.remarks if one.rule != "read-as"]


def test_overlapping_exports_count_each_request_once(tmp_path: Path) -> None:
    """In any order of files: an answered row before an open one, else the last."""
    july = "1,x,2026-07-03 10:00,,,\n2,y,2026-07-04 10:00,,2026-07-04 11:00,\n3,x,2026-07-05 10:00,2026-07-06 10:00,,\n"
    august = "3,x,2026-07-05 10:00,2026-07-06 10:00,,\n2,y,2026-07-04 10:00,,2026-07-04 11:00,2026-07-04 12:00\n1,x,2026-07-03 10:00,2026-07-08 10:00,,\n4,z,2026-08-01 10:00,,,\n"
    both = "".join(dict.fromkeys((july + august).splitlines(keepends=True)))
    logs = [_log(tmp_path, *files) for files in ((july, august), (august, july), (both,))]
    requests = [
        sorted(
            zip(log.kinds, log.opened, log.answered, map(log.pauses.get, range(len(log.kinds))), strict=True)
        )
        for log in logs
    ]
    assert [one[:3] for one in requests[1]] == [one[:3] for one in requests[0]]
    assert requests[2] == requests[0]
    assert [bool(pauses) for *_, pauses in requests[0]] == [False, False, True, False]
    assert _said(logs[0]) == [("repeated-id", "1.csv:2:1", 2)]
    assert _said(logs[2]) == [("repeated-id", "0.csv:5:1", 1)]
    assert logs[0].kind_places(range(4)) == [
        f"{tmp_path}/{place}" for place in ("0.csv:2:2", "0.csv:3:2", "0.csv:4:2", "1.csv:5:2")
    ]


def test_rows_with_one_id_that_contradict_each_other(tmp_path: Path) -> None:
    """They are an error, so that nothing is proposed."""
    rows = "1,x,2026-07-03 10:00,2026-07-04 10:00,,\n1,x,2026-07-03 10:00,2026-07-05 10:00,,\n,x,2026-07-03 10:00,,,\n"
    log = _log(tmp_path, rows)
    assert _said(log) == [("ids-differ", "0.csv:3:1", 0), ("no-id", "0.csv:4:1", 0)]
    assert {one.rule: one.level for one in log.remarks}["ids-differ"] == "error"
    assert len(log.kinds) == 2


def test_files_with_the_same_rows_are_reported_without_an_id(tmp_path: Path) -> None:
    """Both count, as nobody knows whether they are the same; rows of one file are different requests."""
    row = "1,x,2026-07-03 10:00,,,\n"
    log = _log(tmp_path, row + row, row, options=LogOptions(ZoneInfo("UTC")))
    assert len(log.kinds) == 3
    assert _said(log) == [("alike", "1.csv:2:2", 0)]
    assert "--column id=HEADER" in log.remarks[-1].phrase.text(translator("en"))


@pytest.mark.parametrize("seed", range(20))
def test_a_log_in_parts_is_the_log(tmp_path: Path, seed: int) -> None:
    """With ids, overlapping parts in any order are counted like the whole."""
    random = Random(seed)  # noqa: S311
    rows = [
        f"{number},{random.choice('xyz')},2026-07-0{random.randint(1, 9)} 10:00,,,\n" for number in range(12)
    ]
    parts = ["".join(random.sample(rows, random.randint(1, 12))) for _ in range(3)]
    whole = _log(tmp_path, "".join(rows))
    found = _log(tmp_path, *parts, "".join(rows))
    assert sorted(zip(found.kinds, found.opened, strict=True)) == sorted(
        zip(whole.kinds, whole.opened, strict=True)
    )
    assert all(one is None for one in found.answered)
