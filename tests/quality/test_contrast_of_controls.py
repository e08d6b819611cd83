"""Controls can be read in every state, in every way in which a reader may see the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from charterbook.site.mkdocs_compat.material_templates import primary_colours
from tests.quality.sites import Site
from tests.site_checks.browser import Scheme, open_page
from tests.site_checks.contrast import Contrast, measure

Sites = Callable[[str], Site]

#: Pages that between them have every kind of control.
PAGES = ["latest/", "latest/changes/", "latest/compare/", "latest/services/onboarding/", "2025-Q1/metrics/"]

FORM = "latest/propose/?item=services/onboarding"

#: How a reader sees the page, and the least contrast of text: WCAG 1.4.6. Forced colours are the system's: 1.4.3.
LOOKS: dict[str, tuple[dict[str, Any], float]] = {
    "as usual": ({}, 7),
    "forced colours": ({"forced_colors": "active"}, 4.5),
    "more contrast": ({"contrast": "more"}, 7),
}
#: Each look in the schemes that change it. Forced colours are the system's in both.
WAYS = [
    ("light", "as usual"),
    ("dark", "as usual"),
    ("light", "forced colours"),
    ("light", "more contrast"),
    ("dark", "more contrast"),
]
#: Pages that are seen in all ways: the others have the same kinds of controls, except in their own colours.
IN_ALL_WAYS = {"latest/", "latest/changes/"}
_USUAL: dict[str, Any] = {"forced_colors": "none", "contrast": "no-preference"}

#: Edges, icons and focus rings: WCAG 1.4.11.
_MARK = 3.0

#: Boxes and icons without text that are nothing but a background, and whether it contrasts with their surroundings.
_PAINTED = """() => {
  const page = getComputedStyle(document.body).backgroundColor;
  const lost = [];
  const name = (element) => `${element.tagName.toLowerCase()}.${element.getAttribute("class")}`;
  const clear = (colour) => colour === "rgba(0, 0, 0, 0)" || colour === page;
  const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 1;
  for (const element of document.querySelectorAll(".md-main *, .md-header *")) {
    if (!shown(element)) continue;
    for (const pseudo of ["::before", "::after"]) {
      const style = getComputedStyle(element, pseudo);
      if (style.maskImage !== "none" && style.content !== "none" && clear(style.backgroundColor)) lost.push(name(element) + pseudo);
    }
    if (element.matches(".cb-swatch") && clear(getComputedStyle(element).backgroundColor)) lost.push(name(element));
    if (element.matches(".cb-bar rect, rect.cb-chart__part") && clear(getComputedStyle(element).fill)) lost.push(name(element));
  }
  return lost;
}"""

#: How an entry of the navigation looks, apart from its colours.
_SHAPE = """link => { const style = getComputedStyle(link);
  return [style.textDecorationLine, style.borderInlineStartWidth, style.fontWeight].join(" "); }"""


@pytest.fixture
def usual(context: BrowserContext) -> Iterator[None]:
    """The reader's preferences are forgotten afterwards."""
    yield
    context.pages[0].emulate_media(**_USUAL)


def too_faint(page: Page, look: str, known: set[str]) -> list[str]:
    """The controls of a page that are hard to see, except ones that look like others on an earlier page."""
    preferences, least = LOOKS[look]
    page.emulate_media(**preferences)
    needed = {"text": least, "mark": _MARK}
    is_first = not known
    found = measure(page, known=known)
    assert len(found) > (50 if is_first else 0)
    return [str(one) for one in found if one.value < _least(one, needed[one.least]) - 0.005]


def _least(found: Contrast, needed: float) -> float:
    """The contrast that a control needs. One that cannot be used may be fainter if readers ask for more (WCAG exempts it)."""
    return min(needed, 4.5) if found.state == "disabled" else needed


@pytest.mark.usefixtures("usual")
@pytest.mark.parametrize(("scheme", "look"), WAYS)
def test_controls(context: BrowserContext, site: Sites, scheme: Scheme, look: str) -> None:
    """Links, buttons and fields: hovered, focused, pressed."""
    pages = [page for page in PAGES if look == "as usual" or page in IN_ALL_WAYS]
    assert faint_controls(context, site, scheme, look, pages) == {}


@pytest.mark.usefixtures("usual")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_link_to_the_repository(context: BrowserContext, site: Sites, scheme: Scheme) -> None:
    """In the header, beside the controls that every handbook has."""
    page = open_page(context, f"{site('forge').address}latest/mission/", 1280, scheme).page
    found = [one for one in measure(page) if "md-source" in one.name]
    assert {one.what for one in found} >= {"text", "focus ring"}
    assert [str(one) for one in found if one.value < {"text": 7, "mark": _MARK}[one.least] - 0.005] == []


@pytest.mark.slow
@pytest.mark.usefixtures("usual")
@pytest.mark.parametrize(("scheme", "look"), WAYS[2:])
def test_controls_of_the_other_pages(context: BrowserContext, site: Sites, scheme: Scheme, look: str) -> None:
    """The same on the pages that are seen as usual otherwise."""
    pages = [page for page in PAGES if page not in IN_ALL_WAYS]
    assert faint_controls(context, site, scheme, look, pages) == {}


@pytest.mark.usefixtures("usual")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_controls_in_other_colours(context: BrowserContext, site: Sites, scheme: Scheme) -> None:
    """Of Material's palette, in which its own shades have down to 1.4:1; with tabs."""
    pages = ["latest/", "latest/propose/"]
    assert faint_controls(context, site, scheme, "as usual", pages, "minimal") == {}


#: A page with its header and tabs alone, in a colour.
_IN_COLOUR = """name => {
  document.querySelectorAll(".md-main, .md-footer").forEach((part) => part.remove());
  document.body.dataset.mdColorPrimary = name;
  const title = document.querySelector(".md-header__topic .md-ellipsis");
  title.classList.add("cb-title");
  title.tabIndex = 0;
}"""


@pytest.mark.usefixtures("usual")
@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_header_in_every_colour(context: BrowserContext, site: Sites, scheme: Scheme) -> None:
    """Title, version, search and tabs, hovered and pressed, with each name of Material's palette."""
    page = open_page(context, site("minimal").address + "latest/", 1280, scheme).page
    faint = {}
    for name in [*primary_colours(), "black", "white"]:
        page.evaluate(_IN_COLOUR, name)
        page.locator(".md-search__form").hover()
        below = measure(page, ["rest"], known=set())
        page.mouse.move(0, 400)
        found = [
            one
            for one in [*below, *measure(page, known=set())]
            if (one.what, "cb-title" in one.name) != ("focus ring", True)
        ]
        assert len({one.name for one in found}) > 8
        faint[name] = [str(one) for one in found if one.value < {"text": 7, "mark": _MARK}[one.least] - 0.005]
    assert {name: controls for name, controls in faint.items() if controls} == {}


def faint_controls(
    context: BrowserContext, site: Sites, scheme: Scheme, look: str, pages: list[str], name: str = "example"
) -> dict[str, list[str]]:
    """The controls that are hard to see, by page."""
    known: set[str] = set()
    faint = {
        address: too_faint(open_page(context, site(name).address + address, 1280, scheme).page, look, known)
        for address in pages
    }
    return {address: controls for address, controls in faint.items() if controls}


@pytest.mark.usefixtures("usual")
@pytest.mark.parametrize(
    ("scheme", "look"), [*WAYS[:3], *(pytest.param(*way, marks=pytest.mark.slow) for way in WAYS[3:])]
)
def test_form(context: BrowserContext, site: Sites, scheme: Scheme, look: str) -> None:
    """The form with a proposal that is ready: all of its fields and buttons, also while they are disabled or chosen."""
    page = open_page(context, site("example").address + FORM, 1280, scheme).page
    page.locator("#propose-fields input").first.fill("Another name")
    page.locator("#propose-reason").fill("It is what everyone says.")
    page.locator("#propose button[type=submit]").click()
    page.locator("#propose-result").wait_for()
    assert too_faint(page, look, set()) == []


@pytest.mark.usefixtures("usual")
@pytest.mark.parametrize("address", ["latest/funding/", "latest/sponsor/", "latest/services/onboarding/"])
def test_what_is_only_a_background(context: BrowserContext, site: Sites, address: str) -> None:
    """Bars, swatches and arrows are there if the system takes backgrounds away."""
    page = open_page(context, site("example").address + address).page
    page.emulate_media(forced_colors="active")
    assert page.evaluate(_PAINTED) == []


@pytest.mark.usefixtures("usual")
def test_where_colours_say_nothing(context: BrowserContext, site: Sites) -> None:
    """The current entry of the navigation has another shape, and the search has an edge."""
    page = open_page(context, f"{site('example').address}latest/funding/").page
    page.emulate_media(forced_colors="active")
    entries = page.locator(".md-sidebar--primary a.md-nav__link:visible").evaluate_all(
        f"all => all.map({_SHAPE})"
    )
    assert sorted(entries.count(shape) for shape in set(entries)) == [1, len(entries) - 1]
    assert page.locator(".md-search__form").evaluate("form => getComputedStyle(form).borderTopWidth") == "1px"


#: Whether each link of the content has the colour of the text around it.
_LIKE_TEXT = """() => [...document.querySelectorAll(".md-content a[href]")].filter((link) => link.checkVisibility())
  .map((link) => getComputedStyle(link).color === getComputedStyle(link.parentElement).color && !link.matches(".cb-strip a"))"""


@pytest.mark.usefixtures("usual")
@pytest.mark.parametrize("address", ["latest/compare/2025-Q1/", "latest/changes/", "latest/"])
def test_links_that_look_like_text(context: BrowserContext, site: Sites, address: str) -> None:
    """A sentence that looks like text does not look like a link if the system chooses the colours."""
    page = open_page(context, site("example").address + address).page
    usual = page.evaluate(_LIKE_TEXT)
    page.emulate_media(forced_colors="active")
    assert page.evaluate(_LIKE_TEXT) == usual
    assert any(usual) or address == "latest/"


@pytest.mark.usefixtures("usual")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_found_words_where_the_system_chooses_colours(
    context: BrowserContext, site: Sites, scheme: Scheme
) -> None:
    """Words that a search has found have the colour of the words around them."""
    page = open_page(context, f"{site('example').address}latest/funding/", 1280, scheme).page
    page.emulate_media(forced_colors="active")
    page.keyboard.press("/")
    page.keyboard.type("mentor")
    page.locator(".md-search-result mark").first.wait_for()
    colours = page.locator(".md-search-result mark").evaluate_all(
        "all => all.map((mark) => [getComputedStyle(mark).color, getComputedStyle(mark.parentElement).color])"
    )
    assert colours
    assert [pair for pair in colours if pair[0] != pair[1]] == []
