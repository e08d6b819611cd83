"""The parts of a document, in its own words: texts of sections, items, and texts that fit no key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import field

from charterbook.frozen_dataclass import dataclass
from charterbook.imports.documents.blocks import Block, ListItem, Paragraph, Phrase
from charterbook.imports.drafts.name_matching import Match


@dataclass
class FoundItem:
    """An item: its name, its fields, its text without a label, and labelled text without a field."""

    kind: str
    name: Phrase | None = None
    fields: dict[str, list[Phrase]] = field(default_factory=lambda: defaultdict(list))
    text: list[Block] = field(default_factory=list)
    details: list[tuple[Phrase, list[Block]]] = field(default_factory=list)
    #: Whether it is only mentioned, as an activity of a responsibility matrix.
    is_mentioned: bool = False

    def add(self, key: str, phrase: Phrase) -> None:
        """Add a value of a field."""
        if phrase.text:
            self.fields[key].append(phrase)

    def absorb(self, other: FoundItem) -> None:
        """Add the values of a further mention of the same item."""
        for key, phrases in other.fields.items():
            self.fields[key] += phrases
        self.text += other.text
        self.details += other.details
        if other.name is not None and self.name is not None and other.name.text != self.name.text:
            self.text.append(Paragraph(other.name))
        self.is_mentioned = self.is_mentioned and other.is_mentioned


@dataclass
class OwnSection:
    """Blocks that fit no key, below their headings."""

    headings: tuple[Phrase, ...]
    blocks: list[Block]


@dataclass(frozen=True)
class Doubt:
    """A name that is similar to a known name, but not equal."""

    phrase: Phrase
    match: Match


@dataclass(frozen=True)
class UnclearMoney:
    """An amount with an ambiguous currency symbol."""

    phrase: Phrase
    codes: tuple[str, ...]


@dataclass
class FoundParts:
    """All found parts. `cited` are headings, and headers of columns, that only name a part of the charter."""

    texts: dict[str, list[Block]] = field(default_factory=lambda: defaultdict(list))
    items: list[FoundItem] = field(default_factory=list)
    own: list[OwnSection] = field(default_factory=list)
    cited: dict[str, list[Phrase]] = field(default_factory=lambda: defaultdict(list))
    doubts: list[Doubt] = field(default_factory=list)
    unclear_money: list[UnclearMoney] = field(default_factory=list)

    def keep(self, headings: Sequence[Phrase], blocks: Sequence[Block]) -> None:
        """Add blocks to a custom section; blocks below the same headings share one."""
        if not blocks:
            return
        known = next((one for one in self.own if one.headings == tuple(headings)), None)
        if known is None:
            self.own.append(OwnSection(tuple(headings), list(blocks)))
        else:
            known.blocks += blocks

    def doubt(self, phrase: Phrase, match: Match) -> None:
        """Record an uncertain match."""
        known = {(doubt.phrase.text, doubt.match.path) for doubt in self.doubts}
        if not match.is_certain and (phrase.text, match.path) not in known:
            self.doubts.append(Doubt(phrase, match))


def items_as_blocks(item: FoundItem) -> list[Block]:
    """An item in its words, for a custom section."""
    words = [item.name] if item.name else []
    words += [phrase for phrases in item.fields.values() for phrase in phrases]
    text = " – ".join(dict.fromkeys(phrase.text for phrase in words))
    lines: list[Block] = [ListItem(Phrase(text, words[0].place))] if words else []
    for label, blocks in item.details:
        lines += [ListItem(label), *blocks]
    return [*lines, *item.text]
