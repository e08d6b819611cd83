"""The items of a draft with their ids: one item for each name, and names that are only referred to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from charterbook.charter.base import ID_PATTERN, Reference
from charterbook.charter.model_shape import Shape, shape_at, shapes
from charterbook.imports.documents.blocks import Paragraph, Phrase
from charterbook.imports.drafts.found_parts import FoundItem, FoundParts
from charterbook.imports.drafts.kinds import PATHS, model_of
from charterbook.imports.drafts.markers import marked
from charterbook.imports.drafts.name_matching import words_of
from charterbook.load.reserved_ids import is_reserved
from charterbook.load.schema_errors import slugify

_SPLIT = re.compile(r"\s*(?:[\n;,/+&]|\band\b|\bи\b)\s*")
_LONGEST_ID, _LONGEST_NAME = 64, 120


class NamedItems:
    """All items by kind, each with an id. Built once; then names can be looked up."""

    def __init__(self, found: FoundParts) -> None:
        self.items: dict[str, list[FoundItem]] = defaultdict(list)
        self.ids: dict[int, str] = {}
        self._names: dict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
        self._used: dict[str, set[str]] = defaultdict(set)
        for item in sorted(found.items, key=lambda one: one.is_mentioned):
            self._add(item)
        for level in self.items["service_levels"]:
            for phrase in level.fields.get("service", ()):
                self._add(FoundItem("services", phrase, is_mentioned=True))
        for sign_off in self.items["sign_offs"]:
            if sign_off.name is not None:
                sign_off.fields["role"], sign_off.name = [sign_off.name], None
        self._add_referred(found)

    def _add(self, item: FoundItem) -> None:
        known = self._same(item)
        if known is not None:
            known.absorb(item)
            return
        self.items[item.kind].append(item)
        if item.kind not in ("sign_offs", "service_levels"):
            self._identify(item)

    def _same(self, item: FoundItem) -> FoundItem | None:
        """The item with the same name, if any; None for kinds with names that can repeat."""
        if item.name is None or item.kind in ("sources", "sign_offs", "service_levels", "actions", "roadmap"):
            return None
        words = words_of(item.name.text)
        return next(
            (one for one in self.items[item.kind] if one.name and words_of(one.name.text) == words), None
        )

    def _identify(self, item: FoundItem) -> None:
        phrases = item.fields.pop("id", [])
        given = [phrase.text for phrase in phrases]
        fits = [text for text in given if re.fullmatch(ID_PATTERN, text) and len(text) <= _LONGEST_ID]
        wanted = next(iter(fits), None)
        others = [one for one in phrases if one.text != wanted]
        item.details += [(Phrase(marked("id"), one.place), [Paragraph(one)]) for one in others]
        id_ = self._free(item.kind, wanted or _slug(item.name.text if item.name else "", item.kind))
        self.ids[id(item)] = id_
        self._names[item.kind].setdefault((id_,), id_)
        for text in (*given, item.name.text if item.name else ""):
            self._names[item.kind].setdefault(words_of(text), id_)

    def _free(self, kind: str, wanted: str) -> str:
        number, found = 2, wanted
        while found in self._used[kind] or is_reserved(kind, found):
            found = f"{wanted[: _LONGEST_ID - 4].rstrip('-')}-{number}"
            number += 1
        self._used[kind].add(found)
        return found

    def find(self, name: str, kinds: tuple[str, ...]) -> str | None:
        """The id of the item of this name, or with this id."""
        words = words_of(name)
        for kind in kinds:
            names = self._names.get(kind, {})
            if found := names.get((name.strip(),)) or (names.get(words) if words else None):
                return found
        return None

    def parts(self, phrase: Phrase, kinds: tuple[str, ...]) -> list[str]:
        """The names in an enumeration; the whole text if it is a name itself."""
        if self.find(phrase.text, kinds):
            return [phrase.text]
        return [part.strip(" .") for part in _SPLIT.split(phrase.text) if part.strip(" .")]

    def has_any(self, reference: Reference) -> bool:
        """Whether there are items that a reference can mean."""
        return any(self.items.get(kind) for kind in reference.kinds)

    def _add_referred(self, found: FoundParts) -> None:
        """Add items for names that are only referred to, if the model requires items and the document lists none."""
        empty = {kind for kind in ("audiences", "metrics", "services") if not self.items[kind]}
        for _ in range(2):
            for shape, phrase in list(self._references(found)):
                self._refer(shape, phrase, empty)

    def _references(self, found: FoundParts) -> Iterator[tuple[Shape, Phrase]]:
        for kind, items in self.items.items():
            known = shapes(model_of(kind))
            for item in items:
                for key, phrases in item.fields.items():
                    if key in known and known[key].refers:
                        yield from ((known[key], phrase) for phrase in phrases)
        for path, blocks in found.texts.items():
            shape = shape_at(tuple(path.split(".")))
            if shape is not None and shape.refers:
                yield from ((shape, block.phrase) for block in blocks if not hasattr(block, "rows"))

    def _refer(self, shape: Shape, phrase: Phrase, empty: set[str]) -> None:
        reference: Any = shape.refers
        kind = reference.kinds[0]
        if kind not in PATHS or not (kind in empty or (reference.if_any and self.has_any(reference))):
            return
        names = self.parts(phrase, reference.kinds) if shape.is_list else [phrase.text]
        for name in names:
            if not self.find(name, reference.kinds) and words_of(name) and len(name) <= _LONGEST_NAME:
                self._add(FoundItem(kind, phrase.part(" ".join(name.split()))))


def _slug(name: str, kind: str) -> str:
    """An id for a name; one for the kind if no letter or digit of the name can be used."""
    return slug_of(name) or kind.rstrip("s").replace("_", "-")


def slug_of(name: str) -> str:
    """The id for a name without its numbering; empty if no letter or digit can be used."""
    return slugify(f"x {' '.join(words_of(name))}").removeprefix("x").strip("-")
