"""A comparison as a self-contained HTML page. Texts of a charter never become markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from charterbook.compare import Comparison, Segment, Statement
from charterbook.export.changes_words import ChangeWords, StatementGroup
from charterbook.problems import escape_terminal
from charterbook.text_direction import isolated

_STYLE = (
    ":root{color-scheme:light dark}"
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "li{margin:.4rem 0}small{border:1px solid;border-radius:.3rem;padding:0 .3rem}"
    "p.words{margin:.2rem 0 .6rem;border-left:.2rem solid;padding-left:.6rem;white-space:pre-line}"
    "ins{text-decoration:underline;font-weight:bold}del{text-decoration:line-through}"
)


def as_html(comparison: Comparison) -> str:
    """The whole page with a final newline. Each change is a list element with its fingerprint as id."""
    words = ChangeWords(comparison)
    head = (
        "<!doctype html>",
        f'<html lang="{comparison.language}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{isolated(safe(words.title))}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        "<main>",
    )
    lines = [*head, *_body(comparison, words), "</main>", "</body>", "</html>"]
    return "".join(f"{line}\n" for line in lines)


def _body(comparison: Comparison, words: ChangeWords) -> Iterator[str]:
    yield f"<h1>{isolated(safe(words.title))}</h1>"
    yield f"<p>{safe(words.count)}</p>"
    for label, reason in words.reasons:
        yield f"<p><strong>{safe(label)}:</strong> {safe(reason)}</p>"
    if comparison.important:
        yield f"<h2>{safe(words.important)}</h2>"
        links = (
            f'<a href="#change-{statement.fingerprint}">{isolated(safe(statement.sentence))}</a>'
            for statement in comparison.important
        )
        yield from _list(links)
    for title, groups in words.sections():
        yield f"<h2>{safe(title)}</h2>"
        yield "<ul>"
        for group in groups:
            yield from _group(group, words)
        yield "</ul>"
    if comparison.likely and not comparison.narrowed:
        yield f"<h2>{safe(words.guesses)}</h2>"
        yield from _list(safe(words.guess(likely)) for likely in comparison.likely)
    if words.unchanged:
        yield f"<p>{safe(words.unchanged)}</p>"


def _list(elements: Iterator[str]) -> Iterator[str]:
    yield "<ul>"
    yield from (f"<li>{element}</li>" for element in elements)
    yield "</ul>"


def _group(group: StatementGroup, words: ChangeWords) -> Iterator[str]:
    """The list elements of a group; nested below a title if it has one."""
    if group.title is not None:
        yield f"<li>{safe(group.title)}<ul>"
    for statement in group.statements:
        yield from _statement(statement, words)
    if group.title is not None:
        yield "</ul></li>"


def _statement(statement: Statement, words: ChangeWords) -> Iterator[str]:
    severity = f"<small>{safe(words.severity(statement.severity))}</small>"
    yield f'<li id="change-{statement.fingerprint}">{severity} {isolated(safe(statement.sentence))}'
    if statement.segments:
        yield f'<p class="words">{marked(statement.segments)}</p>'
    yield "</li>"


def marked(segments: Sequence[Segment]) -> str:
    """A word diff as <ins> and <del>, with signs that are visible without colours and styles."""
    signs = {"equal": ("", ""), "del": ("<del>−", "</del>"), "ins": ("<ins>+", "</ins>")}
    return "".join(
        f"{signs[segment.kind][0]}{_safe_lines(segment.text)}{signs[segment.kind][1]}" for segment in segments
    )


def _safe_lines(text: str) -> str:
    return "\n".join(safe(line) for line in text.split("\n"))


def safe(text: str) -> str:
    """A text in one line, escaped for HTML."""
    return escape(escape_terminal(text))
