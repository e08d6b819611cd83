"""Write new values as YAML, in the style of the target file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from charterbook.charter.base import Part
from charterbook.charter.model_shape import Shape, shapes
from charterbook.propose.file_style import FileStyle
from charterbook.propose.scalar_style import ScalarPosition, write_scalar


class YamlWriter:
    """Writer of mappings, lists and scalars; the second and later lines are indented for their position."""

    def __init__(self, style: FileStyle) -> None:
        self.style = style

    def spot(self, column: int, at: int = 0, *, flow: bool = False) -> ScalarPosition:
        """The position of a scalar that starts at `at`, after a key or hyphen in a column."""
        style = self.style
        return ScalarPosition(column, column + style.step, at, style.width, style.newline, flow)

    def flow(self, value: Any) -> str:
        """A value in flow style."""
        if isinstance(value, Mapping):
            inner = ", ".join(f"{key_text(key)}: {self.flow(inside)}" for key, inside in value.items())
            space = self.style.brace if inner else ""
            return f"{{{space}{inner}{space}}}"
        if isinstance(value, list | tuple):
            return f"[{', '.join(map(self.flow, value))}]"
        return write_scalar(value, self.spot(0, flow=True))

    def entry(self, key: str, value: Any, shape: Shape | None, column: int) -> str:
        """A key with its value."""
        name = key_text(key)
        if not isinstance(value, Mapping | list):
            return f"{name}: {write_scalar(value, self.spot(column, column + len(name) + 2))}"
        if self._uses_flow_style(key, value, shape, column):
            return f"{name}: {self.flow(value)}"
        return f"{name}:{self.below(value, shape, column)}"

    def below(self, value: Mapping[str, Any] | Sequence[Any], shape: Shape | None, column: int) -> str:
        """A mapping or list in the lines below its key, starting with a line break."""
        newline = self.style.newline
        if isinstance(value, Mapping):
            inner = column + self.style.step
            return newline + " " * inner + self.mapping(value, shape.part if shape else None, inner)
        dash = column + self.style.dash
        gap = newline * (1 + self.style.gap * any(isinstance(element, Mapping) for element in value))
        elements = (" " * dash + self.element(element, shape, dash) for element in value)
        return newline + gap.join(elements)

    def mapping(self, value: Mapping[str, Any], part: type[Part] | None, column: int) -> str:
        """The keys of a block mapping, the first one without indentation."""
        known = shapes(part) if part else {}
        lines = (self.entry(key, inner, known.get(key), column) for key, inner in value.items())
        return (self.style.newline + " " * column).join(lines)

    def element(self, value: Any, shape: Shape | None, dash: int) -> str:
        """An element of a list, including its hyphen."""
        if isinstance(value, Mapping) and value:
            inner = dash + self.style.inner
            return (
                "-" + " " * (self.style.inner - 1) + self.mapping(value, shape.part if shape else None, inner)
            )
        if isinstance(value, Mapping | list):
            return f"- {self.flow(value)}"
        return f"- {write_scalar(value, self.spot(dash, dash + 2))}"

    def _uses_flow_style(self, key: str, value: Any, shape: Shape | None, column: int) -> bool:
        """Whether to use flow style: as elsewhere in the file, else for short lists of words."""
        if not value:
            return True
        words_only = isinstance(value, list) and not any(isinstance(one, Mapping | list) for one in value)
        short = words_only and not (shape and shape.kind == "text")
        if not self.style.flow.get(key, short):
            return False
        text = self.flow(value)
        return "\\n" not in text and column + len(key) + 2 + len(text) <= self.style.width


def key_text(key: str) -> str:
    """A key as written; keys outside the model can need quotes."""
    return write_scalar(key, ScalarPosition(0, 2, flow=True))
