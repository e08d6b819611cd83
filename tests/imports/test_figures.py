"""Values of metrics from tables in any form, and the resulting charter."""

from __future__ import annotations

import csv
import datetime
import io
import json
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import settings as tuned
from hypothesis import strategies as st

from charterbook.imports import read_table
from charterbook.imports.figure_changes import Window, figure_changes
from charterbook.imports.figure_findings import Findings
from charterbook.imports.figures import FigureReader
from charterbook.load import load
from tests.charters import minimal_charter
from tests.generated import examples
from tests.imports.figure_tables import METRICS, TODAY, read
from tests.imports.test_spoilt_files import figures
from tests.imports.workbooks import workbook

#: Names of the metrics.
NAMES = {
    "ramp": ("ramp", "RAMP-UP", "ramp-time"),
    "win-rate": ("win-rate", "Доля  побед"),
    "revenue": ("Revenue",),
}

DAYS = st.dates(datetime.date(2020, 1, 1), TODAY)
VALUES = st.decimals(-1_000_000, 1_000_000, places=3).map(lambda value: value.normalize() + Decimal(0))
WANTED = st.dictionaries(st.tuples(st.sampled_from([*NAMES]), DAYS), VALUES, min_size=1, max_size=12)


def in_rows(wanted: dict[tuple[str, datetime.date], Decimal], form: str, show: Any) -> list[list[object]]:
    """A table in one of the three forms. `show` gives names, days and values as written."""
    if form == "long":
        return [
            ["KPI", "date", "value"],
            *([show(id_), show(day), show(value, id_)] for (id_, day), value in wanted.items()),
        ]
    ids, days = list(dict.fromkeys(id_ for id_, _ in wanted)), list(dict.fromkeys(day for _, day in wanted))
    cells = {key: show(value, key[0]) for key, value in wanted.items()}
    if form == "metrics":
        return [
            ["day", *map(show, ids)],
            *([show(day), *(cells.get((id_, day), "") for id_ in ids)] for day in days),
        ]
    return [
        ["metric", *map(show, days)],
        *([show(id_), *(cells.get((id_, day), "") for day in days)] for id_ in ids),
    ]


@tuned(max_examples=examples(20))
@given(
    wanted=WANTED,
    form=st.sampled_from(["long", "metrics", "days"]),
    language=st.sampled_from(["en", "de", "ru", "fr", "de_CH"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1251"]),
    delimiter=st.sampled_from(";\t,"),
    style=st.sampled_from(["%Y-%m-%d", "%d.%m.%Y"]),
    pick=st.integers(0, 5),
)
def test_written_values_are_read_back(
    wanted: Any, form: str, language: str, encoding: str, delimiter: str, style: str, pick: int
) -> None:
    """In any form, encoding and locale, exactly, with names, ids and former ids."""

    def show(value: object, id_: str = "") -> str:
        if isinstance(value, datetime.date):
            return value.strftime(style)
        if isinstance(value, Decimal):
            number = format_decimal(value, locale=language, decimal_quantization=False)
            return number + {"win-rate": " %", "revenue": " €"}.get(id_, "")
        return NAMES[str(value)][pick % len(NAMES[str(value)])]

    made = io.StringIO()
    csv.writer(made, delimiter=delimiter).writerows(
        [*in_rows(wanted, form, show), *[["Доля побед", "", ""]] * (form == "long")]
    )
    data = made.getvalue().replace("\u202f", "\u00a0").replace("’", "'").encode(encoding)
    decimal = "," if language in ("de", "ru", "fr") else "."
    asked = "Windows-1251" if encoding == "cp1251" else None
    assert read(data, encoding=asked, decimal=decimal) == (wanted, [])


@tuned(max_examples=examples(20))
@given(wanted=WANTED, form=st.sampled_from(["long", "metrics", "days"]))
def test_what_a_spreadsheet_program_writes_is_read(wanted: Any, form: str) -> None:
    """Numbers, dates, percentages and money as cells with formats."""

    def fill(book: Any, sheet: Any) -> None:
        formats = {
            "win-rate": book.add_format({"num_format": "0.00%"}),
            "revenue": book.add_format({"num_format": "#,##0.00 [$€-407]"}),
        }

        def show(value: object, id_: str = "") -> object:
            return (value, id_) if isinstance(value, Decimal) else value

        for row, line in enumerate(in_rows(wanted, form, show)):
            for column, cell in enumerate(line):
                if isinstance(cell, tuple):
                    value = cell[0] / 100 if cell[1] == "win-rate" else cell[0]
                    sheet.write_number(row, column, float(value), formats.get(cell[1]))
                else:
                    sheet.write(row, column, cell)

    assert read(workbook(fill=fill), "f.xlsx") == (wanted, [])


def test_cells_that_say_that_they_have_no_value() -> None:
    """Are empty, with a note; other words are an error."""
    for text in ("n/a", "–", "Н/Д", "-"):
        assert read(f"metric;2026-08;2026-09\nramp;{text};4\n".encode()) == (
            {("ramp", datetime.date(2026, 9, 30)): Decimal(4)},
            [],
        )
    assert read(b"metric;day;value\nramp;2026-09-30;TBD\n")[1] == ["unreadable-value"]


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ({}, {"values": ["10-15"]}),
        ({"values": ["10-01"]}, {"values": ["10-01", "10-15"]}),
        ({"values": ["10-20"]}, {"values": ["10-15", "10-20"]}),
        ({"actual": "10-01"}, {"values": ["10-15"], "actual": "10-15"}),
        ({"actual": "10-20"}, {"values": ["10-15"]}),
        ({"actual": "10-15"}, {}),
        ({"values": ["10-15"]}, {}),
    ],
)
def test_where_a_value_goes(metric: dict[str, Any], expected: dict[str, Any]) -> None:
    """Into `values`, by its day; it replaces an older `actual`."""

    def figure(day: str) -> dict[str, Any]:
        return {"date": datetime.date.fromisoformat(f"2026-{day}"), "value": 4}

    def written(parts: dict[str, Any]) -> dict[str, Any]:
        return {
            key: [*map(figure, one)] if isinstance(one, list) else figure(one) for key, one in parts.items()
        }

    text = minimal_charter(metrics=[METRICS[0] | written(metric)])
    found = load(text.encode()).charter
    assert found is not None
    findings = Findings()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "f.csv"
        path.write_text("day;ramp\n2026-10-15;4\n", encoding="utf-8")
        readings = FigureReader(found, TODAY).read([read_table(path)], findings)
    data = {"metrics": [METRICS[0] | written(metric)]}
    changes = figure_changes(found, data, readings, Window(datetime.date(2026, 10, 1)), findings)
    assert {str(one.path).rpartition(".")[2]: one.new for one in changes} == written(expected)


def test_values_of_earlier_periods_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A note says so; --since includes them."""
    (tmp_path / "f.csv").write_text("day,Deals\n2020-01-15,3\n2026-09-02,7\n", encoding="utf-8")
    result = figures(tmp_path, monkeypatch, "f.csv", "--format", "json")
    document = json.loads(result.stdout)
    assert (result.exit_code, document["problems"]) == (0, [])
    assert "are skipped (--since DAY includes them): 1" in document["notes"][-1]["text"]
    assert "2020-01-15" not in document["proposal"]
    assert "2026-09-02" in document["proposal"]
    assert "2020-01-15" in figures(tmp_path, monkeypatch, "f.csv", "--since", "2020-01-01").stdout


@pytest.mark.parametrize(
    ("metric", "entered"),
    [
        ({}, ["2026-09-30"]),  # the first review is held after the period that it is about
        ({"baseline": {"value": 6, "date": datetime.date(2026, 6, 30)}}, ["2026-09-30"]),
        ({"baseline": {"value": 4, "date": datetime.date(2026, 9, 30)}}, []),
        ({"values": [{"date": datetime.date(2026, 8, 31), "value": 5}]}, ["2026-09-30"]),
        ({"values": [{"date": datetime.date(2026, 6, 30), "value": 6}]}, ["2026-08-31", "2026-09-30"]),
    ],
)
def test_the_newest_value_of_a_metric_is_never_skipped(
    tmp_path: Path, metric: dict[str, Any], entered: list[str]
) -> None:
    """A charter of October gets the values of September unless it knows newer ones."""
    path = tmp_path / "f.csv"
    path.write_text("day;ramp\n2026-08-31;5\n2026-09-30;4\n", encoding="utf-8")
    data = {"metrics": [METRICS[0] | metric]}
    found, findings = load(minimal_charter(**data).encode()).charter, Findings()
    assert found is not None
    readings = FigureReader(found, TODAY).read([read_table(path)], findings)
    changes = figure_changes(found, data, readings, Window(datetime.date(2026, 10, 1)), findings)
    known = {str(one["date"]) for one in metric.get("values", ())}
    values: list[dict[str, Any]] = next((one.new for one in changes if str(one.path).endswith("values")), [])
    assert [str(one["date"]) for one in values if str(one["date"]) not in known] == entered
    assert findings.problems == []


def test_the_charter_gets_what_the_proposal_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--output writes a proposal, --apply changes the charter; afterwards there is nothing new."""
    (tmp_path / "f.csv").write_text("day,Deals\n2026-09-02,7\n", encoding="utf-8")
    before = figures(tmp_path, monkeypatch, "f.csv", "--dry-run", "--apply")
    assert figures(tmp_path, monkeypatch, "f.csv", "--output", "p.yml").exit_code == 0
    assert (tmp_path / "p.yml").read_text(encoding="utf-8") == before.stdout
    assert figures(tmp_path, monkeypatch, "f.csv", "--output", "-").stdout == before.stdout
    assert figures(tmp_path, monkeypatch, "f.csv", "--output", "p.yml").exit_code == 2
    assert figures(tmp_path, monkeypatch, "f.csv", "--apply").exit_code == 0
    found = load((tmp_path / "charter.yml").read_bytes()).charter
    assert found is not None
    assert [(str(one.date), one.value) for one in found.metrics[1].values] == [
        ("2026-09-01", 5),
        ("2026-09-02", 7),
    ]
