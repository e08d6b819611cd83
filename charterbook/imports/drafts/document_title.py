"""The title of a document: its first heading, or a first paragraph that is called a charter."""

from __future__ import annotations

import re

from charterbook.imports.documents.blocks import Paragraph, Phrase
from charterbook.imports.drafts.name_matching import headings, without_number, words_of
from charterbook.imports.drafts.outline import SLIDE, Topic, label_of

_TITLE_WORDS = frozenset(("charter", "устав", "устава", "handbook", "положение"))
_LONGEST_TITLE = 120
#: The names that spreadsheets give to sheets.
_SHEET = re.compile(r"(?:sheet|worksheet|лист|table|таблица)\s*\d*", re.IGNORECASE)


def take_title(root: Topic) -> Phrase | None:
    """The title; a paragraph is removed from the topic."""
    first = root.topics[0] if root.topics else None
    if first and first.heading and not root.blocks and SLIDE.fullmatch(first.heading.text):
        return _take_paragraph(first)
    return _take_paragraph(root) or _first_heading(root)


def _take_paragraph(topic: Topic) -> Phrase | None:
    block = topic.blocks[0] if topic.blocks else None
    title = _title_in(block.phrase) if isinstance(block, Paragraph) else None
    if title is None or not isinstance(block, Paragraph):
        return None
    lines = [line for line in block.phrase.text.split("\n") if line != (title.source or title.text)]
    topic.blocks[:1] = [Paragraph(block.phrase.line("\n".join(lines)))] if lines else []
    return title


def _first_heading(root: Topic) -> Phrase | None:
    """The first heading, if it is the only one of its level or names a charter, and no section."""
    first = root.topics[0] if root.topics else None
    if first is None or first.heading is None or headings().find(first.heading.text):
        return None
    if _SHEET.fullmatch(first.heading.text):
        return None
    is_alone = len([topic for topic in root.topics if topic.level == first.level]) == 1
    return first.heading if first.level == 0 or is_alone or _is_title(first.heading) else None


def _title_in(phrase: Phrase) -> Phrase | None:
    """The line of a first paragraph that is the title."""
    for text in phrase.text.split("\n")[:2]:
        line = phrase.line(text)
        title = line.part(without_number(text)) if without_number(text) != text else line
        if _is_title(title):
            return title
    return None


def _is_title(phrase: Phrase) -> bool:
    text = phrase.text
    return (
        len(text) <= _LONGEST_TITLE
        and "\n" not in text
        and not text.endswith(".")
        and bool(_TITLE_WORDS & set(words_of(text)))
        and label_of(phrase) is None
    )
