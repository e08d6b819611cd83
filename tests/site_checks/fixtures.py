"""The pytest fixtures of page tests, which a conftest.py imports by name.

Chromium starts once for each pytest process, at the first test that asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.site_checks.chromium import find

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

#: Quiet, without a sandbox (which root cannot have), and without a way to any other host. Pages live for a
#: second: scripts that are not optimised take less of the processor.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--js-flags=--max-lazy --no-maglev --no-opt",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's Chromium, started. Fails with the reason if there is none."""
    from playwright.sync_api import sync_playwright  # only page tests pay for it

    program = find()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, headless=True, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser profile that all page tests share: open_page gives each visit an empty local storage."""
    context = chromium.new_context(
        reduced_motion="reduce", timezone_id="UTC", locale="en-GB", service_workers="block"
    )
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture(scope="session")
def context_without_js(chromium: Browser) -> Iterator[BrowserContext]:
    """The same for a reader without JavaScript."""
    context = chromium.new_context(java_script_enabled=False, locale="en-GB")
    context.set_default_timeout(10_000)
    yield context
    context.close()
