"""The first paint of a page: nothing moves, and nothing is white in the dark."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from tests.quality.sites import Site
from tests.site_checks.browser import open_page
from tests.site_checks.server import serve

Sites = Callable[[str], Site]

#: Every kind of page with parts that scripts show or change.
PAGES = [
    "latest/",
    "latest/changes/?audience=presales&severity=commitment",
    "latest/services/onboarding/",
    "latest/propose/?item=services/onboarding",
    "2025-Q1/metrics/ramp/",
    "latest/pre-read/",
]

#: Pages that are seen on a laptop, too: with a filter, a form, and parts beside each other.
WIDE = PAGES[1:4]

#: A page with a table and code in a text of the charter.
IN_TEXTS = "latest/own-1/"

#: Pages with a part whose columns, or the wrapping of its entries, depend on all of its content.
ARRIVING = [
    "latest/history/",
    "latest/roles/",
    "latest/funding/",
    "latest/maturity/",
    "latest/audiences/presales/",
]

#: Sum up the shifts of the layout (Core Web Vitals), with the elements that moved.
_WATCH = """
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries())
      if (value > 0.0005) window.shifts.push(`${value.toFixed(4)} ${sources.map(({ node }) => node?.className).join(" ")}`);
  }).observe({ type: "layout-shift", buffered: true });
"""

#: Time that each script takes to arrive, in seconds: the page is painted before.
_LATE = 0.06

_BACKGROUND = "() => getComputedStyle(document.body).backgroundColor"


def late(route: Route) -> None:
    """Answer a request for a script a little later."""
    time.sleep(_LATE)
    route.continue_()


def loading(page: Page, url: str, width: int) -> list[str]:
    """The elements that move while a page loads."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(url, wait_until="load")
    page.wait_for_timeout(200)
    found: list[str] = page.evaluate("window.shifts")
    return found


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves(chromium: Browser, site: Sites, width: int) -> None:
    """Everything that scripts show has had its place before."""
    context = chromium.new_context(reduced_motion="reduce", service_workers="block")
    page = context.new_page()
    page.add_init_script(_WATCH)
    page.route("**/*.js", late)
    pages = [("example", address) for address in (PAGES if width == 390 else WIDE)] + [("stress", IN_TEXTS)]
    try:
        moved = {address: loading(page, site(name).address + address, width) for name, address in pages}
    finally:
        context.close()
    assert moved == {address: [] for _, address in pages}


def test_nothing_moves_while_a_page_arrives(chromium: Browser, site: Sites) -> None:
    """What is painted of a page whose end has not arrived stays in its place: the header, its top, tables, stages."""
    context = chromium.new_context(reduced_motion="reduce", service_workers="block")
    page = context.new_page()
    page.add_init_script(_WATCH)
    try:
        with serve(site("example").folder, slow=True) as address:
            page.goto(f"{address}latest/glossary/")
            moved = {path: loading(page, address + path, 1280) for path in ARRIVING}
    finally:
        context.close()
    assert moved == {path: [] for path in ARRIVING}


def is_dark(page: Page) -> bool:
    """Whether the page has a dark background."""
    colour = page.evaluate(_BACKGROUND)
    return max(int(part) for part in colour.removeprefix("rgb(").rstrip(")").split(",")) < 80


class InTwoParts(SimpleHTTPRequestHandler):
    """Sends a part of a page, and the rest when the browser has painted that."""

    page = "/latest/services/onboarding/"
    cut = 0

    def do_GET(self) -> None:
        if self.path != self.page:
            super().do_GET()
            return
        sent = Path(self.directory, f".{self.page}index.html").read_bytes()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent[: self.cut])
        time.sleep(0.3)
        self.wfile.write(sent[self.cut :])

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""


class HomeInTwoParts(InTwoParts):
    """The same for the home page."""

    page = "/latest/"


def moved_at_cuts(
    chromium: Browser, folder: Path, handler: type[InTwoParts], cuts: Sequence[int], width: int
) -> list[list[str]]:
    """What moves on the page of a handler while it arrives, for each place where it is cut."""
    context = chromium.new_context(reduced_motion="reduce", service_workers="block")
    page = context.new_page()
    page.add_init_script(_WATCH)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        moved = []
        for handler.cut in cuts:
            moved.append(loading(page, f"http://127.0.0.1:{server.server_port}{handler.page}", width))
        return moved
    finally:
        server.shutdown()
        server.server_close()
        context.close()


def test_nothing_moves_while_the_links_above_a_title_arrive(chromium: Browser, site: Sites) -> None:
    """Wherever the network divides the links above its title."""
    folder = site("example").folder
    text = Path(folder, f".{InTwoParts.page}index.html").read_bytes()
    begin, end = (text.index(mark) for mark in (b'<nav class="cb-time"', b"<h1"))
    cuts = [begin + int((end - begin) * part) for part in (0.2, 0.5, 0.8)]
    assert moved_at_cuts(chromium, folder, InTwoParts, cuts, 1280) == [[], [], []]


def test_nothing_moves_while_the_facts_of_the_home_page_arrive(chromium: Browser, site: Sites) -> None:
    """On a phone, whichever of its facts has not arrived."""
    folder = site("example").folder
    text = Path(folder, "latest/index.html").read_bytes()
    begin, end = (text.index(mark) for mark in (b'class="cb-strip"', b'class="cb-news"'))
    ends = [found.end() for found in re.finditer(rb"</dd>", text) if begin < found.end() < end]
    assert len(ends) > 2
    assert moved_at_cuts(chromium, folder, HomeInTwoParts, ends, 390) == [[] for _ in ends]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_javascript(context_without_js: BrowserContext, site: Sites, scheme: str) -> None:
    """The page has the scheme that the system prefers."""
    page = open_page(context_without_js, f"{site('example').address}latest/", scheme=scheme).page  # type: ignore[arg-type]
    assert is_dark(page) == (scheme == "dark")


def test_dark_before_the_scripts(chromium: Browser, site: Sites) -> None:
    """The first view of a first visit is dark if the system is, although Material's script has not come."""
    context = chromium.new_context(color_scheme="dark", service_workers="block")
    page = context.new_page()
    stopped: list[str] = []

    def stop(route: Route) -> None:
        stopped.append(route.request.url)
        route.abort()

    page.route(re.compile(r"/(bundle\.\w+\.min|material)\.js$"), stop)
    try:
        page.goto(f"{site('example').address}latest/")
        assert is_dark(page)
        assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
        assert len(stopped) == 1
    finally:
        context.close()


def test_version_stays_in_sight(context: BrowserContext, site: Sites) -> None:
    """Also at the end of a page, with the word for a version that is not in force."""
    for width in (390, 1280):
        page = open_page(context, f"{site('example').address}2025-Q1/metrics/", width).page
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.wait_for_timeout(100)
        seen = page.locator(".cb-version").inner_text().split()
        assert {"2025-Q1", "superseded"} <= set(seen)
        box = page.locator(".cb-version").bounding_box()
        assert box is not None
        assert (box["y"] >= 0, box["x"] >= 0, box["x"] + box["width"] <= width) == (True, True, True)
