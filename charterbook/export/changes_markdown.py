"""A comparison as Markdown, for a pull request's comment. Nothing of a charter is markup in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from charterbook.compare import Comparison, Segment, Statement
from charterbook.export.changes_words import ChangeWords, shortened
from charterbook.problems import escape_terminal

_SIGNS = re.compile(r"[\\`*_\[\]|~!$#{}]")
_ADDRESS = re.compile(r":(?=//)|(?<=www)\.")

#: What forges make a link of once Markdown is done, so that a backslash does not help: @someone, #12, GH-12.
_CALL = re.compile(r"@|(?:#|\bGH-)(?=[0-9])", re.IGNORECASE)
#: Stands behind such a sign so that nobody and no issue is called by a charter's words.
_NOBODY = "\N{WORD JOINER}"


def as_markdown(comparison: Comparison) -> str:
    """A heading, the sum, what matters most, and a list for each section; each line ended."""
    return "".join(f"{line}\n" for line in _lines(comparison, ChangeWords(comparison)))


def _lines(comparison: Comparison, said: ChangeWords) -> Iterator[str]:
    yield from (f"## {escaped(said.title)}", "", said.count)
    if comparison.change_note:
        yield from ("", f"**{said.note}:** {escaped(comparison.change_note)}")
    if comparison.important:
        yield from ("", f"**{said.important}:**", "")
        yield from (f"- {escaped(statement.sentence)}" for statement in comparison.important)
    for title, groups in said.sections():
        yield from ("", f"### {title}", "")
        for group in groups:
            if group.title is not None:
                yield f"- {escaped(group.title)}"
            for statement in group.statements:
                yield from _statement(statement, said, "" if group.title is None else "  ")
    if comparison.likely and not comparison.narrowed:
        yield from ("", f"**{said.guesses}:**", "")
        yield from (f"- {escaped(said.guess(likely))}" for likely in comparison.likely)
    if comparison.statements and not comparison.narrowed:
        yield from ("", said.unchanged)


def _statement(statement: Statement, said: ChangeWords, indent: str) -> Iterator[str]:
    yield f"{indent}- *{said.severity(statement.severity)}* · {escaped(statement.sentence)}"
    if statement.segments:
        yield from ("", f"{indent}  > {marked(statement.segments)}", "")


def marked(segments: Sequence[Segment]) -> str:
    """Changed words between <del> and <ins>, and between signs where those are not shown."""
    signs = {"equal": ("", ""), "del": ("<del>\\[−", "−]</del>"), "ins": ("<ins>\\{+", "+}</ins>")}
    return "".join(
        f"{signs[segment.kind][0]}{escaped(segment.text)}{signs[segment.kind][1]}"
        for segment in shortened(segments)
    )


def escaped(text: str) -> str:
    """A text that Markdown shows as it is, in one line: no markup, no HTML, no links, nothing called."""
    text = escape_terminal(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _ADDRESS.sub(lambda sign: f"\\{sign[0]}", _SIGNS.sub(r"\\\g<0>", text))
    return _CALL.sub(rf"\g<0>{_NOBODY}", text)
