"""Pages in browsers that refuse to store anything, or that store what other programs of the host have written."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.quality.sites import Site

Sites = Callable[[str], Site]

_REFUSED = """for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { configurable: true, get() { throw new DOMException("denied", "SecurityError"); } });"""

_FULL = 'Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };'

_MISSING = """for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { configurable: true, value: null });"""

#: What another site of the host can have stored under the name of the chosen colours.
_FOREIGN = [
    "x",
    "5",
    "{}",
    "[]",
    '{"index":99,"color":null}',
    '{"index":0,"color":{"media":"(prefers-color-scheme)"}}',
]


@pytest.fixture
def reader(chromium: Browser) -> Iterator[Page]:
    """A reader whose system is dark."""
    context = chromium.new_context(color_scheme="dark", service_workers="block", locale="en-GB")
    yield context.new_page()
    context.close()


def assert_colours_work(page: Page, address: str) -> list[str]:
    """The page is dark, and other colours can be chosen. Returns the errors of scripts, to which later ones are added."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(error.message))
    page.goto(address)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.locator("[data-md-component=palette] label:visible").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    return errors


@pytest.mark.parametrize("refusal", [_REFUSED, _FULL, _MISSING], ids=["refused", "full", "missing"])
def test_nothing_can_be_stored(reader: Page, site: Sites, refusal: str) -> None:
    """As with blocked cookies, in a frame of another site, in private windows, and in some apps."""
    reader.add_init_script(refusal)
    errors = assert_colours_work(reader, f"{site('example').address}latest/mission/")
    reader.keyboard.press("/")
    reader.keyboard.type("mentor")
    expect(reader.locator(".md-search-result__item").first).to_be_visible()
    assert errors == []


def test_something_else_is_stored(reader: Page, site: Sites) -> None:
    """The colours are then those of the system."""
    address = f"{site('example').address}latest/mission/"
    reader.goto(address)
    key = reader.evaluate("`${__md_scope.pathname}.__palette`")
    for stored in _FOREIGN:
        reader.goto(
            f"{site('example').address}versions.json"
        )  # without Material, which stores a choice after a while
        reader.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, stored])
        assert (stored, assert_colours_work(reader, address)) == (stored, [])
