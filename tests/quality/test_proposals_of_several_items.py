"""One proposal for several items: its edits, its checks, and the result of `charterbook apply`."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import BrowserContext, Page, expect

from charterbook.charter import Charter
from charterbook.identity import path_of
from charterbook.load import load
from charterbook.load.schema_errors import slugify
from charterbook.propose.apply import apply_proposals
from charterbook.propose.proposal import read_proposal
from tests.charters import minimal_charter
from tests.quality.propose_form import (
    EXAMPLE,
    applied,
    choose,
    field,
    finish,
    item,
    message,
    opened,
    reloaded,
)
from tests.quality.sites import Site
from tests.site_checks.browser import open_page

Sites = Callable[[str], Site]

#: Import the form's modules, with the description of the form.
_MODULES = """async () => {
  const { src } = document.querySelector("script[src*='propose']");
  const load = (name) => import(new URL(`propose-${name}.js`, src));
  const names = ["checks", "collection", "file", "subjects"];
  const modules = Object.assign({}, ...await Promise.all(names.map(load)));
  window.form = { ...modules, data: await (await fetch("../../propose.json")).json() };
}"""

#: The proposal for edits: [slot, values of the item] or [slot, null] for a removal; null if
#: something must change first.
_PROPOSE = """(edits) => {
  const { aboutOf, subjectOf, Outcome, proposal, data } = window.form;
  const about = aboutOf({ ...data, lines: {} });
  const made = edits.map(([slot, item]) => {
    const subject = subjectOf(about, slot);
    const shown = new Set(about.parts[subject.part].map(({ key }) => key));
    const values = Object.entries(item || subject.today).filter(([key]) => shown.has(key) && (key !== "id" || subject.isNew));
    return { slot, subject, item: Object.fromEntries(values), removing: item === null };
  });
  const outcome = about.outcome = new Outcome(about, made);
  if ([...outcome.stuck.values()].flat().length) return null;
  return proposal(about, "Because.", "", outcome.groups().flatMap(({ changes }) => changes));
}"""


def collected(page: Page) -> list[str]:
    """Headings of the preview."""
    return page.locator("#propose-changes h3").all_inner_texts()


def test_a_share_moves(context: BrowserContext, site: Sites, tmp_path: Path) -> None:
    """From one funder to another, with a change elsewhere: one file, which is named, listed and applied as a whole."""
    page = opened(context, site("forge"), "?item=sources/sales-budget")
    field(page, "Share of the budget").fill("20")
    page.locator("#propose-reason").fill("Marketing uses it more.")
    page.get_by_role("button", name="Create proposal").click()
    expect(page.locator("#propose-errors li")).to_have_count(1)
    choose(page, "sources/marketing-budget")
    assert "add up to 95, not 100" in message(
        page, page.get_by_label("Sales budget: share of the budget")
    ) or (page.get_by_text("All shares together: 95 percent.").is_visible())
    field(page, "Share of the budget").fill("25")
    choose(page, "services/onboarding")
    field(page, "Name").fill("Welcome")
    assert collected(page) == ["Sales budget", "Marketing budget", "Onboarding"]
    data = applied(tmp_path, EXAMPLE, finish(page))
    shares = {source["id"]: source["share"] for source in data["funding"]["sources"]}
    assert (shares["sales-budget"], shares["marketing-budget"], sum(shares.values())) == (20, 25, 100)
    assert item(data["services"], "onboarding")["name"] == "Welcome"
    assert (page.locator("#propose-name").text_content() or "").endswith(
        "-sources-sales-budget-and-2-more.yml"
    )
    mail = page.locator("#propose-mail").get_attribute("href") or ""
    assert "Sales%20budget%2C%20Marketing%20budget%2C%20Onboarding" in mail


def test_taking_something_out(context: BrowserContext, site: Sites) -> None:
    """By keyboard, and back again; the rest stays after a reload."""
    page = opened(context, site("forge"), "?item=services/onboarding")
    field(page, "Name").fill("Welcome")
    choose(page, "risks/launch-crowding")
    field(page, "Name").fill("Crowded launches")
    page.get_by_role("button", name="Take out: Onboarding").press("Enter")
    assert collected(page) == ["Too many launches at once"]
    expect(page.locator("#propose-dropped")).to_contain_text(
        "“Onboarding” is no longer part of this proposal."
    )
    expect(page.locator("#propose-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert sorted(collected(page)) == ["Onboarding", "Too many launches at once"]
    expect(page.locator("#propose-about")).to_be_focused()
    expect(field(page, "Name")).to_have_value("Welcome")
    page.get_by_role("button", name="Take out: Onboarding").click()
    reloaded(page)
    assert collected(page) == ["Too many launches at once"]
    page.get_by_role("button", name="Edit: Too many launches at once").click()
    expect(page.locator("#propose-about")).to_have_text("Too many launches at once")
    expect(field(page, "Name")).to_have_value("Crowded launches")
    page.evaluate("localStorage.clear()")


def test_new_items_refer_to_each_other(context: BrowserContext, site: Sites, tmp_path: Path) -> None:
    """A new role owns a new service for a new audience; that is kept by a reload, and a lost reference is reported."""
    page = opened(context, site("forge"), "?item=roles/")
    field(page, "Name").fill("Librarian")
    choose(page, "audiences/")
    field(page, "Name").fill("Лаборатория")
    choose(page, "services/")
    field(page, "Name").fill("Library")
    field(page, "Description").fill("Books.")
    page.get_by_role("group", name="Audiences").get_by_label("Лаборатория").check()
    page.locator("summary", has_text="More fields").click()
    field(page, "Owner").select_option("librarian")
    reloaded(page)
    page.get_by_role("button", name="Edit: Library").click()
    expect(field(page, "Owner")).to_have_value("librarian")
    data = applied(tmp_path, EXAMPLE, finish(page))
    library = item(data["services"], "library")
    assert (library["owner"], library["audiences"]) == ("librarian", ["laboratoriya"])
    page.get_by_role("button", name="Take out: Лаборатория").click()
    page.get_by_role("button", name="Create proposal").click()
    expect(page.locator("#propose-errors")).to_contain_text(
        '"laboratoriya" is neither in the charter nor in this proposal'
    )
    page.evaluate("localStorage.clear()")


def test_two_new_items_of_a_kind(context: BrowserContext, site: Sites, tmp_path: Path) -> None:
    """Each has its own id, which follows the name until somebody changes it."""
    page = opened(context, site("forge"), "?item=risks/")
    field(page, "Name").fill("Нет мест")
    expect(field(page, "Short name for addresses")).to_have_value("net-mest")
    choose(page, "risks/")
    field(page, "Name").fill("Нет мест")
    expect(field(page, "Short name for addresses")).to_have_value("net-mest-2")
    field(page, "Short name for addresses").fill("no-room")
    field(page, "Name").fill("Мест нет")
    expect(field(page, "Short name for addresses")).to_have_value("no-room")
    data = applied(tmp_path, EXAMPLE, finish(page))
    assert [risk["id"] for risk in data["risks"][-2:]] == ["net-mest", "no-room"]
    page.evaluate("localStorage.clear()")


def test_removal_and_changes_together(context: BrowserContext, site: Sites, tmp_path: Path) -> None:
    """A removed source changes the sum of shares; a service that is removed goes from a source that changes as well."""
    page = opened(context, site("forge"), "?item=sources/marketing-budget")
    page.get_by_label("Propose to remove it").check()
    assert "add up to 80, not 100" in message(page, page.get_by_label("Propose to remove it"))
    page.get_by_label("Sales budget: share of the budget").fill("45")
    choose(page, "sources/sales-budget")
    page.get_by_role("group", name="Services paid for").get_by_label("Onboarding").check()
    choose(page, "services/product-training")
    page.get_by_label("Propose to remove it").check()
    file = finish(page)
    assert file.count("funding.sources.sales-budget.covers") == 1
    data = applied(tmp_path, EXAMPLE, file)
    covers = item(data["funding"]["sources"], "sales-budget")["covers"]
    assert ("onboarding" in covers, "product-training" in covers) == (True, False)
    page.evaluate("localStorage.clear()")


def test_starting_over_asks(context: BrowserContext, site: Sites) -> None:
    """Escape keeps everything, and only the second button discards it; an empty form is not asked about."""
    page = opened(context, site("forge"), "?item=services/onboarding")
    ask = page.get_by_role("dialog", name="Starting over discards this proposal")
    over = page.get_by_role("button", name="Start over").last
    over.click()
    expect(ask).to_be_hidden()
    field(page, "Name").fill("Welcome")
    over.press("Enter")
    expect(ask.get_by_role("button", name="Keep editing")).to_be_focused()
    page.keyboard.press("Escape")
    expect(over).to_be_focused()
    expect(field(page, "Name")).to_have_value("Welcome")
    over.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#propose-notes")).to_have_text("Everything has been discarded. You can start again.")
    expect(page.get_by_label("What do you want to change?")).to_be_focused()
    expect(field(page, "Name")).to_have_value("Onboarding")
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('charterbook'))") == []


def test_a_sent_proposal(context: BrowserContext, site: Sites) -> None:
    """It is named as such at the next visit; the next one starts without asking."""
    page = opened(context, site("forge"), "?item=services/onboarding")
    field(page, "Name").fill("Welcome")
    finish(page)
    with page.expect_download():
        page.get_by_role("link", name="Download").click()
    reloaded(page)
    expect(page.locator("#propose-notes")).to_contain_text("You have already sent or saved this proposal")
    page.get_by_role("button", name="Start over").first.click()
    expect(field(page, "Name")).to_have_value("Onboarding")
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('charterbook'))") == []


def test_a_problem_of_something_else(context: BrowserContext, site: Sites) -> None:
    """A link in the list of problems opens its subject, at the field."""
    page = opened(context, site("forge"), "?item=services/onboarding")
    field(page, "Name").fill(" ")
    choose(page, "risks/launch-crowding")
    field(page, "Name").fill("Crowded launches")
    page.locator("#propose-reason").fill("Because.")
    page.get_by_role("button", name="Create proposal").click()
    page.get_by_role("link", name="Onboarding, Name: Required.").press("Enter")
    expect(page.locator("#propose-about")).to_have_text("Onboarding")
    expect(field(page, "Name")).to_be_focused()
    page.evaluate("localStorage.clear()")


def test_hostile_stored_input(context: BrowserContext, site: Sites) -> None:
    """Subjects that do not exist are named, and markup is text; nothing else of a page changes."""
    page = opened(context, site("forge"), "")
    image = "<img src=x onerror=alert(1)>"
    kept = {"fields": {"name": image}, "remove": False}
    entries = [
        [slot, kept]
        for slot in ("__proto__/x", "constructor", "services/gone", f"services/?{image}", "risks/?a")
    ]
    stored = json.dumps({"entries": entries, "reason": image, "by": image, "sent": False})
    page.evaluate(
        "(text) => localStorage.setItem(`charterbook-proposal:${new URL(propose.dataset.root, location).pathname}`, text)",
        stored,
    )
    reloaded(page)
    for slot in ("__proto__/x", "constructor", "services/gone"):
        expect(page.locator("#propose-notes")).to_contain_text(f"There is no “{slot}”")
    assert collected(page) == [image, image]
    assert page.locator("#propose img, #propose-ask img").count() == 0
    assert page.evaluate("[Object.keys(Object.prototype), {}.fields, {}.name]") == [[], None, None]
    page.evaluate("localStorage.clear()")


@pytest.mark.parametrize("name", ["forge", "minimal"])
def test_every_subject_opens(context: BrowserContext, site: Sites, name: str) -> None:
    """Each item, section and new item has fields with labels and their descriptions, and the script has no error."""
    visit = open_page(context, f"{site(name).address}latest/propose/")
    page = visit.page
    expect(page.locator("#propose")).to_be_visible()
    listed = page.locator("#propose-subject").inner_html()
    choose(page, "charter")
    expect(page.locator("#propose-work")).to_be_visible()
    assert page.locator("#propose-subject").inner_html() == listed
    values = page.locator("#propose-subject option").evaluate_all(
        "all => all.map(one => one.value).filter(Boolean)"
    )
    empty = page.evaluate(
        """(values) => values.filter((value) => {
          const select = document.getElementById("propose-subject");
          select.value = value;
          select.dispatchEvent(new Event("change"));
          const inputs = [...document.querySelectorAll("#propose-fields :is(input, select, textarea)")];
          const isDescribed = (input) => (input.getAttribute("aria-describedby") ?? "").split(" ").every((id) => !id || document.getElementById(id));
          return !inputs.length || inputs.some((input) => !input.labels.length && !input.ariaLabel || !isDescribed(input));
        })""",
        values,
    )
    assert (empty, visit.problems()) == ([], [])
    assert len(values) > 20


def test_ids_are_those_of_the_loader(context: BrowserContext, site: Sites) -> None:
    """For any name: made of the same letters, unlike all others, and never empty."""
    names = [
        "Café desk",
        "Ёжик в тумане",
        "Щи – 2",
        "日本",
        "  ",
        "Onboarding",
        "con",
        "x" * 90,
        "İstanbul ß",
        "a\u0301",
    ]
    page = opened(context, site("minimal"), "")
    page.evaluate(_MODULES)
    found = page.evaluate(
        """(names) => {
          const { aboutOf, idFor, data } = window.form;
          const about = aboutOf({ ...data, lines: {} });
          return names.map((name) => idFor(about, "services", name, about.items("services")));
        }""",
        names,
    )
    taken = {"Onboarding": "onboarding-2", "con": "con-2", "日本": "item", "  ": ""}
    assert found == [taken.get(name) if name in taken else slugify(name) for name in names]


#: Kinds of items to which nothing else refers, with the keys of their name and of another required text.
KINDS = {
    "risks": ("name", None),
    "glossary": ("term", "meaning"),
    "roadmap": ("name", None),
    "out": ("name", None),
}

TEXTS = ['Plain: "text"', "Ключ: #значение\n- и «список»", "- 1\n'\\ \u00a0x", "yes", "2026-01-01", "1e3"]


def edited(chance: random.Random, charter: Any, number: int) -> tuple[list[Any], Callable[[], None]]:
    """A random edit of a form, and its effect on the charter."""
    kind = chance.choice([*KINDS])
    *around, last = path_of(kind)
    parent = charter
    for key in around:
        parent = parent[key]
    items = parent.get(last, [])
    text = chance.choice(TEXTS)
    name, other = KINDS[kind]
    needed = {name: text.replace("\n", " "), **({other: text} if other else {})}
    action = chance.choice(["add", "change", "change", "remove"])
    if action == "add" or not items:
        new = {"id": f"new-{number}", **needed}
        return [f"{kind}/?{number}", new], lambda: parent.setdefault(last, []).append(new)
    old = chance.choice(items)
    if action == "remove":
        return [f"{kind}/{old['id']}", None], lambda: items.remove(old)
    kept = {key: value for key, value in old.items() if key in ("id", "was") or chance.random() < 0.7}
    now = kept | needed | {"tags": [text.replace("\n", " "), "b"], "also_called": ["A, b"]}
    return [f"{kind}/{old['id']}", now], lambda: items.__setitem__(items.index(old), now)


@pytest.mark.parametrize(
    "seeds", [range(6), pytest.param(range(6, 60), marks=pytest.mark.slow)], ids=["six", "more"]
)
def test_random_proposals_apply(context: BrowserContext, site: Sites, seeds: range) -> None:
    """The charter contains the edits afterwards, for any set of edits."""
    page = opened(context, site("forge"), "")
    page.evaluate(_MODULES)
    before = EXAMPLE.read_bytes()
    for seed in seeds:
        chance = random.Random(seed)  # noqa: S311
        charter = yaml.safe_load(before)
        edits: dict[str, tuple[Any, Callable[[], None]]] = {}
        for number in range(chance.randint(1, 6)):
            (slot, values), effect = edited(chance, charter, number)
            edits.setdefault(slot, (values, effect))
        for _, effect in edits.values():
            effect()
        file = page.evaluate(_PROPOSE, plain([[slot, values] for slot, (values, _) in edits.items()]))
        proposal, problems = read_proposal(file.encode(), "proposal.yml")
        assert proposal is not None, (seed, problems, file)
        done = apply_proposals(before, [proposal])
        assert done.refusals == (), (seed, done.refusals, file)
        wanted = load(yaml.safe_dump(charter, allow_unicode=True).encode()).charter
        assert wanted is not None
        assert normalized(done.new) == normalized(wanted), (seed, file)


def test_a_new_section_with_its_items(context: BrowserContext, site: Sites) -> None:
    """The section's text and the items inside of it are separate changes: neither contains the other."""
    page = opened(context, site("minimal"), "")
    page.evaluate(_MODULES)
    route = {"id": "a", "name": "A", "how": "Ask."}
    edits = [["intake", {"summary": "Ask first."}], ["routes/?1", route], ["routes/?2", route | {"id": "b"}]]
    proposal, _ = read_proposal(page.evaluate(_PROPOSE, edits).encode(), "proposal.yml")
    assert proposal is not None
    done = apply_proposals(minimal_charter().encode(), [proposal])
    assert done.refusals == ()
    intake = yaml.safe_load(done.data)["intake"]
    assert intake == {"summary": "Ask first.", "routes": [route, route | {"id": "b"}]}


def plain(value: Any) -> Any:
    """Dates as the texts of forms."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value if isinstance(value, (str, int, float, bool, type(None))) else value.isoformat()


def normalized(charter: Charter) -> Any:
    """Values of a charter, with defaults, and without empty lists."""
    return without_empty(charter.model_dump(mode="json"))


def without_empty(value: Any) -> Any:
    """Data without missing values."""
    if isinstance(value, dict):
        return {key: without_empty(inner) for key, inner in value.items() if inner not in (None, [])}
    return [without_empty(inner) for inner in value] if isinstance(value, list) else value
