"""The form for proposals in Chromium: opening it, finding its fields, and applying its proposals."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner
from playwright.sync_api import BrowserContext, Locator, Page, expect

from charterbook.cli import main
from tests.quality.sites import ROOT, Site
from tests.site_checks.browser import Scheme, open_page

EXAMPLE = ROOT / "charter.yml"


def opened(
    context: BrowserContext, site: Site, query: str, width: int = 1280, scheme: Scheme = "light"
) -> Page:
    """The form at an address, filled with the present values."""
    page = open_page(context, f"{site.address}latest/propose/{query}", width, scheme).page
    expect(page.locator("#propose")).to_be_visible()
    return page


def reloaded(page: Page) -> None:
    """Load the page again, and wait for the form."""
    page.reload()
    expect(page.locator("#propose")).to_be_visible()


def choose(page: Page, slot: str) -> None:
    """Choose what to change."""
    page.get_by_label("What do you want to change?").select_option(slot)


def field(page: Page, label: str) -> Locator:
    """A field by its label, which also says whether it is required."""
    name = re.compile(rf"^{re.escape(label)}( \((required|обязательно)\))?$")
    return page.locator("#propose-fields").get_by_label(name).first


def finish(page: Page, reason: str = "It is wrong today.") -> str:
    """Enter a reason, make the proposal, and return its file."""
    page.locator("#propose-reason").fill(reason)
    page.get_by_role("button", name="Create proposal").click()
    expect(page.locator("#propose-result")).to_be_visible()
    return page.locator("#propose-file").text_content() or ""


def message(page: Page, control: Locator) -> str:
    """The form's message about a control, found as a screen reader finds it."""
    ids = (control.get_attribute("aria-describedby") or "").split()
    return " ".join(page.locator(f"#{id_}").inner_text() for id_ in ids if id_.endswith("-error"))


def applied(folder: Path, charter: Path, proposal: str) -> Any:
    """Data of a charter after `charterbook apply`, which must accept the proposal."""
    (folder / "charter.yml").write_bytes(charter.read_bytes())
    (folder / "proposal.yml").write_text(proposal, encoding="utf-8")
    done = CliRunner().invoke(
        main, ["apply", "--charter", str(folder / "charter.yml"), str(folder / "proposal.yml")]
    )
    assert done.exit_code == 0, done.output
    return yaml.safe_load((folder / "charter.yml").read_text(encoding="utf-8"))


def item(data: Any, id_: str) -> Any:
    """The item with this id."""
    return next(entry for entry in data if entry["id"] == id_)
