"""Random documents of hostile and ordinary words: no sentence is lost, and errors are at placeholders only."""

from __future__ import annotations

import re
from random import Random

import pytest
import yaml
from hypothesis import given, settings

from charterbook.imports.documents.blocks import (
    Block,
    Document,
    DocumentTable,
    Heading,
    ListItem,
    Paragraph,
    Phrase,
    TableCell,
)
from charterbook.imports.documents.visible_text import visible
from charterbook.imports.drafts import DraftedCharter, draft_of
from charterbook.imports.drafts.synonyms import COLUMNS, HEADINGS
from charterbook.load import load
from tests.generated import CHANCE, examples
from tests.imports.document_words import words
from tests.site.attacks import LINES, REFUSED, TEXTS, UNSEEN

NAMES = [name for names in HEADINGS.values() for name in names.split("|")]
COLUMN_NAMES = [
    name
    for fields in COLUMNS.values()
    for names in fields.values()
    for name in names.split("|")
    if name != "*"
]
ORDINARY = (
    *(
        "Onboarding",
        "Coaching: weekly",
        "AE; SDR",
        "30 %",
        "$1,200",
        "EUR 1 200",
        "2027-01-31",
        "R",
        "A/R",
        "C",
    ),
    *(
        "Owner: CRO",
        "Q1 2027",
        "5 business days",
        "approved",
        "leading",
        "x" * 300,
        "‹fill in›",
        "# no heading",
    ),
    *(
        "a: b",
        "- x",
        "'one' \"two\"",
        "1. first",
        "Ünïcödé",
        "…",
        "—",
        "0,5",
        "1.234",
        "null",
        "no",
        "=1+1",
        "10",
    ),
    *("Мы помогаем. Всегда!", "ежеквартально", "Слайд 3", "Slide 4: KPIs", "con", "services", "a\nb: c\n• d"),
)
FRAGMENTS = (
    *ORDINARY,
    *LINES.values(),
    *TEXTS.values(),
    *REFUSED.values(),
    *UNSEEN.values(),
    *NAMES,
    *COLUMN_NAMES,
)


class _Writer:
    """Writer of one random document."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.count = 0

    def phrase(self, *only: str) -> Phrase:
        """A phrase of a few fragments, perhaps with a link or a bold beginning."""
        self.count += 1
        several = self.chance.choices(only or FRAGMENTS, k=1 if only else self.chance.choice((1, 1, 1, 2, 3)))
        text = self.chance.choice((" ", ": ", " – ", ". ", "\n")).join(several)
        lead = several[0] if self.chance.random() < 0.1 else ""
        links = ((several[0], "https://example.org/a"),) if self.chance.random() < 0.1 else ()
        return Phrase(text, f"place {self.count}", lead, links)

    def block(self, depth: int = 0) -> Block:
        """A block of any kind."""
        kind = self.chance.random()
        if kind < 0.3:
            return Heading(self.chance.randint(0, 5), self.phrase(*NAMES) if kind < 0.2 else self.phrase())
        if kind < 0.55:
            return ListItem(self.phrase(), self.chance.randint(1, 3))
        if kind < 0.8 or depth > 1:
            return Paragraph(self.phrase(), self.chance.choice((0, 0, 1)))
        columns = self.chance.randint(1, 5)
        head = [TableCell((Paragraph(self.phrase(*COLUMN_NAMES)),)) for _ in range(columns)]
        return DocumentTable(
            (tuple(head), *(self.row(columns, depth) for _ in range(self.chance.randint(0, 4))))
        )

    def row(self, columns: int, depth: int) -> tuple[TableCell, ...]:
        """A row, with more than a paragraph in a few cells."""
        sizes = self.chance.choices((0, 1, 2), (2, 9, 1), k=columns)
        return tuple(
            TableCell(
                tuple(self.block(depth + 1) if size > 1 else Paragraph(self.phrase()) for _ in range(size))
            )
            for size in sizes
        )


def document(chance: Random) -> Document:
    """A document of a few blocks."""
    writer = _Writer(chance)
    blocks = [Paragraph(writer.phrase()), *(writer.block() for _ in range(chance.randint(0, 25)))]
    return visible(Document("random.docx", tuple(blocks), (Paragraph(writer.phrase()),)))


@pytest.mark.long
@given(CHANCE)
@settings(max_examples=examples(50), deadline=None)
def test_any_document(chance: Random) -> None:
    """Its sentences are all in the result, and the result has no errors except for what is to be filled in."""
    given_document = document(chance)
    draft = draft_of(given_document)
    _check_errors(draft)
    written = _written(draft)
    for phrase in given_document.phrases():
        for line in phrase.text.split("\n"):
            shown = words(line if len(line) < 150 else line[:150].rpartition(" ")[0])
            assert shown in written or not shown.strip(), (line, phrase.place)
    assert draft_of(given_document).text == draft.text


def _check_errors(draft: DraftedCharter) -> None:
    lines = draft.text.split("\n")
    errors = [problem for problem in load(draft.text.encode()).problems if problem.severity == "error"]
    assert [str(error) for error in errors if "‹" not in lines[error.line - 1]] == []


def _written(draft: DraftedCharter) -> str:
    """All words of the values, without marks of Markdown and addresses, and of the comments."""
    texts: list[str] = []

    def visit(value: object) -> None:
        if isinstance(value, dict | list):
            for inner in value.values() if isinstance(value, dict) else value:
                visit(inner)
        else:
            texts.append(re.sub(r"(?<=\])\(<https://example.org/a>\)", "", str(value)).replace("\\", ""))

    visit(yaml.safe_load(draft.text))
    comments = [line.partition("  # ")[2] for line in draft.text.split("\n")]
    head = [line for line in draft.text.split("\n") if line.startswith("# - ")]
    return words(" | ".join((*texts, *comments, *head)))
