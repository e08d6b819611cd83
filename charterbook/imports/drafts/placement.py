"""Find the parts of a charter that the topics of a document describe, by their headings and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from charterbook.charter import LANGUAGES
from charterbook.compare.field_names import TITLES
from charterbook.i18n import translator
from charterbook.imports.documents.blocks import Block, DocumentTable, Heading, ListItem, Paragraph, Phrase
from charterbook.imports.drafts.document_title import take_title
from charterbook.imports.drafts.found_parts import FoundItem, FoundParts
from charterbook.imports.drafts.item_reading import flat, item_of_line, item_of_topic, items_of_topic
from charterbook.imports.drafts.item_tables import table_items
from charterbook.imports.drafts.kinds import DEFAULT_KINDS, LISTS
from charterbook.imports.drafts.name_matching import (
    Match,
    headings,
    labels,
    main_text,
    words_of,
)
from charterbook.imports.drafts.outline import Topic, cell_topics, label_of, outline
from charterbook.imports.drafts.raci_table import raci_items
from charterbook.imports.drafts.synonyms import LABELS


def place_blocks(blocks: Sequence[Block], beside: Sequence[Block] = ()) -> FoundParts:
    """The parts of a charter in the blocks of a document; blocks `beside` its text, such as notes, go below its title."""
    placer = _Placer()
    root = outline(blocks)
    placer.place_title(root)
    placer.place_topic(root, ())
    placer.place_notes(beside)
    return placer.found


#: The fewest headings in the first row or column that make a table of sections, and the most rows below the former.
_FEWEST_SECTIONS, _MOST_ROWS = 2, 3


class _Placer:
    def __init__(self) -> None:
        self.found = FoundParts()

    def place_title(self, root: Topic) -> None:
        """Place the title of the document."""
        if title := take_title(root):
            self.found.texts["title"].append(Paragraph(title))

    def place_notes(self, blocks: Sequence[Block]) -> None:
        """Place notes, comments, headers and footers."""
        self.found.keep(self._title_phrases(), blocks)

    def _is_the_title(self, phrase: Phrase) -> bool:
        return any(
            block.phrase is phrase
            for block in self.found.texts.get("title", ())
            if isinstance(block, Paragraph)
        )

    def place_topic(self, topic: Topic, trail: tuple[Phrase, ...]) -> None:
        """Place a topic. `trail` are the headings above it without a part of the model."""
        match = headings().find(topic.heading.text.rstrip(":")) if topic.heading else None
        if match is None or topic.heading is None:
            self._place_unmatched(topic, trail)
            return
        self.found.doubt(topic.heading, match)
        root = match.path.partition(".")[0]
        self.found.cited[root].append(topic.heading)
        self._place_matched(topic, match, (*trail, topic.heading))

    def _place_matched(self, topic: Topic, match: Match, trail: tuple[Phrase, ...]) -> None:
        """Place a topic at the path of the model that its heading names."""
        if match.path in LISTS:
            self._place_items(topic, match.path, trail)
        elif match.path in LABELS:
            self._place_section(topic, match.path, trail)
        else:
            if match.path == "title":
                self._replace_title()
            self.found.texts[match.path] += flat(topic)

    def _replace_title(self) -> None:
        """Clear the title, for a text that the document itself labels as its title."""
        self.found.cited[""] += self._title_phrases()
        self.found.texts["title"].clear()

    def _place_unmatched(self, topic: Topic, trail: tuple[Phrase, ...]) -> None:
        """Place a topic whose heading names no part of the model: its blocks go into a section of their own."""
        head: tuple[Phrase, ...] = (topic.heading,) if topic.heading else ()
        is_title = bool(head) and self._is_the_title(head[0])
        below = trail if is_title else (*trail, *head)
        rest = [block for block in topic.blocks if not self._place_identified(block, None)]
        self.found.keep(below or self._title_phrases(), rest)
        if not rest and head and not is_title:
            self.found.cited[""].append(head[0])
        for inner in topic.topics:
            self.place_topic(inner, below)

    def _title_phrases(self) -> tuple[Phrase, ...]:
        title = self.found.texts.get("title", ())
        return tuple(block.phrase for block in title if isinstance(block, Paragraph))

    def _place_identified(self, block: Block, kind: str | None) -> bool:
        """Place a block that identifies itself: a table, or a line with a known label."""
        if isinstance(block, DocumentTable):
            return self._place_table(block, kind)
        if isinstance(block, Heading) or (split := label_of(block.phrase)) is None:
            return False
        path = headings().exact(split[0].text)
        if path is None or not split[1].text:
            return False
        inner = Topic(split[0], block.depth, [Paragraph(split[1])])
        if path in LISTS:
            self.found.items += [item_of_line(part, LISTS[path]) for part in _listed(split[1])]
        else:
            self._place_matched(inner, Match(path), (split[0],))
        return True

    def _place_table(self, table: DocumentTable, kind: str | None) -> bool:
        """Place a table by its columns, or by the headings in its first row or column."""
        items = raci_items(table)
        if items is not None:
            self.found.cited["roles"] += [cell.phrase for cell in table.rows[0][:1] if cell.blocks]
            self.found.items += items
            return True
        if self._place_columns(table) or self._place_rows(table):
            return True
        items = table_items(table, kind, self.found)
        self.found.items += items or []
        return items is not None

    def _place_columns(self, table: DocumentTable) -> bool:
        """Place each column of a table with headings of sections in its first row."""
        heads = [headings().exact(cell.text.rstrip(":")) for cell in table.rows[0]]
        if (
            len(heads) < _FEWEST_SECTIONS
            or None in heads
            or len(set(heads)) < len(heads)
            or len(table.rows) > _MOST_ROWS
        ):
            return False
        if table_items(table, None, FoundParts()) is not None:
            return False
        for column, cell in enumerate(table.rows[0]):
            blocks = [block for row in table.rows[1:] for block in row[column].blocks]
            for inner in outline([Heading(1, cell.phrase), *blocks]).topics:
                self.place_topic(inner, ())
        return True

    def _place_rows(self, table: DocumentTable) -> bool:
        """Place each row of a table with headings of sections in its first column."""
        topics = cell_topics(table)
        if topics is None or len(topics) < _FEWEST_SECTIONS:
            return False
        known = [topic for topic in topics if topic.heading and headings().find(topic.heading.text)]
        distinct = {words_of(topic.heading.text) for topic in known if topic.heading}
        if len(known) <= len(topics) / 2 or len(distinct) < _FEWEST_SECTIONS:
            return False
        for inner in topics:
            assert inner.heading is not None
            for one in outline([Heading(1, inner.heading), *inner.blocks]).topics:
                self.place_topic(one, ())
        return True

    def _place_items(self, topic: Topic, path: str, trail: tuple[Phrase, ...]) -> None:
        """Place the items below a heading that means a list."""
        kind = LISTS[path]
        before = len(self.found.items)
        blocks = [block for block in topic.blocks if not self._place_other_table(block, kind)]
        inner = Topic(topic.heading, topic.level, blocks, topic.topics)
        has_tables = len(blocks) < len(topic.blocks)
        items, rest = items_of_topic(inner, kind, self.found, has_tables=has_tables)
        self.found.items += items
        self.found.keep(trail, rest)
        for below in topic.topics:
            self._place_inner(below, path, trail)
        for item in self.found.items[before:]:
            self._set_kind(item, path, topic)

    def _place_other_table(self, block: Block, kind: str) -> bool:
        """Place a responsibility matrix, or a table of other items, below a heading."""
        if not isinstance(block, DocumentTable):
            return False
        items = raci_items(block)
        self.found.items += items or []
        if items is not None:
            self.found.cited["roles"] += [cell.phrase for cell in block.rows[0][:1] if cell.blocks]
            return True
        return table_items(block, kind, FoundParts()) is None and self._place_table(block, kind)

    def _place_inner(self, inner: Topic, path: str, trail: tuple[Phrase, ...]) -> None:
        """Place a topic below a heading that means a list: as an item, unless its own heading means something else."""
        assert inner.heading is not None
        match = headings().find(inner.heading.text)
        root = path.partition(".")[0]
        is_own = match is not None and match.path.partition(".")[0] in (root, "scope", "service_levels")
        if is_own or (
            match is not None
            and match.path in LISTS
            and inner.blocks
            and isinstance(inner.blocks[0], DocumentTable)
        ):
            self.place_topic(inner, trail[:-1])
        else:
            self.found.items.append(item_of_topic(inner, LISTS[path], self.found))

    def _set_kind(self, item: FoundItem, path: str, topic: Topic) -> None:
        """Set the kind of metrics below a heading such as "Leading indicators"."""
        kind = path.partition(".")[2]
        if (
            item.kind == "metrics"
            and kind in ("leading", "lagging")
            and "kind" not in item.fields
            and topic.heading
        ):
            item.add("kind", topic.heading.meaning(kind))

    def _place_section(self, topic: Topic, section: str, trail: tuple[Phrase, ...]) -> None:
        """Place the texts and items of a section that is not a list."""
        kind, main = DEFAULT_KINDS.get(section), main_text(section)
        if section == "mission":
            main = "statement"
        rest: list[Block] = []
        for block in topic.blocks:
            if self._place_labelled(block, section) or self._place_identified(block, kind):
                continue
            if isinstance(block, ListItem) and section == "funding":
                self.found.items.append(item_of_line(block.phrase, "sources"))
            elif main is None:
                rest.append(block)
            else:
                self.found.texts[f"{section}.{main}"].append(block)
        self.found.keep(trail, rest)
        for inner in topic.topics:
            self._place_inside_section(inner, section, trail)

    def _place_labelled(self, block: Block, section: str) -> bool:
        """Place a labelled line, or the rows of a table with labels."""
        if isinstance(block, DocumentTable):
            return self._place_labelled_rows(block, section)
        split = None if isinstance(block, Heading) else label_of(block.phrase)
        match = labels(section).find(split[0].text) if split else None
        if split is None or match is None or not split[1].text:
            return False
        self.found.doubt(split[0], match)
        self.found.texts[f"{section}.{match.path}"].append(Paragraph(split[1]))
        return True

    def _place_labelled_rows(self, table: DocumentTable, section: str) -> bool:
        """Place a table with a label of the section in each first cell; False if one is unknown."""
        topics = cell_topics(table)
        found = [labels(section).find(topic.heading.text) for topic in topics or () if topic.heading]
        if not topics or None in found:
            return False
        for topic, match in zip(topics, found, strict=True):
            assert match is not None
            assert topic.heading is not None
            self.found.doubt(topic.heading, match)
            self.found.cited[section].append(topic.heading)
            self.found.texts[f"{section}.{match.path}"] += topic.blocks
        return True

    def _place_inside_section(self, inner: Topic, section: str, trail: tuple[Phrase, ...]) -> None:
        """Place a topic inside a section: a list of the section, one of its texts, or a part of its own."""
        assert inner.heading is not None
        match = labels(section).find(inner.heading.text.rstrip(":"))
        if path := _list_inside(section, inner.heading.text):
            self.found.cited[section].append(inner.heading)
            self._place_items(inner, path, (*trail, inner.heading))
            return
        whole = headings().find(inner.heading.text.rstrip(":"))
        if match is None or (whole is not None and whole.path.startswith(f"{section}.")):
            self.place_topic(inner, trail)
            return
        self.found.doubt(inner.heading, match)
        self.found.cited[section].append(inner.heading)
        self.found.texts[f"{section}.{match.path}"] += flat(inner)


def _list_inside(section: str, text: str) -> str | None:
    """The list of a section that a heading inside it names: "Priorities" can mean anything elsewhere."""
    for path in LISTS:
        step = path.partition(".")[2]
        if path == f"{section}.{step}":
            known = (step, *(translator(language).gettext(TITLES.get(step, step)) for language in LANGUAGES))
            if words_of(text) in map(words_of, known):
                return path
    return None


def _listed(phrase: Phrase) -> Iterator[Phrase]:
    """The parts of an enumeration in one line, or its only part."""
    for part in phrase.text.replace(";", ",").split(","):
        if part.strip(" ."):
            yield phrase.part(part.strip(" ."))
