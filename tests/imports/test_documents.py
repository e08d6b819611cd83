"""Documents of every shape become charters: nothing is invented, nothing is lost, and each value has its place."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from charterbook.charter.model_shape import walk
from charterbook.imports.documents import read_document
from charterbook.imports.drafts import DraftedCharter, draft_of
from charterbook.load import load
from tests.imports.charter_documents import DOCUMENTS
from tests.imports.document_words import sentences, words

#: Values that a program makes: an id, the format, the language.
GENERATED = ("id", "schema", "language")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all documents."""
    made = tmp_path_factory.mktemp("documents")
    for name, data in DOCUMENTS.items():
        (made / name).write_bytes(data())
    return made


@cache
def drafted(path: Path) -> DraftedCharter:
    """The draft that is made from a document."""
    return draft_of(read_document(path))


@pytest.fixture(params=DOCUMENTS)
def path(request: pytest.FixtureRequest, folder: Path) -> Path:
    """Each document."""
    return folder / str(request.param)


class Leaf(NamedTuple):
    """A scalar of a draft, with the comment of its line."""

    path: tuple[str | int, ...]
    value: Any
    comment: str


def leaves(text: str) -> Iterator[Leaf]:
    """The scalars of a draft, by another reader than the program's."""
    lines = text.split("\n")
    data = yaml.safe_load(text)

    def visit(node: yaml.Node, value: Any, path: tuple[str | int, ...]) -> Iterator[Leaf]:
        if isinstance(node, yaml.MappingNode):
            for key, inner in node.value:
                yield from visit(inner, value[key.value], (*path, key.value))
        elif isinstance(node, yaml.SequenceNode):
            for index, inner in enumerate(node.value):
                yield from visit(inner, value[index], (*path, index))
        else:
            line = lines[node.start_mark.line]
            yield Leaf(path, value, line.partition("  # ")[2])

    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert root is not None
    yield from visit(root, data, ())


def test_there_are_many_shapes() -> None:
    """At least twelve, of all kinds of files, and a third of them Russian."""
    assert len(DOCUMENTS) >= 12
    assert {name.rpartition(".")[2] for name in DOCUMENTS} == {"md", "txt", "html", "csv", "docx", "xlsx"}
    assert len([name for name in DOCUMENTS if "-ru" in name or name.startswith("ustav")]) >= 4


def test_check_names_only_what_is_to_fill_in(path: Path) -> None:
    """The result loads, or each error is at a placeholder."""
    result = load(drafted(path).text.encode())
    marked = {
        number
        for number, line in enumerate(drafted(path).text.split("\n"), 1)
        if ": ‹" in line or '"‹' in line
    }
    errors = [problem for problem in result.problems if problem.severity == "error"]
    assert [str(error) for error in errors if error.line not in marked] == []
    assert result.charter is not None or errors


def test_no_sentence_is_lost(path: Path) -> None:
    """Each is in the result word for word, in a value or in the comment behind one."""
    text = drafted(path).text
    values = " | ".join(str(leaf.value) for leaf in leaves(text))
    written = words(re.sub(r"\]\(<[^>]*>\)", "]", f"{text} | {values}").replace("\\", ""))
    assert [one for one in sentences(path.name, path.read_bytes()) if one not in written] == []


def test_nothing_is_invented(path: Path) -> None:
    """Each value, or the words that it was read from, is in the document."""
    known = "".join(sentences(path.name, path.read_bytes()))
    shapes = {visited.path: visited.shape for visited in walk(yaml.safe_load(drafted(path).text))}
    for leaf in leaves(drafted(path).text):
        if leaf.path[-1] in GENERATED or "‹" in str(leaf.value):
            continue
        shape = shapes[leaf.path]
        assert leaf.comment, f"{leaf.path} has no place"
        if shape.kind in ("text", "line") and not shape.refers and leaf.path[-1] not in ("unit", "currency"):
            text = re.sub(r"\]\(<[^>]*>\)", "", str(leaf.value).replace("\\", ""))
            parts = re.split(r"\n|(?<=[.!?…])\s| \| | --- ", text)
            assert [part for part in parts if not _is_known(part, known)] == [], leaf
        else:
            source = leaf.comment.partition(": ")[2] or str(leaf.value)
            assert _is_known(source.partition("; ")[0].partition(" | ")[0], known), leaf
            if isinstance(leaf.value, int | float | datetime.date):
                assert _digits(leaf.value) & set(
                    re.findall(r"\d+", re.sub(r"(?<=\d)[ ,](?=\d{3})", "", source))
                ), leaf


def _is_known(text: str, known: str) -> bool:
    return words(text).strip() == "" or words(text) in known


def _digits(value: float | datetime.date) -> set[str]:
    return set(re.findall(r"[1-9]\d*", str(value)))


def test_the_same_document_gives_the_same_text(path: Path, tmp_path: Path) -> None:
    """In another folder, and read again."""
    (tmp_path / path.name).write_bytes(path.read_bytes())
    assert draft_of(read_document(tmp_path / path.name)).text == drafted(path).text


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("one-pager.docx", {"services": 3, "audiences": 2, "metrics": 2, "sources": 2}),
        ("project-charter.docx", {"services": 3, "audiences": 2, "roadmap": 2, "sign_offs": 2, "out": 1}),
        ("bold-ru.docx", {"services": 3, "audiences": 2, "roles": 3, "partners": 2}),
        ("raci.xlsx", {"services": 3, "roles": 3}),
        ("catalogue.xlsx", {"services": 2, "audiences": 2}),
        ("scorecard-ru.xlsx", {"metrics": 3, "sources": 2}),
        ("wiki.html", {"services": 2, "audiences": 2, "metrics": 3}),
        ("wiki-ru.html", {"services": 2, "audiences": 2, "roles": 2, "risks": 1, "glossary": 2}),
        (
            "charter.md",
            {"services": 3, "audiences": 2, "metrics": 3, "sources": 2, "out": 2, "risks": 2, "glossary": 2},
        ),
        ("ustav.md", {"services": 3, "audiences": 2, "metrics": 3, "sources": 2, "out": 1, "roles": 2}),
        ("slides.txt", {"services": 4, "audiences": 3, "metrics": 4, "sources": 2, "out": 2, "actions": 2}),
        ("slides-ru.txt", {"services": 3, "audiences": 2, "roadmap": 2}),
        ("kpi.csv", {"metrics": 4}),
        ("budget-ru.csv", {"sources": 3}),
        ("memo.md", {"sections": 1}),
    ],
)
def test_what_is_found(name: str, expected: dict[str, int], folder: Path) -> None:
    """The items of each document, as a human would count them."""
    counts = drafted(folder / name).counts
    assert {kind: counts.get(kind, 0) for kind in expected} == expected


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("charter.md", "services", ["Onboarding", "Deal coaching", "Win/loss interviews"]),
        ("slides.txt", "services", ["Onboarding", "Coaching", "Content", "Tools"]),
        ("slides.txt", "metrics", ["Certification rate", "Content usage", "Win rate", "Ramp time"]),
        ("slides-ru.txt", "services", ["Вводный курс", "Разбор звонков", "Библиотека материалов"]),
        ("slides-ru.txt", "roadmap", ["запуск курса", "сертификация"]),
        ("project-charter.docx", "roadmap", ["Pilot", "Roll-out"]),
        ("wiki.html", "audiences", ["Account Executives", "SDRs"]),
        (
            "ustav.md",
            "metrics",
            ["Доля прошедших адаптацию", "Доля выигранных сделок", "Выручка на продавца"],
        ),
        ("bold-ru.docx", "partners", ["Маркетинг", "Аналитика"]),
        ("kpi.csv", "metrics", ["Win rate", "Ramp time", "Content usage", "Revenue per seller"]),
    ],
)
def test_names_of_items(name: str, kind: str, expected: list[str], folder: Path) -> None:
    """The words before a colon or a dash; if these are a day of the roadmap, the words after it."""
    items = yaml.safe_load(drafted(folder / name).text)[kind]
    assert [item["name"] for item in items] == expected


def test_values_with_units_and_their_places(folder: Path) -> None:
    """A number, its unit and its day, with the words of the document behind them."""
    assert (
        """
  - id: win-rate
    name: Win rate  # table 2, row 3, column 1
    kind: lagging  # table 2, row 3, column 2: Lagging
    unit: percent  # table 2, row 3, column 3: 21%
    baseline:
      value: 21  # table 2, row 3, column 3: 21%
    target:
      value: 26  # table 2, row 3, column 4: 26% by 31 December 2026
      date: 2026-12-31  # table 2, row 3, column 4: 26% by 31 December 2026
    owner: CRO  # table 2, row 3, column 5
"""
        in drafted(folder / "wiki.html").text
    )


def test_a_misspelt_name_is_to_be_checked(tmp_path: Path) -> None:
    """It is accepted, listed, and marked in a section."""
    (tmp_path / "a.md").write_text("# Supported servises\n\n- Coaching\n", encoding="utf-8")
    draft = draft_of(read_document(tmp_path / "a.md"))
    assert draft.doubts == ("“Supported servises” was read as “services supported” (94% alike), line 1",)


def _draft(text: str, folder: Path, name: str = "a.html") -> DraftedCharter:
    (folder / name).write_text(text, encoding="utf-8")
    return draft_of(read_document(folder / name))


def test_a_table_of_one_column_is_a_frame(tmp_path: Path) -> None:
    """Pages and documents use such tables for their layout: their contents count."""
    framed = _draft(
        "<table><tr><td><h2>Mission</h2><p>We help.</p><h2>Services</h2><ul><li>Coaching</ul></table>",
        tmp_path,
    )
    assert "statement: We help.  # table 1, row 1, column 1" in framed.text
    assert framed.counts["services"] == 1


def test_a_title_inside_a_table(tmp_path: Path) -> None:
    """A first row with one cell is not a header row; it can name the kind of the table's items."""
    titled = _draft(
        "<table><tr><td colspan=2>Key performance indicators</tr><tr><td>KPI<td>Target</tr>"
        "<tr><td>Win rate<td>30 %</tr></table>",
        tmp_path,
    )
    assert titled.counts["metrics"] == 1
    assert "value: 30  # table 1, row 3, column 2: 30 %" in titled.text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("# Team\n\n| Date | Name |\n|---|---|\n| 2026-12-25 | Christmas |\n", "decisions"),
        ("# Agenda\n\n| What | Who |\n|---|---|\n| Welcome | CRO |\n", "actions"),
        ("# Plan B\n\n| Level | Meaning |\n|---|---|\n| 1 | fine |\n", "priorities"),
    ],
)
def test_a_table_that_could_list_anything_is_kept_as_text(text: str, kind: str, tmp_path: Path) -> None:
    """Without a heading that says so, general columns do not make items."""
    draft = _draft(text, tmp_path, "a.md")
    assert kind not in draft.counts
    assert draft.counts["sections"] == 1


def test_a_heading_may_depend_on_the_one_above_it(tmp_path: Path) -> None:
    """Priorities of requests are a list of the intake; priorities of a year are not."""
    table = "| Priority | Meaning | Response time |\n|---|---|---|\n| High | A deal waits | 4 hours |\n"
    inside = _draft(f"# How to ask\n\nWrite to us.\n\n## Priorities\n\n{table}", tmp_path, "a.md")
    assert inside.counts["priorities"] == 1
    assert "within: 4  # line 9: 4 hours" in inside.text
    outside = _draft("# Priorities\n\n- Grow\n- Learn\n", tmp_path, "b.md")
    assert "priorities" not in outside.counts
    assert outside.counts["sections"] == 1


@pytest.mark.parametrize(
    ("head", "summary"),
    [("Who pays | Amount, EUR | Share", "what is it"), ("Кто платит | Сумма, EUR | Доля", "Что это")],
)
def test_a_budget_by_who_pays(head: str, summary: str, tmp_path: Path) -> None:
    """A table without a column for names has a source for each row, named after who pays; placeholders are not counted."""
    heading = "Budget" if "Who" in head else "Бюджет"
    path = tmp_path / "budget.md"
    path.write_text(
        f"# Team\n\n## {heading}\n\n| {head} |\n|---|---|---|\n| HR | 18 | 60 % |\n| IT | 12 | 40 % |\n| Total | 30 | 100 % |\n"
        f"\n| Service | {summary} |\n|---|---|\n| Help | Advice |\n",
        encoding="utf-8",
    )
    draft = draft_of(read_document(path))
    data = yaml.safe_load(draft.text)
    sources = [
        {key: one[key] for key in ("name", "funder", "share", "amount", "currency")}
        for one in data["funding"]["sources"]
    ]
    assert sources == [
        {"name": "HR", "funder": "HR", "share": 60, "amount": 18, "currency": "EUR"},
        {"name": "IT", "funder": "IT", "share": 40, "amount": 12, "currency": "EUR"},
    ]
    assert data["services"][0]["summary"] == "Advice"
    assert {key: draft.counts.get(key) for key in ("services", "sources", "metrics", "audiences")} == {
        "services": 1,
        "sources": 2,
        "metrics": None,
        "audiences": None,
    }
