from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.quality.sites import BOOKS, SITE_URL, Site
from tests.site_checks.html import html_problems
from tests.site_checks.links import bad_links

Sites = Callable[[str], Site]

#: Items of the crowd whose pages only repeat those of the first twelve: its names are six.
REPEATED = re.compile(r"(audience|service|metric)-(1[3-9]|[2-9]\d)")


def without_repetition(folder: str, names: list[str]) -> list[str]:
    """What shutil.copytree leaves out."""
    return [name for name in names if name == "latest" or REPEATED.fullmatch(name)]


@pytest.mark.parametrize("name", BOOKS)
def test_html(site: Sites, name: str, tmp_path: Path) -> None:
    """html-validate finds nothing in any page; latest/ is the newest version again and is left out."""
    shutil.copytree(site(name).folder, tmp_path / "site", ignore=without_repetition, copy_function=os.link)
    assert html_problems(tmp_path / "site") == []


@pytest.mark.parametrize("name", BOOKS)
def test_links(site: Sites, name: str) -> None:
    """Every link, image, script and fragment of every page resolves below /team/charter/."""
    assert bad_links(site(name).folder, site_url=SITE_URL) == []


@pytest.mark.parametrize("name", BOOKS)
def test_links_of_a_copy(site: Sites, name: str) -> None:
    """Served from another path than the one that it was built for, only the 404 page needs its script."""
    found = bad_links(site(name).folder, prefix="/preview/17/", site_url=SITE_URL)
    assert {link.page for link in found} == {"404.html"}
