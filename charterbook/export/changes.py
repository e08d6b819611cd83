"""A comparison as text, Markdown, HTML or JSON, safe to print and to publish.

`render` is the public API; the other formats are in `changes_markdown`, `changes_html` and `changes_json`. In text,
changed words are between [-…-] (removed) and {+…+} (added).
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

#: Maximum length of a line of text, in characters.
_WIDTH = 110


def render(comparison: Comparison, format: str = "text") -> str:  # noqa: A002
    """A comparison in one of `FORMATS`, with a final newline. Raises KeyError for an unknown format."""
    return FORMATS[format](comparison)


def _text(comparison: Comparison) -> str:
    return "".join(f"{line}\n" for line in _lines(comparison, ChangeWords(comparison)))


def _lines(comparison: Comparison, words: ChangeWords) -> Iterator[str]:
    yield escape_terminal(words.title)
    yield words.count
    for label, reason in words.reasons:
        yield ""
        yield from wrapped(f"{label}: {reason}", "")
    if comparison.important:
        yield from ("", words.important)
        for statement in comparison.important:
            yield from wrapped(statement.sentence, "  ")
    yield from _sections(words)
    yield from _rest(comparison, words)


def _sections(words: ChangeWords) -> Iterator[str]:
    width = max(map(len, words.severities))
    for title, groups in words.sections():
        yield from ("", title)
        for group in groups:
            if group.title is not None:
                yield f"  {escape_terminal(group.title)}:"
            for statement in group.statements:
                yield from _statement(statement, words, width, "  " if group.title is None else "    ")


def _statement(statement: Statement, words: ChangeWords, width: int, indent: str) -> Iterator[str]:
    yield from wrapped(statement.sentence, f"{indent}{words.severity(statement.severity):{width}}  ")
    if statement.segments:
        yield from wrapped(with_diff_signs(statement.segments), " " * (width + 4 + len(indent)))


def _rest(comparison: Comparison, words: ChangeWords) -> Iterator[str]:
    if comparison.likely and not comparison.narrowed:
        yield from ("", f"{words.guesses}:")
        yield from (f"  {escape_terminal(words.guess(likely))}" for likely in comparison.likely)
    if words.unchanged:
        yield from ("", words.unchanged)


def with_diff_signs(segments: Sequence[Segment]) -> str:
    """A word diff as text with signs, and context around the changes."""
    signs = {"equal": ("", ""), "del": ("[-", "-]"), "ins": ("{+", "+}")}
    return "".join(
        f"{signs[segment.kind][0]}{segment.text}{signs[segment.kind][1]}" for segment in shortened(segments)
    )


def wrapped(text: str, start: str) -> list[str]:
    """Wrap a text, with later lines indented to the start of the text in the first."""
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
