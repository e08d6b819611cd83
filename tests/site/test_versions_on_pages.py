"""Version information on pages in plain HTML, for readers without JavaScript."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from charterbook.i18n import translator
from charterbook.pages import Page
from charterbook.site.render.renderer import PageRenderer
from charterbook.site.render.views import ForgeLinks
from tests.site.editions import edition
from tests.site.handbooks import Built, Handbook, visible


def notice(built: Built, address: str) -> str:
    """The words above a page, with the targets of their links."""
    found = re.search(r'<p class="cb-notice.*?</p>', built.html(address), re.DOTALL)
    return visible(re.sub(r'<a href="([^"]*)"[^>]*>', r"[\1] ", found[0])) if found else ""


def elsewhere(built: Built, address: str) -> list[tuple[str, str]]:
    """The words of each line under "This page in other versions", and where it leads; without comparisons."""
    source = built.part(address, '<ul class="cb-versions">', "</ul>")
    lines = re.findall(r"<li.*?</li>", re.sub(r" · <a [^>]*>compare</a>", "", source), re.DOTALL)
    return [(visible(line), "".join(re.findall(r'href="([^"]*)"', line))) for line in lines]


def facts(built: Built, address: str) -> dict[str, str]:
    """Facts in the foot of a page: version, last change, …"""
    foot = built.part(address, '<aside class="cb-foot"', "</aside>")
    return {visible(k): visible(v) for k, v in re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", foot, re.DOTALL)}


def test_a_superseded_page_leads_to_itself_in_the_next_version(quarters: Built) -> None:
    """And in the charter in force."""
    assert notice(quarters, "2025-Q1/funding") == (
        "2025-Q1 has been superseded. [../../2025-Q2/funding/] This page in 2025-Q2"
        " · [../../latest/] Go to the charter in force"
    )


def test_a_superseded_page_without_successor_says_so(quarters: Built) -> None:
    """Instead of leading to a page that does not exist."""
    assert notice(quarters, "2025-Q2/services/webinars") == (
        "2025-Q2 has been superseded. This page no longer exists in 2025-Q4."
        " [../../../latest/] Go to the charter in force"
    )


def test_a_superseded_page_follows_its_item_to_a_new_name(quarters: Built) -> None:
    """Onboarding has become the ramp-up: `was: [onboarding]`."""
    assert "[../../../2025-Q2/services/ramp/] This page in 2025-Q2" in notice(
        quarters, "2025-Q1/services/onboarding"
    )


def test_the_version_in_force_has_no_notice(quarters: Built) -> None:
    """Neither under its own name nor under latest/."""
    assert [notice(quarters, name) for name in ("2025-Q4", "latest", "latest/funding")] == ["", "", ""]


def test_a_draft_says_so_and_stays_out_of_search_engines(quarters: Built) -> None:
    """It has no canonical address either."""
    assert notice(quarters, "draft/funding") == (
        "Draft. This charter is not in force. [../../latest/] Go to the charter in force"
    )
    assert '<meta name="robots" content="noindex">' in quarters.html("draft/funding")
    assert 'rel="canonical"' not in quarters.html("draft/funding")
    assert "noindex" not in quarters.html("2025-Q1/funding") + quarters.html("latest/funding")


@pytest.mark.parametrize(
    ("page", "shown_instead"),
    [
        ("2025-Q1/funding", "latest/funding/"),
        ("2025-Q4/funding", "latest/funding/"),
        ("latest/funding", "latest/funding/"),
        ("2025-Q2/services/webinars", "2025-Q2/services/webinars/"),
    ],
)
def test_search_engines_are_led_to_the_charter_in_force(
    quarters: Built, page: str, shown_instead: str
) -> None:
    """A page that the newest version lacks is canonical itself."""
    assert f'<link rel="canonical" href="https://example.com/c/{shown_instead}">' in quarters.html(page)


def test_every_page_names_itself_in_earlier_versions(quarters: Built) -> None:
    """Newest first, under its former name, or with a note that it did not exist."""
    assert elsewhere(quarters, "2025-Q4/services/ramp") == [
        ("2025-Q2", "../../../2025-Q2/services/ramp/"),
        ("2025-Q1 (Onboarding)", "../../../2025-Q1/services/onboarding/"),
    ]
    assert elsewhere(quarters, "2025-Q2/scope") == [
        ("The charter in force", "../../latest/"),
        ("2025-Q1 not in this version", ""),
    ]


def test_a_page_about_nothing_in_particular_tells_when_the_charter_last_changed(quarters: Built) -> None:
    """Other pages have a timeline."""
    assert facts(quarters, "2025-Q2")["Last changed"].startswith("5 May 2025 (2025-Q2), ")
    assert "Last changed" not in facts(quarters, "2025-Q4/services/ramp")
    assert facts(quarters, "2025-Q4")["Version"] == "2025-Q4, in force from 3 November 2025"


def test_an_overdue_review_is_shown_while_it_matters(quarters: Built) -> None:
    """In the charter in force and the draft, but not in superseded versions."""
    shown = {name: due(quarters, name) for name in ("2025-Q1", "2025-Q4", "latest", "draft")}
    late = '<span class="cb-due" data-search-exclude>overdue</span>'
    assert shown == {
        "2025-Q1": '<span class="cb-due" hidden data-search-exclude>overdue</span>',
        "2025-Q4": late,
        "latest": late,
        "draft": late,
    }


def due(built: Built, address: str) -> str:
    """The word beside the day of the next review, hidden or not; the same wherever the page shows the day."""
    (found,) = set(re.findall(r'<span class="cb-due".*?</span>', built.html(address)))
    return str(found)


def test_search_says_nothing_that_a_page_hides(quarters: Built) -> None:
    """Such as "overdue" beside a day that is still ahead: a script shows it after that day."""
    entries = quarters.json("2025-Q1/search/search_index.json")["docs"]
    texts = " ".join(entry["text"] for entry in entries)
    for address in {entry["location"].partition("#")[0] for entry in entries}:
        page = quarters.part(f"2025-Q1/{address}", "<article", "</article>")
        for hidden in re.findall(r"<\w+[^>]* hidden(?: [^>]*)?>([^<]+)<", page):
            assert hidden.strip() not in texts, (address, hidden)


def test_the_history_lists_what_was_skipped_and_why(quarters: Built) -> None:
    """With line and column, in the version itself and in later ones."""
    assert "Break it" not in quarters.text("2025-Q1/history")
    for name in ("2025-Q2", "2025-Q4"):
        page = quarters.text(f"{name}/history")
        assert re.search(
            r"Break it Skipped: line 2, column 1: this is not valid YAML.*? Ada [0-9a-f]{8}", page
        )
    assert "No revision of this version could be read, so it has no pages." in quarters.text(
        "2025-Q4/history"
    )
    assert re.search("Break all of it Skipped: .*? Ada", quarters.text("2025-Q4/history"))
    assert '"audiences" is missing here' in quarters.text("2025-Q4/history")


def test_the_history_has_the_days_and_the_changes_of_each_version(quarters: Built) -> None:
    """Beside columns for date, subject, author and commit; the first version has nothing to compare with."""
    page = quarters.html("2025-Q4/history")
    columns = re.findall('<th scope="col">(.*?)</th>', page)
    assert columns == ["Date", "Change", "Author", "Commit"]
    said = quarters.text("2025-Q4/history")
    assert (
        "2025-Q4 this version from 3 November 2025 until the next version What changed since 2025-Q2" in said
    )
    assert "2025-Q1 3 February 2025 – 4 May 2025 3 February 2025 Begin" in said
    changes = re.findall('<a href="([^"]*)">What changed since', page)
    assert changes == ["../changes/", "../../2025-Q2/changes/"]
    assert all((quarters.site / "2025-Q4/history" / address / "index.html").exists() for address in changes)


def test_the_history_links_to_commits_where_the_repository_is_known(book: Handbook) -> None:
    """And the root goes to the draft only while nothing is in force."""
    book.replace(
        "mkdocs.yml", "# repo_url: https://github.com/your-team/charter", "repo_url: https://git.example/t/c"
    )
    commit = book.commit("2026-01-05")
    built = book.build()
    assert f'<a href="https://git.example/t/c/commit/{commit}"><code>{commit[:8]}</code></a>' in built.html(
        "latest/history"
    )


def test_old_versions_name_their_successor_in_their_own_language(another: Built) -> None:
    """The notice of a Russian version is Russian."""
    assert notice(another, "FY26-M12").endswith("Перейти к действующему уставу")


def test_a_pull_request_shows_its_charter_as_a_draft(tmp_path: Path) -> None:
    """CI checks out a merge commit without a branch: the changes of the branch are the draft against main."""
    upstream = Handbook(tmp_path / "upstream")
    upstream.commit("2026-01-05", title="In force")
    upstream.repo.branch("proposal")
    upstream.commit("2026-01-20", title="Proposed")
    upstream.repo.switch("main")
    merged = upstream.repo.clone(tmp_path / "checkout")
    merged.git("checkout", "--quiet", "--detach", "origin/main")
    merged.git("merge", "--quiet", "--no-ff", "--message=Merge", "origin/proposal", date="2026-01-21")
    built = Handbook(merged.folder).build("--strict")
    assert built.code == 0, built.output
    assert [entry["version"] for entry in built.json("versions.json")] == ["draft", "2026-Q1"]
    assert ("Proposed" in built.text("draft"), "Proposed" in built.text("latest")) == (True, False)
    assert built.html("").count("url=latest/") == 1


@pytest.mark.parametrize(
    ("uri", "address", "links"),
    [
        (
            "blog/posts/one.md",
            "blog/2025/one/",
            {
                "../v1/blog/posts/one/": "../../../../v1/blog/2025/one/",
                "../v1/blog/posts/": "../../../../v1/blog/posts/",
                "../feed.xml": "../../../../feed.xml",
                "services/": "../../../services/",
            },
        ),
        ("index.md", "fr/", {"../": "../../", "../feed.xml": "../../feed.xml", "../v1/": "../../v1/fr/"}),
        ("index.md", "", {"../": "../", "../v1/": "../v1/", "a/": "a/"}),
        ("a.md", "a/", {"../v1/a/": "../../v1/a/", "": ".."}),
    ],
)
def test_links_start_where_a_plugin_publishes_the_page(uri: str, address: str, links: dict[str, str]) -> None:
    """They lead to the same place in other versions, and to all other addresses."""
    renderer = PageRenderer(edition({}), ForgeLinks(None))
    renderer.open(Page(uri, uri), address)
    assert {link: renderer.href(link) for link in links} == links


def _day(text: str) -> datetime.date:
    return datetime.datetime.strptime(f"{text} +0000", "%d %B %Y %z").date()


def test_all_pages_say_the_same_days_in_force(quarters: Built) -> None:
    """From the first valid commit on, if the period had begun by then, until the day before the next version is in force."""
    days = {name: days for name, days in quarters.json("pages.json")["days"].items() if name != "draft"}
    assert days["2025-Q4"].startswith("from 3 November 2025 until")
    history = quarters.text("latest/history")
    ends: list[datetime.date] = []
    for name, said in sorted(days.items()):
        assert said in quarters.text(name)
        assert re.search(f"{name} (this version )?{said}", history)
        assert f"({said})" in (quarters.site / "llms.txt").read_text(encoding="utf-8")
        first, *last = [_day(day) for day in re.findall(r"\d+ \w+ \d+", said)]
        assert facts(quarters, name)["Version"].endswith(f"in force from {translator('en').date(first)}")
        assert [day + datetime.timedelta(days=1) for day in ends] == ([first] if ends else [])
        ends = last
    assert "In force since" not in quarters.text("2025-Q4")
