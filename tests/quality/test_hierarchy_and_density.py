"""Hierarchy and density of pages: the first elements, the elements of a row, and the height of a page.

Elements that no script shows or moves are measured without JavaScript: loading a page then takes half of the time.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.quality.sites import Site
from tests.site_checks.browser import horizontal_scroll, open_page, resize

Sites = Callable[[str], Site]

#: Half the height of these pages before comparisons were folded, and audience pages before they were.
TALLEST = {("2026-Q4/compare/2025-Q1/", 1280): 7468, ("2026-Q4/compare/2025-Q1/", 390): 11877}
TALLEST_AUDIENCE = 5200

#: Height of the home page on a phone before it had links above its title and the next review; the Russian one has ten audiences.
TALLEST_HOME = {"example": 3199, "russian": 3500}

#: Sets of elements that are not in one row: their tops within their common parent.
_UNEVEN = """([parent, child]) => [...document.querySelectorAll(parent)].map(one =>
  [...one.querySelectorAll(child)].filter(e => e.offsetParent).map(e => Math.round(e.getBoundingClientRect().top)))
  .filter(tops => new Set(tops).size > 1)"""

#: Characters of the longest line in each sentence of a comparison.
_LINES = """() => [...document.querySelectorAll('.cb-about li > a')].filter(a => a.offsetParent).map(a => {
  const lines = {}, range = document.createRange(), text = a.firstChild;
  for (let i = 0; i < text.length; i++) {
    range.setStart(text, i), range.setEnd(text, i + 1);
    const top = Math.round(range.getBoundingClientRect().top);
    lines[top] = (lines[top] || 0) + 1;
  }
  return Math.max(...Object.values(lines));
})"""


def opened(context: BrowserContext, site: Site, address: str, width: int = 1280) -> Page:
    """A page of a site."""
    return open_page(context, site.address + address, width).page


def height(page: Page) -> int:
    """Height of a page."""
    return int(page.evaluate("document.documentElement.scrollHeight"))


def uneven(page: Page, parent: str, child: str) -> list[list[int]]:
    """The parents whose children are in more than one row."""
    assert page.locator(f"{parent} {child}").count() > 1
    return list(page.evaluate(_UNEVEN, [parent, child]))


@pytest.mark.parametrize("name", ["example", "russian"])
def test_home(context: BrowserContext, site: Sites, name: str) -> None:
    """The mission and the facts, the changes, “I am …”, the figures, the next review; the title once.

    The facts are in one row, or in a line each on a phone.
    """
    visit = open_page(context, f"{site(name).address}latest/", 390)
    page = visit.page
    order = page.evaluate(
        "[...document.querySelectorAll('.md-content h1, .cb-hero, .md-content h2')].map(e => e.id || e.className)"
    )
    assert order[1:6] == ["cb-hero", "whats-new", "i-am", "numbers", "next-review"]
    title = page.locator(".md-content h1").inner_text()
    assert page.locator(".md-content").inner_text().count(title) == 1
    lines = page.locator(".cb-strip > div").evaluate_all(
        "all => all.map(one => [...one.children].map(e => Math.round(e.getBoundingClientRect().left)))"
    )
    assert len({tuple(starts) for starts in lines}) == 1
    assert height(page) <= TALLEST_HOME[name]
    resize(visit, 1280)
    assert uneven(page, ".cb-strip", "div") == []
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    assert page.locator(".cb-hero__mission p").first.evaluate(size) >= 20


def test_cards_of_the_home_page(context_without_js: BrowserContext, site: Sites) -> None:
    """At least 14rem wide, with the name, the value and its course at the same places in all cards of a row."""
    visit = open_page(context_without_js, f"{site('example').address}latest/", 390)
    for width in (390, 1280, 1920):
        resize(visit, width)
        assert (width, *cards(visit.page)) == (width, True, True)


def cards(page: Page) -> tuple[bool, bool]:
    """Whether the cards of the home page are wide enough, and whether their values are at one height in each row."""
    found = page.evaluate(
        """() => [...document.querySelectorAll('.cb-cards--small > li')].map(li => {
          const box = li.getBoundingClientRect(), rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
          const value = li.querySelector('.cb-number__value'), top = e => Math.round(e.getBoundingClientRect().top - box.top);
          return [box.width / rem, Math.round(box.top), value && top(value)];
        })"""
    )
    rows = {top: {place for _, other, place in found if other == top} for _, top, _ in found}
    return min(wide for wide, _, _ in found) >= 14, all(len(places) == 1 for places in rows.values())


def test_the_next_review(context: BrowserContext, site: Sites) -> None:
    """Its day, the first decisions of the pre-read, and the link to it."""
    page = opened(context, site("example"), "latest/")
    review = page.locator(".cb-next")
    expect(review.locator("time")).to_have_text("14 January 2027")
    questions = review.locator("li").all_inner_texts()
    review.get_by_role("link", name="What to read before the next review").click()
    page.wait_for_url("**/pre-read/")
    assert page.locator("#decisions + ol strong").all_inner_texts()[: len(questions)] == questions != []


@pytest.mark.parametrize(("address", "width"), TALLEST)
def test_a_long_comparison(context_without_js: BrowserContext, site: Sites, address: str, width: int) -> None:
    """Half as tall as it was, and without JavaScript nothing of it is out of reach."""
    page = opened(context_without_js, site("example"), address, width)
    assert height(page) <= TALLEST[address, width]
    page.evaluate(
        "document.querySelectorAll('.cb-changes details:not([open]) > summary').forEach(e => e.click())"
    )
    assert page.locator(".cb-about li[id]:visible").count() == page.locator(".cb-about li[id]").count() > 150


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("example", "2026-Q4/compare/2025-Q1/"),
        ("example", "latest/changes/"),
        ("russian", "latest/changes/"),
        ("russian", "draft/changes/"),
    ],
)
def test_changes_below_the_name_of_their_item(
    context_without_js: BrowserContext, site: Sites, name: str, address: str
) -> None:
    """They do not say the name again, and an item says once whom it affects."""
    page = opened(context_without_js, site(name), address)
    groups = page.evaluate(
        """() => [...document.querySelectorAll('.cb-about')].filter(e => e.querySelector('h3')).map(e => [
          e.querySelector('h3').textContent,
          [...e.querySelectorAll('li[id] > a')].map(a => a.textContent),
          e.querySelectorAll(':scope > p:not(:has(> a:only-child))').length,
        ])"""
    )
    assert groups
    for title, sentences, affects in groups:
        assert affects <= 1
        assert [one for one in sentences if one.startswith(f"{title}:") or one.endswith(f": {title}")] == []


def test_versions_of_a_promise_are_named_once(context: BrowserContext, site: Sites) -> None:
    """On a phone, the name of a version is above what it promised, and not again in front of how it went."""
    page = opened(context, site("large sums"), "latest/promises/", 390)
    cells = page.locator(".cb-promises td:has(.cb-run)").evaluate_all(
        "all => all.map(one => [one.dataset.label.replaceAll('‑', '-'), one.innerText])"
    )
    assert cells
    assert [text for label, text in cells if label in text] == []


def test_a_mitigation_has_the_room_of_a_sentence(context_without_js: BrowserContext, site: Sites) -> None:
    """It is wider than the likelihood of the risk on a laptop."""
    page = opened(context_without_js, site("russian"), "latest/risks/")
    widths = (
        page.locator("tbody tr").first.locator("td").evaluate_all("all => all.map(one => one.clientWidth)")
    )
    assert widths[2] > 1.4 * widths[0]


def test_lines_of_a_comparison(context_without_js: BrowserContext, site: Sites) -> None:
    """About 70 characters, at most 85."""
    visit = open_page(context_without_js, f"{site('example').address}2026-Q4/compare/2025-Q1/")
    for width in (1280, 1920):
        resize(visit, width)
        assert max(visit.page.evaluate(_LINES)) <= 85


#: Those with most and fewest parts; `make slow` looks at more of them.
AUDIENCES = ("account-executives", "presales")
MORE = ("sales-development", "sales-managers", "customer-success")


@pytest.mark.parametrize(
    "audience", [*AUDIENCES, *(pytest.param(audience, marks=pytest.mark.slow) for audience in MORE)]
)
def test_an_audience_on_a_phone(context_without_js: BrowserContext, site: Sites, audience: str) -> None:
    """Parts are folded with their counts, and open without JavaScript."""
    page = opened(context_without_js, site("example"), f"latest/audiences/{audience}/", 390)
    assert height(page) <= TALLEST_AUDIENCE
    folded = page.locator(".cb-narrow")
    for index in range(folded.count()):
        part = folded.nth(index)
        assert re.search("[0-9]", part.locator("summary").inner_text())
        expect(part.locator("summary + *")).to_be_hidden()
        part.locator("summary").click()
        expect(part.locator("summary + *")).to_be_visible()


def test_an_audience_elsewhere(context: BrowserContext, site: Sites) -> None:
    """Nothing is folded on a laptop and on paper."""
    page = opened(context, site("example"), "latest/audiences/account-executives/")
    for media in ("print", "screen"):
        page.emulate_media(media=media)
        assert page.locator(".cb-narrow > summary:visible").count() == 0
        assert (
            page.locator(".cb-narrow > summary + *:visible").count()
            == page.locator(".cb-narrow").count()
            >= 3
        )


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("example", "latest/metrics/"),
        ("example", "latest/metrics/ramp/"),
        ("example", "latest/sponsor/"),
        ("russian", "latest/metrics/"),
        ("russian", "latest/metrics/new-business-revenue/"),
    ],
)
def test_figures_of_a_metric_on_a_phone(
    context_without_js: BrowserContext, site: Sites, name: str, address: str
) -> None:
    """Baseline, target and actual value are in one row, also below a label of two lines."""
    page = opened(context_without_js, site(name), address, 390)
    assert uneven(page, ".cb-metrics tbody tr", "td.cb-num") == []
    if page.locator(".cb-scores").count():
        assert uneven(page, ".cb-scores tbody tr", "td.cb-num > .cb-figure") == []


@pytest.mark.parametrize(("name", "metric"), [("example", "ramp"), ("russian", "new-business-revenue")])
def test_figures_on_the_page_of_a_metric(
    context_without_js: BrowserContext, site: Sites, name: str, metric: str
) -> None:
    """They are three cards beside each other, at every width."""
    visit = open_page(context_without_js, f"{site(name).address}latest/metrics/{metric}/", 390)
    for width in (390, 1280):
        resize(visit, width)
        assert (width, uneven(visit.page, ".cb-trio", "li")) == (width, [])


@pytest.mark.parametrize("name", ["example", "russian"])
def test_maturity(context_without_js: BrowserContext, site: Sites, name: str) -> None:
    """All stages are in one row."""
    visit = open_page(context_without_js, f"{site(name).address}latest/maturity/")
    for width in (1280, 390, 320):
        resize(visit, width)
        assert (width, uneven(visit.page, ".cb-stages", "li")) == (width, [])


@pytest.mark.parametrize(
    ("address", "wide"),
    [
        ("2026-Q4/compare/2025-Q1/", ".cb-list"),
        ("latest/services/", ".cb-table:has(.cb-matrix)"),
        ("latest/roles/", ".cb-table"),
        ("latest/sponsor/", ".cb-table"),
        ("latest/promises/", ".cb-table"),
    ],
)
def test_a_wide_screen(context_without_js: BrowserContext, site: Sites, address: str, wide: str) -> None:
    """Comparisons and matrices use it: at least two thirds of 1920 pixels. Running text does not."""
    page = opened(context_without_js, site("example"), address, 1920)
    width = "e => e.getBoundingClientRect().width"
    assert page.locator(wide).first.evaluate(width) >= 0.66 * 1920
    for text in page.locator(".md-content__inner > p").all():
        assert text.evaluate(width) <= 48 * 22


def test_the_navigation_stays_on_a_wide_screen(context_without_js: BrowserContext, site: Sites) -> None:
    """The header, the navigation and the title are at the same places on pages that use the width and on others."""
    parts = ".md-logo, .md-header__inner > .md-search, .md-sidebar--primary, h1"
    start = "all => all.map(one => Math.round(one.getBoundingClientRect().left))"
    for width in (1600, 1920, 2560):
        places = set()
        for address in ("latest/mission/", "latest/roles/", "latest/metrics/", "latest/changes/"):
            page = opened(context_without_js, site("example"), address, width)
            places.add(tuple(page.locator(parts).evaluate_all(start)))
            assert horizontal_scroll(page) is None
        assert (width, len(places)) == (width, 1)


def test_promises_fit_a_laptop(context_without_js: BrowserContext, site: Sites) -> None:
    """Eight versions are seen at once."""
    page = opened(context_without_js, site("example"), "latest/promises/")
    assert page.locator(".cb-table:has(.cb-promises)").evaluate("e => e.scrollWidth - e.clientWidth") == 0


def test_cells_of_promises_on_a_phone(context_without_js: BrowserContext, site: Sites) -> None:
    """The versions of a cell are above its target, so that each cell has the whole width of its card."""
    page = opened(context_without_js, site("example"), "latest/promises/", 390)
    lost = page.evaluate(
        """() => [...document.querySelectorAll(".cb-promises .cb-target, .cb-promises .cb-run")].map((one) => {
          const card = one.closest("tr").getBoundingClientRect(), box = one.getBoundingClientRect();
          return Math.round(box.left - card.left);
        })"""
    )
    assert lost
    assert max(lost) <= 16


@pytest.mark.parametrize(("name", "address", "rows"), [("example", "latest/calendar/", ".cb-table tbody tr")])
def test_short_tables_stay_tables_on_a_phone(
    context_without_js: BrowserContext, site: Sites, name: str, address: str, rows: str
) -> None:
    """A day and the name of a holiday are one line."""
    page = opened(context_without_js, site(name), address, 390)
    heights = page.locator(rows).evaluate_all("all => all.map(one => one.offsetHeight)")
    assert len(heights) == 5
    assert max(heights) < 70


@pytest.mark.parametrize("width", [390, 1280])
def test_tags_are_below_the_start_of_their_heading(
    context_without_js: BrowserContext, site: Sites, width: int
) -> None:
    """In the roadmap as elsewhere."""
    page = opened(context_without_js, site("example"), "latest/roadmap/", width)
    starts = page.locator(".cb-timeline > li").evaluate_all(
        "all => all.filter(one => one.querySelector('.cb-tags')).map(one => ['h2', '.cb-tags > li'].map(part => one.querySelector(part).getBoundingClientRect().left))"
    )
    assert starts
    assert [heading for heading, _ in starts] == [tag for _, tag in starts]


def test_an_empty_table_of_contents(context: BrowserContext, site: Sites) -> None:
    """It leaves its place to the content."""
    page = opened(context, site("example"), "latest/mission/")
    contents = page.locator(".md-sidebar--secondary")
    expect(contents).to_be_visible()
    contents.locator("nav").evaluate("e => e.replaceChildren()")
    expect(contents).to_be_hidden()


#: Signs that link to the form and are on another line than the last word of the name before them.
_STRANDED = """() => [...document.querySelectorAll('.cb-pencil--sign')].filter(sign => {
  const range = document.createRange();
  range.setStart(sign.parentElement, 0), range.setEndBefore(sign);
  const last = [...range.getClientRects()].filter(box => box.width).at(-1), own = sign.getBoundingClientRect();
  return !last || own.top > last.bottom || own.bottom < last.top;
}).map(sign => sign.getAttribute('aria-label'))"""


@pytest.mark.parametrize("address", ["glossary/", "funding/", "pre-read/", "review/", "intake/", "risks/"])
def test_signs_beside_names(context: BrowserContext, site: Sites, address: str) -> None:
    """The sign of a link to the form is on the line of the last word of the name, at every width."""
    for name in ("example", "russian"):
        visit = open_page(context, f"{site(name).address}latest/{address}", 390)
        assert visit.page.locator(".cb-pencil--sign").count() > 1 or name == "russian"
        for width in (390, 768, 1280):
            resize(visit, width)
            assert (name, width, visit.page.evaluate(_STRANDED)) == (name, width, [])


def test_changes_add_up(context_without_js: BrowserContext, site: Sites) -> None:
    """The numbers of each severity are all changes, also where new targets of several metrics count as one."""
    for older in ("2025-Q1", "2026-Q3"):
        page = opened(context_without_js, site("example"), f"2026-Q4/compare/{older}/")
        counts = map(int, page.locator(".cb-severities b").all_inner_texts())
        whole = re.match(r"\d+", page.locator(".cb-sum > p").first.inner_text())
        assert whole
        assert sum(counts) == int(whole[0])


def test_cards_of_the_sponsor_on_a_phone(context_without_js: BrowserContext, site: Sites) -> None:
    """The budget says the most: it has the whole width, so that no card beside it is half empty."""
    page = open_page(context_without_js, f"{site('example').address}latest/sponsor/", 390).page
    budget, services, coverage, metrics = (
        card.bounding_box() for card in page.locator(".cb-sponsor > *").all()
    )
    assert budget
    assert services
    assert coverage
    assert metrics
    assert budget["width"] == metrics["width"] > 300
    assert services["y"] == coverage["y"] > budget["y"]
    assert budget["height"] < 300


#: Of each part of the bar: its letter, which a narrow part lacks, and its colour.
_PARTS_OF_BAR = """bar => [...bar.querySelectorAll("rect")].map((part) => [
  part.nextElementSibling?.localName === "text" ? part.nextElementSibling.textContent : "", getComputedStyle(part).fill])"""
#: Of each entry of the legend: its letter, the colour of its swatch, and its text.
_LEGEND = """all => all.map((one) => [one.querySelector(".cb-letter").innerText,
  getComputedStyle(one.querySelector(".cb-swatch")).backgroundColor, one.innerText.trim()])"""


def test_the_bar_of_the_budget_has_a_legend(context_without_js: BrowserContext, site: Sites) -> None:
    """The letter and the colour of each part are beside its name and its share."""
    page = open_page(context_without_js, f"{site('example').address}latest/funding/").page
    bar = page.locator(".cb-bar").evaluate(_PARTS_OF_BAR)
    entries = page.locator(".cb-legend li").evaluate_all(_LEGEND)
    assert len(bar) == len(entries) > 2
    for place, ((letter, fill), (beside, colour, said)) in enumerate(zip(bar, entries, strict=True)):
        assert beside == "ABCDEF"[place]
        assert letter in ("", beside)
        assert colour == fill
        assert re.fullmatch(rf"{beside}\s+\w.*\s\d+%", said)
    assert page.locator(".cb-legend").is_visible()


def test_missed_promises_of_the_pre_read(context_without_js: BrowserContext, site: Sites) -> None:
    """Each leads to its service, as each metric leads to its page."""
    page = open_page(context_without_js, f"{site('example').address}latest/pre-read/").page
    for part, folder in (("promises", "services"), ("metrics", "metrics")):
        entries = page.locator(f"#{part} + ul > li")
        assert entries.count() > 1
        assert entries.locator(f"> a[href^='../{folder}/']").count() == entries.count()


def test_a_dozen_audiences_are_open(context_without_js: BrowserContext, site: Sites) -> None:
    """The home page of sixty audiences is much shorter than with all cards; without JavaScript, the others open."""
    page = open_page(context_without_js, f"{site('stress').address}latest/", 390).page
    cards = page.locator("#i-am ~ ul > li, #i-am ~ details li")
    opened = [card.is_visible() for card in cards.all()]
    assert opened == [True] * 12 + [False] * 48
    before = height(page)
    page.locator("summary", has_text="48 more audiences").click()
    assert cards.last.get_by_role("link").is_visible()
    assert before < height(page) * 0.6


def test_audiences_of_a_change_are_not_higher_than_the_change(
    context_without_js: BrowserContext, site: Sites
) -> None:
    """More than six are named once they are opened."""
    page = open_page(context_without_js, f"{site('stress').address}latest/changes/", 1280).page
    lists = page.locator(".cb-touched")
    assert lists.count() > 1
    for one in lists.all()[:3]:
        count = one.locator("a").count()
        assert count > 6
        assert f"{count} audiences" in one.locator("summary").inner_text()
    named = page.locator(".cb-about > p").evaluate_all("all => all.map(e => e.querySelectorAll('a').length)")
    assert max(named) <= 6


def test_one_audience_on_a_phone(context_without_js: BrowserContext, site: Sites) -> None:
    """A matrix with room for the names of its columns has them in lines; others have them upright."""
    modes = {
        name: opened(context_without_js, site(name), "latest/services/", 390)
        .locator(".cb-matrix thead th > span")
        .first.evaluate("e => getComputedStyle(e).writingMode")
        for name in ("minimal", "example")
    }
    assert modes == {"minimal": "horizontal-tb", "example": "vertical-rl"}


def test_a_home_page_on_a_phone(context_without_js: BrowserContext, site: Sites) -> None:
    """The counts of an audience are in one line, and the sections of the charter in two columns."""
    page = opened(context_without_js, site("example"), "latest/", 390)
    facts = page.locator("#i-am + ul > li").evaluate_all(
        "all => all.map(one => new Set([...one.querySelectorAll('p')].map(e => Math.round(e.getBoundingClientRect().top))).size)"
    )
    assert set(facts) == {1}
    starts = page.locator(".cb-links li").evaluate_all(
        "all => all.map(one => Math.round(one.getBoundingClientRect().left))"
    )
    assert len(set(starts)) == 2
    assert height(page) < 4300


@pytest.mark.parametrize("width", [768, 1280])
def test_the_budget_of_the_sponsor(context_without_js: BrowserContext, site: Sites, width: int) -> None:
    """The four cards are in one row, and the one with the most words is the widest."""
    page = opened(context_without_js, site("example"), "latest/sponsor/", width)
    assert uneven(page, ".cb-sponsor", ".cb-card") == []
    wide = page.locator(".cb-sponsor > .cb-card").evaluate_all(
        "all => all.map(one => Math.round(one.offsetWidth))"
    )
    assert wide[0] > 1.5 * max(wide[1:])


#: Cells of cards with more than two lines in less than half of the width of their card.
_SQUEEZED = """() => [...document.querySelectorAll('.cb-stack tbody td')].filter(cell => cell.checkVisibility()).flatMap(cell => {
  const style = getComputedStyle(cell), range = document.createRange();
  range.selectNodeContents(cell);
  const lines = new Set([...range.getClientRects()].map(rect => Math.round(rect.top / 4))).size;
  const room = cell.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  return lines > 3 && room < cell.parentElement.clientWidth / 2 && !cell.matches('.cb-num') ? [cell.innerText] : [];
})"""


@pytest.mark.parametrize("name", ["example", "russian"])
def test_texts_in_cards_use_their_width(context_without_js: BrowserContext, site: Sites, name: str) -> None:
    """Tables that become cards on a phone do not keep the widths of their columns."""
    for section in ("risks", "review", "pre-read", "intake", "funding", "metrics"):
        page = opened(context_without_js, site(name), f"latest/{section}/", 390)
        assert page.locator(".cb-stack").count(), section
        assert (section, page.evaluate(_SQUEEZED)) == (section, [])


def test_columns_of_roles_are_apart(context_without_js: BrowserContext, site: Sites) -> None:
    """By a line, since several parts of a role are beside each other; on a phone there are no columns."""
    visit = open_page(context_without_js, f"{site('example').address}latest/roles/")
    lines = "all => [...new Set(all.map(one => getComputedStyle(one).boxShadow !== 'none'))]"
    for width, expected in ((1280, [True]), (390, [False])):
        resize(visit, width)
        found = visit.page.locator(".cb-roles td + td.cb-cell").evaluate_all(lines)
        assert (width, found) == (width, expected)


@pytest.mark.parametrize("address", ["latest/health/", "latest/pre-read/"])
def test_a_hundred_findings(context_without_js: BrowserContext, site: Sites, address: str) -> None:
    """They take a few screens of a phone, and all can be opened."""
    page = opened(context_without_js, site("many findings"), address, 390)
    assert height(page) < 8000
    for summary in page.locator(".cb-health__each + details > summary").all():
        summary.click()
    assert page.locator(".cb-health__each li").evaluate_all("all => all.every(one => one.checkVisibility())")
    assert page.locator(".cb-health__each li").count() > 100
