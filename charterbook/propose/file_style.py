"""The style of a YAML file: indentation, flow or block lists, blank lines, line length."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from charterbook.load.syntax_tree import Node
from charterbook.propose.text_edits import SourceText

#: Limits of a maximum line length read from a file.
_MIN_WIDTH, _MAX_WIDTH = 80, 120


@dataclass
class FileStyle:
    """The style for new values.

    `step` is the indentation of a mapping below its key, `dash` that of a hyphen, `inner` the distance from the
    hyphen to its element; `flow` says for a key whether its list or mapping is in flow style; `gap` is the number of
    blank lines between items.
    """

    step: int = 2
    dash: int = 2
    inner: int = 2
    gap: int = 0
    width: int = _MIN_WIDTH
    brace: str = ""
    newline: str = "\n"
    flow: dict[str, bool] = field(default_factory=dict)


def style_of(source: SourceText, root: Node) -> FileStyle:
    """The style of a file, with defaults for missing examples."""
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
                _detect_gap(found, source, value, dashes)
    style.step = max(1, found.get("step", 2))
    style.dash, style.inner = found.get("dash", 2), max(2, found.get("inner", 2))
    style.gap, style.brace = found.get("gap", 0), " " if found.get("brace") == 1 else ""
    longest = max(map(len, source.text.splitlines()), default=0)
    style.width = min(max(longest, _MIN_WIDTH), _MAX_WIDTH)
    return style


def _detect_gap(found: dict[str, int], source: SourceText, value: Node, dashes: list[int]) -> None:
    if len(dashes) > 1 and value.items[0].style == "block":
        found.setdefault("gap", source.blank_between(value.items[0].end, dashes[1]))


def _collections(source: SourceText, node: Node) -> Iterator[tuple[str, Node, int]]:
    """All mappings and lists below a node that are values of a key, with the key and its column."""
    for entry in node.entries:
        if isinstance(entry.value.data, dict | list):
            yield entry.key.data, entry.value, source.column(entry.key.start)
        yield from _collections(source, entry.value)
    for item in node.items:
        yield from _collections(source, item)


def dash_offsets(source: SourceText, node: Node) -> list[int]:
    """The offsets of the hyphens of a list's elements."""
    found, at = [], node.start
    for item in node.items:
        at = _next_dash(source.text, at, item.start)
        found.append(at)
        at = item.end
    return found


def _next_dash(text: str, start: int, end: int) -> int:
    """The hyphen between two values, after any comments."""
    at = start
    while at < end:
        if text[at] == "#":
            while at < end and text[at] not in "\r\n":
                at += 1
        elif text[at] == "-":
            return at
        at += 1
    raise ValueError("a list's element without a hyphen")
