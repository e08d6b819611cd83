"""Parts of a page of docs/ that Material shows with colours, backgrounds or attributes alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.quality.sites import Site
from tests.site_checks.browser import SCHEMES, Scheme, check_look, open_page
from tests.site_checks.contrast import measure
from tests.site_checks.reader_needs import small_targets

Sites = Callable[[str], Site]

#: Contrast of a graphic with its surroundings (WCAG 1.4.11).
ENOUGH = 3.0

#: Contrast of a colour of an element with the background behind it.
_CONTRAST = """(element, [pseudo, property]) => {
  const light = (colour) => {
    const [red, green, blue] = colour.match(/[\\d.]+/g).map((one) => one / 255).map((one) => one <= .04045 ? one / 12.92 : ((one + .055) / 1.055) ** 2.4);
    return .2126 * red + .7152 * green + .0722 * blue;
  };
  let behind = element.parentElement;
  while (behind.parentElement && /, 0\\)$/.test(getComputedStyle(behind).backgroundColor)) behind = behind.parentElement;
  const [one, two] = [light(getComputedStyle(element, pseudo)[property]), light(getComputedStyle(behind).backgroundColor)];
  return (Math.max(one, two) + .05) / (Math.min(one, two) + .05);
}"""


@pytest.fixture
def usual(context: BrowserContext) -> Iterator[None]:
    """The reader's preferences are forgotten afterwards."""
    yield
    context.pages[0].emulate_media(media="screen", color_scheme="light", forced_colors="none")


def parts(context: BrowserContext, site: Sites, width: int = 1280) -> Page:
    """The page with the parts."""
    return open_page(context, f"{site('parts').address}latest/parts/", width).page


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_page(context: BrowserContext, site: Sites, scheme: Scheme) -> None:
    """It passes the checks of all other pages."""
    visit = open_page(context, f"{site('parts').address}latest/parts/")
    visit.page.wait_for_selector(".md-typeset__scrollwrap[tabindex]")
    assert check_look(visit, 390, scheme) == []


#: Open what opens, and bring all annotations into being, which Material adds in the window.
_OPEN_ALL = (
    "() => { for (const one of document.querySelectorAll('details')) one.open = true; scrollTo(0, 1e6); }"
)


def test_more_parts(context: BrowserContext, site: Sites) -> None:
    """Numbered, marked and annotated code, notes, keys, buttons, the path and links to the next page, in both schemes."""
    for width, scheme in product((390, 1280), SCHEMES):
        visit = open_page(context, f"{site('parts').address}latest/more-parts/", width, scheme)
        visit.page.wait_for_selector("[role=note][aria-label='Annotation 1']")
        visit.page.evaluate(_OPEN_ALL)
        assert check_look(visit, width, scheme) == []
        faint = [
            one
            for one in measure(visit.page, known=set())
            if one.value < {"text": 7, "mark": ENOUGH}[one.least] - 0.005
        ]
        assert [str(one) for one in faint] == []
        # The link of an annotation is inside of the annotation, which takes the click.
        small = small_targets(visit.page, 24)
        assert [one for one in small if "md-annotation__index" not in one] == []


def test_boxes_of_tasks_have_names(context_without_js: BrowserContext, site: Sites) -> None:
    """A screen reader says which one is done."""
    boxes = parts(context_without_js, site).get_by_role("checkbox", disabled=True)
    assert [box.get_attribute("aria-label") for box in boxes.all()] == ["Done", "Open"]


def test_columns_are_aligned(context_without_js: BrowserContext, site: Sites) -> None:
    """As the author wrote, although the policy blocks the attribute that Markdown writes for it."""
    cells = parts(context_without_js, site).locator("table").first.locator("td")
    aligned = cells.evaluate_all("all => all.map((cell) => getComputedStyle(cell).textAlign)")
    assert aligned == ["left", "center", "right"]


@pytest.mark.parametrize("width", [390, 1280])
def test_an_announcement_begins_where_the_page_begins(
    context_without_js: BrowserContext, site: Sites, width: int
) -> None:
    """On a phone, its words do not touch the edge of the screen."""
    page = parts(context_without_js, site, width)
    left = "e => e.getBoundingClientRect().left"
    begins = page.get_by_text("We move on Friday.").evaluate(left)
    assert begins == page.locator(".md-banner__inner").evaluate(left) + 16
    assert begins >= 16


@pytest.mark.usefixtures("usual")
@pytest.mark.parametrize("scheme", SCHEMES)
def test_open_tasks_and_copy_buttons_can_be_seen(
    context: BrowserContext, site: Sites, scheme: Scheme
) -> None:
    """Without a mouse over them; an open task has another shape than one that is done."""
    page = parts(context, site)
    page.emulate_media(color_scheme=scheme)
    tasks = page.locator(".task-list-indicator")
    done, still = (tasks.nth(n) for n in range(2))
    assert still.evaluate(_CONTRAST, ["::before", "borderTopColor"]) >= ENOUGH
    assert done.evaluate(_CONTRAST, ["::before", "backgroundColor"]) >= ENOUGH
    assert still.evaluate("e => getComputedStyle(e, '::before').maskImage") == "none"
    assert page.locator(".md-code__button").first.evaluate(_CONTRAST, [None, "color"]) >= ENOUGH


@pytest.mark.usefixtures("usual")
def test_the_chosen_tab_with_forced_colours(context: BrowserContext, site: Sites) -> None:
    """It alone has a line; and the button that copies code is there."""
    page = parts(context, site)
    page.emulate_media(forced_colors="active")
    behind = page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
    edges = page.locator(".tabbed-labels > label").evaluate_all(
        "all => all.map((label) => getComputedStyle(label).borderBottomColor)"
    )
    line = page.locator(".tabbed-labels").evaluate("e => getComputedStyle(e, '::before').backgroundColor")
    button = page.locator(".md-code__button").first.evaluate(
        "e => getComputedStyle(e, '::after').backgroundColor"
    )
    assert set(edges) == {behind}
    assert behind not in (line, button)


def test_a_wide_table_on_paper(context_without_js: BrowserContext, site: Sites) -> None:
    """Its last column is on the sheet."""
    page = parts(context_without_js, site, 720)
    page.emulate_media(media="print")
    right = page.get_by_text("September planning").evaluate("e => e.getBoundingClientRect().right")
    page.emulate_media(media="screen")
    assert right <= 720


def test_an_image_beside_text_on_a_phone(context_without_js: BrowserContext, site: Sites) -> None:
    """The text is below it, since the words would be broken in the room that is left; elsewhere it is beside it."""
    for width, is_below in ((390, True), (1280, False)):
        page = parts(context_without_js, site, width)
        image = page.locator("img[align]").bounding_box()
        text = page.get_by_text("Explanations").bounding_box()
        assert image
        assert text
        assert (text["y"] >= image["y"] + image["height"]) == is_below


def test_links_in_tables_and_buttons(context_without_js: BrowserContext, site: Sites) -> None:
    """A link in a text is underlined, also in a table; a button is not."""
    page = parts(context_without_js, site)
    lines = {
        name: page.get_by_role("link", name=name, exact=True).evaluate(
            "e => getComputedStyle(e).textDecorationLine"
        )
        for name in ("link", "A button")
    }
    assert lines == {"link": "underline", "A button": "none"}


@pytest.mark.usefixtures("usual")
def test_code_on_paper(context: BrowserContext, site: Sites) -> None:
    """It has no button to copy."""
    page = parts(context, site)
    copy = page.locator(".md-code__button").first
    copy.wait_for()
    page.emulate_media(media="print")
    assert not copy.is_visible()
