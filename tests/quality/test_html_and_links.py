from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.quality.sites import BOOKS, SITE_URL, Site
from tests.site.handbooks import visible
from tests.site_checks.html import cover, html_problems
from tests.site_checks.links import Reading, bad_links, repeated_ids

Sites = Callable[[str], Site]

#: The sites with every kind of page. Those of other trades have other words: `make slow` reads them, too.
KINDS = ("example", "forge", "russian", "stress", "minimal")
OTHERS = tuple(name for name in BOOKS if name not in KINDS)


def test_html(site: Sites) -> None:
    """html-validate finds nothing on pages that have every shape of element of all sites."""
    folders = [site(name).folder for name in KINDS]
    pages = cover(*folders)
    assert len(pages) > 2 * len(KINDS)
    assert html_problems(Path(os.path.commonpath(folders)), pages) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", BOOKS)
def test_html_of_all_pages(site: Sites, name: str) -> None:
    """html-validate finds nothing on any page."""
    assert html_problems(site(name).folder) == []


def test_ids(reading: Reading) -> None:
    """No page has an id twice, which a selection of pages does not show."""
    assert repeated_ids(reading) == {}


@pytest.mark.parametrize("name", ["example", "russian"])
def test_no_markdown_is_in_sight(site: Sites, name: str) -> None:
    """Texts of the charter are quoted without the addresses of their links."""
    code = re.compile(r"<(pre|code|textarea)\b.*?</\1>", re.DOTALL)
    pages = {
        page: visible(code.sub("", page.read_text("utf-8"))) for page in site(name).folder.rglob("*.html")
    }
    assert {
        page: found[0] for page, text in pages.items() if (found := re.findall(r".{40}\]\(\S*", text))
    } == {}


@pytest.fixture(
    scope="module", params=[*KINDS, *(pytest.param(name, marks=pytest.mark.slow) for name in OTHERS)]
)
def reading(site: Sites, request: pytest.FixtureRequest) -> Reading:
    """Links of each site's pages."""
    return Reading(site(request.param).folder)


def test_links(reading: Reading) -> None:
    """Every link, image, script and fragment resolves below /team/charter/."""
    assert bad_links(reading, site_url=SITE_URL) == []


@pytest.mark.parametrize(
    "reading",
    [
        name if name in ("russian", "minimal") else pytest.param(name, marks=pytest.mark.slow)
        for name in BOOKS
    ],
    indirect=True,
)
def test_links_of_a_copy(reading: Reading) -> None:
    """At another path than its own, only the 404 page needs its script."""
    found = bad_links(reading, prefix="/preview/17/", site_url=SITE_URL)
    assert {link.page for link in found} == {"404.html"}
