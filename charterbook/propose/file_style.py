"""How the author of a file writes: indentation, lists in a line or below each other, blank lines, line length."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from charterbook.load.syntax_tree import Node
from charterbook.propose.text_edits import SourceText

#: Lines are neither wrapped earlier nor, by us, written longer.
_NARROWEST, _WIDEST = 80, 120


@dataclass
class FileStyle:
    """What new values imitate.

    `step` is the indentation of a mapping below its key, `dash` that of a hyphen, `inner` how far behind its
    hyphen an element begins; `flow` says of a key whether its list or mapping stands in a line; `gap` is the
    number of blank lines between items.
    """

    step: int = 2
    dash: int = 2
    inner: int = 2
    gap: int = 0
    width: int = _NARROWEST
    brace: str = ""
    newline: str = "\n"
    flow: dict[str, bool] = field(default_factory=dict)


def style_of(source: SourceText, root: Node) -> FileStyle:
    """The habits of a file; where it shows none, the usual ones."""
    style = FileStyle(newline=source.newline)
    found: dict[str, int] = {}
    for key, value, column in _collections(source, root):
        style.flow.setdefault(key, value.style == "flow")
        if value.style == "flow" and value.entries:
            found.setdefault("brace", value.entries[0].key.start - value.start - 1)
        elif value.style == "block" and value.entries:
            found.setdefault("step", source.column(value.start) - column)
        elif value.style == "block" and value.items:
            dashes = dash_offsets(source, value)
            found.setdefault("dash", source.column(dashes[0]) - column)
            if value.items[0].entries:
                found.setdefault("inner", value.items[0].start - dashes[0])
                _see_gap(found, source, value, dashes)
    style.step = max(1, found.get("step", 2))
    style.dash, style.inner = found.get("dash", 2), max(2, found.get("inner", 2))
    style.gap, style.brace = found.get("gap", 0), " " if found.get("brace") == 1 else ""
    longest = max(map(len, source.text.splitlines()), default=0)
    style.width = min(max(longest, _NARROWEST), _WIDEST)
    return style


def _see_gap(found: dict[str, int], source: SourceText, value: Node, dashes: list[int]) -> None:
    if len(dashes) > 1 and value.items[0].style == "block":
        found.setdefault("gap", source.blank_between(value.items[0].end, dashes[1]))


def _collections(source: SourceText, node: Node) -> Iterator[tuple[str, Node, int]]:
    """All mappings and lists below a node that stand after a key, with the key and its column."""
    for entry in node.entries:
        if isinstance(entry.value.data, dict | list):
            yield entry.key.data, entry.value, source.column(entry.key.start)
        yield from _collections(source, entry.value)
    for item in node.items:
        yield from _collections(source, item)


def dash_offsets(source: SourceText, node: Node) -> list[int]:
    """Where the hyphens of a list's elements stand: behind nothing but spaces, before the element."""
    found, at = [], node.start
    for item in node.items:
        at = _next_dash(source.text, at, item.start)
        found.append(at)
        at = item.end
    return found


def _next_dash(text: str, start: int, end: int) -> int:
    """The hyphen between two values, past any comments there."""
    at = start
    while at < end:
        if text[at] == "#":
            while at < end and text[at] not in "\r\n":
                at += 1
        elif text[at] == "-":
            return at
        at += 1
    raise ValueError("a list's element without a hyphen")
