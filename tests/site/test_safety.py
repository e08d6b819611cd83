"""All text from the charter and from git is inert on every page: the attacks are in attacks.py."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, BrowserContext

from charterbook.load import load
from charterbook.problems import escape_terminal
from tests.site.attacks import UNSEEN
from tests.site.handbooks import Built, Handbook
from tests.site.hostile import EDITIONS, MARK, VERSIONS, charter_text, maker, write_history
from tests.site.page_scanner import HOME, ScannedPage, unexpected
from tests.site.template_attacks import JINJA, SUM
from tests.site_checks.browser import horizontal_scroll, open_page, settle
from tests.site_checks.server import serve

#: A part of every comparison of two versions; these pages are half of the site.
COMPARED = "{{ comparison() }}"
COMPARED_WITH_THE_FIRST = f'{{% if page.meta.older == "{VERSIONS[0]}" %}}{COMPARED}{{% endif %}}'

#: Fields that no page shows; the others are on at least one.
NOT_SHOWN: set[str] = set()
#: Fields that only lists of changes show: who sees which part of the charter.
SHOWN_AS_CHANGES = {"groups.name", "released.versions"}
#: Other names of items, which only search knows.
_SEARCHED = "also_called"

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\U000e0000-\U000e0fff]")


@dataclass(frozen=True)
class Hostile:
    """The hostile handbook, its site, and the field of each marker."""

    book: Handbook
    built: Built
    marks: dict[str, str]

    @property
    def site(self) -> Path:
        """The root of the site."""
        return self.built.site

    def pages(self) -> Iterator[Path]:
        """All HTML files except in latest/, which is the newest version again."""
        every = sorted(self.site.rglob("*.html"))
        return (path for path in every if path.relative_to(self.site).parts[0] != "latest")

    @cached_property
    def scans(self) -> dict[Path, ScannedPage]:
        """All of these files, read."""
        return {page: ScannedPage(page) for page in self.pages()}

    def scan(self, address: str) -> ScannedPage:
        """The page at an address below the root."""
        return self.scans[self.site / address / "index.html"]

    def texts_below(self, address: str) -> Iterator[str]:
        """The visible texts of the pages at and below an address, except the form."""
        top = self.site / address
        return (
            scan.text
            for page, scan in self.scans.items()
            if top in page.parents and page.parent.name != "propose"
        )

    def indexes(self) -> Iterator[list[dict[str, str]]]:
        """The entries of each edition's search index."""
        for name in EDITIONS:
            text = (self.site / name / "search" / "search_index.json").read_text(encoding="utf-8")
            yield json.loads(text)["docs"]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    """The handbook of hostile.py, built once. Versions are compared with the first one, and in changes/ with the one before."""
    return built(tmp_path_factory.mktemp("hostile") / "book", COMPARED_WITH_THE_FIRST)


def built(folder: Path, comparison: str) -> Hostile:
    """The handbook of hostile.py, with these words on the pages that compare two versions."""
    book = Handbook(folder)
    book.replace("mkdocs.yml", "# site_url: https://handbook.example.com/charter/", f"site_url: {HOME}")
    book.replace("docs/compare/each.md", COMPARED, comparison)
    marks = write_history(book)
    built = book.build()
    assert built.code == 0, built.output
    return Hostile(book, built, marks)


@pytest.fixture(scope="module")
def address(hostile: Hostile) -> Iterator[str]:
    """Where the site is served."""
    with serve(hostile.site) as address:
        yield address


@pytest.fixture(scope="module")
def browser(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser in which an attack that runs is an error on the console."""
    context = chromium.new_context(reduced_motion="reduce", service_workers="block")
    context.add_init_script("window.attacked = () => console.error('attacked')")
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.mark.parametrize("edition", EDITIONS)
def test_check_lets_the_charters_pass(edition: str) -> None:
    """The site is under attack here: the charters have warnings and no error."""
    loaded = load(charter_text(maker(edition).charter()).encode())
    assert [problem for problem in loaded.problems if problem.severity == "error"] == []


def test_no_element_or_attribute_comes_from_an_attack(hostile: Hostile) -> None:
    """Every file of every version, with the pages at the root."""
    assert unexpected(hostile.scans.values(), hostile.site) == []


@pytest.mark.slow
def test_no_element_or_attribute_of_any_comparison(tmp_path: Path) -> None:
    """The same if each version is compared with all before."""
    hostile = built(tmp_path / "book", COMPARED)
    assert unexpected(hostile.scans.values(), hostile.site) == []


def test_every_field_is_shown(hostile: Hostile) -> None:
    """Every field is attacked: its marker is in the text of a page."""
    shown = {mark for scan in hostile.scans.values() for mark in MARK.findall(scan.text)}
    missing = {field for mark, field in hostile.marks.items() if mark not in shown}
    assert {field for field in missing if not field.endswith(_SEARCHED)} == NOT_SHOWN


def test_every_field_is_shown_as_content(hostile: Hostile) -> None:
    """Not only as a change: on a page of the first version; roles and platforms on their pages of the draft.

    A new key of the charter needs a place in a block.
    """
    first, draft = maker(VERSIONS[0]), maker("draft")
    first.charter()
    draft.charter()
    places = dict.fromkeys(first.marks, VERSIONS[0])
    for mark, field in draft.marks.items():
        if (section := field.partition(".")[0]) in ("roles", "platforms"):
            places[mark] = f"draft/{section}"
    texts = {place: " ".join(hostile.texts_below(place)) for place in {*places.values()}}
    fields = first.marks | draft.marks
    missing = {fields[mark] for mark, place in places.items() if mark not in texts[place]}
    assert {field for field in missing if not field.endswith(_SEARCHED)} == SHOWN_AS_CHANGES


def test_nothing_is_run_by_the_build(hostile: Hostile) -> None:
    """No file has the results of the commands and sums in the charter."""
    files = [path for path in hostile.site.rglob("*") if path.suffix in (".html", ".json", ".xml", ".txt")]
    assert [path for path in files if SUM in path.read_text(encoding="utf-8")] == []


def test_no_file_of_docs_or_settings_is_included(hostile: Hostile) -> None:
    """Snippets and includes stay words."""
    assert [page for page in hostile.pages() if "module_name" in page.read_text(encoding="utf-8")] == []


def test_no_invisible_characters_on_a_page(hostile: Hostile) -> None:
    """Control characters, also of the direction of writing, are removed from texts of git."""
    assert [page for page in hostile.pages() if _UNSEEN.search(page.read_text(encoding="utf-8"))] == []
    assert [entry for docs in hostile.indexes() for entry in docs if _UNSEEN.search(json.dumps(entry))] == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_titles_are_readable(hostile: Hostile, edition: str) -> None:
    """The title of a service's page is as written, letter by letter; so is its heading."""
    charter = maker(edition).charter()
    name = charter["services"][0]["name"]
    page = hostile.scan(f"{edition}/services/services-1")
    assert page.title.startswith(f"{name} - {charter['title']} (")
    assert page.text.count(name) >= 4


def test_names_of_files_are_readable(hostile: Hostile) -> None:
    """A page of docs/ may have any name and any heading."""
    titles = {
        name: hostile.scan(f"draft/{name}").title.split(" - ")[0]
        for name in ("<x-attacked>", "100% & more #1?")
    }
    assert titles == {"<x-attacked>": "<x attacked>", "100% & more #1?": "Odd & named"}


def test_macros_give_inert_text(hostile: Hostile) -> None:
    """A page of docs/ may print charter texts: they are shown as written, also in its title."""
    charter = maker("2024-Q1").charter()
    page = hostile.scan("2024-Q1/words of the charter")
    assert page.title.startswith(f"{charter['title']} - {charter['title']} (")
    words = [charter["services"][0]["name"], " ".join(charter["mission"]["statement"].split())]
    assert [said for said in words if said not in page.text] == []


def test_commits_are_readable(hostile: Hostile) -> None:
    """The history shows the first line of each message as written, without invisible characters."""
    words = hostile.scan("draft/history").text
    subjects = hostile.book.repo.git("log", "--format=%s").split("\n")
    assert JINJA in words
    assert [subject for subject in subjects if " ".join(escape_terminal(subject).split()) not in words] == []


def test_search_indexes_are_html_without_elements(hostile: Hostile) -> None:
    """Material puts titles and texts into the page as HTML: they hold paragraphs, lists and code only."""
    tags = re.compile(r"</?(?:p|ul|ol|li|code|pre|sub|sup)>")
    entries = [entry for docs in hostile.indexes() for entry in docs]
    assert [entry for entry in entries if "<" in entry["title"] or "<" in tags.sub("", entry["text"])] == []


def test_files_for_programs(hostile: Hostile) -> None:
    """They have version names and addresses, and no charter text."""
    versions = json.loads((hostile.site / "versions.json").read_text(encoding="utf-8"))
    assert [entry["title"] for entry in versions] == ["Draft", *reversed(VERSIONS)]
    urls = json.loads((hostile.site / "pages.json").read_text(encoding="utf-8"))["pages"]
    maps = [hostile.site / "sitemap.xml", *(hostile.site / name / "sitemap.xml" for name in EDITIONS)]
    trees = [ElementTree.parse(file) for file in maps]  # noqa: S314 -- this test's own build made it
    places = [place.text or "" for tree in trees for place in tree.iter() if place.tag.endswith("}loc")]
    assert len(places) > len(VERSIONS)
    assert [url for url in [*urls, *places] if not re.fullmatch(r"[\w%./:'-]*", url)] == []


def test_the_root(hostile: Hostile) -> None:
    """The page that goes to latest/ and the 404 page name the charter in words."""
    title = maker(VERSIONS[-1]).charter()["title"]
    assert ScannedPage(hostile.site / "index.html").title == title
    assert ScannedPage(hostile.site / "404.html").title == f"Page not found - {title}"


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_attack_runs(hostile: Hostile, address: str, browser: BrowserContext, edition: str) -> None:
    """A third of the pages are opened in one of the versions each, and those with most words in the newest and the draft."""
    pages = sorted(hostile.built.pages(edition))
    turn = pages[EDITIONS.index(edition) :: 3 * len(EDITIONS)]
    assert_no_attack_runs(address, browser, edition, turn)


@pytest.mark.slow
@pytest.mark.parametrize("edition", EDITIONS)
def test_no_attack_runs_on_any_page(
    hostile: Hostile, address: str, browser: BrowserContext, edition: str
) -> None:
    """The same on all pages of all versions."""
    assert_no_attack_runs(address, browser, edition, sorted(hostile.built.pages(edition)))


def assert_no_attack_runs(address: str, browser: BrowserContext, edition: str, pages: list[str]) -> None:
    """Open these pages of a version, and assert that nothing is heard."""
    wordy = {"", "history/", "services/services-1/"} if edition in EDITIONS[-2:] else set()
    heard = []
    for page in sorted({*pages, *wordy}):
        visit = open_page(browser, f"{address}{edition}/{quote(page)}")
        heard += [f"{page}: {problem}" for problem in visit.problems()]
    assert heard == []


def test_no_attack_runs_at_the_root(address: str, browser: BrowserContext) -> None:
    """The page that goes to latest/, and the 404 page for an address that is an attack too."""
    attack = quote('"><svg onload=attacked()>')
    visits = [open_page(browser, f"{address}{path}") for path in ("", f"draft/{attack}/?{attack}#{attack}")]
    heard = [problem for visit in visits for problem in visit.problems() if "ERR_ABORTED" not in problem]
    assert heard == []


#: The elements of the results that Material itself would not make.
_FOREIGN = """list => [...list.querySelectorAll("*")].map(e => e.outerHTML).filter(text =>
  /^<(x-|img|svg|script|iframe|style|link|meta|base|form|input)|^<[^>]*\\son/i.test(text))"""


@pytest.mark.parametrize(
    "edition", [*EDITIONS[-2:], *(pytest.param(edition, marks=pytest.mark.slow) for edition in EDITIONS[:-2])]
)
def test_search_results_are_inert(address: str, browser: BrowserContext, edition: str) -> None:
    """Each result shows the attack as text."""
    visit = open_page(browser, f"{address}{edition}/history/")
    mark = maker(edition).charter()["services"][0]["name"].split()[0]
    for words in ("begins", mark, "attacked"):
        visit.page.fill(".md-search__input", words)
        visit.page.press(".md-search__input", "End")
        visit.page.wait_for_selector(".md-search-result__item", state="attached")
        settle(visit)
        found = visit.page.eval_on_selector(".md-search-result__list", _FOREIGN)
        assert (words, found, visit.problems()) == (words, [], [])


@pytest.mark.parametrize("page", ["", "services/services-1/", "funding/", "roles/", "history/"])
def test_endless_words_do_not_widen_a_page(address: str, browser: BrowserContext, page: str) -> None:
    """A name of 180 letters, and a text of 15,000, break where the phone ends."""
    assert horizontal_scroll(open_page(browser, f"{address}draft/{page}", 390).page) is None


def test_the_build_logs_no_invisible_characters(hostile: Hostile) -> None:
    """The terminal's output has no control characters."""
    assert _UNSEEN.search(hostile.built.output) is None
    assert [name for name in UNSEEN if UNSEEN[name] in hostile.built.output] == []
