"""Make nodes of a draft from found texts of sections, and custom sections from the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from charterbook.charter import Charter
from charterbook.charter.base import Part
from charterbook.charter.model_shape import Shape, shapes
from charterbook.i18n import N_, Translator
from charterbook.imports.documents.blocks import Block, DocumentTable, Paragraph, Phrase, phrases, squared
from charterbook.imports.drafts.draft_nodes import DraftNode, comment_of, one_line
from charterbook.imports.drafts.found_parts import FoundParts, OwnSection
from charterbook.imports.drafts.item_ids import NamedItems, slug_of
from charterbook.imports.drafts.item_nodes import LONGEST_LINE, LONGEST_TEXT
from charterbook.imports.drafts.markdown_text import markdown
from charterbook.imports.drafts.markers import marked, placeholder
from charterbook.imports.drafts.value_reading import currency, scalar
from charterbook.load.reserved_ids import is_reserved
from charterbook.versions import is_version_name

_CHECK_TITLE = N_("To check")
_SIMILAR = N_("“%(text)s” was read as “%(known)s” (%(share)s%% alike), %(place)s")
_MONEY = N_("The currency of “%(text)s” is not certain, %(place)s")


class SectionNodes:
    """Maker of the nodes of all sections that are not lists of items."""

    def __init__(self, named: NamedItems, found: FoundParts, words: Translator) -> None:
        self.named, self.found, self.words = named, found, words

    def part(self, model: type[Part], section: str = "") -> dict[str, DraftNode]:
        """The texts that were found for a section, or for the charter itself."""
        made: dict[str, DraftNode] = {}
        for key, shape in shapes(model).items():
            path = f"{section}.{key}" if section else key
            blocks = self.found.texts.get(path)
            if blocks and shape.part is None:
                self._value(shape, path, blocks, made)
        return made

    def _value(self, shape: Shape, path: str, blocks: list[Block], made: dict[str, DraftNode]) -> None:
        found = list(phrases(blocks))
        if shape.refers and shape.is_list:
            node = self._references(shape, path, found)
        elif shape.is_list:
            node = self._list(shape, blocks)
        elif shape.kind == "text":
            node = self._text(path, blocks)
        else:
            node = self._single(shape, path, found, blocks)
        if node is not None:
            made[shape.key] = node

    def _text(self, path: str, blocks: list[Block]) -> DraftNode | None:
        text = markdown(blocks)
        if len(text) > LONGEST_TEXT:
            self._unread(path, blocks)
            return None
        return DraftNode(text, comment_of(phrases(blocks), self.words))

    def _list(self, shape: Shape, blocks: list[Block]) -> DraftNode | None:
        if shape.kind != "text":
            return None
        parts = [[block] for block in blocks]
        return DraftNode(
            [
                DraftNode(markdown(part).removeprefix("- "), comment_of(phrases(part), self.words))
                for part in parts
            ]
        )

    def _single(
        self, shape: Shape, path: str, found: Sequence[Phrase], blocks: list[Block]
    ) -> DraftNode | None:
        phrase, text = found[0], " ".join(found[0].text.split())
        node: DraftNode | None = None
        if shape.refers and self.named.has_any(shape.refers):
            id_ = self.named.find(text, shape.refers.kinds)
            node = DraftNode(id_, comment_of([phrase], self.words, is_quoted=True)) if id_ else None
        elif shape.kind == "line" and shape.key != "currency":
            fits = len(text) <= LONGEST_LINE and (path != "version" or is_version_name(text))
            node = DraftNode(text, comment_of([phrase], self.words)) if fits else None
        elif (value := scalar(shape, text)) is not None:
            node = DraftNode(value, comment_of([phrase], self.words, is_quoted=True))
        rest = blocks if node is None else _after_first(blocks)
        if rest:
            self._unread(path, rest)
        return node

    def _references(self, shape: Shape, path: str, found: Sequence[Phrase]) -> DraftNode | None:
        assert shape.refers is not None
        kinds = shape.refers.kinds
        ids: dict[str, None] = {}
        for phrase in found:
            names = self.named.parts(phrase, kinds)
            known = [self.named.find(name, kinds) for name in names]
            ids |= dict.fromkeys(id_ for id_ in known if id_)
            if None in known:
                self._unread(path, [Paragraph(phrase)])
        if not ids:
            return None
        return DraftNode([DraftNode(id_) for id_ in ids], comment_of(found, self.words, is_quoted=True))

    def _unread(self, path: str, blocks: Sequence[Block]) -> None:
        """Add texts that cannot be values to a section with a placeholder as its title."""
        self.found.keep([Phrase(marked(path), next(phrases(blocks)).place)], blocks)

    def required(self, model: type[Part], made: dict[str, DraftNode]) -> dict[str, DraftNode]:
        """The nodes in the order of the model, with placeholders for missing ones."""
        for name, field in model.model_fields.items():
            key = field.alias or name
            shape = shapes(model)[key]
            if field.is_required() and key not in made and not shape.is_list and not shape.part:
                made[key] = DraftNode(placeholder(model, shape, self.words))
        return {key: made[key] for key in shapes(model) if key in made}

    def own(self) -> list[DraftNode]:
        """The sections for texts that fit no key, and for texts to check."""
        made: list[DraftNode] = []
        used: set[str] = set()
        for section in self.found.own:
            made += self._section(section, used)
        if lines := list(self.to_check()):
            title, text = marked(self.words.gettext(_CHECK_TITLE)), marked("\n".join(lines))
            made.append(
                DraftNode(
                    {
                        "id": DraftNode(_free("to-check", used)),
                        "title": DraftNode(title),
                        "text": DraftNode(text),
                    }
                )
            )
        return made

    def _section(self, section: OwnSection, used: set[str]) -> Iterator[DraftNode]:
        heading = section.headings[-1] if section.headings else None
        title = " ".join(heading.text.split()) if heading else ""
        blocks = section.blocks
        if heading and len(title) > LONGEST_LINE:
            title, blocks = "", [Paragraph(heading), *blocks]
        for part in _parts(blocks):
            slug = ("" if title.startswith("‹") else slug_of(title)) or "section"
            yield DraftNode(
                {
                    "id": DraftNode(_free(slug, used)),
                    "title": DraftNode(
                        title or placeholder(_SECTION, shapes(_SECTION)["title"], self.words),
                        comment_of([heading], self.words) if heading and title else "",
                    ),
                    "text": DraftNode(
                        markdown(part, with_headings=True), comment_of(phrases(part), self.words)
                    ),
                }
            )

    def to_check(self) -> Iterator[str]:
        """Texts that the author has to check: names that are only similar to known ones, and unclear currencies."""
        for doubt in self.found.doubts:
            facts = {
                "text": one_line(doubt.phrase.text),
                "known": doubt.match.known,
                "share": str(int(doubt.match.likeness * 100)),
                "place": doubt.phrase.place_text(self.words),
            }
            yield self.words.gettext(_SIMILAR) % facts
        for money in self.found.unclear_money:
            if self._currency() not in money.codes:
                facts = {"text": one_line(money.phrase.text), "place": money.phrase.place_text(self.words)}
                yield self.words.gettext(_MONEY) % facts

    def _currency(self) -> str | None:
        """The currency that the document names for its funding."""
        texts = [phrase.text for phrase in phrases(self.found.texts.get("funding.currency", ()))]
        return next(filter(None, map(currency, texts)), None)


_SECTION = shapes(Charter)["sections"].part or Part


def _after_first(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without the first phrase, because it is a value already."""
    if isinstance(blocks[0], DocumentTable):
        return list(blocks)
    return list(blocks[1:])


def _free(wanted: str, used: set[str]) -> str:
    number, found = 2, wanted
    while found in used or is_reserved("sections", found):
        found = f"{wanted[:58].rstrip('-')}-{number}"
        number += 1
    used.add(found)
    return found


def _parts(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The blocks in parts that fit into a text each; long paragraphs and tables are divided."""
    part: list[Block] = []
    size = 0
    for block in blocks:
        for piece in _pieces(block):
            length = len(markdown([piece], with_headings=True)) + 2
            if part and size + length > LONGEST_TEXT:
                yield part
                part, size = [], 0
            part.append(piece)
            size += length
    if part:
        yield part


def _pieces(block: Block) -> Iterator[Block]:
    """A block, or its parts if it is too long for a text."""
    if len(markdown([block], with_headings=True)) <= LONGEST_TEXT:
        yield block
    elif isinstance(block, DocumentTable) and len(block.rows) > 1:
        middle = len(block.rows) // 2
        yield from _pieces(squared(block.rows[:middle]))
        yield from _pieces(squared(block.rows[middle:]))
    elif isinstance(block, DocumentTable):
        for cell in block.rows[0]:
            for inner in cell.blocks:
                yield from _pieces(inner)
    else:
        yield from map(Paragraph, divided(block.phrase))


def divided(phrase: Phrase) -> Iterator[Phrase]:
    """The parts of a phrase that fit into a text each, divided between words if it has any."""
    text = phrase.text
    while len(text) > LONGEST_TEXT // 2:
        at = max(text.rfind(" ", 0, LONGEST_TEXT // 2), text.rfind("\n", 0, LONGEST_TEXT // 2))
        at = at if at > 0 else LONGEST_TEXT // 2
        yield phrase.part(text[:at])
        text = text[at:].strip()
    yield phrase.part(text)
