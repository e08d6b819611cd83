"""A comparison as Markdown, for a comment on a pull request. Texts of a charter never become markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from charterbook.compare import Comparison, Segment, Statement
from charterbook.export.changes_words import ChangeWords, shortened
from charterbook.problems import escape_terminal
from charterbook.text_direction import isolated

_SIGNS = re.compile(r"[\\`*_\[\]|~!$#{}]")
_ADDRESS = re.compile(r":(?=//)|(?<=www)\.")
#: Markup at the beginning of a line: lists, underlines of headings, and actions of GitLab such as /close.
_LINE_START = re.compile(r"^(\s*[0-9]{1,9}(?=[.)](?:\s|$))|\s*(?=[+-](?:[\s+-]|$)|[=/]))")

#: References that forges link after Markdown, unaffected by a backslash: @user, #12, GH-12; at GitLab also !12, $12, &12,
#: ~label, %milestone, ^alert#1, *iteration:1 and [vulnerability:1]; :emoji:, and hashes of commits.
_REFERENCE = re.compile(
    r"@|[#!$&](?=[0-9])|[~%](?=[\w\"])|\^(?=alert)|\*(?=iteration)|\[(?=\w+:)|:(?=[a-z+-][\w+-]*:)|\bGH-(?=[0-9])"
    r"|(?<![0-9a-z])[0-9a-f]{7,}(?![0-9a-z])",
    re.IGNORECASE,
)
#: Number of digits of a hash before a break: forges link hashes of seven digits and more.
_DIGITS = re.compile(r"[0-9a-f]{6}(?=[0-9a-f])", re.IGNORECASE)
#: Inserted into a reference after its first characters, so that charter text mentions no account, issue or commit.
REFERENCE_BREAK = "\N{WORD JOINER}"


def as_markdown(comparison: Comparison) -> str:
    """A heading, the counts, the most important changes, and a list for each section; with a final newline."""
    return "".join(f"{line}\n" for line in _lines(comparison, ChangeWords(comparison)))


def _lines(comparison: Comparison, words: ChangeWords) -> Iterator[str]:
    yield from (f"## {escaped(words.title)}", "", words.count)
    for label, reason in words.reasons:
        yield from ("", f"**{escaped(label)}:** {escaped(reason)}")
    if comparison.important:
        yield from ("", f"**{words.important}:**", "")
        yield from (f"- {isolated(escaped(statement.sentence))}" for statement in comparison.important)
    for title, groups in words.sections():
        yield from ("", f"### {title}", "")
        for group in groups:
            if group.title is not None:
                yield f"- {escaped(group.title)}"
            for statement in group.statements:
                yield from _statement(statement, words, "" if group.title is None else "  ")
    if comparison.likely and not comparison.narrowed:
        yield from ("", f"**{words.guesses}:**", "")
        yield from (f"- {escaped(words.guess(likely))}" for likely in comparison.likely)
    if words.unchanged:
        yield from ("", words.unchanged)


def _statement(statement: Statement, words: ChangeWords, indent: str) -> Iterator[str]:
    yield f"{indent}- *{words.severity(statement.severity)}* · {isolated(escaped(statement.sentence))}"
    if statement.segments:
        yield from ("", f"{indent}  > {marked(statement.segments)}", "")


def marked(segments: Sequence[Segment]) -> str:
    """A word diff as <del> and <ins>, with signs for renderers that do not show these."""
    signs = {"equal": ("", ""), "del": ("<del>\\[−", "−]</del>"), "ins": ("<ins>\\{+", "+}</ins>")}
    return "".join(
        f"{signs[segment.kind][0]}{escaped(segment.text)}{signs[segment.kind][1]}"
        for segment in shortened(segments)
    )


def escaped(text: str) -> str:
    """A text in one line, escaped for Markdown: no markup, no HTML, no links, no mentions."""
    text = (
        without_references(escape_terminal(text))
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
    )
    text = _ADDRESS.sub(lambda sign: f"\\{sign[0]}", _SIGNS.sub(r"\\\g<0>", text))
    return _LINE_START.sub(r"\g<0>\\", text)


def without_references(text: str) -> str:
    """A text with an invisible break in everything that a forge would read as a reference."""
    return _REFERENCE.sub(lambda found: _broken(found[0]), text)


def _broken(reference: str) -> str:
    if _DIGITS.match(reference):
        return _DIGITS.sub(rf"\g<0>{REFERENCE_BREAK}", reference)
    return f"{reference}{REFERENCE_BREAK}"
