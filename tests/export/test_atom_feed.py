"""Atom feeds are valid by the schema of the format and for feedparser, with any texts."""

from __future__ import annotations

import datetime
import html
import re
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import feedparser
import pytest
from lxml import etree

from charterbook.compare import compare
from charterbook.export.atom_feed import Feed, FeedEntry, as_atom, html_lists, html_of, urn
from tests.golden import comparison
from tests.test_diff import charter, service

SCHEMA = etree.RelaxNG(etree.parse(str(Path(__file__).parent / "atom.rng")))

#: Attacks by a commit, its author or a charter on a feed and its readers.
HOSTILE = (
    "</title></feed>]]><script>alert(1)</script>&amp;&lt; \x00\x08\x0b\x1b[2J\ufffe\uffff\ud800 \u202e\r\n"
    "<img src=x onerror=alert(2)> \"'>"
)

DAY = datetime.datetime(2026, 7, 14, 10, 36, tzinfo=ZoneInfo("Europe/Berlin"))
ENTRY = FeedEntry(
    id=urn("entry", "1"),
    title="2026-Q3: Cut 12 %",
    date=DAY,
    author="Ada",
    link="https://example.com/2026-Q3/changes/",
    summary="The budget is less",
    content="<p>The budget is <em>less</em></p>",
)
FEED = Feed(
    id=urn("feed"),
    title="Charter: changes",
    author="Quillmere",
    language="en",
    date=DAY,
    link="https://example.com/latest/",
    own="https://example.com/feed.xml",
    entries=[ENTRY],
)


def checked(text: str) -> feedparser.FeedParserDict:
    """Feedparser's result for a feed that it and the schema find valid."""
    SCHEMA.assertValid(etree.fromstring(text.encode()))
    found = feedparser.parse(text.encode(), sanitize_html=False, resolve_relative_uris=False)
    assert not found.bozo, found.bozo_exception
    assert found.version == "atom10"
    assert all("author" in entry for entry in found.entries) or "author" in found.feed
    return found


def test_a_feed_has_the_given_entries() -> None:
    """Ids, titles, dates with their time zone, authors, links and content."""
    found = checked(as_atom(FEED))
    assert (found.feed.id, found.feed.title, found.feed.language) == (FEED.id, FEED.title, "en")
    assert found.feed.updated == "2026-07-14T10:36:00+02:00"
    assert {link.rel: link.href for link in found.feed.links} == {"alternate": FEED.link, "self": FEED.own}
    (entry,) = found.entries
    assert (entry.id, entry.title, entry.author) == (ENTRY.id, ENTRY.title, "Ada")
    assert (entry.link, entry.summary) == (ENTRY.link, ENTRY.summary)
    assert entry.published == entry.updated == "2026-07-14T10:36:00+02:00"
    assert (entry.content[0].type, entry.content[0].value) == ("text/html", ENTRY.content)


def test_a_feed_without_entries_is_valid() -> None:
    """It has an author and a date."""
    assert checked(as_atom(replace(FEED, entries=[]))).entries == []


def test_the_schema_finds_mistakes() -> None:
    """A feed without an id or with an invalid date is invalid."""
    text = as_atom(FEED)
    for broken in (text.replace(f"<id>{FEED.id}</id>", "", 1), text.replace("10:36:00", "10:36", 1)):
        assert broken != text
        assert not SCHEMA.validate(etree.fromstring(broken.encode()))


def test_hostile_texts_stay_texts() -> None:
    """No markup leaves its element, and characters that XML forbids are left out."""
    entry = replace(
        ENTRY, title=HOSTILE, author=HOSTILE, summary=HOSTILE, link="https://example.com/?a=1&b=<2>"
    )
    text = as_atom(replace(FEED, title=HOSTILE, author=HOSTILE, entries=[entry]))
    found = checked(text)
    shown = "</title></feed>]]><script>alert(1)</script>&amp;&lt;"
    for value in (found.feed.title, found.feed.author, found.entries[0].title, found.entries[0].author):
        assert value.startswith(shown)
        assert re.fullmatch("[\x20-\x7e]*", value), "control characters, bidi signs and line ends are gone"
    assert found.entries[0].link == "https://example.com/?a=1&b=<2>"
    assert [element.tag for element in etree.fromstring(text.encode()).iter("{*}script")] == []


def test_hostile_changes_are_escaped_twice() -> None:
    """As HTML and as XML: a reader that shows the content shows the charter's words."""
    hostile = HOSTILE.replace("\ud800", "")
    old = charter(services=[service("a", summary="Plain words, and more of them.")])
    new = charter(
        services=[service("a", summary=f"Plain words, {hostile}", name=hostile[:60])], change_note=hostile
    )
    found = checked(as_atom(replace(FEED, entries=[replace(ENTRY, content=html_of(compare(old, new)))])))
    content = found.entries[0].content[0].value
    assert set(re.findall(r"<([a-z0-9]+)", content)) <= {
        "p",
        "h3",
        "ul",
        "li",
        "em",
        "strong",
        "blockquote",
        "ins",
        "del",
        "br",
    }
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in content
    assert set(re.findall(r"<[a-z0-9]+ ", content)) == set(), "nothing has attributes"


def test_changes_show_severity_and_changed_words() -> None:
    """By section, as in other formats; changed words also have signs."""
    content = html_of(comparison("2026-Q2", "2026-Q3"))
    assert "<h3>Funding</h3>" in content
    assert "<li><em>commitment</em> · The whole budget is now $396,000, was $450,000 (−12%)</li>" in content
    assert "Why this version:" in content
    assert re.search(r"<blockquote>.*<del>−.*<ins>\+.*</blockquote>", content)


def test_lists_leave_out_what_is_empty() -> None:
    """A heading always has elements below it."""
    text = html_lists("The <first>", [("Services", ["A & B"]), ("Roles", [])])
    assert html.unescape(text) == "<p>The <first></p>\n<h3>Services</h3>\n<ul>\n<li>A & B</li>\n</ul>"
    assert "<first>" not in text


def test_ids_are_uuids_of_their_parts() -> None:
    """Equal parts give the same id in every release."""
    assert urn("entry", "feed.xml", "a", "b", "0") == "urn:uuid:10191b15-61c7-5243-861f-17df9b5c9309"
    assert urn("a", "b") != urn("ab") != urn("b", "a")


@pytest.mark.parametrize(
    ("zone", "expected"),
    [("UTC", "1970-01-02T00:00:00+00:00"), ("Africa/Monrovia", "1970-01-02T00:00:00+00:00")],
)
def test_historical_time_zones_give_valid_timestamps(zone: str, expected: str) -> None:
    """Liberia's offset was 44 minutes and 30 seconds; timestamps have offsets without seconds."""
    day = datetime.datetime(1970, 1, 2, tzinfo=datetime.UTC).astimezone(ZoneInfo(zone))
    found = checked(as_atom(replace(FEED, date=day)))
    assert found.feed.updated == expected


@pytest.mark.long
def test_an_entry_has_a_limit() -> None:
    """Long texts are left out first, then changes, and the entry says so; its HTML stays whole."""
    services = [
        {"id": f"s{number}", "name": f"S{number}", "summary": f"s {number} " * 900} for number in range(60)
    ]
    other = [one | {"summary": f"z {one['id']} " * 900} for one in services]
    long = compare(charter(services=services), charter(services=other))
    content = html_of(long)
    assert len(content) < 25_000
    assert "The changed texts are too long to show here" in content
    assert content.count("<ul>") == content.count("</ul>")
    many = [{"id": f"t{number}", "name": "T" * 180, "summary": "t"} for number in range(400)]
    content = html_of(compare(charter(), charter(services=many)))
    assert len(content) < 25_000
    assert "There are more changes than fit here" in content
    first = html_lists("First", [("Services", ["x" * 200] * 1_000)])
    assert len(first) < 25_000
    assert "<li>…</li>" in first
