"""Arrange the blocks of a document in topics: headings with the blocks and topics below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from charterbook.imports.documents.blocks import Block, DocumentTable, Heading, ListItem, Paragraph, Phrase
from charterbook.imports.drafts.name_matching import headings

#: The level of a paragraph that looks like a heading.
_BOLD_LEVEL = 7
_LONGEST_HEADING, _LONGEST_LABEL = 80, 60
_BULLET = re.compile(r"^\s*(?:[•●▪◦‣∙·*–—-]|\(?\d{1,2}[.)])\s+(?=\S)")
_LABEL = re.compile(r"([^:.!?\n]{2,60}):(?:\s+|$)(.*)", re.DOTALL)
SLIDE = re.compile(r"(?:slide|слайд)\s*\d{1,3}\s*[:.]?", re.IGNORECASE)
_SENTENCE_END = (".", "!", "?", ";", ",", "…")


@dataclass
class Topic:
    """A heading with its content. The topic of the whole document has no heading."""

    heading: Phrase | None
    level: int
    blocks: list[Block] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)


def outline(blocks: Sequence[Block]) -> Topic:
    """The topics of a document, below a topic without a heading."""
    root = Topic(None, -1)
    stack = [root]
    for block in _with_lines(blocks):
        if isinstance(block, Heading):
            while stack[-1].level >= block.level and len(stack) > 1:
                stack.pop()
            topic = Topic(block.phrase, block.level)
            stack[-1].topics.append(topic)
            stack.append(topic)
        else:
            stack[-1].blocks.append(block)
    return root


def _with_lines(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, with bullets and headings that are plain paragraphs."""
    for block in blocks:
        if isinstance(block, Paragraph) and not block.depth:
            yield from _lines(block)
        elif isinstance(block, ListItem) and "\n" in block.phrase.text:
            yield from _item_lines(block)
        elif isinstance(block, DocumentTable):
            yield from _table(block)
        else:
            yield block


def _table(table: DocumentTable) -> Iterator[Block]:
    """A table without a title in its first rows; one of a single column is a frame around its blocks."""
    if all(len(row) == 1 for row in table.rows):
        yield from _with_lines([block for row in table.rows for block in row[0].blocks])
        return
    filled = [[cell for cell in row if cell.blocks] for row in table.rows]
    start = next((index for index, cells in enumerate(filled) if len(cells) > 1), 0)
    for (cell,) in filled[:start]:
        phrase = cell.phrase
        yield Heading(_BOLD_LEVEL, phrase) if _is_heading(phrase.text) else Paragraph(phrase)
    yield DocumentTable(table.rows[start:])


def _lines(block: Paragraph) -> Iterator[Block]:
    lines = block.phrase.text.split("\n")
    if len(lines) == 1 or not any(map(_is_own_line, lines)):
        yield _promoted(block.phrase)
        return
    for number, line in _joined(lines):
        phrase = block.phrase.line(line, number)
        if match := _BULLET.match(line):
            yield _bulleted(phrase, match.end())
        else:
            yield _promoted(phrase)


def _item_lines(item: ListItem) -> Iterator[Block]:
    """An item, and the heading that follows it without an empty line."""
    lines = item.phrase.text.split("\n")
    at = next((index for index, line in enumerate(lines) if index and _is_heading(line)), None)
    if at is None:
        yield item
        return
    yield replace(item, phrase=item.phrase.line("\n".join(lines[:at])))
    yield from _lines(Paragraph(item.phrase.line("\n".join(lines[at:]), at)))


def _is_heading(line: str) -> bool:
    """Whether a line is a heading by its words: a known one, or the number of a slide."""
    return bool(SLIDE.fullmatch(line.strip())) or headings().exact(line.rstrip(" :")) is not None


def _is_own_line(line: str) -> bool:
    return bool(_BULLET.match(line) or _LABEL.match(line)) or _is_heading(line)


def _joined(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Lines with their numbers and continuations. A continuation neither begins something nor follows a heading."""
    open_line, start = "", 0
    for number, line in enumerate(lines):
        if open_line and not _is_own_line(line) and not _is_heading(open_line):
            open_line += f"\n{line}"
        else:
            if open_line:
                yield start, open_line
            open_line, start = line, number
    yield start, open_line


def _promoted(phrase: Phrase) -> Block:
    """A paragraph as a list item or a heading if it looks like one."""
    if "\n" not in phrase.text and (match := _BULLET.match(phrase.text)):
        return _bulleted(phrase, match.end())
    if _looks_like_heading(phrase):
        return Heading(_BOLD_LEVEL, phrase)
    return Paragraph(phrase)


def _bulleted(phrase: Phrase, at: int) -> ListItem:
    """A list item without its bullet. A number is part of the document's text, so it stays in the source."""
    text = phrase.text[at:]
    is_numbered = phrase.text.lstrip(" (")[:1].isdigit()
    return ListItem(phrase.part(text) if is_numbered else phrase.line(text))


def _looks_like_heading(phrase: Phrase) -> bool:
    text = phrase.text.strip()
    if "\n" in text or len(text) > _LONGEST_HEADING:
        return False
    is_bold = phrase.lead == text and not text.endswith(_SENTENCE_END[:-1])
    return is_bold or _is_heading(text)


def label_of(phrase: Phrase) -> tuple[Phrase, Phrase] | None:
    """The label that a text begins with, and the rest: "Owner: CRO", or a bold beginning."""
    lead = phrase.lead.strip()
    label = lead.rstrip(" :.–—")
    if 1 < len(label) <= _LONGEST_LABEL and lead != phrase.text and phrase.text.startswith(lead):
        rest = phrase.text[len(lead) :].lstrip(" :–—-.\n")
        if lead[-1] in ":.–—" or phrase.text[len(lead) :].lstrip()[:1] in (":", "–", "—", "-", "\n"):
            return phrase.part(label), phrase.part(rest)
    match = _LABEL.match(phrase.text)
    if match is None or not 0 < len(match[1].split()) <= 7:  # noqa: PLR2004
        return None
    return phrase.part(match[1]), phrase.part(match[2])


def cell_topics(table: DocumentTable) -> list[Topic] | None:
    """A table of two columns as topics with the first column as headings."""
    if any(len(row) != 2 or not row[0].blocks for row in table.rows):  # noqa: PLR2004
        return None
    return [Topic(row[0].phrase, 1, list(_with_lines(row[1].blocks))) for row in table.rows]
