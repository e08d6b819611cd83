"""Pages look the same with the small stylesheet as with the whole one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

from tests.quality.sites import Site
from tests.site_checks.browser import open_page

Sites = Callable[[str], Site]

#: The style of each element and of its generated content, and the name of the element.
_STYLES = """() => [...document.querySelectorAll("body, body *")].flatMap((one) => [null, "::before", "::after"].map((part) => {
  const style = getComputedStyle(one, part);
  return part && style.content === "none" ? "" : `${one.tagName}.${one.className}${part ?? ""} ${style.cssText}`;
}))"""

#: Store the styles in the page, which are megabytes; and the first one that differs from a stored one.
_STORE = f"() => {{ window.stored = ({_STYLES})(); return window.stored.length; }}"
_FIRST_DIFFERENCE = f"""() => {{
  const found = ({_STYLES})(), place = found.findIndex((one, index) => one !== window.stored[index]);
  return found.length === window.stored.length && place < 0 ? null : [window.stored[place], found[place]];
}}"""

_USE_THE_WHOLE = """() => new Promise((done) => {
  const links = [...document.querySelectorAll("link[rel=stylesheet]")];
  const [small] = links.filter(({ href }) => href.endsWith("small.css"));
  const whole = Object.assign(document.createElement("link"), { rel: "stylesheet", href: small.href.replace("small", "style") });
  whole.onload = () => { for (const link of links) if (/(small|variables|colours|items|charts|health)\\.css$/.test(link.href)) link.remove(); requestAnimationFrame(done); };
  small.before(whole);
})"""

#: Pages with every part of Charterbook's own.
PAGES = [
    "latest/",
    "latest/sponsor/",
    pytest.param("latest/pre-read/", marks=pytest.mark.slow),
    pytest.param("latest/promises/", marks=pytest.mark.slow),
    "latest/services/",
    "latest/changes/",
    pytest.param("latest/propose/", marks=pytest.mark.slow),
    pytest.param("latest/services/onboarding/", marks=pytest.mark.slow),
    "latest/how-we-compare/",
]


@pytest.mark.parametrize("address", PAGES)
def test_the_same_styles(context: BrowserContext, site: Sites, address: str) -> None:
    """Every property of every element, on a phone in the dark with the menu open, and on a laptop."""
    compare(context, site("example"), address)


def test_the_same_styles_in_other_colours(context: BrowserContext, site: Sites) -> None:
    """With colours of Material's palette, and with tabs."""
    compare(context, site("minimal"), "latest/sponsor/")


@pytest.mark.parametrize("address", ["latest/", "2026-Q3/services/s1/"])
def test_the_same_styles_with_additions(context: BrowserContext, site: Sites, address: str) -> None:
    """With a template and styles of the author's, one of which has an icon of Material's other parts."""
    compare(context, site("additions"), address)


def compare(context: BrowserContext, site: Site, address: str) -> None:
    """Assert that the whole stylesheet does not change a page."""
    for width, scheme in ((390, "dark"), (1280, "light")):
        page = open_page(context, site.address + address, width, scheme).page  # type: ignore[arg-type]
        if width < 1000:
            page.locator(".md-header__button[for=__drawer]").click()
        page.wait_for_timeout(100)
        assert page.evaluate(_STORE) > 800
        page.evaluate(_USE_THE_WHOLE)
        page.wait_for_timeout(100)
        assert page.evaluate(_FIRST_DIFFERENCE) is None
