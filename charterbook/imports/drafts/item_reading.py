"""Items in lists, paragraphs and topics: a name, a text, and labelled fields."""

from __future__ import annotations

import re
from collections.abc import Sequence

from charterbook.imports.days_in_text import day_in
from charterbook.imports.documents.blocks import (
    Block,
    DocumentTable,
    Heading,
    ListItem,
    Paragraph,
    Phrase,
    phrases,
)
from charterbook.imports.drafts.found_parts import FoundItem, FoundParts
from charterbook.imports.drafts.item_tables import fields_in_rows, table_items
from charterbook.imports.drafts.markers import marked
from charterbook.imports.drafts.name_matching import columns
from charterbook.imports.drafts.outline import Topic, label_of
from charterbook.imports.drafts.value_reading import quantity
from charterbook.imports.tables import Cell

_SEPARATOR = re.compile(r"\s+[–—-]\s+|\s*:\s+")
_NUMBER = re.compile(r"\s*\d+(?:\.\d+)*[.)]\s+")
_LONGEST_NAME, _LONGEST_LINE = 120, 80


def items_of_topic(
    topic: Topic, kind: str, found: FoundParts, *, has_tables: bool = False
) -> tuple[list[FoundItem], list[Block]]:
    """The items below a heading for a list of items, and the blocks that are not items.

    Beside tables, including those that were placed already, plain paragraphs are not items.
    """
    items: list[FoundItem] = []
    rest: list[Block] = []
    only_paragraphs = (
        not topic.topics and not has_tables and all(isinstance(block, Paragraph) for block in topic.blocks)
    )
    base = min((block.depth for block in topic.blocks if isinstance(block, ListItem)), default=1)
    for block in topic.blocks:
        if isinstance(block, ListItem) and block.depth <= base:
            items.append(item_of_line(block.phrase, kind))
        elif isinstance(block, ListItem | Paragraph) and block.depth and items:
            add_block(items[-1], block, found)
        elif isinstance(block, DocumentTable) and (in_table := table_items(block, kind, found)):
            items += in_table
        elif isinstance(block, Paragraph) and only_paragraphs and (lines := _named_lines(block.phrase)):
            items += [item_of_line(line, kind) for line in lines]
        else:
            rest.append(block)
    return items, rest


def _named_lines(phrase: Phrase) -> list[Phrase]:
    """The lines of a paragraph that each name an item; none if it is prose."""
    lines = [phrase.line(line, number) for number, line in enumerate(phrase.text.split("\n")) if line.strip()]
    if len(lines) == 1:
        lines = [phrase]
    is_list = all(
        _split(line) or (len(line.text) <= _LONGEST_LINE and line.text[-1] not in ".!?;:…") for line in lines
    )
    return lines if is_list else []


def _split(phrase: Phrase) -> tuple[Phrase, Phrase] | None:
    """The name and the text of a line such as "Onboarding: four weeks" or "Onboarding – four weeks"."""
    if found := label_of(phrase):
        return found
    match = _SEPARATOR.search(phrase.text)
    if match is None or not 1 < match.start() <= _LONGEST_NAME or "\n" in phrase.text[: match.start()]:
        return None
    return phrase.part(phrase.text[: match.start()]), phrase.part(phrase.text[match.end() :])


def item_of_line(phrase: Phrase, kind: str) -> FoundItem:
    """The item that a list item or a paragraph describes."""
    split = _split(phrase)
    if split is not None:
        return _with_value(FoundItem(kind, split[0]), split[1])
    head, _, rest = phrase.text.strip().partition("\n")
    if len(head) > _LONGEST_NAME:
        return FoundItem(kind, None, text=[Paragraph(phrase)])
    return FoundItem(kind, phrase.line(head), text=[Paragraph(phrase.line(rest))] if rest.strip() else [])


def _with_value(item: FoundItem, text: Phrase) -> FoundItem:
    """Add the text after a name: a share, an amount or a figure, if it is nothing else, or words."""
    if item.kind == "roadmap" and item.name and text.text and day_in(Cell(item.name.text, "")).readings:
        item.name, when = text, item.name
        item.add("when", when)
        return item
    figure = quantity(text.text) if item.kind in ("sources", "metrics") else None
    if figure is None:
        item.text += [Paragraph(text)] if text.text else []
    elif item.kind == "metrics":
        item.details.append((Phrase(marked("baseline, target, actual"), text.place), [Paragraph(text)]))
    else:
        item.add("share" if figure.unit == "percent" else "amount", text)
    return item


def item_of_topic(topic: Topic, kind: str, found: FoundParts) -> FoundItem:
    """The item named by a heading."""
    item = FoundItem(kind, _without_outline_number(topic.heading))
    waiting: str | Phrase | None = None
    for block in topic.blocks:
        named = _label_alone(block, kind, found)
        if named is not None:
            waiting = named
        elif waiting is not None and isinstance(block, ListItem):
            _add_to(item, waiting, block)
        else:
            waiting = None
            add_block(item, block, found)
    for inner in topic.topics:
        _add_topic(item, inner, found)
    return item


def _without_outline_number(heading: Phrase | None) -> Phrase | None:
    """A heading without its number, such as "2.1.". A number without a mark belongs to the name: "24 hours support"."""
    text = _NUMBER.sub("", heading.text) if heading else ""
    return heading if heading is None or text in ("", heading.text) else heading.part(text)


def _label_alone(block: Block, kind: str, found: FoundParts) -> str | Phrase | None:
    """The field, or else the label, that a line such as "Audiences:" announces for the list below it."""
    if not isinstance(block, Paragraph) or not block.phrase.text.endswith(":") or "\n" in block.phrase.text:
        return None
    label = block.phrase.line(block.phrase.text[:-1])
    return _field(label, kind, found) or label


def _known_field(label: Phrase, kind: str, found: FoundParts) -> str | None:
    match = columns(kind).find(label.text)
    if match is not None:
        found.doubt(label, match)
    return match.path if match else None


def _field(label: Phrase, kind: str, found: FoundParts) -> str | None:
    """The field of a label without a value. Records the label as cited."""
    where = _known_field(label, kind, found)
    if where is not None:
        found.cited[kind].append(label)
    return where


def _add_to(item: FoundItem, where: str | Phrase, block: Block) -> None:
    if isinstance(where, Phrase):
        known = next((blocks for label, blocks in item.details if label == where), None)
        if known is None:
            item.details.append((where, [block]))
        else:
            known.append(block)
    else:
        for phrase in phrases([block]):
            item.add(where, phrase)


def add_block(item: FoundItem, block: Block, found: FoundParts) -> None:
    """Add a block below the name of an item: a labelled field, a table of fields, or text."""
    if isinstance(block, DocumentTable):
        if levels := table_items(block, "service_levels", found) if item.kind == "services" else None:
            for level in levels:
                _name_service(level, item)
            found.items += levels
            return
        if fields_in_rows(block, item, found):
            return
    if isinstance(block, Paragraph | ListItem) and (split := label_of(block.phrase)) and split[1].text:
        label, text = split
        where = _known_field(label, item.kind, found)
        if where in ("name", "term", "what", None):
            item.details.append((label, [Paragraph(text)]))
        else:
            item.add(str(where), text)
        return
    item.text.append(block)


def _name_service(level: FoundItem, service: FoundItem) -> None:
    if service.name is not None and "service" not in level.fields:
        level.add("service", service.name)


def _add_topic(item: FoundItem, topic: Topic, found: FoundParts) -> None:
    """Add a topic below an item: a field if its heading is known, else a detail."""
    assert topic.heading is not None
    blocks = flat(topic)
    where = _field(topic.heading, item.kind, found)
    if where is None or not blocks:
        item.details.append((topic.heading, blocks or [Paragraph(topic.heading)]))
        return
    for block in blocks:
        _add_to(item, where, block)


def flat(topic: Topic) -> list[Block]:
    """The blocks of a topic and of all topics below it, with their headings."""
    blocks = list(topic.blocks)
    for inner in topic.topics:
        head: Sequence[Block] = [Heading(inner.level, inner.heading)] if inner.heading else []
        blocks += [*head, *flat(inner)]
    return blocks
