"""Workbooks both ways: nothing changes by itself, an edit gives just that change, and mistakes are named by cell."""

from __future__ import annotations

import copy
import datetime
import json
import os
import shutil
import subprocess
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings

from charterbook import pipes
from charterbook.charter import Charter
from charterbook.charter.model_shape import Shape
from charterbook.cli import main
from charterbook.diff import plain
from charterbook.i18n import translator
from charterbook.imports import TableError
from charterbook.load import load
from charterbook.papers import workbook
from charterbook.papers.edit_problems import EditedCharter
from charterbook.papers.workbook import WorkbookSource, as_xlsx
from charterbook.papers.workbook_edits import edited_charter
from charterbook.papers.workbook_format import WorkbookColumn, cell_path
from charterbook.papers.workbook_layout import sheets
from charterbook.papers.workbook_reading import read_workbook_cells
from charterbook.papers.workbook_values import choice_words
from charterbook.propose import changes_between
from tests.charters import minimal_charter
from tests.generated import CHANCE, FIXED, Maker, examples
from tests.imports.workbooks import workbook as sheet_file
from tests.papers.edit_workbook import EditableWorkbook, edited, set_value

#: How many random charters go through LibreOffice, which takes a second for each.
LIBREOFFICE_CHARTERS = examples(5)

#: A charter with values of many kinds.
CHARTER = minimal_charter(
    services=[
        {
            "id": "onboarding",
            "name": "Onboarding",
            "summary": "Four weeks.",
            "audiences": ["sellers"],
            "effort_share": 30,
            "since": datetime.date(2026, 1, 1),
            "service_levels": [{"request": "A seat", "within": 5}, {"request": "A visit", "within": 2}],
            "links": [{"label": "Plan", "address": "https://example.org"}],
        },
        {"id": "coaching", "name": "Coaching", "summary": "Weekly."},
    ],
    roles=[{"id": "lead", "name": "Lead", "accountable": ["onboarding"]}, {"id": "head", "name": "Head"}],
    funding={"owner": "head", "sources": [{"id": "sales", "name": "Sales", "funder": "Sales", "share": 100}]},
    metrics=[{"id": "win-rate", "name": "Win rate", "kind": "lagging", "target": {"value": 31}}],
)


def made(text: str = CHARTER) -> Charter:
    """A charter from its text."""
    found = load(text.encode())
    assert found.charter is not None, found.problems
    return found.charter


def exported(charter: Charter) -> bytes:
    """The workbook of a charter."""
    return as_xlsx(WorkbookSource(charter, "2026-Q3"))


def read_back(charter: Charter, data: bytes, folder: Path) -> EditedCharter:
    """The charter with the edits of a workbook."""
    file = folder / "book.xlsx"
    file.write_bytes(data)
    return edited_charter(charter, read_workbook_cells(file))


def random_charter(chance: Random) -> Charter:
    """A charter of any shape."""
    return Charter.model_validate(Maker(chance).part(Charter))


def _nothing_changes(chance: Random, folder: Path) -> None:
    charter = random_charter(chance)
    result = read_back(charter, exported(charter), folder)
    assert result.problems == []
    assert result.charter is not None
    assert changes_between(charter, result.charter) == ()


@pytest.mark.long
@given(CHANCE)
@settings(max_examples=examples(15), deadline=None)
def test_out_and_in_changes_nothing(tmp_path_factory: pytest.TempPathFactory, chance: Random) -> None:
    """An untouched workbook has no edits, for any charter."""
    _nothing_changes(chance, tmp_path_factory.getbasetemp())


@pytest.mark.slow
def test_a_thousand_charters_go_out_and_in(tmp_path: Path) -> None:
    """Zero values changed."""
    for seed in range(1000):
        _nothing_changes(Random(seed), tmp_path)  # noqa: S311 - the same charters each time


def _columns(charter: Charter) -> dict[str, WorkbookColumn]:
    """The column of each cell that can be edited, without letters of responsibilities."""
    found = {}
    for sheet in sheets(charter):
        for row in sheet.rows:
            for column in sheet.columns:
                if row.path and column.key:
                    part, shape = (row.part, row.shape) if column.key == "." else (column.part, column.shape)
                    if part and shape:
                        found[cell_path(row.path, column.key)] = WorkbookColumn(
                            column.key, "", part, shape, column.refers
                        )
    return found


def _another(column: WorkbookColumn, old: Any, chance: Random, language: str) -> tuple[object, Any] | None:
    """Another cell for a field, and the value that it means; None if no value fits."""
    shape: Shape = column.shape  # type: ignore[assignment]
    if (
        shape.is_list
        or shape.refers
        or shape.key in (*FIXED, "share", "target_share", "effort_share", "language")
    ):
        return None
    if shape.choices:
        value = chance.choice([one for one in shape.choices if one != old])
        assert column.part is not None
        return choice_words(column.part, shape, translator(language))[value], value
    values: dict[str, tuple[object, Any]] = {
        "text": ("=SUM(1)\nédité", "=SUM(1)\nédité"),
        "line": ("Edited – 7 %", "Edited – 7 %"),
        "number": (3.25, 3.25),
        "integer": (3, 3),
        "date": ("2027-05-17", datetime.date(2027, 5, 17)),
    }
    return values.get(shape.kind)


def _put(data: Any, path: str, value: Any) -> None:
    """Set a value by its path: the oracle's own way."""
    *above, last = path.split("/")
    for step in above:
        if isinstance(data, list):
            data = (
                next((one for one in data if isinstance(one, dict) and one.get("id") == step), None)
                or data[int(step)]
            )
        else:
            data = data.setdefault(step, {})
    if isinstance(data, list):
        data[int(last)] = value
    else:
        data[last] = value


@pytest.mark.long
@given(CHANCE)
@settings(max_examples=examples(15), deadline=None)
def test_an_edit_gives_just_that_change(tmp_path_factory: pytest.TempPathFactory, chance: Random) -> None:
    """The edited charter is the old one with one other value."""
    charter = random_charter(chance)
    columns = _columns(charter)
    data = copy.deepcopy(plain(charter))
    for path in chance.sample(sorted(columns), len(columns)):
        above = path.rpartition("/")[0].rpartition("/")[0]
        found = _another(columns[path], None, chance, charter.language)
        if found is None or not _is_safe(data, path, above):
            continue
        cell, value = found
        _put(data, path, value)
        result = read_back(charter, edited(exported(charter), {path: cell}), tmp_path_factory.getbasetemp())
        assert result.problems == []
        assert result.charter is not None
        assert plain(result.charter) == plain(Charter.model_validate(data))
        break


def _is_safe(data: Any, path: str, above: str) -> bool:
    """Whether a value can be set alone: its mapping exists, so that no required neighbour is missing."""
    del above
    for step in path.split("/")[:-1]:
        if isinstance(data, list):
            data = (
                next((one for one in data if isinstance(one, dict) and one.get("id") == step), None)
                or data[int(step)]
            )
        else:
            data = data.get(step)
        if data is None:
            return False
    return True


@pytest.mark.parametrize(
    ("path", "cell", "change"),
    [
        ("services/coaching/name", "Deal coaching", ("services.coaching.name", "Coaching", "Deal coaching")),
        ("services/coaching/audiences", "sellers", ("services.coaching.audiences", None, ["sellers"])),
        (
            "services/onboarding/service_levels/1/within",
            3,
            ("services.onboarding.service_levels.A visit.within", 2, 3),
        ),
        ("services/onboarding/effort_share", None, ("services.onboarding.effort_share", 30, None)),
        ("services/onboarding/status", "Pilot", ("services.onboarding.status", "live", "pilot")),
        ("roles/lead/raci/onboarding", "a, r", ("roles.lead.responsible", None, ["onboarding"])),
        ("roles/lead/raci/onboarding", None, ("roles.lead.accountable", ["onboarding"], None)),
        ("metrics/win-rate/target/value", "32,5", ("metrics.win-rate.target.value", 31, 32.5)),
        ("metrics/win-rate/baseline/value", 20, ("metrics.win-rate.baseline", None, {"value": 20})),
        ("mission/why", "Because.", ("mission.why", None, "Because.")),
        ("organisation", "Acme", ("organisation", None, "Acme")),
    ],
)
def test_one_edit(path: str, cell: object, change: tuple[object, ...], tmp_path: Path) -> None:
    """A cell of every kind, and the change that it gives."""
    charter = made()
    result = read_back(charter, edited(exported(charter), {path: cell}), tmp_path)
    assert result.problems == []
    assert result.charter is not None
    assert [(one.path, one.old, one.new) for one in changes_between(charter, result.charter)] == [change]


def test_new_and_removed_rows(tmp_path: Path) -> None:
    """A row without a path is a new item or promise; an item without its rows is removed."""
    charter = made()
    book = EditableWorkbook(exported(charter))
    book.add("services/coaching", {"name": "Deal desk", "summary": "Ask us."})
    book.add("services/onboarding/service_levels/0", {"request": "A call", "within": 1}, lead="Coaching")
    book.remove("services/onboarding/service_levels/0")
    result = read_back(charter, book.data(), tmp_path)
    assert result.problems == []
    assert result.charter is not None
    assert [(one.path, one.new) for one in changes_between(charter, result.charter)] == [
        ("services.onboarding.service_levels.A seat", None),
        ("services.coaching.service_levels.A call", {"request": "A call", "within": 1}),
        ("services.deal-desk", {"id": "deal-desk", "name": "Deal desk", "summary": "Ask us."}),
    ]


@pytest.mark.parametrize(
    ("path", "cell", "said"),
    [
        ("services/coaching/status", "soon", '"soon" does not fit here. Write one of: '),
        ("metrics/win-rate/target/value", "a lot", '"a lot" does not fit here. Write a number.'),
        ("services/onboarding/since", "Q3", '"Q3" does not fit here. Write a date such as 2026-09-30.'),
        (
            "services/coaching/audiences",
            "selers",
            'there is no "selers" in audiences. Did you mean "sellers"?',
        ),
        ("services/onboarding/effort_share", 130, "100"),
        ("roles/lead/raci/coaching", "X", "Write letters from R, A, C, I, separated by commas."),
        ("services/coaching/name", None, "name"),
    ],
)
def test_a_mistake_is_named_by_its_cell(
    path: str, cell: object, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line with the cell; exit code 1, and nothing is written."""
    data = exported(made())
    place = EditableWorkbook(data).place(path)
    result = propose(tmp_path, monkeypatch, edited(data, {path: cell}))
    assert (result.exit_code, result.stdout) == (1, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"edited.xlsx: {place}: ")
    assert said in line
    assert not (tmp_path / "proposals").exists()


def _cells(sheet: Any) -> Any:
    return next(iter(sheet.iter("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheetData")))


def _problems(book: EditableWorkbook, folder: Path) -> list[str]:
    """The problems of an edited workbook, each with its place."""
    return [f"{one.place}: {one.sentence('en')}" for one in read_back(made(), book.data(), folder).problems]


def test_an_emptied_sheet_removes_nothing(tmp_path: Path) -> None:
    """Neither if a sheet was deleted with its first row, nor if only that row is gone; each is one message."""
    book = EditableWorkbook(exported(made()))
    cells = _cells(book.sheet("services/coaching/name"))
    del cells[:]
    (problem,) = _problems(book, tmp_path)
    assert 'the sheet "Services" or its hidden first row is missing' in problem
    book = EditableWorkbook(exported(made()))
    cells = _cells(book.sheet("services/coaching/name"))
    cells.remove(cells[0])
    problems = _problems(book, tmp_path)
    assert len(problems) == 2
    assert (
        problems[0]
        == "Services: this sheet was not in the export. Remove it, or move it to another workbook."
    )


def test_a_sheet_of_ones_own_is_named(tmp_path: Path) -> None:
    """Nothing in it is taken for a value."""
    book = EditableWorkbook(exported(made()))
    cells = _cells(book.sheet("services/coaching/name"))
    head = book.text(next(cell for cell in cells[0] if book.text(cell)))
    assert head
    set_value(cells[0][1], "To do")
    assert any("this sheet was not in the export" in problem for problem in _problems(book, tmp_path))


def test_a_copied_row_is_one_message(tmp_path: Path) -> None:
    """With the place of the copy, and of the row that it is a copy of."""
    book = EditableWorkbook(exported(made()))
    cells = _cells(book.sheet("services/coaching/name"))
    copied = copy.deepcopy(cells[-1])
    number = int(copied.get("r")) + 1
    copied.set("r", str(number))
    for cell in copied:
        cell.set("r", f"{cell.get('r').rstrip('0123456789')}{number}")
    cells.append(copied)
    (problem,) = _problems(book, tmp_path)
    assert "is in two cells" in problem


def test_a_day_that_is_shown_as_a_number_is_no_edit(tmp_path: Path) -> None:
    """As after a change of the format of a cell; another number is not a day."""
    since = "services/onboarding/since"
    book = EditableWorkbook(exported(made()))
    cell = next(cells[since] for _, _, cells, _ in book.rows() if since in cells)
    cell.attrib.pop("s")
    result = read_back(made(), book.data(), tmp_path)
    assert result.problems == []
    assert result.charter == made()
    cell[0].text = "7"
    (problem,) = _problems(book, tmp_path)
    assert "Write a date" in problem


def test_rows_in_another_order_are_no_edit(tmp_path: Path) -> None:
    """Sorting changes nothing."""
    book = EditableWorkbook(exported(made()))
    rows = [row for row, path, _, _ in book.rows() if path in ("services/coaching", "services/onboarding")]
    first, second = rows
    for one, number in ((first, second.get("r")), (second, first.get("r"))):
        for cell in one:
            cell.set("r", f"{cell.get('r').rstrip('0123456789')}{number}")
        one.set("r", number)
    first.getparent().insert(list(first.getparent()).index(first), second)
    result = read_back(made(), book.data(), tmp_path)
    assert result.problems == []
    assert result.charter == made()


def propose(
    folder: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, *arguments: str, text: str = CHARTER
) -> Result:
    """Run the command in a folder with the charter and the workbook."""
    monkeypatch.chdir(folder)
    (folder / "charter.yml").write_text(text, encoding="utf-8")
    (folder / "edited.xlsx").write_bytes(data)
    return CliRunner().invoke(main, ["propose", "--from-xlsx", "edited.xlsx", "--output", "-", *arguments])


def test_the_proposal_can_be_applied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It names just the edits, with its own reason."""
    data = edited(exported(made()), {"services/coaching/name": "Deal coaching"})
    result = propose(tmp_path, monkeypatch, data)
    assert result.exit_code == 0, result.stderr
    assert "reason: Edited in edited.xlsx\n" in result.stdout
    assert result.stdout.count("- path: ") == 1
    (tmp_path / "p.yml").write_text(result.stdout, encoding="utf-8")
    assert CliRunner().invoke(main, ["apply", "p.yml"]).exit_code == 0
    assert "name: Deal coaching" in (tmp_path / "charter.yml").read_text(encoding="utf-8")


def test_without_edits_there_is_nothing_to_propose(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says so."""
    result = propose(tmp_path, monkeypatch, exported(made()))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no cell was edited" in result.stderr


def test_what_has_changed_since_the_export_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only if the same value was edited; the same edit twice is none."""
    data = edited(exported(made()), {"services/coaching/name": "Deal coaching"})
    changed = propose(tmp_path, monkeypatch, data, text=CHARTER.replace("name: Coaching", "name: Clinics"))
    assert changed.exit_code == 1
    assert 'it now says "Clinics"' in changed.stderr
    same = propose(tmp_path, monkeypatch, data, text=CHARTER.replace("name: Coaching", "name: Deal coaching"))
    assert "no cell was edited" in same.stderr
    other = propose(tmp_path, monkeypatch, data, text=CHARTER.replace("Four weeks.", "Five weeks."))
    assert other.exit_code == 0


def test_an_export_replaces_no_workbook_with_edits_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Edits that the charter has by now are in the export; other edits would be lost."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "charter.yml").write_text(CHARTER, encoding="utf-8")
    file = tmp_path / "charter.xlsx"
    export = ("export", "xlsx", "draft", "-o", file.name)
    assert CliRunner().invoke(main, export).exit_code == 0
    assert CliRunner().invoke(main, export).exit_code == 0
    plain_export = file.read_bytes()
    book = EditableWorkbook(plain_export)
    book.add("services/coaching", {"name": "Deal desk", "summary": "Ask us."})
    added = book.data()
    book = EditableWorkbook(plain_export)
    book.remove("services/coaching")
    removed = book.data()
    for data in (edited(plain_export, {"services/coaching/name": "Deal coaching"}), added, removed):
        file.write_bytes(data)
        refused = CliRunner().invoke(main, export)
        assert (refused.exit_code, file.read_bytes() == data) == (2, True)
        assert "charter.xlsx has edits that the charter lacks, such as at " in refused.stderr
        propose = ("propose", "--from-xlsx", file.name, "--reason", "x", "--output", "-")
        (tmp_path / "p.yml").write_text(CliRunner().invoke(main, propose).stdout, encoding="utf-8")
        assert CliRunner().invoke(main, ["apply", "p.yml"]).exit_code == 0
        assert CliRunner().invoke(main, export).exit_code == 0
        (tmp_path / "charter.yml").write_text(CHARTER, encoding="utf-8")
    file.write_bytes(b"no workbook")
    assert CliRunner().invoke(main, export).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("propose", "--from-xlsx", "/dev/zero"), "this is not a file"),
        (("propose", "--from-xlsx", "fifo"), "this is not a file"),
        (("propose", "--from-xlsx", "."), "this is not a file"),
        (("propose", "--from-xlsx", "huge"), "the file is larger than 64 MB"),
        (("propose", "--from", "/dev/zero", "charter.yml"), "the file is larger than 1,000,000 bytes"),
        (("diff", "charter.yml", "huge"), "the file is larger than 1,000,000 bytes"),
        (("check", "/dev/zero"), "the file is larger than 1,000,000 bytes"),
        (("apply", "/dev/zero"), "the file is larger than 1,000,000 bytes"),
        (("check", "-f", "/dev/zero"), "is not a file"),
        (("check", "fifo"), "fifo: cannot be read: no program writes to this pipe"),
        (("diff", "charter.yml", "fifo"), "fifo: cannot be read: no program writes to this pipe"),
        (("apply", "fifo"), "fifo: no program writes to this pipe"),
        (
            ("propose", "--from", "fifo", "charter.yml"),
            "fifo: cannot be read: no program writes to this pipe",
        ),
        (("export", "json", "--output", "fifo"), "fifo: no program reads from this pipe"),
        (("check", "-f", "book/mkdocs.yml"), "is not a file"),
    ],
)
def test_endless_and_huge_files_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], words: str
) -> None:
    """At once, without reading more than the limit: devices, pipes without a writer, folders, and sparse files."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "charter.yml").write_text(CHARTER, encoding="utf-8")
    os.mkfifo("fifo")
    (tmp_path / "huge").touch()
    os.truncate("huge", 2**31)
    (tmp_path / "book").mkdir()
    (tmp_path / "book/mkdocs.yml").write_text("site_name: X\n", encoding="utf-8")
    os.mkfifo("book/charter.yml")
    monkeypatch.setattr(pipes, "PATIENCE", 0.1)
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code in (1, 2)
    assert words in result.output


def test_another_workbook_is_refused(tmp_path: Path) -> None:
    """It was not exported."""
    (tmp_path / "other.xlsx").write_bytes(sheet_file([("a", "b")]))
    with pytest.raises(TableError, match="was not made by"):
        read_workbook_cells(tmp_path / "other.xlsx")


def test_a_workbook_of_a_newer_charterbook_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message says which layouts are known."""
    monkeypatch.setattr(workbook, "LAYOUT", 2)
    (tmp_path / "newer.xlsx").write_bytes(exported(made()))
    with pytest.raises(TableError, match="has layout 2, but only 1 is known"):
        read_workbook_cells(tmp_path / "newer.xlsx")


def _libreoffice(folder: Path, books: dict[str, bytes], edits: dict[str, list[list[object]]]) -> None:
    """Edit workbooks in LibreOffice; fails without it."""
    python = "/usr/bin/python3"
    if (
        shutil.which("soffice") is None
        or subprocess.run([python, "-c", "import uno"], check=False).returncode
    ):
        pytest.fail(
            "LibreOffice with its Python is not installed: apt-get install libreoffice-calc python3-uno"
        )
    (folder / "saved").mkdir()
    for name, data in books.items():
        (folder / name).write_bytes(data)
    (folder / "edits.json").write_text(json.dumps(edits), encoding="utf-8")
    program = Path(__file__).parent / "libreoffice.py"
    subprocess.run([python, program, f"charterbook{os.getpid()}", folder], check=True, timeout=600)


@pytest.mark.slow
def test_edited_in_libreoffice(tmp_path: Path) -> None:
    """Saved without edits, a workbook of any charter has none; an edited cell gives just that change."""
    charters = {f"{seed}.xlsx": random_charter(Random(seed)) for seed in range(LIBREOFFICE_CHARTERS)}  # noqa: S311
    books = {name: exported(charter) for name, charter in charters.items()}
    books["edited.xlsx"] = exported(made())
    book = EditableWorkbook(books["edited.xlsx"])
    values = {"services/coaching/name": "Deal coaching", "metrics/win-rate/target/value": 32.5}
    cells = [[*book.place(path).replace("'", "").split("!"), value] for path, value in values.items()]
    _libreoffice(tmp_path, books, {**{name: [] for name in charters}, "edited.xlsx": cells})
    for name, charter in charters.items():
        result = read_back(charter, (tmp_path / "saved" / name).read_bytes(), tmp_path)
        assert result.problems == []
        assert result.charter is not None
        assert changes_between(charter, result.charter) == (), name
    result = read_back(made(), (tmp_path / "saved" / "edited.xlsx").read_bytes(), tmp_path)
    assert result.charter is not None
    assert [(one.path, one.new) for one in changes_between(made(), result.charter)] == [
        ("services.coaching.name", "Deal coaching"),
        ("metrics.win-rate.target.value", 32.5),
    ]
