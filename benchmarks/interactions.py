"""`python -m benchmarks.interactions SITE`: how long a page takes to answer a reader on a slow processor.

Chromium slows the processor four times, and reports the time from each key or tap to the next frame. The figures only mean
something on a calm machine: each is the median of some rounds, of the longest time in each.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click
from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.site_checks.chromium import find
from tests.site_checks.fixtures import FLAGS
from tests.site_checks.server import serve

#: How much slower the processor is.
SLOWER = 4
#: The longest time that an interaction may take, in milliseconds.
LIMIT = 200

_WATCH = """
  window.durations = [];
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries()) if (interactionId) window.durations.push(duration);
  }).observe({ type: "event", durationThreshold: 16, buffered: true });
"""

Act = Callable[[Page], None]


def open_menu(page: Page) -> None:
    """Open and close the menu of a narrow window."""
    page.locator(".md-header__button[for=__drawer]").click()
    page.wait_for_timeout(500)
    page.keyboard.press("Escape")


def type_search(page: Page) -> None:
    """Open the search, and type a word."""
    page.locator(".md-header__button[for=__search]").or_(page.locator(".md-search__input")).locator(
        "visible=true"
    ).first.click()
    page.wait_for_timeout(1500)
    page.keyboard.type("onboarding", delay=120)


def choose_filters(page: Page) -> None:
    """Choose each severity, an audience and a state."""
    for label in page.locator(".cb-filter label:has(input[type=radio])").all():
        label.click()
        page.wait_for_timeout(300)
    for name in ("audience", "state"):
        page.locator(f".cb-filter select[name={name}]").select_option(index=1)
        page.wait_for_timeout(300)


def step_through(page: Page) -> None:
    """Go from change to change by key."""
    for _ in range(5):
        page.keyboard.press("j")
        page.wait_for_timeout(200)


def choose_colours(page: Page) -> None:
    """Switch to the next scheme."""
    page.locator("label[for^=__palette]:not([hidden])").click()


def compare(page: Page) -> None:
    """Open the list of versions to compare with."""
    page.locator(".cb-with summary").click()


#: The interactions: name, page, width of the window.
INTERACTIONS: Sequence[tuple[str, str, int, Act]] = (
    ("open the menu", "latest/", 390, open_menu),
    ("type in the search", "latest/", 390, type_search),
    ("type in the search", "latest/changes/", 1280, type_search),
    ("choose filters", "latest/changes/", 390, choose_filters),
    ("choose filters", "latest/changes/", 1280, choose_filters),
    ("step through changes", "latest/changes/", 1280, step_through),
    ("choose colours", "latest/", 390, choose_colours),
    ("compare with", "latest/audiences/", 390, compare),
)


def longest(context: BrowserContext, url: str, width: int, act: Act) -> float:
    """The longest time of an interaction, in milliseconds; 0 if all were shorter than a frame."""
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    page.add_init_script(_WATCH)
    page.goto(url)
    page.wait_for_load_state("networkidle")
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.wait_for_timeout(500)
    act(page)
    page.wait_for_timeout(1000)
    durations: list[float] = page.evaluate("window.durations")
    page.close()
    return max(durations, default=0)


def measure(site: Path, rounds: int) -> Iterator[tuple[str, list[float]]]:
    """The name of each interaction, and its longest time in each round."""
    with sync_playwright() as playwright, serve(site) as address:
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        context = browser.new_context(service_workers="block")
        for name, page, width, act in INTERACTIONS:
            times = [longest(context, address + page, width, act) for _ in range(rounds)]
            yield f"{name}: {page} at {width} px", times
        browser.close()


def main() -> None:
    """Print a row for each interaction."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path, help="a built handbook")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    click.echo(f"| Interaction | ms (at most {LIMIT}) |\n|---|--:|")
    for name, times in measure(given.site, given.rounds):
        click.echo(f"| {name} | {statistics.median(times):.0f} ({min(times):.0f}–{max(times):.0f}) |")


if __name__ == "__main__":
    main()
