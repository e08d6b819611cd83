"""The values of a charter for cross-checks, collected on one walk through its data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from charterbook.charter.base import Contact, Item, Restriction
from charterbook.charter.model_shape import VisitedValue
from charterbook.charter.reader_groups import ReaderGroup
from charterbook.charter.review_section import MeetingDecision
from charterbook.frozen_dataclass import dataclass
from charterbook.source_map import Path

#: Occurs in every text with a link, a tag, a template mark or unsupported Markdown.
_MARK = re.compile(r"[<{]|\]\(|\[\^|~~|^ {0,3}(?:#|>|={3}|-{3})", re.MULTILINE)
#: Keys that have values with a special meaning.
_OWN_MEANING = ("currency", "address")


@dataclass(frozen=True)
class CrossCheckData:
    """The values for cross-checks in a charter's data, or in a part of it."""

    items: tuple[tuple[str, Path, dict[str, Any]], ...]
    references: tuple[VisitedValue, ...]
    texts: tuple[VisitedValue, ...]
    plain: tuple[VisitedValue, ...] = ()
    marks: tuple[VisitedValue, ...] = ()


def gather(walked: Iterable[VisitedValue]) -> CrossCheckData:
    """Collect items, references, texts with possible markup, and values with a special meaning from a walk."""
    items, references, texts = [], [], []
    plain: list[VisitedValue] = []
    marks: list[VisitedValue] = []
    for found in walked:
        shape, value = found.shape, found.value
        if isinstance(value, dict):
            if kind := _kind(found):
                items.append((kind, found.path, value))
            elif shape.part in (Contact, Restriction):
                (plain if shape.part is Contact else marks).append(found)
        elif isinstance(value, str):
            if shape.refers:
                references.append(found)
            if shape.kind == "text" and _MARK.search(value):
                texts.append(found)
            if shape.key in _OWN_MEANING:
                plain.append(found)
        elif value == [] and shape.key == "visible_to":
            marks.append(found)
    return CrossCheckData(tuple(items), tuple(references), tuple(texts), tuple(plain), tuple(marks))


def _kind(found: VisitedValue) -> str | None:
    """The kind of an item, or of any other mapping that is referred to by its id."""
    part = found.shape.part
    if part is not None and issubclass(part, Item):
        return found.shape.key
    return {MeetingDecision: "meeting_decisions", ReaderGroup: "groups"}.get(part)  # type: ignore[arg-type]
