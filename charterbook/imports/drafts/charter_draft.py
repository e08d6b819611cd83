"""Write the text of a charter.yml from a document, with the source of each value in a comment.

Nothing is invented: missing values become placeholders. Nothing is lost: text that fits no key
becomes a separate section. A check at the end ensures this.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from charterbook.charter import SCHEMA, Charter
from charterbook.charter.base import Part
from charterbook.charter.model_shape import shapes
from charterbook.frozen_dataclass import dataclass
from charterbook.i18n import N_, Translator, translator
from charterbook.imports.documents import Document
from charterbook.imports.documents.blocks import Paragraph, Phrase
from charterbook.imports.documents.document_file import DocumentError
from charterbook.imports.drafts.commented_yaml import yaml_text
from charterbook.imports.drafts.draft_nodes import LONGEST_SOURCE, DraftNode, all_words, comment_of, one_line
from charterbook.imports.drafts.found_parts import FoundItem, FoundParts, items_as_blocks
from charterbook.imports.drafts.item_ids import NamedItems
from charterbook.imports.drafts.item_nodes import ItemNodes
from charterbook.imports.drafts.kinds import PATHS
from charterbook.imports.drafts.markers import marked
from charterbook.imports.drafts.placement import place_blocks
from charterbook.imports.drafts.section_nodes import SectionNodes, divided
from charterbook.load import MAX_BYTES

_REQUIRED = ("services", "audiences", "metrics")
_MADE = N_(
    "Made from %(file)s by `charterbook import`. A comment after each value says where in the document it was found."
)
_MARKS = N_("Fill in or check the texts in ‹these marks›; `charterbook check` lists them.")
_CITED = N_("Headings without their own text:")
_REST = N_("Not placed")
_CURRENCY = N_("The currency")
_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"(?<=\])\(<[^<>\s]*>\)")
#: Separators between a name or label and the rest of a long text.
_PARTS = re.compile(r"[:;,/\n]|[-–—](?=\s)")
_CYRILLIC, _LATIN = re.compile("[а-яё]", re.IGNORECASE), re.compile("[a-z]", re.IGNORECASE)


@dataclass(frozen=True)
class DraftedCharter:
    """The text of a charter, with the numbers of items of each kind, of custom sections and of placeholders."""

    text: str
    language: str
    counts: dict[str, int]
    doubts: tuple[str, ...]


def language_of(document: Document) -> str:
    """The language of most letters."""
    text = " ".join(phrase.text for phrase in document.phrases())
    return "ru" if len(_CYRILLIC.findall(text)) > len(_LATIN.findall(text)) else "en"


def draft_of(document: Document, language: str | None = None) -> DraftedCharter:
    """The charter that a document describes. The same document gives the same text.

    Raises DocumentError for more text than a charter allows.
    """
    language = language or language_of(document)
    words = translator(language)
    found = place_blocks(document.blocks, document.beside)
    maker = _DraftMaker(found, words, language)
    root = maker.root()
    if lost := list(_lost(document, root, found)):
        found.keep([Phrase(marked(words.gettext(_REST)), lost[0].place)], [Paragraph(one) for one in lost])
        root.value["sections"] = DraftNode(maker.sections.own())
    head = "".join(f"# {line}\n".replace("# \n", "#\n") for line in _head(document, found, words))
    text = f"{head}\n{yaml_text(root)}"
    if len(text.encode()) > MAX_BYTES:
        raise DocumentError(document.file, document.file, "too-much", None, limit=MAX_BYTES // 1000)
    return DraftedCharter(text, language, _counts(root, text), tuple(maker.sections.to_check()))


class _DraftMaker:
    def __init__(self, found: FoundParts, words: Translator, language: str) -> None:
        self.found, self.words, self.language = found, words, language
        self.named = NamedItems(found)
        self.items = ItemNodes(self.named, found, words)
        self.sections = SectionNodes(self.named, found, words)

    def root(self) -> DraftNode:
        """All keys of the charter in the order of the model."""
        self._attach_levels()
        made = {"schema": DraftNode(SCHEMA), "language": DraftNode(self.language)}
        made |= self.sections.part(Charter)
        for key, shape in shapes(Charter).items():
            node = self._section(key, shape.part, is_list=shape.is_list) if shape.part else None
            if node is not None:
                made[key] = node
        made = self.sections.required(Charter, made)
        if own := self.sections.own():
            made["sections"] = DraftNode(own)
        return DraftNode({key: made[key] for key in ("schema", *made)})

    def _section(self, key: str, model: type[Part], *, is_list: bool) -> DraftNode | None:
        cited = list(self.found.cited.get(key, ()))
        if key == "services":
            cited += self.found.cited.get("service_levels", ())
        comment = comment_of(cited, self.words, is_quoted=True)
        if is_list:
            nodes = self.items.all(key) if key in PATHS else []
            if not nodes and key in _REQUIRED:
                nodes = [self.items.node(FoundItem(key))]
                nodes[0].value = {"id": DraftNode(key.rstrip("s"))} | nodes[0].value
            return DraftNode(nodes, comment) if nodes else None
        made = self.sections.part(model, key)
        for kind, path in PATHS.items():
            if path[0] == key and (nodes := self.items.all(kind)):
                made[path[1]] = DraftNode(
                    nodes, comment_of(self.found.cited.get(kind, ()), self.words, is_quoted=True)
                )
        if not made and key not in ("mission", "funding"):
            return None
        if key == "funding" and "sources" not in made:
            source = self.items.node(FoundItem("sources"))
            made["sources"] = DraftNode([DraftNode({"id": DraftNode("source")} | source.value)])
        if key == "funding" and "currency" not in made and any(map(_lacks_currency, made["sources"].value)):
            made["currency"] = DraftNode(self._placeholder_of_currency())
        return DraftNode(self.sections.required(model, made), comment)

    def _placeholder_of_currency(self) -> str:
        """A placeholder for a currency, with the codes that the document's signs can mean, if any."""
        codes = dict.fromkeys(code for money in self.found.unclear_money for code in money.codes)
        return marked(", ".join(codes) or self.words.gettext(_CURRENCY))

    def _attach_levels(self) -> None:
        """Give promises to their services; those without one become text."""
        services = {self.named.ids[id(one)]: one for one in self.named.items.get("services", ())}
        levels: dict[str, list[FoundItem]] = {}
        for level in self.named.items.pop("service_levels", []):
            names = level.fields.pop("service", None) or ([level.name] if level.name else [])
            id_ = next((found for one in names if (found := self.named.find(one.text, ("services",)))), None)
            if id_ is None:
                for phrase in names:
                    level.add("service", phrase)
                self.found.keep(self.found.cited.get("service_levels", ())[:1], items_as_blocks(level))
            else:
                levels.setdefault(id_, []).append(level)
        self.items.levels = {id(services[id_]): found for id_, found in levels.items()}


def _lacks_currency(source: DraftNode) -> bool:
    return "amount" in source.value and "currency" not in source.value


def _head(document: Document, found: FoundParts, words: Translator) -> Iterator[str]:
    yield "yaml-language-server: $schema=charter.schema.json"
    yield ""
    yield words.gettext(_MADE) % {"file": one_line(Path(document.file).name)}
    yield words.gettext(_MARKS)
    if found.cited.get(""):
        yield words.gettext(_CITED)
        yield from (f"- {comment_of([phrase], words, is_quoted=True)}" for phrase in found.cited[""])
    for key, cited in found.cited.items():
        if key and key not in PATHS and not (key in shapes(Charter) and shapes(Charter)[key].part):
            yield f"- {comment_of(cited, words, is_quoted=True)}"


def _counts(root: DraftNode, text: str) -> dict[str, int]:
    found: Counter[str] = Counter()
    for kind, path in PATHS.items():
        node: DraftNode | None = root
        for step in path:
            node = node.value.get(step) if node and isinstance(node.value, dict) else None
        if node is not None and (count := sum(map(_is_cited, node.value))):
            found[kind] = count
    if "sections" in root.value:
        found["sections"] = len(root.value["sections"].value)
    found["placeholders"] = text.count("‹") - 1
    return dict(found)


def _is_cited(node: DraftNode) -> bool:
    """Whether a part of a node comes from the document; all others are to be filled in."""
    inner = node.value.values() if isinstance(node.value, dict) else node.value
    return bool(node.comment) or (isinstance(node.value, dict | list) and any(map(_is_cited, inner)))


def _lost(document: Document, root: DraftNode, found: FoundParts) -> Iterator[Phrase]:
    """The phrases with words that are nowhere in the result, in their order."""
    written = [*all_words(root), *(phrase.text for phrase in found.cited.get("", ()))]
    text = _word_sequence(_ADDRESS.sub("", " | ".join(written)))
    for phrase in document.phrases():
        parts = phrase.text.split("\n")
        if len(phrase.text) > LONGEST_SOURCE:
            parts = [part for piece in divided(phrase) for part in _PARTS.split(piece.text)]
        if not all(_word_sequence(part) in text for part in parts):
            yield phrase


def _word_sequence(text: str) -> str:
    """The words of a text with single spaces around them."""
    return f" {' '.join(_WORD.findall(text))} " if _WORD.search(text) else ""
