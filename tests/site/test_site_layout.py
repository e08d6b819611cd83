"""Where things are in a finished site."""

from __future__ import annotations

import json
import re
from pathlib import Path

from charterbook.charter.charter_schema import json_schema
from charterbook.starter import start
from tests.charters import minimal_charter
from tests.site.handbooks import Built, Handbook, snapshot

ALWAYS = {"", "audiences/", "funding/", "history/", "metrics/", "mission/", "services/"}
ALWAYS |= {"changes/", "compare/", "health/", "pre-read/", "propose/", "sponsor/"}


def test_a_version_has_a_page_for_each_section_that_it_has(quarters: Built) -> None:
    """Scope is only in the second version, and the review is not in it."""
    sections = {"scope/", "review/", "intake/", "roadmap/"}
    found = {name: quarters.pages(name) & sections for name in ("2025-Q1", "2025-Q2", "2025-Q4")}
    assert found == {"2025-Q1": {"review/"}, "2025-Q2": {"scope/"}, "2025-Q4": {"review/"}}


def test_every_item_has_a_page_under_its_kind(quarters: Built) -> None:
    """Pages for services, audiences and metrics are made for each of them."""
    items = {"audiences/sellers/", "metrics/win-rate/", "services/onboarding/", "services/webinars/"}
    assert quarters.pages("2025-Q1") == ALWAYS | items | {"review/", "faq/"}


def test_a_version_that_cannot_be_read_has_no_folder(quarters: Built) -> None:
    """The root has the versions, the draft, latest/, the feeds, the search and the assets, and nothing else."""
    folders = {path.name for path in quarters.site.iterdir() if path.is_dir()}
    assert folders == {
        "2025-Q1",
        "2025-Q2",
        "2025-Q4",
        "latest",
        "draft",
        "assets",
        "calendars",
        "feeds",
        "search",
    }


def test_latest_is_the_newest_version(quarters: Built) -> None:
    """Only its sitemap gives other addresses; hashes of its files are at the root. Anchors of former pages lead on."""
    newest, latest = snapshot(quarters.site / "2025-Q4"), snapshot(quarters.site / "latest")
    assert {name for name in newest if newest[name] != latest.get(name)} == {"sitemap.xml", "provenance.json"}
    former = latest.keys() - newest.keys()
    assert former == {f"{page}/index.html" for page in ("scope", "services/onboarding", "services/webinars")}
    assert all("This page" in quarters.text(f"latest/{name.removesuffix('/index.html')}") for name in former)


def test_assets_are_once_at_the_root(quarters: Built) -> None:
    """No version has its own theme files, every page uses the files at the root, and there are no source maps."""
    assert len(list((quarters.site / "assets").glob("charterbook*"))) == 1
    assert not [path for path in quarters.site.glob("*/assets") if path.is_dir()]
    assert not list(quarters.site.rglob("*.map"))
    for line in re.split(r'["#]', quarters.html("2025-Q1/services/onboarding")):
        if "/assets/" in line and line.endswith((".css", ".js", ".png")):
            assert (quarters.site / "2025-Q1/services/onboarding" / line).resolve().is_file(), line


def test_search_has_the_configured_languages(quarters: Built, tmp_path: Path) -> None:
    """The languages of charters and of the author; the others would be most of a small site's size."""
    lunr = "assets/javascripts/lunr"
    kept = {path.name for path in (quarters.site / lunr).rglob("*.js")}
    assert kept == {"lunr.multi.min.js", "lunr.ru.min.js", "lunr.stemmer.support.min.js"}
    book = Handbook(tmp_path / "book")
    book.replace("mkdocs.yml", "  - search\n", "  - search: {lang: [en, th]}\n")
    book.commit("2025-01-15")
    built = book.build("--strict")
    assert {"wordcut.js", "lunr.th.min.js"} <= {path.name for path in (built.site / lunr).rglob("*.js")}


def test_versions_json_is_what_the_selector_reads(quarters: Built) -> None:
    """The draft first, then newest first; latest is an alias of the newest."""
    assert quarters.json("versions.json") == [
        {"version": "draft", "title": "Draft", "aliases": []},
        {"version": "2025-Q4", "title": "2025-Q4", "aliases": ["latest"]},
        {"version": "2025-Q2", "title": "2025-Q2", "aliases": []},
        {"version": "2025-Q1", "title": "2025-Q1", "aliases": []},
    ]


def test_pages_json_tells_which_version_has_which_page(quarters: Built) -> None:
    """It agrees with the folders."""
    index = quarters.json("pages.json")
    told = {
        name: {page for page, places in index["pages"].items() if number in places}
        for number, name in enumerate(index["versions"])
    }
    assert told == {name: quarters.pages(name) for name in ("2025-Q1", "2025-Q2", "2025-Q4", "draft")}


def test_sitemaps_list_the_pages_of_their_version(quarters: Built) -> None:
    """Search engines get latest/ at the root; each version has its own sitemap for the selector."""
    root, old = ((quarters.site / name).read_text() for name in ("sitemap.xml", "2025-Q1/sitemap.xml"))
    assert "<loc>https://example.com/c/latest/services/ramp/</loc><lastmod>2025-11-03</lastmod>" in root
    assert "2025-Q" not in root
    assert old.count("<loc>https://example.com/c/2025-Q1/") == len(quarters.pages("2025-Q1"))


def test_the_root_has_the_files_of_the_whole_site(quarters: Built) -> None:
    """CNAME, robots.txt and the schema that editors complete from."""
    assert (quarters.site / "CNAME").read_text() == "handbook.example.com\n"
    assert (quarters.site / "robots.txt").is_file()
    assert json.loads((quarters.site / "charter.schema.json").read_text()) == json_schema()


def test_the_root_leads_to_the_charter_in_force(quarters: Built) -> None:
    """Also without JavaScript, and if the refresh is not followed."""
    page = quarters.html("")
    assert '<meta http-equiv="refresh" content="0; url=latest/">' in page
    assert '<a href="latest/">' in page


def test_the_page_for_lost_addresses_knows_the_versions(quarters: Built) -> None:
    """It works at any depth, and links to every version."""
    page = (quarters.site / "404.html").read_text()
    assert '<base href="/c/">' in page
    for name in ("draft", "2025-Q4", "2025-Q2", "2025-Q1"):
        assert f'<a href="{name}/">' in page


def test_another_charter_needs_no_other_code(another: Built) -> None:
    """Other periods, audiences and sections: fiscal months, resellers, a section of one's own."""
    shared = ALWAYS | {"audiences/resellers/", "metrics/win-rate/", "services/onboarding/"}
    assert another.pages("FY26-M12") == shared
    own = {"audiences/support/", "compare/FY26-M12/", "glossary/", "how-we-write/"}
    assert another.pages("FY27-M01") == shared | own
    assert "How we write" in another.text("FY27-M01")


def test_every_version_is_in_its_own_language(another: Built) -> None:
    """A team that went from Russian to English keeps its Russian versions."""
    old, new = another.html("FY26-M12/audiences"), another.html("FY27-M01/audiences")
    assert '<html lang="ru"' in old
    assert "Реселлеры" in old
    assert "Аудитории" in old
    assert '<html lang="en"' in new
    assert "Аудитории" not in new


def test_a_site_without_an_address_has_no_canonical_links(another: Built) -> None:
    """No address is guessed; the sitemap is valid and empty."""
    assert 'rel="canonical"' not in another.html("FY27-M01")
    assert "<loc>" not in (another.site / "sitemap.xml").read_text()


def test_a_first_charter_that_was_never_committed_is_the_site(tmp_path: Path) -> None:
    """The starter's own charter, before the first commit, and in a folder with an awkward name."""
    book = Handbook(tmp_path / "a b é", "ru")
    built = book.build("--strict")
    assert built.code == 0, built.output
    (version,) = built.json("versions.json")
    assert version["aliases"] == ["latest"]
    pages, latest = snapshot(built.site / version["version"]), snapshot(built.site / "latest")
    assert pages.keys() == latest.keys() | {"provenance.json"}


def test_pages_of_every_name_and_ending_are_there(book: Handbook) -> None:
    """All Markdown endings, names that an address must quote, and nothing that mkdocs.yml excludes."""
    book.commit("2026-02-01")
    book.replace("mkdocs.yml", "plugins:", "exclude_docs: |\n  secret.md\n\nplugins:")
    book.write("docs/Как спросить.markdown", "# Как спросить\n\n[До](notes.mkd)\n")
    book.write("docs/notes.mkd", "# Notes\n")
    book.write("docs/secret.md", "# Secret\n")
    book.write("docs/templates/draft.md", "# MkDocs leaves this folder out\n")
    built = book.build("--strict")
    assert built.code == 0, built.output
    own = {"notes/", "Как спросить/"}
    items = {"audiences/sellers/", "metrics/win-rate/", "services/onboarding/"}
    assert built.pages("latest") == ALWAYS | own | items
    quoted = "%D0%9A%D0%B0%D0%BA%20%D1%81%D0%BF%D1%80%D0%BE%D1%81%D0%B8%D1%82%D1%8C/"
    assert built.json("pages.json")["pages"].keys() == ALWAYS | items | {"notes/", quoted}


def test_a_handbook_in_a_part_of_a_repository_is_built_from_outside(tmp_path: Path) -> None:
    """With settings of another name, by relative paths, also in workers."""
    start(tmp_path / "team" / "hand book", "en")
    (tmp_path / "team" / "hand book" / "mkdocs.yml").rename(tmp_path / "team" / "hand book" / "other.yml")
    whole = Handbook(tmp_path / "team", started=True)
    for day in ("2025-01-06", "2025-04-07", "2025-07-07"):
        whole.repo.commit({"hand book/charter.yml": minimal_charter(title=f"As of {day}")}, date=day)
    built = whole.run("build", "--strict", "-f", "hand book/other.yml", site="hand book/site")
    assert built.code == 0, built.output
    assert "As of 2025-01-06" in built.text("2025-Q1")
    assert [entry["version"] for entry in built.json("versions.json")] == ["2025-Q3", "2025-Q2", "2025-Q1"]
