"""Topics of a document -> the parts of a charter that they describe, by their headings and tables."""

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
    """The parts of a charter in the blocks of a document; those outside its text go below its title."""
    placer = _Placer()
    root = outline(blocks)
    placer.title(root)
    placer.topic(root, ())
    placer.beside(beside)
    return placer.found


class _Placer:
    def __init__(self) -> None:
        self.found = FoundParts()

    def title(self, root: Topic) -> None:
        """Place the title of the document."""
        if title := take_title(root):
            self.found.texts["title"].append(Paragraph(title))

    def beside(self, blocks: Sequence[Block]) -> None:
        """Place notes, comments, headers and footers."""
        self.found.keep(self._title_phrases(), blocks)

    def _is_the_title(self, phrase: Phrase) -> bool:
        return any(
            block.phrase is phrase
            for block in self.found.texts.get("title", ())
            if isinstance(block, Paragraph)
        )

    def topic(self, topic: Topic, trail: tuple[Phrase, ...]) -> None:
        """Place a topic. `trail` are the headings above it without a part of the model."""
        match = headings().find(topic.heading.text.rstrip(":")) if topic.heading else None
        if match is None or topic.heading is None:
            self._unmatched(topic, trail)
            return
        self.found.doubt(topic.heading, match)
        root = match.path.partition(".")[0]
        self.found.cited[root].append(topic.heading)
        self._matched(topic, match, (*trail, topic.heading))

    def _matched(self, topic: Topic, match: Match, trail: tuple[Phrase, ...]) -> None:
        if match.path in LISTS:
            self._items(topic, match.path, trail)
        elif match.path in LABELS:
            self._section(topic, match.path, trail)
        else:
            if match.path == "title":
                self._replace_title()
            self.found.texts[match.path] += flat(topic)

    def _replace_title(self) -> None:
        """Clear the title, for a text that the document itself labels as its title."""
        self.found.cited[""] += self._title_phrases()
        self.found.texts["title"].clear()

    def _unmatched(self, topic: Topic, trail: tuple[Phrase, ...]) -> None:
        head: tuple[Phrase, ...] = (topic.heading,) if topic.heading else ()
        is_title = bool(head) and self._is_the_title(head[0])
        below = trail if is_title else (*trail, *head)
        rest = [block for block in topic.blocks if not self._stray(block, None)]
        self.found.keep(below or self._title_phrases(), rest)
        if not rest and head and not is_title:
            self.found.cited[""].append(head[0])
        for inner in topic.topics:
            self.topic(inner, below)

    def _title_phrases(self) -> tuple[Phrase, ...]:
        title = self.found.texts.get("title", ())
        return tuple(block.phrase for block in title if isinstance(block, Paragraph))

    def _stray(self, block: Block, kind: str | None) -> bool:
        """Place a block that identifies itself: a table, or a line with a known label."""
        if isinstance(block, DocumentTable):
            return self._table(block, kind)
        if isinstance(block, Heading) or (split := label_of(block.phrase)) is None:
            return False
        path = headings().exact(split[0].text)
        if path is None or not split[1].text:
            return False
        inner = Topic(split[0], block.depth, [Paragraph(split[1])])
        if path in LISTS:
            self.found.items += [item_of_line(part, LISTS[path]) for part in _listed(split[1])]
        else:
            self._matched(inner, Match(path), (split[0],))
        return True

    def _table(self, table: DocumentTable, kind: str | None) -> bool:
        """Place a table by its columns, or by the headings in its first row or column."""
        items = raci_items(table)
        if items is not None:
            self.found.cited["roles"] += [cell.phrase for cell in table.rows[0][:1] if cell.blocks]
            self.found.items += items
            return True
        if self._column_topics(table) or self._row_topics(table):
            return True
        items = table_items(table, kind, self.found)
        self.found.items += items or []
        return items is not None

    def _column_topics(self, table: DocumentTable) -> bool:
        """Place each column of a table with headings of sections in its first row."""
        heads = [headings().exact(cell.text.rstrip(":")) for cell in table.rows[0]]
        if len(heads) < 2 or None in heads or len(set(heads)) < len(heads) or len(table.rows) > 3:  # noqa: PLR2004
            return False
        if table_items(table, None, FoundParts()) is not None:
            return False
        for column, cell in enumerate(table.rows[0]):
            blocks = [block for row in table.rows[1:] for block in row[column].blocks]
            for inner in outline([Heading(1, cell.phrase), *blocks]).topics:
                self.topic(inner, ())
        return True

    def _row_topics(self, table: DocumentTable) -> bool:
        """Place each row of a table with headings of sections in its first column."""
        topics = cell_topics(table)
        if topics is None or len(topics) < 2:  # noqa: PLR2004
            return False
        known = [topic for topic in topics if topic.heading and headings().find(topic.heading.text)]
        if 2 * len(known) <= len(topics) or len({words_of(t.heading.text) for t in known if t.heading}) < 2:  # noqa: PLR2004
            return False
        for inner in topics:
            assert inner.heading is not None
            for one in outline([Heading(1, inner.heading), *inner.blocks]).topics:
                self.topic(one, ())
        return True

    def _items(self, topic: Topic, path: str, trail: tuple[Phrase, ...]) -> None:
        """Place the items below a heading that means a list."""
        kind = LISTS[path]
        before = len(self.found.items)
        blocks = [block for block in topic.blocks if not self._special(block, kind)]
        inner = Topic(topic.heading, topic.level, blocks, topic.topics)
        has_tables = len(blocks) < len(topic.blocks)
        items, rest = items_of_topic(inner, kind, self.found, has_tables=has_tables)
        self.found.items += items
        self.found.keep(trail, rest)
        for below in topic.topics:
            self._inner(below, path, trail)
        for item in self.found.items[before:]:
            self._set_kind(item, path, topic)

    def _special(self, block: Block, kind: str) -> bool:
        """Place a responsibility matrix, or a table of other items, below a heading."""
        if not isinstance(block, DocumentTable):
            return False
        items = raci_items(block)
        self.found.items += items or []
        if items is not None:
            self.found.cited["roles"] += [cell.phrase for cell in block.rows[0][:1] if cell.blocks]
            return True
        return table_items(block, kind, FoundParts()) is None and self._table(block, kind)

    def _inner(self, inner: Topic, path: str, trail: tuple[Phrase, ...]) -> None:
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
            self.topic(inner, trail[:-1])
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

    def _section(self, topic: Topic, section: str, trail: tuple[Phrase, ...]) -> None:
        """Place the texts and items of a section that is not a list."""
        kind, main = DEFAULT_KINDS.get(section), main_text(section)
        if section == "mission":
            main = "statement"
        rest: list[Block] = []
        for block in topic.blocks:
            if self._labelled(block, section) or self._stray(block, kind):
                continue
            if isinstance(block, ListItem) and section == "funding":
                self.found.items.append(item_of_line(block.phrase, "sources"))
            elif main is None:
                rest.append(block)
            else:
                self.found.texts[f"{section}.{main}"].append(block)
        self.found.keep(trail, rest)
        for inner in topic.topics:
            self._section_topic(inner, section, trail)

    def _labelled(self, block: Block, section: str) -> bool:
        """Place a labelled line, or the rows of a table with labels."""
        if isinstance(block, DocumentTable):
            return self._labelled_rows(block, section)
        split = None if isinstance(block, Heading) else label_of(block.phrase)
        match = labels(section).find(split[0].text) if split else None
        if split is None or match is None or not split[1].text:
            return False
        self.found.doubt(split[0], match)
        self.found.texts[f"{section}.{match.path}"].append(Paragraph(split[1]))
        return True

    def _labelled_rows(self, table: DocumentTable, section: str) -> bool:
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

    def _section_topic(self, inner: Topic, section: str, trail: tuple[Phrase, ...]) -> None:
        assert inner.heading is not None
        match = labels(section).find(inner.heading.text.rstrip(":"))
        if path := _list_inside(section, inner.heading.text):
            self.found.cited[section].append(inner.heading)
            self._items(inner, path, (*trail, inner.heading))
            return
        whole = headings().find(inner.heading.text.rstrip(":"))
        if match is None or (whole is not None and whole.path.startswith(f"{section}.")):
            self.topic(inner, trail)
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
