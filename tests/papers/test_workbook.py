"""The workbook: every value has its cell, nothing becomes a formula or a link, and a read workbook is the exported one."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from charterbook.charter import Charter
from charterbook.charter.base import Item, Part
from charterbook.charter.model_shape import shapes
from charterbook.compare.severity import MARKS
from charterbook.diff.change import plain
from charterbook.load import load
from charterbook.papers import workbook_styles as styles
from charterbook.papers.workbook import WorkbookSource, as_xlsx
from charterbook.papers.workbook_format import RACI_KEYS, EarlierVersions
from charterbook.papers.workbook_layout import sheets
from tests.charters import minimal_charter
from tests.generated import charters, examples
from tests.site.attacks import LINES, REFUSED, TEXTS, UNSEEN

HOSTILE = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    '=HYPERLINK("http://evil")',
    "https://evil.example",
    "\t=1",
    *(text for kind in (LINES, TEXTS, REFUSED, UNSEEN) for text in kind.values()),
)


def charter(**changes: Any) -> Charter:
    """The minimal charter with changes."""
    found = load(minimal_charter(**changes).encode())
    assert found.charter is not None, found.problems
    return found.charter


def value_paths(data: dict[str, Any], model: type[Part] = Charter, before: str = "") -> Iterator[str]:
    """The paths of all values, by a walk that knows nothing of sheets. An empty list has no value."""
    for key, shape in shapes(model).items():
        value, path = data.get(key), f"{before}{key}"
        if value in (None, []) or path == "schema" or (key in ("id", "was") and issubclass(model, Item)):
            continue
        if shape.part and shape.is_list:
            for place, one in enumerate(value):
                step = one["id"] if issubclass(shape.part, Item) else place
                yield from value_paths(one, shape.part, f"{path}/{step}/")
        elif shape.part:
            yield from value_paths(value, shape.part, f"{path}/")
        elif shape.is_list and shape.kind == "text":
            yield from (f"{path}/{place}" for place in range(len(value)))
        else:
            yield path


def read(data: bytes) -> dict[str, list[list[Any]]]:
    """All sheets of a workbook, by a library that has not written it."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def edited(book: dict[str, list[list[Any]]]) -> dict[str, Any]:
    """The cells of the visible sheets by path, as the docstring of the layout describes them."""
    found = {}
    for name, rows in book.items():
        if name in ("charterbook", "base", "choices"):
            continue
        for row in rows[2:]:
            for key, value in zip(rows[0][1:], row[1:], strict=True):
                if row[0] and key:
                    step, _, service = row[0].partition("/")
                    raci = f"roles/{key}/raci/{service}"
                    path = row[0] if key == "." else raci if step == "raci" else f"{row[0]}/{key}"
                    assert path not in found
                    found[path] = value
    return found


@given(charters())
@settings(max_examples=examples(25))
def test_every_value_has_one_cell(made: Charter) -> None:
    """Each value of any charter is in one cell, and in no second one. Who sees a part is decided in the file alone."""
    cells = Counter(path for sheet in sheets(made) for path, _ in sheet.editable())
    assert set(cells.values()) <= {1}
    wanted = {path for path in value_paths(plain(made)) if not _is_raci(path, cells)}
    missing = {path for path in wanted - set(cells) if not {*MARKS} & {*path.split("/")}}
    assert not missing


def _is_raci(path: str, cells: Counter[str]) -> bool:
    """Whether the value is a list of a role whose services have letters in a table."""
    steps = path.split("/")
    return steps[0] == "roles" and steps[-1] in RACI_KEYS.values() and any("/raci/" in cell for cell in cells)


@given(charters())
@settings(max_examples=examples(8))
def test_a_workbook_read_by_another_library_is_the_one_that_was_written(made: Charter) -> None:
    """Reading by the documented layout finds the exported cells: nothing seems edited."""
    book = read(as_xlsx(WorkbookSource(made, "2026-Q3")))
    assert edited(book) == {str(row[0]): row[1] for row in book["base"]}


def test_the_letters_of_a_role_say_what_its_lists_say() -> None:
    """The four lists of a role are letters in the row of a service."""
    roles = [
        {"id": "lead", "name": "Lead", "accountable": ["onboarding"], "responsible": ["onboarding"]},
        {"id": "head", "name": "Other", "informed": ["onboarding"]},
    ]
    funding = {"owner": "head", "sources": [{"id": "sales", "name": "Sales", "funder": "Sales"}]}
    book = read(as_xlsx(WorkbookSource(charter(roles=roles, funding=funding), "2026-Q3")))
    assert edited(book)["roles/lead/raci/onboarding"] == "R, A"
    assert edited(book)["roles/head/raci/onboarding"] == "I"
    assert not [path for path in edited(book) if path.startswith("roles/lead/accountable")]


def test_types_survive() -> None:
    """Numbers and dates are numbers and dates; a number that a spreadsheet would round is a text."""
    metric = {
        "id": "a",
        "name": "A",
        "kind": "lagging",
        "target": {"value": 0.1, "date": datetime.date(2026, 3, 31)},
        "actual": {"value": 12345678901234567890},
    }
    cells = edited(read(as_xlsx(WorkbookSource(charter(metrics=[metric]), "2026-Q3"))))
    assert cells["metrics/a/target/value"] == 0.1
    assert cells["metrics/a/target/date"] == datetime.date(2026, 3, 31)
    assert cells["metrics/a/actual/value"] == "12345678901234567890"
    assert cells["metrics/a/kind"] == "lagging"


def test_hostile_texts_are_texts() -> None:
    """No text becomes a formula, a link or a connection to another file."""
    services = [
        {"id": f"s{place}", "name": text[:200].replace("\n", " "), "summary": text}
        for place, text in enumerate(HOSTILE)
    ]
    made = Charter.model_validate(plain(charter()) | {"services": services, "title": "=1+1"})
    data = as_xlsx(WorkbookSource(made, "=1+1"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert not [name for name, text in parts.items() if re.search(r"<f\b|<hyperlink|externalLink", text)]
    assert not [name for name in parts if "rels" in name and 'TargetMode="External"' in parts[name]]
    cells = edited(read(data))
    assert cells["services/s0/name"] == "=1+1"
    assert not [value for value in cells.values() if re.search("[\x00-\x08\u202e\u2066]", str(value))]


def test_texts_that_look_like_formulas_keep_their_quote() -> None:
    """Without the quote prefix, a spreadsheet makes a formula of the text as soon as somebody edits the cell."""
    data = as_xlsx(WorkbookSource(charter(title="=1+1"), "2026-Q3"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert 'quotePrefix="1"' in archive.read("xl/styles.xml").decode()


def test_the_same_charter_gives_the_same_bytes() -> None:
    """The clock is in no part of the file."""
    made = charter()
    data = as_xlsx(WorkbookSource(made, "2026-Q3"))
    assert data == as_xlsx(WorkbookSource(made, "2026-Q3"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {one.date_time[0] for one in archive.infolist()} == {1980}


def test_earlier_versions_are_for_reading() -> None:
    """Columns of earlier versions have no key."""
    earlier = EarlierVersions(
        ("2026-Q1", "2026-Q2"), {"metrics/win-rate": (20, None)}, {"metrics/win-rate": "met"}
    )
    scorecard = sheets(charter(), earlier)[0]
    assert [column.title for column in scorecard.columns[-3:]] == ["State", "2026-Q1", "2026-Q2"]
    assert [column.key for column in scorecard.columns[-3:]] == ["", "", ""]
    assert scorecard.rows[0].cells[-3:] == ("met", 20, None)


def test_headings_are_in_the_language_of_the_charter() -> None:
    """Names of sheets are translated."""
    names = [sheet.title for sheet in sheets(charter(language="ru"))]
    assert names[0] == "Сводка показателей"


def test_headings_stay_and_closed_lists_have_drop_downs() -> None:
    """Paths are hidden, cells for reading are locked, and each hidden sheet is out of sight."""
    with zipfile.ZipFile(io.BytesIO(as_xlsx(WorkbookSource(charter(), "2026-Q3")))) as archive:
        scorecard = archive.read("xl/worksheets/sheet1.xml").decode()
        book = archive.read("xl/workbook.xml").decode()
    assert 'state="frozen"' in scorecard
    assert "<sheetProtection" in scorecard
    assert re.search(r'<row r="1" [^>]*hidden="1"', scorecard)
    assert re.search(r'<col min="1" max="1" [^>]*hidden="1"', scorecard)
    assert 'type="list"' in scorecard
    assert sorted(re.findall(r'name="(\w+)" sheetId="\d+" state="veryHidden"', book)) == [
        "base",
        "charterbook",
        "choices",
    ]


def test_rows_are_as_high_as_their_texts() -> None:
    """Programs that do not fit rows by themselves show the lines above each other."""
    services = [
        {"id": "long", "name": "Long", "summary": "word " * 60},
        {"id": "short", "name": "Short", "summary": "word"},
    ]
    with zipfile.ZipFile(io.BytesIO(as_xlsx(WorkbookSource(charter(services=services), "")))) as archive:
        sheets_ = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
    heights = [float(one) for text in sheets_ for one in re.findall(r'<row [^>]* ht="([\d.]+)"', text)]
    assert max(heights) >= 7 * 13
    assert max(heights) < 410


def test_sheets_are_set_up_for_paper() -> None:
    """Landscape A4 with the titles on each page, the charter above and the version below. No title is a code."""
    made = as_xlsx(WorkbookSource(charter(title="A&G &P"), "2026-Q3", "0123456789abcdef"))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        found = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
        book = archive.read("xl/workbook.xml").decode()
    shown = [text for text in found if "<autoFilter" in text]
    assert len(shown) >= 5
    assert book.count("_xlnm.Print_Titles") == len(shown)
    for text in shown:
        assert 'paperSize="9"' in text
        assert 'orientation="landscape"' in text
        assert "&amp;RA&amp;&amp;\u2060G &amp;&amp;P<" in text
        assert "&amp;L2026-Q3 · 01234567&amp;R&amp;P / &amp;N" in text


def test_ids_are_beside_each_other() -> None:
    """A service for thirty audiences has no row as high as a page."""
    audiences = [{"id": f"a{place}", "name": f"Audience {place}"} for place in range(30)]
    services = [
        {"id": "x", "name": "X", "summary": "Y", "audiences": [one["id"] for one in audiences]},
    ]
    found = {sheet.key: sheet for sheet in sheets(charter(services=services, audiences=audiences))}
    place = [column.key for column in found["services"].columns].index("audiences")
    assert str(found["services"].rows[0].cells[place]).startswith("a0, a1, a2, ")


@given(
    st.lists(st.text(st.characters(codec="utf-8"), max_size=60), min_size=1, max_size=6), st.integers(9, 48)
)
def test_widths_and_heights(texts: list[str], width: int) -> None:
    """No word of a title is wider than its column, and the lines of a text are within its row."""
    rows: list[tuple[str, ...]] = [("x",) * len(texts)]
    widths = styles.column_widths(texts, rows)
    longest = [max(map(len, text.split()), default=0) for text in texts]
    assert all(have >= min(want, 40) for have, want in zip(widths, longest, strict=True))
    height = styles.row_height(texts, [width] * len(texts)) or 13.5
    assert height / 13.5 >= max(text.count("\n") + 1 for text in texts)
