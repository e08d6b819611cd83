"""Lists that scripts fetch: their format, and pages that get a list of another release, or something else instead."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import resources
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from charterbook.site.list_format import FORMAT
from tests.site.handbooks import Built
from tests.site_checks.browser import Visit, open_page, settle
from tests.site_checks.server import serve

#: The contents of each list. With a change of these, scripts of earlier releases may not understand the list:
#: increase FORMAT.
LISTS = {
    "pages.json": "format versions latest days pages moved titles offline",
    "lines.json": "format lines",
    "subjects.json": "format groups",
    "offline.json": "format files",
    "propose.json": "format language charter sections kinds parts reserved reservedSections mostChanges binding checks plurals words"
    " newFile mailTo folder",
    "search/past.json": "format versions places facts",
}
TERMS = "format version nothing ranges names general last minor reasons intents cues synonyms ignored numbers quarters comparing comparisons"
INDEX = "search_index.json"

#: A page that fetches each list, and something in its place of the same release.
PAGES = {
    "pages.json": "2025-Q4/services/ramp/",
    "lines.json": "latest/propose/?item=services/ramp",
    "subjects.json": "latest/propose/",
    "propose.json": "latest/propose/?item=services/ramp",
    "past.json": "latest/?q=webinars",
    INDEX: "latest/?q=ramp",
    "versions.json": "2025-Q4/compare/",
}
#: Timeout for a page that asks for a list, in seconds.
PATIENCE = 10

UPDATED, RELOAD = ".cb-updated", "Reload the page"

Answer = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="module")
def address(quarters: Built) -> Iterator[str]:
    """The address of the served site."""
    with serve(quarters.site) as address:
        yield address


@contextmanager
def answered(context: BrowserContext, name: str, *answers: Answer) -> Iterator[list[str]]:
    """Answer requests for a list with these changes of its text, one after another; yields the requested addresses.

    The last change is for all further requests.
    """
    asked: list[str] = []

    def reply(route: Route) -> None:
        answer = answers[min(len(asked), len(answers) - 1)]
        asked.append(route.request.url)
        route.fulfill(**answer(route.fetch().text()))

    context.route(f"**/{name}", reply)
    try:
        yield asked
    finally:
        context.unroute(f"**/{name}")


def same(text: str) -> dict[str, Any]:
    """The list, unchanged."""
    return {"body": text}


def other(text: str) -> dict[str, Any]:
    """The list of another release."""
    return {"body": re.sub(rf'"format": ?{FORMAT},', '"format": 99,', text, count=1)}


def with_text(text: str) -> Answer:
    """Another text in its place."""
    return lambda _: {"body": text}


def missing(_: str) -> dict[str, Any]:
    """The host's page for missing files."""
    return {"status": 404, "body": "<!doctype html>"}


def half(text: str) -> dict[str, Any]:
    """A truncated answer."""
    return {"body": text[: len(text) // 2]}


#: A list of a release without format numbers, something else, or a truncated list.
ODD: list[Answer] = [with_text("[]"), with_text("{}"), missing, half]


def visit(context: BrowserContext, address: str) -> Visit:
    """An open page that has asked for its lists, which has thrown nothing."""
    visit = open_page(context, address)
    settle(visit)
    assert visit.errors == []
    return visit


def wait_for_answer(visit: Visit, asked: list[str], count: int = 1) -> None:
    """Wait until a page, or its search, has asked for a list this many times, and has used the last answer."""
    until = time.monotonic() + PATIENCE
    while len(asked) < count and time.monotonic() < until:
        visit.page.wait_for_timeout(20)
    settle(visit)


def test_all_lists_have_a_number(quarters: Built) -> None:
    """And the entries that scripts of this release know."""
    found = {name: " ".join(quarters.json(name)) for name in LISTS}
    assert found == LISTS
    assert {quarters.json(name)["format"] for name in LISTS} == {FORMAT}
    terms = quarters.json(f"latest/search/{INDEX}")["config"]["charterbook"]
    assert (" ".join(terms), terms["format"]) == (TERMS, FORMAT)


@pytest.mark.parametrize(
    "script",
    [
        "theme/assets/charterbook/before-material.js",
        "theme/assets/charterbook/search-past.js",
        "templates/root/missing.js",
    ],
)
def test_scripts_know_the_number(script: str) -> None:
    """The format number of the release."""
    text = (resources.files("charterbook.site") / script).read_text(encoding="utf-8")
    assert re.findall(r"\bFORMAT = (\d+)", text) == [str(FORMAT)]


@pytest.mark.parametrize("name", PAGES)
def test_a_list_of_another_release(context: BrowserContext, address: str, name: str) -> None:
    """The reader is asked to reload the page, once, after any kind of loading; nothing throws."""
    answer = with_text("{}") if name == "versions.json" else other
    with answered(context, name, answer):
        opened = visit(context, address + PAGES[name])
        page = opened.page
        expect(page.locator(UPDATED)).to_have_text(
            f"The handbook has been updated since you opened this page. {RELOAD}"
        )
    with page.expect_navigation():
        page.locator(UPDATED).get_by_role("link").press("Enter")
    settle(opened)
    expect(page.locator(UPDATED)).to_have_count(0)
    assert opened.errors == []


@pytest.mark.parametrize("name", ["pages.json", "past.json", INDEX])
def test_a_list_from_the_cache(context: BrowserContext, address: str, name: str) -> None:
    """One of an earlier release is loaded again, past the cache, before the reader hears of it."""
    with answered(context, name, other, same) as asked:
        opened = visit(context, address + PAGES[name])
        wait_for_answer(opened, asked, 2)
        page = opened.page
    assert len(asked) == 2
    assert page.locator(UPDATED).count() == 0
    if name == INDEX:
        expect(page.locator(".md-search-result__meta")).to_contain_text("matching documents")


@pytest.mark.parametrize("answer", ODD)
def test_something_else_in_place_of_the_lists(context: BrowserContext, address: str, answer: Answer) -> None:
    """No script throws. The search works without other versions, or says that it does not work."""
    with answered(context, "versions.json", answer), answered(context, "pages.json", answer):
        for name, said in (("past.json", "matching documents"), (INDEX, f"could not be loaded. {RELOAD}")):
            with answered(context, name, answer) as asked:
                opened = visit(context, address + PAGES[name])
                expect(opened.page.locator(".md-search-result__meta")).to_contain_text(said)
                wait_for_answer(opened, asked)
                assert opened.errors == []


@pytest.mark.parametrize(("page", "name"), [("2025-Q2/services/ramp/", "2025-Q2"), ("latest/", "2025-Q4")])
def test_a_version_that_the_list_lacks(context: BrowserContext, address: str, page: str, name: str) -> None:
    """The selector names the version of the page, not the first version in the list."""

    def without(text: str) -> dict[str, Any]:
        entries = [entry for entry in json.loads(text) if entry["version"] != name]
        return {"body": json.dumps(entries)}

    with answered(context, "versions.json", without):
        current = _current(visit(context, address + page).page)
        expect(current).to_have_text(name)
        assert name in (current.get_attribute("aria-label") or "")


def _current(page: Page) -> Any:
    return page.locator(".md-version__current")


def test_missing_page_with_a_list_of_another_release(context: BrowserContext, address: str) -> None:
    """It lists no versions, and throws nothing."""
    for answer, count in ((same, 1), (other, 0)):
        with answered(context, "pages.json", answer) as asked:
            opened = visit(context, f"{address}2025-Q1/scope/")
            wait_for_answer(opened, asked)
            expect(opened.page.locator("#found li")).to_have_count(count)
            assert opened.errors == []
