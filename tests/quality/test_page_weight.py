"""The cost of the first view of a page: the bytes that Chromium receives, compressed as by any host."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from benchmarks.page_kinds import page_kinds
from tests.quality.sites import Site
from tests.site_checks.browser import Visit, settle

Sites = Callable[[str], Site]

#: Maximum weight of the first view of a page, in bytes: 80 KB.
LIMIT = 80 * 1024


class Meter:
    """Counts the bytes of all answers that a page receives, with their headers."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.session.send("Network.enable")
        self.names: dict[str, str] = {}
        self.requests = Visit(page, "")
        self.requests.listen()
        self.bytes: dict[str, int] = {}
        self.session.on("Network.requestWillBeSent", self._on_request)
        self.session.on("Network.loadingFinished", self._on_finished)

    def _on_request(self, event: dict[str, object]) -> None:
        request = event["request"]
        assert isinstance(request, dict)
        self.names[str(event["requestId"])] = str(request["url"])

    def _on_finished(self, event: dict[str, object]) -> None:
        received = event["encodedDataLength"]
        assert isinstance(received, int | float)
        name = self.names.get(str(event["requestId"]), "")
        self.bytes[name] = self.bytes.get(name, 0) + int(received)

    def visit(self, url: str) -> dict[str, int]:
        """Bytes by address of a first visit."""
        self.session.send("Network.clearBrowserCache")
        self.bytes = {}
        self.page.goto(url)
        settle(self.requests)
        return dict(self.bytes)


@pytest.fixture
def meter(chromium: Browser) -> Meter:
    """A meter in its own profile."""
    return Meter(chromium.new_context(service_workers="block").new_page())


#: The heaviest pages, and one of each large kind: `make slow` weighs every kind of page.
HEAVIEST = {
    "latest/",
    "latest/changes/",
    "latest/propose/",
    "latest/promises/",
    "latest/sponsor/",
    "latest/services/onboarding/",
}


def test_first_view(meter: Meter, site: Sites) -> None:
    """Only the page of the form loads its scripts, except the scripts of fields, and no page loads the search index."""
    pages = [page for page in page_kinds(site("example").folder) if page in HEAVIEST]
    assert len(pages) > 3
    weigh(meter, site("example"), pages)


def test_first_view_at_a_forge(meter: Meter, site: Sites) -> None:
    """The link to a repository does not load more of Material's rules."""
    weigh(meter, site("forge"), ["latest/metrics/", "latest/propose/"])


def test_first_view_in_other_colours(meter: Meter, site: Sites) -> None:
    """Pages with tabs, in colours of Material's palette, do not load all of its rules."""
    weigh(meter, site("minimal"), ["latest/funding/", "latest/propose/"])
    assert "colours.css" in " ".join(meter.bytes)
    assert "style.css" not in " ".join(meter.bytes)


def test_first_view_with_additions(meter: Meter, site: Sites) -> None:
    """Styles, templates and instant navigation of an author do not load all of Material's rules."""
    weigh(meter, site("additions"), ["latest/changes/", "latest/propose/"])
    assert "variables.css" in " ".join(meter.bytes)
    assert "style.css" not in " ".join(meter.bytes)


def test_first_view_of_a_large_handbook(meter: Meter, site: Sites) -> None:
    """Pages that list all of 200 services."""
    heaviest = ["latest/audiences/", "latest/propose/", "latest/services/", "latest/sponsor/"]
    weigh(meter, site("large"), heaviest)


@pytest.mark.slow
def test_first_view_of_every_kind_in_a_large_handbook(meter: Meter, site: Sites) -> None:
    """The same for every kind of page."""
    weigh(meter, site("large"), page_kinds(site("large").folder))


@pytest.mark.slow
def test_first_view_of_every_kind(meter: Meter, site: Sites) -> None:
    """The same for every kind of page."""
    pages = page_kinds(site("example").folder)
    assert len(pages) > 30
    weigh(meter, site("example"), pages)


def weigh(meter: Meter, example: Site, pages: Iterable[str]) -> None:
    """Assert the weight of pages, and the files that they load."""
    weights = {page: meter.visit(example.address + page) for page in pages}
    heavy = {page: weight for page, weight in map(_sum, weights.items()) if weight > LIMIT}
    assert heavy == {}
    of_form = {page for page, weight in weights.items() if any("propose" in url for url in list(weight)[1:])}
    assert of_form == {"latest/propose/"}
    assert not [
        url for url in weights["latest/propose/"] if "propose.json" in url or "propose-form.js" in url
    ]
    assert not [url for weight in weights.values() for url in weight if "/search/" in url]
    meter.page.context.close()


def _sum(view: tuple[str, dict[str, int]]) -> tuple[str, int]:
    page, weight = view
    return page, sum(weight.values())
