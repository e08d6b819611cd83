"""Make nodes of a draft from found items. A value that cannot be read with certainty becomes a detail with a placeholder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from charterbook.charter.base import Part
from charterbook.charter.model_shape import Shape, shapes
from charterbook.i18n import Translator
from charterbook.imports.documents.blocks import Block, ListItem, Paragraph, Phrase, phrases
from charterbook.imports.drafts.draft_nodes import DraftNode, comment_of
from charterbook.imports.drafts.found_parts import FoundItem, FoundParts
from charterbook.imports.drafts.item_ids import NamedItems
from charterbook.imports.drafts.item_tables import name_field
from charterbook.imports.drafts.kinds import model_of
from charterbook.imports.drafts.markdown_text import markdown
from charterbook.imports.drafts.markers import marked, placeholder
from charterbook.imports.drafts.name_matching import main_text
from charterbook.imports.drafts.quantity_nodes import figure_nodes, money_nodes, time_nodes
from charterbook.imports.drafts.value_reading import scalar

LONGEST_LINE, LONGEST_TEXT = 200, 20_000
_FIGURES = ("baseline", "target", "actual")


class ItemNodes:
    """Maker of the nodes of all items."""

    def __init__(self, named: NamedItems, found: FoundParts, words: Translator) -> None:
        self.named, self.found, self.words = named, found, words
        #: The promises of services.
        self.levels: dict[int, list[FoundItem]] = {}

    def all(self, kind: str) -> list[DraftNode]:
        """The nodes of all items of a kind."""
        return [self.node(item) for item in self.named.items.get(kind, ())]

    def node(self, item: FoundItem) -> DraftNode:
        """The node of an item, with its keys in the order of the model."""
        model = model_of(item.kind)
        made: dict[str, DraftNode] = {}
        if id_ := self.named.ids.get(id(item)):
            made["id"] = DraftNode(id_)
        self._name(item, made)
        self._text(item)
        for key in sorted(item.fields):
            self._field(item, model, key, made)
        if "when" in item.fields and "when" not in made:
            self._field(item, model, "when", made)
        if levels := self.levels.get(id(item)):
            known = made["service_levels"].value if "service_levels" in made else []
            made["service_levels"] = DraftNode([*known, *(self.node(level) for level in levels)])
        self._complete(item, model, made)
        details = [self._detail(label, blocks) for label, blocks in item.details]
        if details and "details" in shapes(model):
            made["details"] = DraftNode(details)
        elif details:
            self.found.keep([item.name] if item.name else [], _rows(item.details))
        return DraftNode({key: made[key] for key in shapes(model) if key in made})

    def _name(self, item: FoundItem, made: dict[str, DraftNode]) -> None:
        if item.name is None:
            return
        text = " ".join(item.name.text.split())
        if len(text) > LONGEST_LINE:
            item.text.insert(0, Paragraph(item.name))
            return
        made[name_field(item.kind)] = DraftNode(text, comment_of([item.name], self.words))
        self._links(item, [item.name], made)

    def _links(self, item: FoundItem, lines: Iterable[Phrase], made: dict[str, DraftNode]) -> None:
        """Add the addresses of links in plain lines to the links of the item."""
        if "links" not in shapes(model_of(item.kind)):
            return
        known = made["links"].value if "links" in made else []
        for phrase in lines:
            where = comment_of([phrase], self.words)
            for label, address in phrase.links:
                name = " ".join(label.split())
                if address.startswith("https://") and 0 < len(name) <= LONGEST_LINE:
                    known.append(
                        DraftNode({"label": DraftNode(name, where), "address": DraftNode(address, where)})
                    )
        if known:
            made["links"] = DraftNode(known)

    def _text(self, item: FoundItem) -> None:
        """Add the text without a label to the main text of the kind, or as a detail to be named."""
        key = main_text(item.kind)
        if not markdown(item.text).strip():
            return
        if key is None or len(markdown(item.text)) > LONGEST_TEXT or item.fields.get(key):
            item.details.append((Phrase("", next(phrases(item.text)).place), item.text))
            return
        item.fields[key] = [Phrase("", "")]

    def _field(self, item: FoundItem, model: type[Part], key: str, made: dict[str, DraftNode]) -> None:
        shape, found = shapes(model).get(key), item.fields[key]
        if key == main_text(item.kind) and found == [Phrase("", "")]:
            made[key] = DraftNode(markdown(item.text), comment_of(phrases(item.text), self.words))
        elif shape is None or key in (*_FIGURES, "within", "amount", "unit"):
            self._quantity(item, key, found, made)
        elif shape.kind == "text":
            self._long_text(item, shape, found, made)
        elif shape.refers and shape.is_list:
            self._references(item, shape, found, made)
        else:
            self._single(item, shape, found, made)

    def _long_text(
        self, item: FoundItem, shape: Shape, found: list[Phrase], made: dict[str, DraftNode]
    ) -> None:
        text = markdown([Paragraph(phrase) for phrase in found])
        if len(text) > LONGEST_TEXT or shape.is_list:
            self._unread(item, shape.key, found)
        else:
            made[shape.key] = DraftNode(text, comment_of(found, self.words))

    def _references(
        self, item: FoundItem, shape: Shape, found: list[Phrase], made: dict[str, DraftNode]
    ) -> None:
        assert shape.refers is not None
        ids: dict[str, None] = {}
        for phrase in found:
            known = [
                self.named.find(name, shape.refers.kinds)
                for name in self.named.parts(phrase, shape.refers.kinds)
            ]
            ids |= dict.fromkeys(id_ for id_ in known if id_)
            if None in known or not known:
                self._unread(item, shape.key, [phrase])
        if ids:
            made[shape.key] = DraftNode(
                [DraftNode(id_) for id_ in ids], comment_of(found, self.words, is_quoted=True)
            )

    def _single(self, item: FoundItem, shape: Shape, found: list[Phrase], made: dict[str, DraftNode]) -> None:
        """The first value that can be read; all others become details."""
        for phrase in found:
            node = None if shape.key in made else self._value(shape, phrase)
            if node is None:
                self._unread(item, shape.key, [phrase])
            else:
                made[shape.key] = node
                self._links(item, [phrase], made)

    def _value(self, shape: Shape, phrase: Phrase) -> DraftNode | None:
        text = " ".join(phrase.text.split())
        if shape.is_list:
            return None
        if shape.refers and (not shape.refers.if_any or self.named.has_any(shape.refers)):
            id_ = self.named.find(text, shape.refers.kinds)
            return DraftNode(id_, comment_of([phrase], self.words, is_quoted=True)) if id_ else None
        if shape.kind == "line" and shape.key != "currency":
            return DraftNode(text, comment_of([phrase], self.words)) if len(text) <= LONGEST_LINE else None
        value = None if shape.kind in ("id", "mapping") else scalar(shape, text)
        return None if value is None else DraftNode(value, comment_of([phrase], self.words, is_quoted=True))

    def _quantity(self, item: FoundItem, key: str, found: list[Phrase], made: dict[str, DraftNode]) -> None:
        """Values with units: figures of metrics, amounts of money, and times of promises."""
        if item.kind == "metrics":
            read = figure_nodes(key, found[0], made, self.words)
        elif key == "amount":
            read = money_nodes(found[0], made, self.found, self.words)
        else:
            read = time_nodes(item, found[0], made, self.words)
        self._unread(item, key, found[1:] if read else found)

    def _unread(self, item: FoundItem, key: str, found: Sequence[Phrase]) -> None:
        if item.kind == "roadmap" and key in ("due", "start") and "when" not in item.fields and found:
            item.add("when", found[0])
            found = found[1:]
        for phrase in found:
            item.details.append((Phrase(marked(key), phrase.place), [Paragraph(phrase)]))

    def _complete(self, item: FoundItem, model: type[Part], made: dict[str, DraftNode]) -> None:
        """Add a placeholder for each required value that is missing."""
        if item.kind == "sources" and "funder" not in made and "name" in made:
            made["funder"] = made["name"]
        if item.kind == "sources" and "name" not in made and "funder" in made:
            made["name"] = made["funder"]
        if any(key in made for key in _FIGURES) and "unit" not in made:
            made["unit"] = DraftNode(placeholder(model, shapes(model)["unit"], self.words))
        for name, field in model.model_fields.items():
            key = field.alias or name
            if field.is_required() and key not in made and key != "id":
                made[key] = DraftNode(placeholder(model, shapes(model)[key], self.words))

    def _detail(self, label: Phrase, blocks: list[Block]) -> DraftNode:
        text = " ".join(label.text.split())
        if not text or len(text) > LONGEST_LINE:
            blocks = [Paragraph(label), *blocks] if text else blocks
            text = marked(self.words.gettext("What is this?"))
        body = markdown(blocks)
        if len(body) > LONGEST_TEXT:
            self.found.keep([label] if label.text else [], blocks)
        if not body.strip() or len(body) > LONGEST_TEXT:
            body = marked(text)
        where = comment_of([label], self.words)
        return DraftNode(
            {
                "label": DraftNode(text, where),
                "text": DraftNode(body, comment_of(phrases(blocks), self.words)),
            }
        )


def _rows(details: list[tuple[Phrase, list[Block]]]) -> list[Block]:
    """Details as list items."""
    rows: list[Block] = []
    for label, blocks in details:
        words = [label, *phrases(blocks)] if label.text else list(phrases(blocks))
        rows.append(ListItem(Phrase(": ".join(one.text for one in words), words[-1].place)))
    return rows
