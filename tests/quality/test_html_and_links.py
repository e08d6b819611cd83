from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.quality.sites import BOOKS, SITE_URL, Site
from tests.site_checks.html import html_problems
from tests.site_checks.links import Reading, bad_links

Sites = Callable[[str], Site]

#: Folders whose pages only repeat others. latest/ is the newest version again. What the forge adds to the example
#: is the same in all versions, so latest/ is enough. The stress charter's names are six: its first twelve items have them all.
REPEATED = {
    "forge": re.compile(r"\d{4}-Q\d"),
    "stress": re.compile(r"latest|(audience|service|metric)-(1[3-9]|[2-9]\d)"),
}


def without_repetition(site: str) -> Callable[[str, list[str]], list[str]]:
    """Function that tells shutil.copytree what to leave out of a site."""
    repeated = REPEATED.get(site, re.compile("latest"))
    return lambda _, names: [name for name in names if repeated.fullmatch(name)]


@pytest.mark.parametrize("name", BOOKS)
def test_html(site: Sites, name: str, tmp_path: Path) -> None:
    """html-validate finds nothing on any page."""
    ignore = without_repetition(name)
    shutil.copytree(site(name).folder, tmp_path / "site", ignore=ignore, copy_function=os.link)
    assert html_problems(tmp_path / "site") == []


@pytest.fixture(scope="module", params=BOOKS)
def reading(site: Sites, request: pytest.FixtureRequest) -> Reading:
    """Links of each site's pages."""
    return Reading(site(request.param).folder)


def test_links(reading: Reading) -> None:
    """Every link, image, script and fragment resolves below /team/charter/."""
    assert bad_links(reading, site_url=SITE_URL) == []


def test_links_of_a_copy(reading: Reading) -> None:
    """At another path than its own, only the 404 page needs its script."""
    found = bad_links(reading, prefix="/preview/17/", site_url=SITE_URL)
    assert {link.page for link in found} == {"404.html"}
