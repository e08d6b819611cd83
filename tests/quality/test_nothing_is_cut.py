"""Nothing is cut without a sign: no word, no figure, no column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from tests.quality.sites import Site
from tests.site_checks.browser import horizontal_scroll, open_page, resize, wait_for_next_frame
from tests.site_checks.cut_text import cut_text
from tests.site_checks.reader_needs import moving, overlaps, small_targets, space_out

Sites = Callable[[str], Site]

#: The width of a laptop at 400 % and of the smallest phones (WCAG 1.4.10), a tablet, a laptop.
WIDTHS = (320, 768, 1280)

#: Pages whose layout has no other one like it.
KINDS = (
    "",
    "services/",
    "audiences/",
    "funding/",
    "metrics/",
    "roles/",
    "risks/",
    "review/",
    "sponsor/",
    "changes/",
)
#: The example has what the others lack; `make slow` also checks its pages of these kinds.
PAGES = {
    "example": (
        "sponsor/",
        "changes/",
        "promises/",
        "history/",
        "calendar/",
        "pre-read/",
        "services/onboarding/",
        "audiences/account-executives/",
        "metrics/ramp/",
    ),
    "russian": (
        *(kind for kind in KINDS if kind not in ("roles/", "risks/")),
        "maturity/",
        "intake/",
        "audiences/sales/",
        "metrics/new-business-revenue/",
    ),
    "stress": (*KINDS, "own-1/", "services/service-3/", "audiences/audience-2/", "metrics/metric-4/"),
}

#: Words of more letters than any language has in everyday use; in the smallest window, than a column of a table holds.
LONGEST = {320: 9, 640: 19, 768: 24, 1280: 24}


def lost_when_spaced(page: Page) -> list[str]:
    """The text that a page loses with wide spacing: longer words can break."""
    space_out(page)
    wide = horizontal_scroll(page)
    cut = [problem for problem in cut_text(page, 0) if problem.startswith("cut")]
    return [f"with wide spacing: {problem}" for problem in [*([wide] if wide else []), *cut]]


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_cut(context: BrowserContext, site: Sites, name: str) -> None:
    """In English, in Russian and with names that no screen holds; nor with the spacing of WCAG 1.4.12.

    The pages are loaded here, so their events, their targets and moving parts are also checked.
    """
    assert (
        lost(
            context, f"{site(name).address}latest/", PAGES[name], WIDTHS if name == "stress" else (320, 1280)
        )
        == {}
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_cut_on_any_kind_of_page(context: BrowserContext, site: Sites, name: str) -> None:
    """The same for all kinds of each site, at each width."""
    assert lost(context, f"{site(name).address}latest/", {*PAGES[name], *KINDS, "maturity/"}, WIDTHS) == {}


def lost(
    context: BrowserContext, address: str, paths: Iterable[str], widths: tuple[int, ...]
) -> dict[tuple[str, int | str], list[str]]:
    """All faults in the layout of pages below an address, by page and width or kind of fault."""
    found: dict[tuple[str, int | str], list[str]] = {}
    for path in paths:
        visit = open_page(context, address + path, widths[-1])
        for width in reversed(widths):
            resize(visit, width)
            wait_for_next_frame(visit.page)  # a part that begins to scroll gets its sign with a frame
            wide = horizontal_scroll(visit.page)
            found[path, width] = [*([wide] if wide else []), *cut_text(visit.page, LONGEST[width])]
        found[path, "events"] = visit.problems()
        found[path, "targets"] = small_targets(visit.page, 24)
        found[path, "moves"] = moving(visit.page)
        found[path, "spaced"] = lost_when_spaced(visit.page)
    return {place: problems for place, problems in found.items() if problems}


FITTING = {
    "example": (
        "metrics/",
        "services/",
        "services/battle-cards/",
        "audiences/account-executives/",
        "metrics/ramp/",
    ),
    "russian": (
        "metrics/",
        "services/",
        "services/onboarding/",
        "metrics/new-business-revenue/",
        "funding/",
        "risks/",
    ),
}


@pytest.mark.parametrize(
    ("name", "path"), [(name, path) for name, paths in FITTING.items() for path in paths]
)
def test_tables_fit_a_laptop(context_without_js: BrowserContext, site: Sites, name: str, path: str) -> None:
    """The scorecard, the coverage matrix, promises and figures over the versions are in sight as a whole."""
    page = open_page(context_without_js, f"{site(name).address}latest/{path}").page
    over = page.locator(".cb-table").evaluate_all("all => all.map(one => one.scrollWidth - one.clientWidth)")
    assert over == [0] * len(over)
    assert over


LARGE = ("", "metrics/", "metrics/net-result/", "metrics/balance/", "sponsor/", "promises/")


@pytest.mark.parametrize("path", LARGE)
def test_large_sums_fit(context: BrowserContext, site: Sites, path: str) -> None:
    """A sum of a thousand million is inside of its card, beside long words that are whole on a phone."""
    address = f"{site('large sums').address}latest/"
    assert lost(context, address, [path], (640, 1280)) == {}
    page = open_page(context, address + path, 390).page
    problems = [problem for problem in cut_text(page, LONGEST[640]) if "span.cb-note" not in problem]
    assert [horizontal_scroll(page), *problems] == [None]


@pytest.mark.parametrize(
    ("width", "path"), [(640, "metrics/"), (1280, "metrics/"), (1280, "metrics/balance/")]
)
def test_the_status_is_in_sight(context: BrowserContext, site: Sites, width: int, path: str) -> None:
    """In the last column of the scorecard and of a metric's history, beside large sums; also at 200 %."""
    for name in ("large sums", *(["russian"] if path == "metrics/" else [])):
        page = open_page(context, f"{site(name).address}latest/{path}", width).page
        over = page.locator(".cb-table:has(.cb-metrics)").evaluate_all(
            "all => all.map(one => one.scrollWidth - one.clientWidth)"
        )
        assert (name, over) == (name, [0] * len(over))
        assert over


def test_a_promise_of_many_versions_is_in_sight(context: BrowserContext, site: Sites) -> None:
    """If the newest versions are shown first, the words of a cell that begins before them are beside the names."""
    page = open_page(context, f"{site('large sums').address}latest/promises/").page
    scrolls = page.locator(".cb-table").evaluate("one => one.scrollWidth - one.clientWidth")
    assert scrolls > 0
    first = page.locator(".cb-promises tbody th").first.bounding_box()
    assert first
    for word in ("within 48 hours", "not counted"):
        box = page.locator("td[colspan]").get_by_text(word).first.bounding_box()
        assert box
        assert box["x"] >= first["x"] + first["width"]


def test_two_versions_fit_a_phone(context: BrowserContext, site: Sites) -> None:
    """No table of the sponsor's page scrolls if it has two versions: the frozen column would cover the older one."""
    visit = open_page(context, site("russian").address + "2026-Q4/sponsor/", 390)
    tables = visit.page.locator(".cb-table:has(> .cb-columns)")
    assert tables.count() == 3
    for width in (390, 360, 320):
        resize(visit, width)
        assert (width, overflow(tables)) == (width, [0, 0, 0])


def overflow(tables: Locator) -> list[int]:
    """By how many pixels tables are wider than what is seen of them."""
    found: list[int] = tables.evaluate_all("all => all.map((one) => one.scrollWidth - one.clientWidth)")
    return found


@pytest.mark.parametrize(("width", "path", "table"), [
    (320, "pre-read/", ".cb-whole:not(.cb-stack)"),
    (768, "roles/", ".cb-roles"),
])  # fmt: skip
def test_a_table_fits_small_windows(
    context: BrowserContext, site: Sites, width: int, path: str, table: str
) -> None:
    """The agenda on the smallest phone, and the part of each role in nine services on a tablet."""
    page = open_page(context, f"{site('russian').address}2026-Q4/{path}", width).page
    assert overflow(page.locator(f".cb-table:has({table})")) == [0]


def test_cells_of_promises_begin_below_their_version(context: BrowserContext, site: Sites) -> None:
    """If nothing is scrolled away, those of one and of several versions begin at the same place."""
    page = open_page(context, f"{site('example').address}latest/promises/").page
    starts = page.locator("td:nth-child(2) > .cb-none").evaluate_all(
        "all => all.map(one => [one.parentElement.colSpan > 1, Math.round(one.getBoundingClientRect().left)])"
    )
    assert {several for several, _ in starts} == {True, False}
    assert len({left for _, left in starts}) == 1


@pytest.mark.parametrize("name", ["large sums", "russian"])
def test_facts_below_the_mission_are_whole(context: BrowserContext, site: Sites, name: str) -> None:
    """On a phone, none of their days is broken, and each decision is said in words."""
    page = open_page(context, f"{site(name).address}latest/", 390).page
    broken = page.locator(".cb-strip :is(time, .cb-figure)").evaluate_all(
        "all => all.filter(one => one.getClientRects().length > 1).map(one => one.innerText)"
    )
    assert broken == []
    words = page.locator(".cb-decision > span[aria-hidden] + span")
    assert words.count()
    assert (
        words.evaluate_all("all => all.filter(one => one.offsetWidth < 20).map(one => one.innerText)") == []
    )


@pytest.mark.parametrize("name", ["example", "russian"])
def test_days_of_a_metric_take_one_line(context: BrowserContext, site: Sites, name: str) -> None:
    """In the three cards on a phone, and in the last column of its table, which has three lines at most."""
    address = f"{site(name).address}latest/metrics/onboarding-time/"
    visit = open_page(context, address, 390)
    days = visit.page.locator(".cb-trio .cb-figure, .cb-trio + p .cb-figure")
    assert days.count() > 4
    assert (
        days.evaluate_all("all => all.filter(one => one.offsetHeight > 30).map(one => one.innerText)") == []
    )
    fit = "all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.innerText)"
    assert visit.page.locator(".cb-trio > li").evaluate_all(fit) == []
    resize(visit, 1280)
    tall = """all => all.filter(one => {
      const range = document.createRange();
      range.selectNodeContents(one);
      return range.getBoundingClientRect().height > 75;
    }).map(one => one.innerText)"""
    assert visit.page.locator(".cb-metrics tbody td:last-child").evaluate_all(tall) == []


def test_figures_line_up(context_without_js: BrowserContext, site: Sites) -> None:
    """Figures have digits of one width, and end at one edge."""
    page = open_page(context_without_js, f"{site('example').address}latest/funding/").page
    ends = page.locator("td.cb-num:nth-of-type(3) .cb-figure").evaluate_all(
        "all => all.map(one => [Math.round(one.getBoundingClientRect().right), getComputedStyle(one).fontVariantNumeric])"
    )
    assert len(ends) > 2
    assert {tuple(end) for end in ends} == {(ends[0][0], "tabular-nums")}


@pytest.fixture
def large_fonts(chromium: Browser) -> Iterator[BrowserContext]:
    """A reader whose browser has fonts of twice the usual size."""
    context = chromium.new_context(reduced_motion="reduce", service_workers="block")
    session = context.new_cdp_session(context.new_page())
    session.send("Page.enable")
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    yield context
    context.close()


@pytest.mark.parametrize(("name", "addresses"), [
    ("example", ["latest/", "latest/services/onboarding/", "latest/metrics/", "latest/maturity/", "latest/review/", "latest/changes/", "latest/propose/", "2025-Q1/"]),
    ("russian", ["draft/", "draft/metrics/"]),
])  # fmt: skip
def test_fonts_of_twice_the_size(
    large_fonts: BrowserContext, site: Sites, name: str, addresses: list[str]
) -> None:
    """On a phone, no text covers another one, and no page is wider than the window (WCAG 1.4.4)."""
    for address in addresses:
        page = open_page(large_fonts, site(name).address + address, 390).page
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "40px"
        assert (address, horizontal_scroll(page), overlaps(page)) == (address, None, [])


#: What broke or was cut in windows between those of the other tests: page and width.
BETWEEN = [
    ("russian", "", (375, 390, 430)),
    ("russian", "maturity/", (720, 768, 900)),
    ("russian", "changes/", (360, 390, 768)),
    ("russian", "metrics/new-business-revenue/", (390,)),
    ("example", "metrics/ramp/", (390,)),
    ("example", "compare/2025-Q1/", (390, 768)),
    ("large sums", "metrics/balance/", (390,)),
]


@pytest.mark.parametrize(("name", "address", "widths"), BETWEEN)
def test_days_versions_and_stages_are_whole(
    context: BrowserContext, site: Sites, name: str, address: str, widths: tuple[int, ...]
) -> None:
    """On phones and tablets: days below the figures of a metric, versions in a title, names of stages."""
    visit = open_page(context, f"{site(name).address}latest/{address}", widths[0])
    for width in widths:
        resize(visit, width)
        assert (width, cut_text(visit.page, 12 if width < 640 else 24)) == (width, [])
