"""Atom feeds (RFC 4287) as text, and changes as HTML for their entries.

Texts of a charter or of git never become markup in a feed, and the output does not depend on the clock.
"""

from __future__ import annotations

import datetime
import re
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

from charterbook.compare import Comparison, Segment, Statement
from charterbook.export.changes_html import marked, safe
from charterbook.export.changes_words import ChangeWords, StatementGroup, shortened
from charterbook.frozen_dataclass import dataclass
from charterbook.problems import escape_terminal
from charterbook.text_direction import isolated

_ATOM = "http://www.w3.org/2005/Atom"

#: UUID namespace of feeds and entries. It never changes: feed readers identify entries by it.
_NAMESPACE = uuid.UUID("69481d71-ec8e-4707-a81d-f7c6d479d08d")

#: Maximum length of an entry's content, in characters. Longer content omits texts first, then changes.
_MAX_CONTENT = 20_000
#: The same of its summary.
_MAX_SUMMARY = 2_000

#: Characters that XML forbids in any form.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class FeedEntry:
    """One change. `content` is HTML, all else plain text; `summary` can be empty."""

    id: str
    title: str
    date: datetime.datetime
    author: str
    link: str
    summary: str
    content: str


@dataclass(frozen=True)
class Feed:
    """A feed: `link` is the page that it is about, `own` the address of the feed itself."""

    id: str
    title: str
    author: str
    language: str
    date: datetime.datetime
    link: str
    own: str
    entries: Sequence[FeedEntry]


def urn(*parts: str) -> str:
    """A stable name that depends on these parts alone."""
    return uuid.uuid5(_NAMESPACE, "\n".join(parts)).urn


def as_atom(feed: Feed) -> str:
    """The feed as an XML document with a final newline."""
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": feed.language})
    _text(root, "id", feed.id)
    _text(root, "title", isolated(escape_terminal(feed.title)))
    _text(root, "updated", _stamp(feed.date))
    _author(root, feed.author)
    _link(root, "alternate", feed.link, "text/html")
    _link(root, "self", feed.own, "application/atom+xml")
    for entry in feed.entries:
        _entry(ET.SubElement(root, "entry"), entry)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _entry(element: ET.Element, entry: FeedEntry) -> None:
    _text(element, "id", entry.id)
    _text(element, "title", isolated(escape_terminal(entry.title)))
    _text(element, "published", _stamp(entry.date))
    _text(element, "updated", _stamp(entry.date))
    _author(element, entry.author)
    _link(element, "alternate", entry.link, "text/html")
    if entry.summary:
        _text(element, "summary", isolated(escape_terminal(_short(entry.summary))))
    _text(element, "content", entry.content, {"type": "html"})


def _author(parent: ET.Element, name: str) -> None:
    _text(ET.SubElement(parent, "author"), "name", escape_terminal(name))


def _short(text: str) -> str:
    return text if len(text) <= _MAX_SUMMARY else f"{text[: _MAX_SUMMARY - 1]}…"


def _link(parent: ET.Element, relation: str, address: str, type_: str) -> None:
    ET.SubElement(parent, "link", {"rel": relation, "type": type_, "href": _clean(address)})


def _text(parent: ET.Element, name: str, text: str, attributes: dict[str, str] | None = None) -> None:
    ET.SubElement(parent, name, attributes or {}).text = _clean(text)


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def _stamp(moment: datetime.datetime) -> str:
    """A timestamp in RFC 3339. Offsets of historical time zones with seconds are converted to UTC."""
    offset = moment.utcoffset() or datetime.timedelta()
    whole = not offset.seconds % 60
    return (moment if whole else moment.astimezone(datetime.UTC)).isoformat(timespec="seconds")


def html_of(comparison: Comparison) -> str:
    """The changes as HTML: by section, each with severity, sentence and word diff, as many as fit in an entry."""
    words = ChangeWords(comparison)
    whole = list(_changes(comparison, words, _Limit(None), diffs=True))
    if sum(map(len, whole)) <= _MAX_CONTENT:
        return "\n".join(whole)
    shorter = _changes(comparison, words, _Limit(_MAX_CONTENT), diffs=False)
    return "\n".join([_note(words.text_left_out), *shorter])


class _Limit:
    """The number of characters left; None for no limit."""

    def __init__(self, left: int | None) -> None:
        self.left = left

    def allows(self, text: str) -> bool:
        """Whether a text still fits; if so, reserve its length."""
        if self.left is not None:
            self.left -= len(text)
        return self.left is None or self.left >= 0


def _note(text: str) -> str:
    return f"<p><em>{safe(text)}</em></p>"


def _changes(comparison: Comparison, words: ChangeWords, limit: _Limit, *, diffs: bool) -> Iterator[str]:
    yield f"<p>{safe(words.count)}</p>"
    for label, reason in words.reasons:
        yield f"<p><strong>{safe(label)}:</strong> {safe(reason[:_MAX_CONTENT])}</p>"
    for title, groups in words.sections():
        found = list(takewhile(limit.allows, (_group(group, words, diffs=diffs) for group in groups)))
        if found:
            yield _list(title, found)
        if len(found) < len(groups):
            yield _note(words.changes_left_out)
            return
    if comparison.likely and not comparison.narrowed:
        guesses = (safe(words.guess(likely)) for likely in comparison.likely)
        yield _list(words.guesses, takewhile(limit.allows, guesses))


def _group(group: StatementGroup, words: ChangeWords, *, diffs: bool) -> str:
    """Grouped statements as a list below their title; else the only statement."""
    statements = [_statement(statement, words, diffs=diffs) for statement in group.statements]
    if group.title is None:
        return "".join(statements)
    return "".join([safe(group.title), "<ul>", *(f"<li>{one}</li>" for one in statements), "</ul>"])


def _statement(statement: Statement, words: ChangeWords, *, diffs: bool) -> str:
    segments = statement.segments if diffs else ()
    return _statement_html(words.severity(statement.severity), statement.sentence, segments)


@lru_cache(maxsize=4096)
def _statement_html(severity: str, sentence: str, segments: tuple[Segment, ...]) -> str:
    """A statement as HTML, made once for all feeds that have it."""
    text = f"<em>{safe(severity)}</em> · {isolated(safe(sentence))}"
    diff = marked(shortened(segments)).replace("\n", "<br>\n")
    return f"{text}<blockquote>{diff}</blockquote>" if diff else text


def html_lists(text: str, lists: Iterable[tuple[str, Sequence[str]]]) -> str:
    """A paragraph and lists with headings as HTML, all from plain text; empty or too long lists are omitted."""
    limit = _Limit(_MAX_CONTENT)
    found = [_list(title, _fitting(elements, limit)) for title, elements in lists if elements]
    return "\n".join([f"<p>{safe(text)}</p>", *found])


def _fitting(elements: Iterable[str], limit: _Limit) -> Iterator[str]:
    """Elements as HTML, ending with … if not all fit."""
    for element in map(safe, elements):
        if not limit.allows(element):
            yield "…"
            return
        yield element


def _list(title: str, elements: Iterable[str]) -> str:
    return "\n".join([f"<h3>{safe(title)}</h3>", "<ul>", *(f"<li>{one}</li>" for one in elements), "</ul>"])
