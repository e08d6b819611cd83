"""A comparison as text, Markdown, HTML or JSON. All of it is harmless to print and to publish.

`render` is the public API; the other formats have files of their own: `changes_markdown`, `changes_html`,
`changes_json`. In text, changed words stand between [-…-] (gone) and {+…+} (new).
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence

from charterbook.compare import Comparison, Segment, Statement
from charterbook.export.changes_html import as_html
from charterbook.export.changes_json import as_json
from charterbook.export.changes_markdown import as_markdown
from charterbook.export.changes_words import ChangeWords, shortened
from charterbook.problems import escape_terminal

#: How long a line of text may be, in characters.
_WIDTH = 110


def render(comparison: Comparison, format: str = "text") -> str:  # noqa: A002
    """A comparison in one of `FORMATS`, each line ended. Raises KeyError for another format."""
    return FORMATS[format](comparison)


def _text(comparison: Comparison) -> str:
    return "".join(f"{line}\n" for line in _lines(comparison, ChangeWords(comparison)))


def _lines(comparison: Comparison, said: ChangeWords) -> Iterator[str]:
    yield escape_terminal(said.title)
    yield said.count
    if comparison.change_note:
        yield ""
        yield from wrapped(f"{said.note}: {comparison.change_note}", "")
    if comparison.important:
        yield from ("", said.important)
        for statement in comparison.important:
            yield from wrapped(statement.sentence, "  ")
    yield from _sections(said)
    yield from _rest(comparison, said)


def _sections(said: ChangeWords) -> Iterator[str]:
    width = max(map(len, said.severities))
    for title, groups in said.sections():
        yield from ("", title)
        for group in groups:
            if group.title is not None:
                yield f"  {escape_terminal(group.title)}:"
            for statement in group.statements:
                yield from _statement(statement, said, width, "  " if group.title is None else "    ")


def _statement(statement: Statement, said: ChangeWords, width: int, indent: str) -> Iterator[str]:
    yield from wrapped(statement.sentence, f"{indent}{said.severity(statement.severity):{width}}  ")
    if statement.segments:
        yield from wrapped(signed(statement.segments), " " * (width + 4 + len(indent)))


def _rest(comparison: Comparison, said: ChangeWords) -> Iterator[str]:
    if comparison.likely and not comparison.narrowed:
        yield from ("", f"{said.guesses}:")
        yield from (f"  {escape_terminal(said.guess(likely))}" for likely in comparison.likely)
    if comparison.statements and not comparison.narrowed:
        yield from ("", said.unchanged)


def signed(segments: Sequence[Segment]) -> str:
    """Changed words between signs, with the words beside them."""
    signs = {"equal": ("", ""), "del": ("[-", "-]"), "ins": ("{+", "+}")}
    return "".join(
        f"{signs[segment.kind][0]}{segment.text}{signs[segment.kind][1]}" for segment in shortened(segments)
    )


def wrapped(text: str, start: str) -> list[str]:
    """A text in lines, the later ones under the beginning of the first."""
    text = escape_terminal(text).replace("\N{NO-BREAK SPACE}", "\0")
    lines = textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=start,
        subsequent_indent=" " * len(start),
        break_on_hyphens=False,
        break_long_words=False,
    )
    return [line.replace("\0", "\N{NO-BREAK SPACE}") for line in lines]


FORMATS: Mapping[str, Callable[[Comparison], str]] = {
    "text": _text,
    "markdown": as_markdown,
    "json": as_json,
    "html": as_html,
}
