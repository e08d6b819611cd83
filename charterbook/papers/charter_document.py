"""A whole charter as a document. Every value of the charter is in it; the kind of a section follows from its model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from charterbook.charter import SECTIONS, Charter, Section
from charterbook.charter.base import Item, Part
from charterbook.charter.model_shape import Shape, shapes
from charterbook.compare.field_names import TITLES, section_title
from charterbook.diff.change import Data, plain
from charterbook.i18n import N_
from charterbook.papers import overview_blocks
from charterbook.papers.document import (
    Block,
    Facts,
    HeadingBlock,
    Inline,
    ListBlock,
    PaperDocument,
    ParagraphBlock,
    TableBlock,
    plain_runs,
)
from charterbook.papers.document_facts import footer, link_of, subtitle, version_facts
from charterbook.papers.field_words import FieldWords
from charterbook.papers.inert_text import inert, inert_line
from charterbook.papers.paper_source import PaperSource
from charterbook.papers.rich_text import blocks_of

#: Texts that open their part without a label.
_OPENING = (
    "statement",
    "summary",
    "text",
    "meaning",
    "how",
    "does",
    "note",
    "why",
    "definition",
    "purpose",
    "serves",
)

#: The title of a section's list if it differs from the section's.
_NOT_OFFERED = N_("Not offered")


def charter_document(source: PaperSource) -> PaperDocument:
    """The document of a charter."""
    return PaperDocument(
        inert_line(source.charter.title),
        subtitle(source),
        source.charter.language,
        tuple(version_facts(source)),
        footer(source),
        tuple(_CharterBlocks(source).blocks()),
        link_of(source),
    )


class _CharterBlocks:
    def __init__(self, source: PaperSource) -> None:
        self.source, self.t = source, source.t
        self.words = FieldWords(source)
        self.data = plain(source.charter)

    def blocks(self) -> Iterator[Block]:
        if self.data.get("change_note"):
            yield HeadingBlock(1, self.t.gettext("Why this version"))
            yield from self._text(self.data["change_note"])
        for section in SECTIONS:
            if self.data.get(section):
                yield from self._section(section)
        for own in self.data["sections"]:
            link = self.source.item_link("sections", own["id"])
            yield from self._item("sections", Section, own, 1, link)
        yield from overview_blocks.changes(self.source)

    def _section(self, section: str) -> Iterator[Block]:
        yield HeadingBlock(1, section_title(section, self.t), self.source.section_link(section))
        shape = shapes(Charter)[section]
        assert shape.part is not None
        yield from overview_blocks.overview(section, self.source)
        if shape.is_list:
            yield from self._items(section, shape.part, self.data[section], 2)
        else:
            yield from self._part(shape.part, self.data[section], 2)

    def _items(self, kind: str, model: type[Part], items: Sequence[Data], level: int) -> Iterator[Block]:
        assert issubclass(model, Item)
        for item in items:
            yield from self._item(kind, model, item, level, self.source.item_link(kind, item["id"]))

    def _item(
        self, kind: str, model: type[Item], item: Data, level: int, link: str | None
    ) -> Iterator[Block]:
        label = item[model.label_key]
        title = inert_line(str(label)) if isinstance(label, str) else self.t.date(label)
        yield HeadingBlock(level, title, link)
        yield from self._part(model, item, level + 1, model.label_key, "id")

    def _part(self, model: type[Part], data: Data, level: int, *left_out: str) -> Iterator[Block]:
        """The texts of a part, then its short values, then its lists."""
        long = [
            (key, shape)
            for key, shape in shapes(model).items()
            if data.get(key) not in (None, []) and (shape.kind == "text" or (shape.is_list and shape.part))
        ]
        for key, shape in long:
            if shape.kind == "text":
                yield from self._labelled(model, shape, data[key], level)
        pairs = tuple((name, words) for _, name, words in self.words.fields(model, data, *left_out, "was"))
        former = data.get("was")
        if former:
            pairs = (*pairs, (self.words.name(model, "was"), plain_runs(", ".join(former))))
        if pairs:
            yield Facts(pairs)
        for key, shape in long:
            if shape.part:
                yield from self._list(key, shape, data, level)

    def _labelled(
        self, model: type[Part], shape: Shape, value: str | list[str], level: int
    ) -> Iterator[Block]:
        name = self.words.name(model, shape.key)
        if isinstance(value, list):
            yield ParagraphBlock((), name)
            yield ListBlock(tuple(tuple(self._text(one)) for one in value))
            return
        first, *rest = self._text(value, level - 1 if model is Section else None)
        if shape.key in _OPENING:
            yield from (first, *rest)
        elif isinstance(first, ParagraphBlock):
            yield from (ParagraphBlock(first.runs, name), *rest)
        else:
            yield from (ParagraphBlock((), name), first, *rest)

    def _text(self, text: str, above: int | None = None) -> list[Block]:
        return blocks_of(text, self.source.resolve, above=above) or [ParagraphBlock(plain_runs(inert(text)))]

    def _list(self, key: str, shape: Shape, data: Data, level: int) -> Iterator[Block]:
        assert shape.part is not None
        if issubclass(shape.part, Item):
            yield HeadingBlock(
                level, self.t.gettext(_NOT_OFFERED) if key == "out" else section_title(key, self.t)
            )
            yield from self._items(key, shape.part, data[key], level + 1)
        else:
            yield self._table(key, shape.part, data[key], data)

    def _table(self, key: str, model: type[Part], rows: Sequence[Data], outer: Data) -> TableBlock:
        """A list of parts as a table, with a column for each field that any of them has."""
        scale = {key: outer[key] for key in ("unit", "currency") if key in outer}
        named = [dict(self._cells(model, scale | row)) for row in rows]
        columns = [one for one in shapes(model) if any(one in row for row in named)]
        return TableBlock(
            section_title(key, self.t) if key in TITLES else self.words.name(model, key),
            tuple(self.words.name(model, column) for column in columns),
            tuple(tuple(row.get(column, ()) for column in columns) for row in named),
        )

    def _cells(self, model: type[Part], row: Data) -> Iterator[tuple[str, Inline]]:
        for shape, _, words in self.words.fields(model, row):
            yield shape.key, words
        for key, shape in shapes(model).items():
            if shape.kind == "text" and row.get(key):
                yield key, self.words.value(model, shape, row[key], row)
