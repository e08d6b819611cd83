"""Printed pages: contents of each sheet, omitted parts, and page breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pypdfium2
import pytest
from playwright.sync_api import BrowserContext, Page

from tests.quality.sites import Site
from tests.site_checks.browser import open_page
from tests.site_checks.cut_text import cut_text

Sites = Callable[[str], Site]

#: Six kinds of page.
PAGES = [
    "latest/",
    "latest/funding/",
    "latest/metrics/ramp/",
    "latest/changes/",
    "latest/services/onboarding/",
    "latest/sponsor/",
    "latest/promises/",
    "latest/pre-read/",
]

#: The width of a sheet of A4 between its margins, in CSS pixels.
A4 = 680

#: Headings after which a sheet can end, without the text below them.
_STRANDED = """() => [...document.querySelectorAll("article :is(h1, h2, h3, h4)")]
  .filter((heading) => heading.checkVisibility() && !/avoid/.test(getComputedStyle(heading.closest("summary") || heading).breakAfter))
  .map((heading) => heading.textContent)"""

#: Tables, and names below charts, that are partly beside the sheet or over each other.
_OUTSIDE = """() => {
  const sheet = document.querySelector("article").getBoundingClientRect();
  const tables = [...document.querySelectorAll("article table")].filter((table) => table.checkVisibility()).flatMap((table) => {
    const { left, right } = table.getBoundingClientRect();
    return left < sheet.left - 1 || right > sheet.right + 1 ? [table.className] : [];
  });
  const names = [...document.querySelectorAll("article svg")].flatMap((chart) => {
    const boxes = [...chart.querySelectorAll(".cb-chart__name")].map((name) => name.getBoundingClientRect()).filter(({ width }) => width);
    return boxes.slice(1).filter(({ left }, place) => left < boxes[place].right).map(() => "names of a chart");
  });
  return [...tables, ...names];
}"""

#: The texts in the margins of sheets.
_MARGINS = """() => {
  const rules = (list) => [...list].flatMap((rule) => (rule.media?.mediaText === "print" ? rules(rule.cssRules) : [rule.cssText]));
  return [...document.styleSheets].flatMap((sheet) => rules(sheet.cssRules)).filter((text) => text.startsWith("@page")).join(" ");
}"""

#: Parts of charts and bars that lose their colour without a letter, a dash or a size that tells them apart.
_BARE = """() => [...document.querySelectorAll(".cb-bar rect")]
  .filter((part) => part.getBoundingClientRect().width > 30 && part.nextElementSibling?.localName !== "text"
    || getComputedStyle(part).printColorAdjust !== "exact").map((part) => part.getAttribute("class"))"""


@pytest.fixture
def printed(context: BrowserContext, site: Sites) -> Iterator[Callable[[str], Page]]:
    """Open a page of the example as it is printed."""

    def open_printed(address: str) -> Page:
        page = open_page(context, site("example").address + address, A4).page
        page.emulate_media(media="print")
        return page

    yield open_printed
    context.pages[0].emulate_media(media="screen")


@pytest.mark.parametrize("address", PAGES)
def test_sheets(printed: Callable[[str], Page], address: str) -> None:
    """No controls, no heading alone at the end of a sheet, no broken figure; the version and its day on each sheet."""
    page = printed(address)
    for selector in (
        ".cb-propose",
        ".cb-pencil",
        ".cb-keys",
        ".cb-time",
        ".cb-filter",
        ".cb-versus",
        ".cb-foot nav",
        "a[href*='propose/?']",
    ):
        assert (selector, [one.is_visible() for one in page.locator(selector).all() if one.is_visible()]) == (
            selector,
            [],
        )
    assert page.evaluate(_STRANDED) == []
    assert page.evaluate(_OUTSIDE) == []
    assert [problem for problem in cut_text(page) if problem.startswith("broken")] == []
    margins = page.evaluate(_MARGINS)
    assert "Revenue Enablement Charter · 2026-Q4, in force from 14 October 2026" in margins
    assert "counter(page)" in margins


def test_grey(printed: Callable[[str], Page]) -> None:
    """Parts of a bar have letters, as on a printer without colours."""
    page = printed("latest/funding/")
    assert page.locator(".cb-bar rect").count() > 2
    assert page.evaluate(_BARE) == []


@pytest.mark.parametrize(
    "address", ["", "sponsor/", "metrics/", "changes/", "review/", "services/", "roles/", "maturity/"]
)
def test_words_of_russian_sheets(context: BrowserContext, site: Sites, address: str) -> None:
    """They are longer than English ones, and as whole."""
    page = open_page(context, f"{site('russian').address}latest/{address}", A4).page
    page.emulate_media(media="print")
    try:
        assert [problem for problem in cut_text(page) if problem.startswith("broken")] == []
    finally:
        page.emulate_media(media="screen")


#: Repeat the newest version of each table until there are twelve, the most that it has.
_TWELVE_VERSIONS = """() => {
  for (const table of document.querySelectorAll(".cb-columns")) {
    table.classList.add("cb-columns--many");
    for (const row of table.rows) while (row.cells.length < 13) row.append(row.lastElementChild.cloneNode(true));
  }
}"""


def test_twelve_versions_fit(printed: Callable[[str], Page]) -> None:
    """The newest one is the last column."""
    page = printed("latest/sponsor/")
    page.evaluate(_TWELVE_VERSIONS)
    assert page.evaluate(_OUTSIDE) == []
    assert [problem for problem in cut_text(page) if problem.startswith("broken")] == []


def test_large_sums_of_twelve_versions_fit(printed: Callable[[str], Page]) -> None:
    """Each is below the name of its version."""
    page = printed("latest/sponsor/")
    page.evaluate(_TWELVE_VERSIONS)
    page.locator("td .cb-figure").evaluate_all(
        "all => all.forEach((one) => one.textContent = '¥105,500,000')"
    )
    assert page.evaluate(_OUTSIDE) == []
    rows = page.locator(".cb-columns:has(.cb-figure)").first.locator("tr")
    ends = "row => [...row.cells].slice(1).map((cell) => Math.round(cell.getBoundingClientRect().right))"
    assert rows.nth(1).evaluate(ends) == rows.first.evaluate(ends)


def test_sentences_of_twelve_versions_are_whole(printed: Callable[[str], Page]) -> None:
    """A promise of many versions is a card, since a column would be narrower than its words."""
    page = printed("latest/promises/")
    page.evaluate("document.querySelector('.cb-promises').classList.add('cb-promises--many')")
    targets = page.locator(".cb-promises .cb-target:visible")
    lines = targets.evaluate_all("all => all.map((one) => one.getClientRects().length && one.clientHeight)")
    assert lines
    assert max(lines) < 40
    assert page.evaluate(_OUTSIDE) == []
    assert [problem for problem in cut_text(page) if problem.startswith("broken")] == []


@pytest.mark.parametrize("address", ["funding/", "review/", "pre-read/", "risks/", "roles/", "history/"])
def test_long_words_fit(context: BrowserContext, site: Sites, address: str) -> None:
    """Tables with words of sixty letters are as wide as the sheet."""
    page = open_page(context, f"{site('stress').address}latest/{address}", A4).page
    page.emulate_media(media="print")
    try:
        assert page.evaluate(_OUTSIDE) == []
    finally:
        page.emulate_media(media="screen")


#: Texts of figures that are over each other.
_OVER_EACH_OTHER = """() => {
  const boxes = [...document.querySelectorAll("td .cb-figure")].filter((one) => one.checkVisibility()).map((one) => {
    const range = document.createRange();
    range.selectNodeContents(one);
    return [one.textContent, range.getBoundingClientRect()];
  });
  return boxes.flatMap(([text, one], place) => boxes.slice(place + 1).filter(([, other]) =>
    one.left < other.right - 1 && other.left < one.right - 1 && one.top < other.bottom - 1 && other.top < one.bottom - 1).map(([other]) => `${text} ${other}`));
}"""


@pytest.mark.parametrize("address", ["", "sponsor/", "metrics/", "metrics/balance/", "promises/"])
def test_large_sums_are_whole(context: BrowserContext, site: Sites, address: str) -> None:
    """Sums of a thousand million are neither over each other nor broken, and no word beside them is."""
    page = open_page(context, f"{site('large sums').address}latest/{address}", A4).page
    page.emulate_media(media="print")
    try:
        assert page.evaluate(_OUTSIDE) == []
        assert page.evaluate(_OVER_EACH_OTHER) == []
        assert cut_text(page, 19) == []
        for cell in page.locator(".cb-promises--many td").all():
            assert cell.evaluate("e => getComputedStyle(e).breakInside") == "avoid"
    finally:
        page.emulate_media(media="screen")


def test_a_decision_can_be_written(context: BrowserContext, site: Sites) -> None:
    """On the sheet to sign, which is on one sheet as the agenda is, the decision and the date have three centimetres."""
    page = open_page(context, f"{site('russian').address}latest/pre-read/", A4).page
    page.emulate_media(media="print")
    try:
        wide = page.locator("td.cb-blank").evaluate_all(
            "all => all.map((one) => one.clientWidth / 96 * 2.54)"
        )
        assert len(wide) > 6
        assert min(wide) >= 3
        for name in ("Повестка", "Лист согласования"):
            table = page.get_by_role("table", name=name)
            assert table.evaluate("e => getComputedStyle(e.parentElement).breakInside") == "avoid"
        assert page.evaluate(_OUTSIDE) == []
    finally:
        page.emulate_media(media="screen")


def test_parts_that_are_longer_than_a_sheet(printed: Callable[[str], Page]) -> None:
    """They are not moved to the next one, and the name of a version is not left on its own."""
    page = printed("latest/sponsor/")
    for part in page.locator("details").all():
        assert part.evaluate("e => getComputedStyle(e).breakInside") == "auto"
    page = printed("latest/history/")
    for heading in page.locator(".cb-history tr:has(h2)").all():
        assert heading.evaluate("e => getComputedStyle(e).breakAfter") == "avoid"


#: Lines of a sheet without those in its margins.
Sheets = list[list[str]]


def sheets(page: Page, paper: str) -> Sheets:
    """The lines of text on each sheet of a page that is printed."""
    file = pypdfium2.PdfDocument(page.pdf(format=paper))
    texts = [sheet.get_textpage().get_text_range() for sheet in file]
    return [[line.strip() for line in text.splitlines()[1:] if line.strip()] for text in texts]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_no_sheet_is_empty(printed: Callable[[str], Page], paper: str) -> None:
    """A short page takes one sheet, and a page that fills its last sheet takes no further one."""
    for address in ("capacity/", "how-we-compare/", "propose/", "partners/"):
        found = sheets(printed(f"latest/{address}"), paper)
        assert (address, [place for place, lines in enumerate(found, 1) if not lines]) == (address, [])
        assert address == "partners/" or len(found) == 1


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_no_name_of_an_item_ends_a_sheet(printed: Callable[[str], Page], paper: str) -> None:
    """In a comparison, its first change is below it."""
    for address in ("latest/changes/", "latest/compare/2025-Q3/"):
        page = printed(address)
        titles = page.locator(".cb-list h3").all_text_contents()
        ends = [lines[-1] for lines in sheets(page, paper)[:-1]]
        starts = tuple(" ".join(title.split())[:30] for title in titles if title.strip())
        assert (address, [line for line in ends if line.startswith(starts)]) == (address, [])


def test_what_is_below_the_name_of_an_item_ends_no_sheet(context: BrowserContext, site: Sites) -> None:
    """The link to a former name, and whom the changes affect, of several lines each."""
    page = open_page(context, f"{site('forge').address}latest/changes/", A4).page
    page.emulate_media(media="print")
    breaks = page.locator(".cb-about > p").evaluate_all(
        "all => all.map((p) => getComputedStyle(p).breakAfter)"
    )
    page.emulate_media(media="screen")
    assert len(breaks) > 5
    assert set(breaks) <= {"avoid", "avoid-page"}


@pytest.mark.parametrize("name", ["example", "russian"])
def test_labels_of_rules_are_beside_their_texts(context: BrowserContext, site: Sites, name: str) -> None:
    """All lines of a rule begin at the same distance from its label, in each language."""
    page = open_page(context, f"{site(name).address}latest/health/", A4).page
    page.emulate_media(media="print")
    gaps = page.locator(".cb-health__list > li").evaluate_all(
        """all => all.map((one) => one.querySelector("p").getBoundingClientRect().left - one.firstElementChild.getBoundingClientRect().right)"""
    )
    page.emulate_media(media="screen")
    assert len(gaps) > 10
    assert min(gaps) > 5


def test_the_foot_of_a_page_is_not_alone_on_a_sheet(printed: Callable[[str], Page]) -> None:
    """Its version and its owner are together, and below the last lines of the page."""
    foot = printed("latest/mission/").locator(".cb-foot")
    breaks = foot.evaluate("e => [getComputedStyle(e).breakBefore, getComputedStyle(e).breakInside]")
    assert breaks == ["avoid", "avoid"]


@pytest.mark.parametrize("room", [0, 200, 400])
def test_the_last_sheet_of_a_comparison_has_changes(printed: Callable[[str], Page], room: int) -> None:
    """Whatever its length; the margin of each sheet says its version."""
    page = printed("latest/compare/2025-Q1/")
    page.evaluate("room => { document.querySelector('.cb-sum').style.paddingBottom = `${room}px`; }", room)
    last = sheets(page, "A4")[-1]
    assert not [line for line in last if line.startswith(("Version", "Last changed"))]
    assert [line for line in last if line.startswith("New section")]


@pytest.mark.parametrize("address", ["health/", "pre-read/"])
def test_long_lists_of_findings_fill_the_sheets(context: BrowserContext, site: Sites, address: str) -> None:
    """Folded ones are printed, too, and no list is moved to the next sheet as a whole."""
    page = open_page(context, f"{site('many findings').address}latest/{address}", A4).page
    page.emulate_media(media="print")
    try:
        found = sheets(page, "A4")
        assert [len(lines) for lines in found[1:-1] if len(lines) < 15] == []
        assert sum(line.startswith("The service") for lines in found for line in lines) >= 60
    finally:
        page.emulate_media(media="screen")


#: Add services to a matrix until there are fourteen, in which each role has three parts.
_THREE_PARTS = """() => {
  const table = document.querySelector(".cb-roles");
  for (const row of table.rows) while (row.cells.length < 16) row.append(row.lastElementChild.cloneNode(true));
  const parts = [..."ARC"].map((letter) => `<span class="cb-raci">${letter}</span>`).join(" ");
  for (const cell of table.querySelectorAll(".cb-cell")) cell.innerHTML = parts;
}"""


def test_several_parts_of_a_role_fit(printed: Callable[[str], Page]) -> None:
    """They are below each other if a sheet is too narrow for fourteen services."""
    page = printed("latest/roles/")
    page.evaluate(_THREE_PARTS)
    assert page.evaluate(_OUTSIDE) == []
