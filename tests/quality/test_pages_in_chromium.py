from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from charterbook.site.output.root_files import problems_page
from tests.quality.sites import Site
from tests.site_checks.browser import Rules, Scheme, axe_violations, check_look, open_page
from tests.site_checks.reader_needs import moving, same_names, small_targets
from tests.site_checks.server import serve

Sites = Callable[[str], Site]

Look = tuple[int, Scheme, Rules]

#: Each width and each scheme, with all rules of axe.
ALL: tuple[Look, ...] = (
    (390, "light", "all"),
    (1280, "dark", "all"),
    (390, "dark", "colours"),
    (1280, "light", "colours"),
)
#: Each width and each scheme, for pages with their own colours; their markup is the same at both widths.
COLOURS: tuple[Look, ...] = ((390, "light", "all"), (1280, "dark", "colours"))
#: Each width, for pages with the same colours and the same navigation as others.
MARKUP: tuple[Look, ...] = ((390, "light", "but colours"), (1280, "dark", "none"))
#: Each width, for pages with the same elements as others, and other words.
FIT: tuple[Look, ...] = ((390, "light", "none"), (1280, "dark", "none"))

#: A page of every kind, and items with and without optional parts. A page is in this list for an element that no
#: other page has (tag, attributes, class and parent), for its own colours or for its layout; `ALIKE` has the others.
PAGES: dict[str, dict[str, tuple[Look, ...]]] = {
    "example": {
        "latest/": ALL,
        # Every part of the theme, and every block with its own colours.
        "latest/services/": COLOURS,
        "latest/metrics/": COLOURS,
        "latest/maturity/": COLOURS,
        "latest/risks/": COLOURS,
        "latest/roles/": COLOURS,
        "latest/history/": COLOURS,
        "latest/services/onboarding/": COLOURS,
        "2025-Q1/": COLOURS,
        "2025-Q1/services/none/": COLOURS,
        **dict.fromkeys(
            (f"latest/{section}/" for section in ("mission", "audiences", "funding", "review", "scope")),
            MARKUP,
        ),
        **dict.fromkeys((f"latest/{section}/" for section in ("roadmap", "decisions", "glossary")), MARKUP),
        "latest/services/webinars/": MARKUP,
        "latest/audiences/account-executives/": MARKUP,
        "latest/metrics/win-rate/": MARKUP,
        "2026-Q1/metrics/ramp/": MARKUP,
    },
    # A draft, and a page that the next version does not have; test_nothing_is_cut.py has more in Russian.
    "russian": {
        "latest/": MARKUP,
        "latest/services/partner-webinars/": MARKUP,
        "draft/": COLOURS,
        "draft/none/": COLOURS,
        "draft/history/": COLOURS,
        "2026-Q3/services/trips/": COLOURS,
    },
    # The least space for long names. test_nothing_is_cut.py has other pages.
    "stress": {
        "latest/services/": MARKUP,
        "latest/roles/": MARKUP,
        "latest/maturity/": FIT,
        "latest/own-1/": FIT,
        "2026-Q3/": FIT,
    },
    # The five questions only, in other colours.
    "minimal": {"latest/": COLOURS, "latest/metrics/win-rate/": MARKUP, "latest/services/": MARKUP},
    # Findings of a rule below its name, the most of them folded.
    "many findings": {"latest/health/": COLOURS, "latest/pre-read/": MARKUP},
}
#: Pages that have only elements of others: `make slow` looks at them.
ALIKE = {
    "example": [
        *(f"latest/{section}/" for section in ("intake", "partners", "platforms", "field-communication")),
        "latest/audiences/product-marketing/",
        "latest/metrics/service-level-adherence/",
        "2025-Q3/services/sales-onboarding/",
    ],
    "russian": ["latest/metrics/win-rate/", "2026-Q3/", "draft/services/library/"],
    "stress": ["2026-Q3/audiences/"],
    "minimal": [
        "latest/funding/",
        "latest/services/onboarding/",
        "latest/audiences/sellers/",
    ],
    "many findings": [],
}


#: The main controls of a phone, which have 44 px.
MAIN = ".md-header__button, .md-version__current, .md-nav--primary .md-nav__link, .md-button"


def problems(
    context: BrowserContext, url: str, looks: tuple[Look, ...], known: set[str] | None = None
) -> list[str]:
    """Problems of a page in each look; for the last of them, also small targets and moving parts."""
    visit = open_page(context, url, looks[0][0], looks[0][1])
    found = [problem for look in looks for problem in check_look(visit, *look, known)]
    small = [f"{url}: less than 24 px, {target}" for target in small_targets(visit.page, 24)]
    return [*found, *small, *(f"{url}: moves, {element}" for element in moving(visit.page))]


@pytest.mark.parametrize("name", PAGES)
def test_pages(context: BrowserContext, site: Sites, name: str) -> None:
    """No page has a problem, on a phone and a laptop, light and dark; nor a draft, nor words of sixty letters.

    Texts that look like others on an earlier page, with the same colours below them, have the same contrast.
    """
    known: set[str] = set()
    found = {}
    for address, looks in PAGES[name].items():
        heard = problems(context, site(name).address + address, looks, known)
        # Items of several kinds have the same name there.
        same = [] if name == "stress" else same_names(context.pages[0])
        tables = context.pages[0].evaluate(_TABLES)
        found[address] = [
            *heard,
            *(f"several links are named {links}" for links in same),
            *(f"a table has no name, or has it twice: {table}" for table in tables),
        ]
    assert {address: heard for address, heard in found.items() if heard} == {}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "address"),
    [(name, address) for name in PAGES for address in (*PAGES[name], *ALIKE[name])],
)
def test_every_look(context: BrowserContext, site: Sites, name: str, address: str) -> None:
    """All rules on all of these pages, and on those with the same elements, at each width in each scheme."""
    assert problems(context, site(name).address + address, ALL) == []


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("example", "latest/metrics/"),
        ("example", "latest/metrics/ramp/"),
        ("example", "latest/audiences/account-executives/"),
        ("russian", "latest/audiences/sales/"),
    ],
)
def test_figures_are_not_cut_off(
    context_without_js: BrowserContext, site: Sites, name: str, address: str
) -> None:
    """On a laptop the last column of a metrics table is visible without scrolling."""
    page = open_page(context_without_js, site(name).address + address).page
    tables = page.locator(".cb-table:has(.cb-stack)")
    assert tables.count() > 0
    assert (
        tables.evaluate_all("all => all.map(one => one.scrollWidth - one.clientWidth)")
        == [0] * tables.count()
    )


def test_the_newest_version_is_seen_first(context_without_js: BrowserContext, site: Sites) -> None:
    """On a phone, a table of versions shows the newest one beside the names of its rows."""
    page = open_page(context_without_js, site("example").address + "latest/sponsor/", 390).page
    table = page.locator(".cb-table:has(.cb-columns)").first
    seen = table.evaluate(
        """one => {
            const [names, newest] = [one.querySelector("tbody th"), one.querySelector("thead th:last-child")];
            const [place, left, right] = [one, names, newest].map(part => part.getBoundingClientRect());
            return [one.scrollWidth > one.clientWidth, left.left - place.left, right.right - place.right];
        }"""
    )
    assert seen == [True, pytest.approx(0, abs=1), pytest.approx(0, abs=1)]


def test_main_controls_of_a_phone(context: BrowserContext, site: Sites) -> None:
    """They have 44 px, also in the open menu."""
    page = open_page(context, site("example").address + "latest/", 390).page
    page.locator(".md-header__button[for=__drawer]").click()
    assert small_targets(page, 44, MAIN) == []
    assert page.locator(".md-nav--primary .md-nav__link:visible").count() > 5


def test_root(context: BrowserContext, site: Sites) -> None:
    """The root leads to the charter in force."""
    example = site("example")
    page = open_page(context, example.address).page
    page.wait_for_url(f"{example.address}latest/")


def test_problems_page(context: BrowserContext, tmp_path: Path) -> None:
    """The page that `mkdocs serve` shows for a broken charter."""
    long_word = "charter.yml:12:5: error unknown-key: " + "x" * 200
    (tmp_path / "index.html").write_text(problems_page("ru", [long_word] * 30), encoding="utf-8")
    with serve(tmp_path) as address:
        assert problems(context, address, ALL) == []


#: Tables without a name, and parts around them that scroll and are not named after them.
_TABLES = """() => [...document.querySelectorAll("article table:not(.cb-text)")].flatMap((table) => {
  const name = table.ariaLabel ?? "", around = table.parentElement.ariaLabel;
  return name && (around === null || around !== name && around.includes(name)) ? [] : [`${name}: ${table.textContent.trim().slice(0, 40)}`];
})"""


@pytest.mark.parametrize(("name", "addresses"), [
    ("example", ["calendar/", "intake/", "pre-read/", "promises/", "sponsor/"]),
    ("russian", ["sponsor/", "audiences/"]),
])  # fmt: skip
def test_each_table_has_a_name(context: BrowserContext, site: Sites, name: str, addresses: list[str]) -> None:
    """So has the part that scrolls, in other words. On pages that the first test does not open."""
    for address in addresses:
        page = open_page(context, f"{site(name).address}latest/{address}").page
        assert (address, page.evaluate(_TABLES)) == (address, [])


@pytest.mark.parametrize(("name", "addresses"), [
    ("example", ["latest/health/", "latest/promises/", "latest/sponsor/", "latest/pre-read/", "latest/propose/", "latest/compare/2026-Q1/", "2026-Q2/changes/", "2025-Q1/compare/"]),
    ("russian", ["draft/health/", "draft/history/", "draft/audiences/customer-success/", "draft/metrics/churn/", "2026-Q3/changes/"]),
])  # fmt: skip
def test_links_of_other_pages_have_different_names(
    context: BrowserContext, site: Sites, name: str, addresses: list[str]
) -> None:
    """Of those that the first test does not open: items of a comparison with the same name, findings, versions."""
    for address in addresses:
        page = open_page(context, site(name).address + address).page
        assert (address, same_names(page)) == (address, [])


#: Links to changes, and parts that open, that have the same name.
_SAME_NAMES = """() => {
  const names = [...document.querySelectorAll(".cb-about li > a:first-child, .cb-about > .cb-fold > summary")]
    .map((one) => one.ariaLabel ?? one.textContent);
  return names.filter((name, place) => names.indexOf(name) < place);
}"""


def test_links_to_changes_have_different_names(context: BrowserContext, site: Sites) -> None:
    """Several items of a comparison are new, or have the same change; the name of a link contains its words."""
    page = open_page(context, f"{site('example').address}latest/compare/2025-Q3/").page
    assert page.evaluate(_SAME_NAMES) == []
    link = page.locator(".cb-about a", has_text="New risk").first
    expect(link).to_have_attribute("aria-label", re.compile(r"^\S.*: New risk$"))


def test_links_in_headings_of_findings(context: BrowserContext, site: Sites) -> None:
    """A section with a short name differs from the words beside it by more than its colour."""
    page = open_page(context, f"{site('minimal').address}latest/health/").page
    assert page.locator("h3 a:not(.headerlink)").count() > 1
    assert axe_violations(page, "colours") == []


_STYLE = """(rules) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = [sheet];
  return getComputedStyle(document.querySelector(".md-header")).backgroundColor;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", [":root", ":root > *", '[data-md-color-primary="custom"]'])
def test_colours_of_an_author(context: BrowserContext, site: Sites, place: str, scheme: Scheme) -> None:
    """Material's variables in an author's stylesheet, as its documentation has them for `primary: custom`."""
    page = open_page(context, f"{site('example').address}latest/", scheme=scheme).page
    assert page.evaluate(_STYLE, f"{place} {{ --md-primary-fg-color: #ee0f0f }}") == "rgb(238, 15, 15)"
