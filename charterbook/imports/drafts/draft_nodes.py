"""The values of a draft, each with a comment for the line on which it begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from charterbook.i18n import Translator
from charterbook.imports.documents.blocks import Phrase

_MOST_PLACES = 3
#: Longer texts are shortened in comments.
LONGEST_SOURCE = 200


@dataclass
class DraftNode:
    """A scalar, a mapping of nodes, or a list of nodes."""

    value: Any
    comment: str = ""


def plain_data(node: DraftNode) -> Any:
    """The data without comments."""
    if isinstance(node.value, dict):
        return {key: plain_data(inner) for key, inner in node.value.items()}
    return [plain_data(inner) for inner in node.value] if isinstance(node.value, list) else node.value


def all_words(node: DraftNode) -> Iterator[str]:
    """Every text of a node: its comments and its scalars, in order."""
    if node.comment:
        yield node.comment
    if isinstance(node.value, dict):
        for inner in node.value.values():
            yield from all_words(inner)
    elif isinstance(node.value, list):
        for inner in node.value:
            yield from all_words(inner)
    else:
        yield str(node.value)


def comment_of(phrases: Iterable[Phrase], words: Translator, *, is_quoted: bool = False) -> str:
    """The places of phrases; with their words if the value does not repeat them."""
    found: dict[str, list[str]] = {}
    for phrase in phrases:
        sources = found.setdefault(phrase.place_text(words), [])
        source = shortened(phrase.source or (phrase.text if is_quoted else ""))
        if source and source not in sources:
            sources.append(source)
    texts = [f"{place}: {' | '.join(sources)}" if sources else place for place, sources in found.items()]
    if any(found.values()):
        return "; ".join(texts)
    return "; ".join(texts[:_MOST_PLACES]) + "; …" * (len(texts) > _MOST_PLACES)


def shortened(text: str) -> str:
    """A text for a comment, without its end if it is long."""
    line = one_line(text)
    return line if len(line) <= LONGEST_SOURCE else f"{line[:LONGEST_SOURCE].rpartition(' ')[0]} …"


def one_line(text: str) -> str:
    """A text for a comment: in one line, with visible signs for characters that end or hide it."""
    return "".join(
        letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in " ".join(text.split())
    )
