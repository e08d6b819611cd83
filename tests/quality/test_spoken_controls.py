"""Controls as screen readers say them: each has a name, once, and what is closed is not read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.quality.sites import Site
from tests.site_checks.accessibility_tree import controls
from tests.site_checks.browser import open_page

Sites = Callable[[str], Site]


def test_results_of_the_search_have_names(context: BrowserContext, site: Sites) -> None:
    """The focus that the arrow keys move says where a link leads, and the number of results is read when it changes."""
    page = open_page(context, f"{site('example').address}latest/").page
    page.keyboard.press("/")
    page.keyboard.type("mentor")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    expect(page.locator(".md-search-result__meta")).to_have_role("status")
    links = [one.name for one in controls(page, ".md-search-result__list") if one.role == "link"]
    assert len(links) > 3
    assert all(links)
    assert links[0].startswith("Onboarding")


def test_a_closed_list_of_versions_is_not_read(context: BrowserContext, site: Sites) -> None:
    """It is as soon as its button has the focus."""
    page = open_page(context, f"{site('example').address}latest/").page
    button = page.locator(".md-version__current")
    expect(button).to_have_attribute("aria-expanded", "false")
    assert [one.role for one in controls(page, ".md-version")] == ["button"]
    button.focus()
    said = controls(page, ".md-version")
    assert (said[0].states["expanded"], len(said)) == (True, 9)


@pytest.mark.parametrize(
    ("name", "address", "selector"),
    [
        ("example", "latest/changes/", ".cb-filter"),
        ("example", "latest/compare/", ".cb-pick"),
        ("example", "latest/services/onboarding/", "body"),
        ("russian", "draft/propose/?item=services/onboarding", "main"),
    ],
)
def test_each_control_has_a_name(
    context: BrowserContext, site: Sites, name: str, address: str, selector: str
) -> None:
    """And no choice of the filter says its severity twice."""
    page = open_page(context, site(name).address + address).page
    said = controls(page, selector)
    assert len(said) > 2
    assert [one for one in said if not one.name] == []
    severities = [one.name.split() for one in said if one.role == "radio"]
    assert [words for words in severities if len(words) > 2 and words[0] == words[-1]] == []
