"""Documents as people write them: questions in a table, merged titles, totals, units in the heads of columns."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import yaml
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from charterbook.imports.documents import read_document
from charterbook.imports.documents.aligned_tables import AlignedTables
from charterbook.imports.documents.blocks import ListItem, Paragraph
from charterbook.imports.drafts import draft_of
from charterbook.imports.drafts.item_nodes import LONGEST_TEXT


def drafted(folder: Path, name: str, text: str) -> dict[str, Any]:
    """The charter that a text describes."""
    (folder / name).write_text(text, encoding="utf-8")
    return _made(folder / name)


def _made(path: Path) -> dict[str, Any]:
    found = yaml.safe_load(draft_of(read_document(path)).text)
    assert isinstance(found, dict)
    return found


def sheet(folder: Path, rows: list[list[Any]], merged: str = "") -> dict[str, Any]:
    """The charter that a sheet describes."""
    path = folder / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, datetime.date):
                    page.write_datetime(number, place, value, day)
                else:
                    page.write(number, place, value)
        if merged:
            page.merge_range(merged, rows[0][0])
    return _made(path)


def test_questions_in_a_table(tmp_path: Path) -> None:
    """The five questions in the first column are headings, in words that people use."""
    made = drafted(
        tmp_path,
        "a.html",
        "<table><tr><td>Why do we exist?<td>To shorten ramp.<tr><td>What do we do?<td>Onboarding"
        "<tr><td>Who do we do it for?<td>Sellers<tr><td>Who pays?<td>Sales, all of it."
        "<tr><td>How do we know it works?<td>Ramp time</table>",
    )
    assert made["mission"]["why"] == "To shorten ramp."
    assert [one["name"] for one in made["services"]] == ["Onboarding"]
    assert [one["name"] for one in made["audiences"]] == ["Sellers"]
    assert [one["name"] for one in made["metrics"]] == ["Ramp time"]
    assert made["funding"]["note"] == "Sales, all of it."
    assert "sections" not in made


def test_a_form_in_a_sheet(tmp_path: Path) -> None:
    """Labels and values; a sheet's name is not a title, and a unit in a column's header applies to its numbers."""
    made = sheet(
        tmp_path,
        [
            ["Название устава", "Устав обучения"],
            ["Миссия", "Растить продавцов"],
            ["Бюджет", "По согласованию"],
            [],
            ["Услуга", "Для кого", "SLA, дней", "Действует с", "Ответственный"],
            ["Тренинги", "Продавцы", 5, datetime.date(2025, 1, 1), "—"],
        ],
    )
    assert made["title"] == "Устав обучения"
    assert made["mission"]["statement"] == "Растить продавцов"
    (service,) = made["services"]
    assert service["since"] == datetime.date(2025, 1, 1)
    assert service["service_levels"] == [{"request": "Тренинги", "within": 5, "unit": "days"}]
    assert "owner" not in service


def test_a_merged_title_and_a_total(tmp_path: Path) -> None:
    """The cells that continue a merged one are empty, and a sum is not a source of money."""
    rows: list[list[Any]] = [["Budget 2027"], ["Source", "Amount, EUR", "Share (%)"], ["Sales", 180000, 75]]
    made = sheet(tmp_path, [*rows, ["Marketing", 60000, 25], ["Total", 240000, 100]], "A1:C1")
    assert [(one["name"], one["amount"], one["share"]) for one in made["funding"]["sources"]] == [
        ("Sales", 180000, 75),
        ("Marketing", 60000, 25),
    ]
    assert {one.get("currency") for one in made["funding"]["sources"]} == {"EUR"}
    assert "Total" in made["funding"]["note"]
    assert "merged" not in str(made)


@pytest.mark.parametrize(
    ("text", "within", "unit"),
    [
        ("до 24 часов", 24, "hours"),
        ("3 раб. дня", 3, "working_days"),
        ("2 р.д.", 2, "working_days"),
        ("within 5 business days", 5, "working_days"),
        ("не более 2 недель", 2, "weeks"),
        ("≤ 3 days", 3, "days"),
        ("up to 4 h", 4, "hours"),
    ],
)
def test_the_longest_time(text: str, within: int, unit: str, tmp_path: Path) -> None:
    """A promise of a time at most is the promise of that time."""
    made = drafted(tmp_path, "a.csv", f"Service,Description,SLA\nA,B,{text}\n")
    (level,) = made["services"][0]["service_levels"]
    assert (level["within"], level["unit"]) == (within, unit)


def test_numbered_headings(tmp_path: Path) -> None:
    """The number of a heading is not a part of a name; a number without a dot is."""
    made = drafted(
        tmp_path, "a.md", "# 2. Services\n\n## 2.1. Onboarding\n\nOne.\n\n## 360 Coaching\n\nTwo.\n"
    )
    assert [one["name"] for one in made["services"]] == ["Onboarding", "360 Coaching"]


def test_aligned_columns(tmp_path: Path) -> None:
    """Columns in plain text are a table, and the places count the lines of the file."""
    text = "Slide 4\nHow we measure success\nMetric     Baseline   Target\nRamp time  9 months   6 months\n\n# Risks\n- late\n"
    made = drafted(tmp_path, "a.txt", text)
    (metric,) = made["metrics"]
    assert (metric["name"], metric["baseline"]["value"], metric["target"]["value"]) == ("Ramp time", 9, 6)
    assert "Risks" in draft_of(read_document(tmp_path / "a.txt")).text.partition("line 6: ")[2]


@given(st.text("a|#- \t\n`", max_size=80))
def test_any_lines(text: str) -> None:
    """No word is lost, and each line is found in the text as it was."""
    found = AlignedTables(text)
    lines = found.text.split("\n")
    before = text.split("\n")
    for number, line in enumerate(lines):
        if line.strip("| -") and line not in before:
            assert line.replace("|", "").split() == before[found.line(number)].split()
    assert found.text.replace("|", "").replace(" --- ", "").count("a") == text.count("a")


@pytest.mark.parametrize(
    ("header", "kind", "names"),
    [
        (["Service", "Owner"], "services", ["Onboarding", "Coaching"]),
        (["Metric", "Owner"], "metrics", ["Onboarding", "Coaching"]),
        (["Name", "Owner"], "services", ["‹The name of a service›"]),
    ],
)
def test_a_small_table_without_a_heading(
    tmp_path: Path, header: list[str], kind: str, names: list[str]
) -> None:
    """The word for its items in the header says what they are; "name" could be of anything."""
    made = sheet(tmp_path, [header, ["Onboarding", "Lead"], ["Coaching", "Coach"]])
    assert [item["name"] for item in made[kind]] == names


def test_a_matrix_of_one_activity(tmp_path: Path) -> None:
    """Two roles are enough."""
    made = sheet(tmp_path, [["Activity", "Lead", "Sales manager"], ["Onboarding", "R/A", "C"]])
    assert [role["name"] for role in made["roles"]] == ["Lead", "Sales manager"]
    assert [service["name"] for service in made["services"]] == ["Onboarding"]


def test_content_controls_of_word_are_read(tmp_path: Path) -> None:
    """As forms have them, one inside of the other; their properties are not text."""
    document = Document()
    paragraph = document.add_paragraph("Coaching")._p
    for _ in range(2):
        control, properties, content = (OxmlElement(f"w:{name}") for name in ("sdt", "sdtPr", "sdtContent"))
        paragraph.addprevious(control)
        properties.append(document.add_paragraph("A property")._p)
        content.append(paragraph)
        control.extend((properties, content))
        paragraph = control
    document.save(str(tmp_path / "a.docx"))
    assert [block.phrase.text for block in phrases_of(tmp_path / "a.docx")] == ["Coaching"]


def phrases_of(path: Path) -> list[Paragraph]:
    """The paragraphs of a document."""
    return [block for block in read_document(path).blocks if isinstance(block, Paragraph)]


def test_the_depth_of_lists_in_word(tmp_path: Path) -> None:
    """By the level of the numbering, else by the number in the name of the style; 0 is not a list."""
    document = Document()
    for style in ("List Bullet", "List Bullet 3", "List Number 2", "List Paragraph", "Normal"):
        document.add_paragraph(style, style=style)
    numbered = document.add_paragraph("Both", style="List Bullet 3")
    numbering = OxmlElement("w:numPr")
    level = OxmlElement("w:ilvl")
    level.set(qn("w:val"), "1")
    numbering.append(level)
    numbered._p.get_or_add_pPr().append(numbering)
    document.save(str(tmp_path / "a.docx"))
    blocks = read_document(tmp_path / "a.docx").blocks
    depths = [block.depth if isinstance(block, ListItem) else 0 for block in blocks]
    assert depths == [1, 3, 2, 0, 0, 2]


def test_double_spaces_are_no_columns() -> None:
    """Between sentences, in lists, and in code."""
    for text in ("One.  Two.\nThree.  Four.", "- a   b\n- c   d", "```\na   b\nc   d\n```"):
        assert AlignedTables(text).text == text


#: Rows of a table that is three times as long as a text of a charter can be, with a cell that alone is longer.
LONG_ROWS = [f"| {number:05} | {'a note about this row ' * 4}|" for number in range(600)]
LONG_CELL = " ".join(f"w{number:05}" for number in range(4000))


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(["| No | Note |", "|---|---|", *LONG_ROWS]),
        f"| Only |\n|---|\n| {LONG_CELL} |",
        LONG_CELL,
        LONG_CELL.replace(" ", ""),
        "\n\n".join(f"Paragraph {number:05}. {'It has some words. ' * 20}" for number in range(150)),
    ],
    ids=["table", "cell", "paragraph", "word", "paragraphs"],
)
def test_long_texts_are_divided(text: str, tmp_path: Path) -> None:
    """Into texts that a charter can have, in the order of the document, without a list of lost ones."""
    made = drafted(tmp_path, "a.md", f"# Charter\n\n## Zebra crossings\n\n{text}\n")
    own = [one["text"] for one in made["sections"] if "Zebra" in one["title"]]
    assert len(own) > 1
    assert max(map(len, own)) <= LONGEST_TEXT
    numbers = re.compile(r"\d{5}")
    written = "".join(own) if " " in text else "".join("".join(own).split())  # a word is divided, too
    assert numbers.findall(written) == numbers.findall(text)
    assert not [
        one for one in made["sections"] if "Zebra" not in one["title"] and numbers.search(one["text"])
    ]
