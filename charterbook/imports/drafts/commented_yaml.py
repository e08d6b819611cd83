"""Write a draft as YAML, with the comment of each value at the end of the line on which it begins.

Placeholders are in quotation marks, as in a new charter.
"""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.imports.drafts.draft_nodes import DraftNode
from charterbook.propose.scalar_style import ScalarPosition, write_scalar
from charterbook.propose.yaml_writer import key_text

_STEP, _WIDTH = 2, 110


def yaml_text(node: DraftNode) -> str:
    """A mapping as a YAML file."""
    lines: list[str] = []
    for key, inner in node.value.items():
        lines += [""] * (bool(lines) and isinstance(inner.value, dict | list)) + _entry(key, inner, 0)
    return "\n".join(lines) + "\n"


def _entry(key: str, node: DraftNode, column: int) -> list[str]:
    name = " " * column + f"{key_text(key)}:"
    if isinstance(node.value, dict):
        return [_with(name, node.comment), *_mapping(node, column + _STEP)]
    if isinstance(node.value, list):
        if node.value and not any(isinstance(one.value, dict) or one.comment for one in node.value):
            return [_with(f"{name} [{', '.join(_flow(one) for one in node.value)}]", node.comment)]
        return [_with(name, node.comment), *_list(node, column + _STEP)]
    return _scalar(f"{name} ", node, column)


def _mapping(node: DraftNode, column: int) -> list[str]:
    return [line for key, inner in node.value.items() for line in _entry(key, inner, column)]


def _list(node: DraftNode, column: int) -> Iterator[str]:
    for one in node.value:
        if isinstance(one.value, dict):
            first, *rest = _mapping(one, column + _STEP)
            yield from [" " * column + "- " + first.lstrip(" "), *rest]
        else:
            yield from _scalar(" " * column + "- ", one, column)


def _scalar(lead: str, node: DraftNode, column: int) -> list[str]:
    spot = ScalarPosition(column, column + _STEP, len(lead), _WIDTH)
    is_marked = isinstance(node.value, str) and node.value.startswith("‹") and "\n" not in node.value
    first, *rest = write_scalar(node.value, spot, "double" if is_marked else "plain").split("\n")
    return [_with(lead + first, node.comment), *rest]


def _flow(node: DraftNode) -> str:
    return write_scalar(node.value, ScalarPosition(0, _STEP, flow=True))


def _with(line: str, comment: str) -> str:
    return f"{line}  # {comment}" if comment else line
