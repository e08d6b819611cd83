"""A document as data: blocks without a format. Its texts are untrusted: writers escape them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from charterbook.frozen_dataclass import dataclass


@dataclass(frozen=True)
class Run:
    """A piece of text in one style. `link` is an absolute http, https or mailto address."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str | None = None


#: A text on one or more lines.
Inline = tuple[Run, ...]


@dataclass(frozen=True)
class HeadingBlock:
    """A heading; a section has level 1. `link` is the address of its page."""

    level: int
    text: str
    link: str | None = None


@dataclass(frozen=True)
class ParagraphBlock:
    """A paragraph. `label` is a bold word before it."""

    runs: Inline
    label: str = ""
    style: Literal["", "lead", "note"] = ""


@dataclass(frozen=True)
class ListBlock:
    """A list; each entry has blocks."""

    entries: tuple[tuple[Block, ...], ...]
    ordered: bool = False


@dataclass(frozen=True)
class Code:
    """A block of code."""

    text: str


@dataclass(frozen=True)
class TableBlock:
    """A table. Its first column names the rows; `title` says what it shows. Rows `to_fill_in` have space for handwriting."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Inline, ...], ...]
    numeric: frozenset[int] = frozenset()
    to_fill_in: bool = False


@dataclass(frozen=True)
class Facts:
    """Short values with their labels."""

    pairs: tuple[tuple[str, Inline], ...]


@dataclass(frozen=True)
class ChartPoint:
    """A point of a chart: the name of its version, and its value, None if there is none."""

    name: str
    value: float | None
    words: str = ""


@dataclass(frozen=True)
class LineChart:
    """Values over the versions, with a line for the target. `alt` says in words what it shows."""

    title: str
    alt: str
    points: tuple[ChartPoint, ...]
    target: float | None = None
    target_words: str = ""


@dataclass(frozen=True)
class ShareBar:
    """Parts of a whole, each with its name, its share in percent, and the share in words."""

    title: str
    alt: str
    parts: tuple[tuple[str, float, str], ...]


Block = HeadingBlock | ParagraphBlock | ListBlock | Code | TableBlock | Facts | LineChart | ShareBar


@dataclass(frozen=True)
class PaperDocument:
    """A document. `facts` are for its first page, `footer` for each page; `link` is the page that it is about."""

    title: str
    subtitle: str
    language: str
    facts: tuple[str, ...]
    footer: str
    blocks: tuple[Block, ...]
    link: str | None = None


def plain_runs(text: str) -> Inline:
    """A text without markup."""
    return (Run(text),) if text else ()


def text_of(runs: Sequence[Run]) -> str:
    """The text of runs without their styles."""
    return "".join(run.text for run in runs)
