"""The syntax tree of a charter's text, with the offsets of each value, for edits in place.

Only for text without errors by `compose_data`, so there are no anchors, tags or duplicate keys.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import yaml

from charterbook.load.compose import LOADER
from charterbook.load.yaml_scalars import resolve

Style = Literal["plain", "single", "double", "literal", "folded", "flow", "block"]

_SCALARS: dict[str | None, Style] = {"'": "single", '"': "double", "|": "literal", ">": "folded"}
_TRAILING_BREAKS = re.compile(r"(?:\r\n|\n|\r)[ \t\r\n]*\Z")
_LAST_BREAK = re.compile(r"(?:\r\n|\n|\r)[ \t]*\Z")
_KEEPS = re.compile(r"[|>][0-9]?\+")


@dataclass(slots=True)
class Node:
    """A value with its offsets in the text, from the first character to after the last one.

    A mapping has `entries`, a list has `items`; `data` is the value as plain data.
    """

    start: int
    end: int
    style: Style
    data: Any
    entries: list[KeyValue] = field(default_factory=list)
    items: list[Node] = field(default_factory=list)


class KeyValue(NamedTuple):
    """A key of a mapping and its value."""

    key: Node
    value: Node


@dataclass(slots=True)
class _OpenNode:
    """A mapping or list without its end event yet."""

    node: Node
    key: Node | None = None

    def take(self, value: Node) -> None:
        if isinstance(self.node.data, list):
            self.node.items.append(value)
            self.node.data.append(value.data)
        elif self.key is None:
            self.key = value
        else:
            self.node.entries.append(KeyValue(self.key, value))
            self.node.data[self.key.data] = value.data
            self.key = None


def tree(text: str) -> Node:
    """The root node of a text with one document."""
    stack: list[_OpenNode] = []
    root = Node(0, 0, "block", None)
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.CollectionEndEvent):
            _close(stack.pop().node, event)
        elif isinstance(event, yaml.NodeEvent):
            awaits_key = bool(stack) and isinstance(stack[-1].node.data, dict) and stack[-1].key is None
            node = _node(event, text, is_key=awaits_key)
            if stack:
                stack[-1].take(node)
            else:
                root = node
            if isinstance(event, yaml.CollectionStartEvent):
                stack.append(_OpenNode(node))
    return root


def _close(node: Node, event: yaml.Event) -> None:
    """Set the end of a node. The parser reports a block's end at the next token, so the last value's end is used."""
    if node.style == "flow":
        node.end = _index(event.end_mark)
    elif node.entries:
        node.start, node.end = node.entries[0].key.start, node.entries[-1].value.end
    elif node.items:
        node.end = node.items[-1].end


def _node(event: yaml.NodeEvent, text: str, *, is_key: bool) -> Node:
    start, end = _index(event.start_mark), _index(event.end_mark)
    if not isinstance(event, yaml.ScalarEvent):
        assert isinstance(event, yaml.CollectionStartEvent)
        empty: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        return Node(start, end, "flow" if event.flow_style else "block", empty)
    style = _SCALARS.get(event.style, "plain")
    if style in ("literal", "folded"):
        breaks = _LAST_BREAK if _KEEPS.match(text, start) else _TRAILING_BREAKS
        end = start + len(breaks.sub("", text[start:end]))
    plain = event.implicit[0] and not is_key
    return Node(start, end, style, resolve(event.value).value if plain else event.value)


def _index(mark: Any) -> int:
    return int(mark.index)
