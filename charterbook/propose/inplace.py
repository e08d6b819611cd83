"""Replace a scalar in its own style, with its trailing comment unchanged."""

from __future__ import annotations

from typing import Any, NamedTuple

from charterbook.charter.model_shape import Shape
from charterbook.load.syntax_tree import Node, Style
from charterbook.propose.scalar_style import ScalarPosition, write_scalar
from charterbook.propose.text_edits import Edit, SourceText
from charterbook.propose.yaml_writer import YamlWriter


class Slot(NamedTuple):
    """The position of a value: the column of its key or hyphen, and the offset after its colon or hyphen."""

    column: int
    after: int
    flow: bool = False
    shape: Shape | None = None


def scalar_edits(source: SourceText, writer: YamlWriter, node: Node, target: Any, slot: Slot) -> list[Edit]:
    """The edits that replace a scalar by a value."""
    spot = _spot(source, writer, node, slot)
    head, *lines = source.text[node.start : node.end].splitlines()
    if node.style in ("literal", "folded"):
        return [Edit(node.start, node.end, _block(source, spot, node, target, head, lines))]
    style = node.style if slot.flow else _style(source, writer, node, target, lines)
    new = write_scalar(target, spot, style)
    first, newline, rest = new.partition(source.newline)
    end = source.line_end(node.end)
    if not newline or node.end == end:
        return [Edit(node.start, node.end, new)]
    return [Edit(node.start, node.end, first), Edit(end, end, newline + rest)]


def _style(source: SourceText, writer: YamlWriter, node: Node, target: Any, more: list[str]) -> Style:
    """The style of the old scalar; a scalar over several lines can be folded."""
    long = len(str(target)) + source.column(node.start) > writer.style.width
    return "plain" if more and long else node.style


def _block(
    source: SourceText, spot: ScalarPosition, node: Node, target: Any, head: str, lines: list[str]
) -> str:
    """A block scalar with | or > rewritten, with its indentation and the comment after its header."""
    filled = [line for line in lines if line.strip()]
    inner = min((len(line) - len(line.lstrip(" ")) for line in filled), default=spot.inner)
    width = max([spot.width, *map(len, filled)])
    dedented = [line[inner:] for line in lines]
    even = not any(line[:1] in (" ", "\t") for line in dedented)
    new = write_scalar(target, spot._replace(inner=inner, width=width), node.style, dedented if even else ())
    first, newline, rest = new.partition(source.newline)
    comment = head[len(head.split(maxsplit=1)[0]) :]
    return first + comment + newline + rest


def _spot(source: SourceText, writer: YamlWriter, node: Node, slot: Slot) -> ScalarPosition:
    """The position of a scalar; lines can be as long as its present line."""
    spot = writer.spot(slot.column, source.column(node.start), flow=slot.flow)
    last = node.end >= len(source.text.rstrip(" "))
    long = source.line_end(node.start) == source.line_end(node.end)
    return spot._replace(last=last, width=max(spot.width, (spot.at + node.end - node.start) * long))
