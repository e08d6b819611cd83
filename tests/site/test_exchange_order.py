"""While a new site is moved into site_dir, no reachable page has a broken link."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import pytest

from charterbook.site.output.exchange_order import ExchangePlanner
from charterbook.site.output.publish import open_staging
from charterbook.site.output.swap import Exchange, SwapStep
from tests.site.handbooks import Handbook

_LINK = re.compile(rb'(?:href|src)="?([^\s">]+)')


@pytest.fixture(scope="module")
def two_sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A site, and the next one: with a new quarter, page and feed, and without a page and a service."""
    book = Handbook(tmp_path_factory.mktemp("order") / "book")
    book.write("docs/faq.md", "# Questions\n")
    book.commit("2025-01-06", services=[{"id": "one", "name": "One", "summary": "First."}])
    book.commit("2025-04-07", services=[{"id": "two", "name": "Two", "summary": "Second."}])
    assert book.build(site="old").code == 0
    (book.folder / "docs/faq.md").unlink()
    book.write("docs/team.md", "# Team\n")
    audiences = [{"id": name, "name": name, "kind": "customer_facing"} for name in ("reps", "partners")]
    book.commit(
        "2025-07-07", services=[{"id": "three", "name": "3", "summary": "Third."}], audiences=audiences
    )
    assert book.build(site="new").code == 0
    return book.folder / "old", book.folder / "new"


@cache
def links(content: bytes, path: str) -> frozenset[str]:
    """The files of the site that a page leads to."""
    found = set()
    for link in _LINK.findall(content):
        parts = urlsplit(link.decode())
        if not parts.scheme and not parts.netloc and parts.path and not parts.path.startswith("/"):
            file = normpath(join(dirname(path), unquote(parts.path)))
            found.add(f"{file}/index.html".removeprefix("./") if "." not in file.split("/")[-1] else file)
    return frozenset(found)


def missing(site: Path) -> set[tuple[str, str]]:
    """Missing targets of links, for all pages that are reachable from the home page."""
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    waiting, seen, found = ["index.html"], set[str](), set[tuple[str, str]]()
    while waiting:
        page = waiting.pop()
        if page in seen or not page.endswith(".html"):
            continue
        seen.add(page)
        for link in links((site / page).read_bytes(), page):
            waiting.append(link) if link in files else found.add((page, link))
    return found


def states(
    two_sites: tuple[Path, Path], target: Path, order: Callable[[list[SwapStep]], list[SwapStep]]
) -> Iterator[None]:
    """Make the steps from one site to the other, one by one."""
    shutil.copytree(two_sites[0], target)
    staging = open_staging(target)
    shutil.rmtree(staging.new)
    shutil.copytree(two_sites[1], staging.new)
    exchange = Exchange(staging.folder, target)
    for step in order(ExchangePlanner(exchange).steps()):
        exchange.make(step)
        yield
    staging.discard()


def test_links_are_never_broken_during_an_exchange(two_sites: tuple[Path, Path], tmp_path: Path) -> None:
    """After each step; and the oracle finds no broken link in either site, but some in another order."""
    assert [missing(site) for site in two_sites] == [set(), set()]
    assert all(not missing(tmp_path / "site") for _ in states(two_sites, tmp_path / "site", list))
    backwards = states(two_sites, tmp_path / "backwards", lambda steps: steps[::-1])
    assert any(missing(tmp_path / "backwards") for _ in backwards)


def test_lists_name_only_existing_files(two_sites: tuple[Path, Path], tmp_path: Path) -> None:
    """Scripts read versions.json and pages.json."""
    site = tmp_path / "site"
    for _ in states(two_sites, site, list):
        for version in json.loads((site / "versions.json").read_text()):
            assert (site / version["version"] / "index.html").is_file()
        pages = json.loads((site / "pages.json").read_text())
        for url, places in pages["pages"].items():
            assert all((site / pages["versions"][place] / url / "index.html").is_file() for place in places)
