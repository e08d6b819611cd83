from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from tests.site_checks.browser import SCHEMES, WIDTHS, Rules, Scheme, check_look, open_page
from tests.site_checks.server import serve

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<style>html {{ color-scheme: light dark }} @media (prefers-color-scheme: dark) {{ a {{ color: cyan }} }}</style></head>
<body><main><h1>A page</h1>{body}</main></body></html>"""

Open = Callable[[str], str]


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Open]:
    """Makes a page with this body and gives its address."""
    with serve(tmp_path) as address:

        def make(body: str) -> str:
            (tmp_path / "index.html").write_text(PAGE.format(body=body))
            (tmp_path / "404.html").write_text(PAGE.format(body="<p>Lost?</p>"))
            return address

        yield make


def looked_at(
    context: BrowserContext, url: str, width: int, scheme: Scheme, rules: Rules = "all"
) -> list[str]:
    """The problems of a page in one look."""
    return check_look(open_page(context, url, width, scheme), width, scheme, rules)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_good_page(context: BrowserContext, page: Open, width: int, scheme: Scheme) -> None:
    """A correct page has no faults."""
    assert looked_at(context, page("<p>Hello</p>"), width, scheme) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<script>console.error('oh')</script>", "console: oh"),
        ("<script>throw new Error('broken')</script>", "page error: broken"),
        ("<script>setTimeout(() => { throw new Error('later') })</script>", "page error: later"),
        ("<script src='none.js'></script>", "failed request: {url}none.js (404)"),
        ("<script>fetch('none.json')</script>", "failed request: {url}none.json (404)"),
        ("<img src='//fonts.example/x.png' alt=''>", "request to another host: http://fonts.example/x.png"),
        ("<div style='width: 500px'>wide</div>", "horizontal scroll: "),
        ("<img src='data:,'>", "axe image-alt (critical): Images must have alternative text"),
        ("<h4>Skipped</h4>", "axe heading-order (moderate): "),
        ("<p style='color: #999; background: #fff'>pale</p>", "axe color-contrast (serious): "),
    ],
)
def test_a_bad_page(context: BrowserContext, page: Open, body: str, expected: str) -> None:
    """Each kind of fault is reported, with the address, the width and the scheme."""
    url = page(body)
    problems = looked_at(context, url, 390, "light")
    start = f"{url} at 390 px, light: " + expected.format(url=url)
    assert [problem for problem in problems if problem.startswith(start)] != []


def test_scheme(context: BrowserContext, page: Open) -> None:
    """The reader's preference reaches the page's media queries."""
    body = "<p></p><script>document.title = matchMedia('(prefers-color-scheme: dark)').matches</script>"
    titles = [open_page(context, page(body), scheme=scheme).page.title() for scheme in SCHEMES]
    assert titles == ["false", "true"]


def test_first_visit(context: BrowserContext, page: Open) -> None:
    """Nothing that an earlier visit stored is there at the next."""
    body = "<script>document.title = localStorage.seen || 'new'; localStorage.seen = 'seen'</script>"
    titles = [open_page(context, page(body)).page.title() for _ in range(2)]
    assert titles == ["new", "new"]


def test_the_404_page(context: BrowserContext, page: Open) -> None:
    """A missing page can answer 404 without being reported for that."""
    visit = open_page(context, page("<p>Hello</p>") + "none/")
    assert (visit.status, visit.problems()) == (404, [])


def test_without_javascript(context_without_js: BrowserContext, page: Open) -> None:
    """A reader without JavaScript sees the HTML alone."""
    visit = open_page(context_without_js, page("<script>document.title = 'run'</script>"))
    assert visit.page.title() == "A page"


@pytest.mark.parametrize(("rules", "told"), [("colours", (True, False)), ("but colours", (False, True))])
def test_only_some_rules(context: BrowserContext, page: Open, rules: Rules, told: tuple[bool, bool]) -> None:
    """A page can be checked for its colours alone, or for everything else."""
    url = page("<img src='data:,'><p style='color: #999; background: #fff'>pale</p>")
    found = "".join(looked_at(context, url, 390, "light", rules))
    assert ("axe color-contrast" in found, "axe image-alt" in found) == told
