"""Feeds of a site: content, stable ids of entries, and links from pages."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser
import pytest

from charterbook.compare import Severity
from charterbook.pages import DocsPage
from charterbook.site.edition_builder import editions
from charterbook.site.feeds import feeds, feeds_of, offered_feed
from tests.charters import minimal_charter
from tests.export.test_atom_feed import HOSTILE, checked
from tests.histories import Repo
from tests.site.handbooks import Built

DOCS = (
    DocsPage("index.md"),
    DocsPage("changes.md"),
    DocsPage("audiences/index.md", section="audiences"),
    DocsPage("audiences/each.md", for_each="audiences"),
    DocsPage("funding.md", section="funding"),
    DocsPage("section.md", for_each="sections"),
)
URL = "https://example.com/c/"
SELLERS = {"id": "sellers", "name": "Sellers"}
MANAGERS = {"id": "managers", "name": "Managers"}
ONBOARDING = {"id": "onboarding", "name": "Onboarding", "summary": "Four weeks.", "audiences": ["sellers"]}

Feeds = Mapping[str, feedparser.FeedParserDict]


def texts(
    repo: Repo,
    site_url: str | None = URL,
    severity: Mapping[str, Severity] | None = None,
    today: datetime.date = datetime.date(2026, 12, 31),
    **settings: Any,
) -> dict[str, str]:
    """The text of each feed of a repository's charter by its address."""
    published = [one for one in editions(repo.history(**settings), DOCS, today) if one.state != "draft"]
    return dict(feeds(published[-1], site_url, severity or {})) if published else {}


def read(repo: Repo, *arguments: Any, **more: Any) -> Feeds:
    """The feeds of a repository's charter, each of them valid."""
    return {address: checked(text) for address, text in texts(repo, *arguments, **more).items()}


def titles(feed: feedparser.FeedParserDict) -> list[str]:
    """The titles of a feed's entries in its order."""
    return [entry.title for entry in feed.entries]


def ids(feed: feedparser.FeedParserDict) -> list[str]:
    """The names of a feed's entries in its order."""
    return [entry.id for entry in feed.entries]


def commit(repo: Repo, date: str, message: str = "A change", author: str = "Ada", **changes: Any) -> None:
    """Commit the minimal charter with changes."""
    repo.commit({"charter.yml": minimal_charter(**changes)}, message, date, author)


@pytest.fixture
def changed_topics(repo: Repo) -> Repo:
    """A history with a renamed audience, an added and removed one, and new sections."""
    commit(repo, "2026-01-10", "Begin", services=[ONBOARDING], audiences=[SELLERS])
    commit(repo, "2026-02-10", "Two\n\nWith a reason", services=[ONBOARDING], audiences=[SELLERS, MANAGERS])
    text = (repo.folder / "charter.yml").read_text()
    repo.commit({"charter.yml": f"# Only a remark\n{text}"}, "Remark", "2026-02-11")
    people = {"id": "people", "name": "Sales people", "was": ["sellers"]}
    for_people = {**ONBOARDING, "audiences": ["people"]}
    commit(repo, "2026-04-10", "Rename", services=[for_people], audiences=[people, MANAGERS])
    commit(repo, "2026-05-10", "End managers", services=[for_people], audiences=[people])
    commit(
        repo,
        "2026-07-10",
        "Pilot",
        services=[{**for_people, "status": "pilot"}],
        audiences=[people],
        sections=[{"id": "faq", "title": "Questions", "text": "None."}],
        risks=[{"id": "time", "name": "No time"}],
    )
    return repo


def test_the_feed_of_the_site_has_an_entry_for_each_revision_that_changed_something(
    changed_topics: Repo,
) -> None:
    """Newest first, by version and the author's words; the first charter is an entry, a comment is none."""
    feed = read(changed_topics)["feed.xml"]
    assert titles(feed) == [
        "2026-Q3: Pilot",
        "2026-Q2: End managers",
        "2026-Q2: Rename",
        "2026-Q1: Two",
        "2026-Q1: the first charter",
    ]
    assert feed.feed.title == "Enablement charter: changes"
    assert feed.feed.updated == feed.entries[0].updated == "2026-07-10T12:00:00+00:00"
    assert feed.entries[0].author == "Ada"
    assert "Onboarding: status is now pilot, was live" in feed.entries[0].summary
    assert "<h3>Services</h3>\n<ul>\n<li>Onboarding</li>" in feed.entries[-1].content[0].value


def test_an_audience_feed_has_the_changes_that_affect_it(changed_topics: Repo) -> None:
    """Through its rename, under its name at that time; other changes are left out."""
    feed = read(changed_topics)["feeds/audiences/people.xml"]
    assert feed.feed.title == "Enablement charter: changes for Sales people"
    assert titles(feed) == [
        "2026-Q3: 1 change for Sales people",
        "2026-Q2: 1 change for Sales people",
        "2026-Q1: the first charter",
    ]
    assert "<h3>Risks</h3>" not in feed.entries[0].content[0].value


def test_a_former_id_keeps_its_feed(changed_topics: Repo) -> None:
    """Subscribers from before a rename get later changes, and the ids of entries stay the same."""
    before = commit_of(changed_topics, "Two")
    now = read(changed_topics)["feeds/audiences/sellers.xml"]
    changed_topics.git("reset", "--quiet", "--hard", before)
    then = read(changed_topics)["feeds/audiences/sellers.xml"]
    assert ids(now)[-len(then.entries) :] == ids(then)
    assert titles(now)[0] == "2026-Q3: 1 change for Sales people"
    assert now.feed.id == then.feed.id


def commit_of(repo: Repo, subject: str) -> str:
    """The commit whose message begins like this."""
    return repo.git("log", "--format=%H", f"--grep=^{subject}")


def test_the_feed_of_a_removed_audience_ends_with_the_removal(changed_topics: Repo) -> None:
    """It remains, since pages of old versions link to it, and leads to its last page."""
    feed = read(changed_topics)["feeds/audiences/managers.xml"]
    assert titles(feed) == ["2026-Q2: 1 change for Managers", "2026-Q1: 1 change for Managers"]
    assert "Audience removed: Managers" in feed.entries[0].summary
    assert feed.feed.link == f"{URL}2026-Q1/audiences/managers/"


def test_sections_have_feeds_too(changed_topics: Repo) -> None:
    """Built-in sections, and custom ones."""
    found = read(changed_topics)
    assert {address for address in found if "sections" in address} == {
        f"feeds/sections/{name}.xml"
        for name in ("mission", "services", "audiences", "funding", "metrics", "risks", "faq")
    }
    assert titles(found["feeds/sections/risks.xml"]) == ["2026-Q3: 1 change in the section “Risks”"]
    assert titles(found["feeds/sections/faq.xml"]) == ["2026-Q3: 1 change in the section “Questions”"]
    assert titles(found["feeds/sections/funding.xml"]) == ["2026-Q1: the first charter"]


def test_both_parts_of_a_split_continue_the_feed(repo: Repo) -> None:
    """Each part has the history before a split, and the old id gets the changes of both."""
    heirs = [{"id": name, "name": name.title(), "was": ["sellers"]} for name in ("hunters", "farmers")]
    commit(repo, "2026-01-10", audiences=[SELLERS], services=[ONBOARDING])
    commit(
        repo, "2026-02-10", audiences=heirs, services=[{**ONBOARDING, "audiences": ["hunters", "farmers"]}]
    )
    commit(repo, "2026-03-10", audiences=heirs, services=[{**ONBOARDING, "audiences": ["hunters"]}])
    found = read(repo)
    counts = {address: len(feed.entries) for address, feed in found.items() if "audiences/" in address}
    assert counts == {
        f"feeds/audiences/{name}.xml": 3 - (name == "hunters") for name in ("sellers", "hunters", "farmers")
    }


def test_entries_keep_their_ids(changed_topics: Repo) -> None:
    """With any address, severities, language, settings, and later commits."""
    before = read(changed_topics)
    other = read(
        changed_topics,
        "https://other.example/",
        severity={"**": "order"},
        timezone="Asia/Tokyo",
        period="month",
    )
    commit(changed_topics, "2026-10-10", "По-русски", language="ru", title="Устав")
    after = read(changed_topics)
    assert [name for feed in before.values() for name in ids(feed)] == [
        name for feed in other.values() for name in ids(feed)
    ]
    for address, feed in before.items():
        assert (after[address].feed.id, ids(after[address])[-len(feed.entries) :]) == (
            feed.feed.id,
            ids(feed),
        )
    assert after["feed.xml"].feed.language == "ru"


def test_entries_keep_their_ids_with_unreadable_revisions(repo: Repo) -> None:
    """Of many revisions only the newest are read: their entries have the same ids."""
    for number in range(1, 26):
        commit(repo, f"2026-01-{number:02}", title=f"Charter {number}")
    before = ids(read(repo)["feed.xml"])
    commit(repo, "2026-01-26", "The newest", title="Charter 26")
    after = ids(read(repo)["feed.xml"])
    assert len(set(after) - set(before)) == 1


def test_every_entry_has_its_own_id(changed_topics: Repo) -> None:
    """In all feeds, even if the charter alternates between two contents."""
    for number in range(3):
        commit(changed_topics, f"2026-08-{number * 2 + 1:02}", services=[ONBOARDING], audiences=[SELLERS])
        commit(changed_topics, f"2026-08-{number * 2 + 2:02}", audiences=[SELLERS, MANAGERS])
    found = read(changed_topics)
    names = [name for feed in found.values() for name in [feed.feed.id, *ids(feed)]]
    assert len(names) == len(set(names))
    assert len(found["feed.xml"].entries) == 11


def test_two_handbooks_with_one_beginning_have_different_feeds(tmp_path: Path) -> None:
    """Handbooks start from the same example: only their commits differ."""
    names = []
    for folder, author in (("a", "Ada"), ("b", "Ben")):
        repo = Repo(tmp_path / folder)
        commit(repo, "2026-01-10", author=author)
        names += [name for feed in read(repo).values() for name in [feed.feed.id, *ids(feed)]]
    assert len(names) == len(set(names))


def test_a_feed_is_the_same_on_another_day(changed_topics: Repo) -> None:
    """Nothing in it comes from the clock."""
    assert texts(changed_topics) == texts(changed_topics, today=datetime.date(2030, 1, 1))


@pytest.mark.long
def test_a_feed_holds_the_newest_fifty(repo: Repo) -> None:
    """Readers load the whole feed each time."""
    for number in range(54):
        date = f"2026-{number // 18 * 3 + 1:02}-{number % 18 + 1:02}"
        commit(repo, date, f"Change {number}", title=f"Charter {number}")
    feed = read(repo)["feed.xml"]
    assert titles(feed)[0] == "2026-Q3: Change 53"
    assert len(feed.entries) == 50


def test_a_draft_is_in_no_feed(changed_topics: Repo) -> None:
    """Neither its changes nor its new audiences."""
    published = texts(changed_topics)
    changed_topics.write(
        {"charter.yml": minimal_charter(title="Not yet", audiences=[{"id": "new", "name": "New"}])}
    )
    assert texts(changed_topics) == published


def test_there_is_no_feed_without_a_history(tmp_path: Path) -> None:
    """A charter that was never committed has no changes, and its page links no feed."""
    repo = Repo(tmp_path / "repo")
    repo.write({"charter.yml": minimal_charter(version="2026-Q1")})
    assert texts(repo) == {}
    (edition,) = editions(repo.history(), DOCS, datetime.date(2026, 1, 1))
    assert [feeds_of(edition, page) for page in edition.pages.pages] == [[]] * len(edition.pages.pages)
    assert offered_feed(edition, edition.pages.pages[0]) is None


def test_hostile_commits(repo: Repo) -> None:
    """Subjects and authors are texts; an empty one has a fallback."""
    attack = HOSTILE.replace("\x00", "").replace("\ud800", "").replace("\r\n", " ")
    commit(repo, "2026-01-10", services=[ONBOARDING])
    commit(
        repo, "2026-02-10", attack, "Ben ]] &lt;b&gt; \u202e\x1b[2J", title="Another", services=[ONBOARDING]
    )
    commit(repo, "2026-03-10", "\x01\x02", title="A third", services=[ONBOARDING])
    feed = read(repo)["feed.xml"]
    assert titles(feed)[0] == "2026-Q1: 1 change"
    assert titles(feed)[1].startswith("2026-Q1: </title></feed>]]><script>alert(1)</script>&amp;&lt;")
    assert feed.entries[1].author == "Ben ]] &lt;b&gt;   [2J"


def test_russian_counts(repo: Repo) -> None:
    """One, two and five changes have three forms, and names are quoted."""
    for number in (0, 1, 2, 5):
        extra = [
            {"id": f"m{number}-{index}", "name": f"М{index}", "kind": "lagging"} for index in range(number)
        ]
        commit(
            repo,
            f"2026-01-{number + 1:02}",
            language="ru",
            metrics=[*extra, {"id": "win", "name": "Доля побед", "kind": "lagging"}],
        )
    found = titles(read(repo)["feeds/sections/metrics.xml"])
    assert found == [
        "2026-Q1: 7 изменений в разделе «Показатели»",
        "2026-Q1: 3 изменения в разделе «Показатели»",
        "2026-Q1: 1 изменение в разделе «Показатели»",
        "2026-Q1: первый устав",
    ]


def test_links_are_absolute_where_the_site_knows_its_address(changed_topics: Repo) -> None:
    """They lead to the changes of that version, filtered by the feed's topic under its name at that time."""
    found = read(changed_topics)
    links = {address: [entry.link for entry in found[address].entries][:2] for address in found}
    assert links["feed.xml"][0] == f"{URL}2026-Q3/changes/"
    assert links["feeds/audiences/sellers.xml"][0] == f"{URL}2026-Q3/changes/?audience=people"
    assert links["feeds/sections/risks.xml"][0] == f"{URL}2026-Q3/changes/?section=risks"
    assert links["feeds/sections/funding.xml"][0] == f"{URL}2026-Q1/"
    assert found["feeds/audiences/people.xml"].feed.link == f"{URL}latest/audiences/people/"
    assert {link.rel: link.href for link in found["feeds/sections/faq.xml"].feed.links} == {
        "alternate": f"{URL}latest/faq/",
        "self": f"{URL}feeds/sections/faq.xml",
    }


def _links(site: Path) -> Iterator[tuple[Path, str]]:
    """Each feed of a site with each address in it."""
    for path in [site / "feed.xml", *sorted(site.glob("feeds/*/*.xml"))]:
        found = checked(path.read_text(encoding="utf-8"))
        for entry in [found.feed, *found.entries]:
            yield from ((path, link.href) for link in entry.links)


def test_every_address_in_a_feed_leads_to_a_page(quarters: Built, another: Built) -> None:
    """Absolute ones below the site's address, relative ones seen from the feed if there is none."""
    for built, base in ((quarters, URL), (another, None)):
        found = list(_links(built.site))
        assert found
        for path, address in found:
            here = f"https://host/{path.relative_to(built.site).as_posix()}"
            assert address.startswith(base or ("../", "latest/", "feed", path.name, "FY"))
            target = address.removeprefix(base) if base else urlsplit(urljoin(here, address)).path.strip("/")
            file = built.site / target.partition("?")[0]
            assert file.is_file() or (file / "index.html").is_file(), (path, address)


def test_every_page_leads_to_the_feed_of_all_changes(quarters: Built) -> None:
    """In every version, in the draft, and at the root, where people copy the address from."""
    for page in ("", "2025-Q1/", "2025-Q4/services/ramp/", "draft/history/", "latest/audiences/sellers/"):
        (address, *_) = _feeds_on(quarters, page)
        assert (quarters.site / page / address).resolve() == (quarters.site / "feed.xml").resolve()


def _feeds_on(built: Built, page: str) -> list[str]:
    head = built.html(page).partition("</head>")[0]
    return re.findall(
        r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="([^"]+)">', head
    )


@pytest.mark.parametrize(
    ("page", "own", "words"),
    [
        (
            "latest/audiences/sellers/",
            "feeds/audiences/sellers.xml",
            "Subscribe to changes for this audience (Atom)",
        ),
        ("2025-Q2/scope/", "feeds/sections/scope.xml", "Subscribe to changes in this section (Atom)"),
        ("draft/changes/", "feed.xml", "Subscribe to changes (Atom)"),
        ("2025-Q1/history/", "feed.xml", "Subscribe to changes (Atom)"),
    ],
)
def test_pages_link_their_feed(quarters: Built, page: str, own: str, words: str) -> None:
    """A link in words to an existing file, even in a version whose section was removed later."""
    found = re.search(
        rf'<a href="([^"]+)" type="application/atom\+xml">{re.escape(words)}</a>', quarters.html(page)
    )
    assert found
    assert (quarters.site / page / found[1]).resolve() == (quarters.site / own).resolve()
    assert (quarters.site / own).is_file()
    assert found[1] in _feeds_on(quarters, page)


def test_other_pages_are_left_alone(quarters: Built) -> None:
    """A service has no feed, so its page links none."""
    assert "(Atom)" not in quarters.text("latest/services/ramp/")
    assert len(_feeds_on(quarters, "latest/services/ramp/")) == 1
