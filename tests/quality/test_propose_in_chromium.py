from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, quote, urlsplit

import pytest
import yaml
from playwright.sync_api import BrowserContext, Page, Route, expect

from charterbook.compare.binding_words import binding_words
from charterbook.forge import forge_at
from charterbook.load import load
from tests.charters import minimal_charter
from tests.compare.test_binding_words import PAIRS
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
from tests.quality.sites import ROOT, Site
from tests.site_checks.browser import Visit, check_look, open_page

Sites = Callable[[str], Site]

FORGE = "https://github.com/quillmere/charter"
RUSSIAN = ROOT / "examples" / "ru" / "charter.yml"


ID = "Short name for addresses"
SERVICE = {"id": "onboarding", "name": "Onboarding", "summary": "Four weeks."}


def test_address_and_file(context: BrowserContext, site: Sites, tmp_path: Path) -> None:
    """From a page to the forge's page for a new file, filled in with a valid proposal."""
    address = site("forge").address
    page = open_page(context, f"{address}latest/services/onboarding/").page
    page.locator(".cb-foot").get_by_role("link", name="Propose a change: Onboarding", exact=True).click()
    expect(page.locator("#propose")).to_be_visible()
    field(page, "Share of the team's time").fill("27,5")
    expect(page.locator("#propose-count")).to_have_text("1 change")
    expect(page.locator("#propose-changes")).to_contain_text("removed: 25 → added: 27.5")
    file = finish(page, 'Mentors: "two" hours\nmore.')
    link = page.locator("#propose-open")
    parts = urlsplit(link.get_attribute("href") or "")
    told = parse_qs(parts.query)
    name = page.locator("#propose-name").text_content() or ""
    assert (parts.netloc, parts.path.rsplit("/", 1)[0]) == ("github.com", "/quillmere/charter/new")
    assert (told["filename"], told["value"]) == ([name], [file])
    assert (name.startswith("proposals/20"), name.endswith("-services-onboarding.yml")) == (True, True)
    forge = forge_at(FORGE)
    assert forge is not None
    page_of = forge.new_file(parts.path.rsplit("/", 1)[1])
    assert page_of is not None
    assert page_of.address == f"https://{parts.netloc}{parts.path}"
    assert (link.get_attribute("target"), link.get_attribute("rel")) == ("_blank", "noopener")
    before = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
    item(before["services"], "onboarding")["effort_share"] = 27.5
    assert applied(tmp_path, EXAMPLE, file) == before
    assert yaml.safe_load(file)["reason"] == 'Mentors: "two" hours\nmore.'


def test_words_that_bind(context: BrowserContext, site: Sites) -> None:
    """A changed number or word that binds in a text is a commitment, exactly if a comparison says so."""
    page = opened(context, site("forge"), "?item=services/onboarding")
    summary, severity = field(page, "Description"), page.locator("#propose-changes li b")
    before = summary.input_value()
    for _, new, _ in PAIRS:
        summary.fill(f"{before} {new}")
        binds = binding_words(before) != binding_words(f"{before} {new}")
        expect(severity, new).to_have_text(
            re.compile("^commitment|^Commitment" if binds else "^meaning|^Meaning")
        )


def test_own_fields_that_bind(context: BrowserContext, site: Sites) -> None:
    """A new field of one's own, a new section: a commitment exactly if its text has words that bind, as in comparisons."""
    page = opened(context, site("forge"), "?item=services/onboarding")
    page.locator("summary", has_text="More fields").click()
    page.get_by_role("group", name="Further details").get_by_role("button", name="Add an entry").click()
    new, severity = (
        page.get_by_role("group", name="Further details: Entry 1"),
        page.locator("#propose-changes li b"),
    )
    new.get_by_label("Label (required)").fill("Coverage")
    for text, said in (("Not in July", "commitment"), ("A desk", "meaning"), ("No. 4711", "meaning")):
        new.get_by_label("Text (required)").fill(text)
        expect(severity, text).to_have_text(re.compile(said, re.IGNORECASE))
    page = opened(context, site("forge"), "?item=sections/")
    field(page, "Title").fill("House rules")
    for text, said in (("You must not smoke.", "commitment"), ("A garden.", "meaning")):
        field(page, "Text").fill(text)
        expect(severity, text).to_have_text(re.compile(said, re.IGNORECASE))


def test_many_kinds_of_values(context: BrowserContext, site: Sites, tmp_path: Path) -> None:
    """Texts, choices, references, days, added and removed entries: the file has exactly the typed values."""
    page = opened(context, site("forge"), "?item=services/onboarding")
    field(page, "Description").fill("First line: “quoted” 😀\n\n- a \\ list\n- # of two")
    page.locator("summary", has_text="More fields").click()
    field(page, "Status").select_option("sunset")
    field(page, "End date").fill("2027-03-31")
    boxes = page.get_by_role("group", name="Contributors")
    boxes.get_by_label("Account executives").check()
    boxes.get_by_label("Presales").uncheck()
    levels = page.get_by_role("group", name="Promises").first
    levels.get_by_role("button", name="Remove entry 1").click()
    levels.get_by_role("button", name="Add an entry").click()
    new = page.get_by_role("group", name="Promises: Entry 2")
    expect(page.locator("#propose-reason")).to_have_accessible_name("Reason")
    expect(new.get_by_label("Request (required)")).to_have_accessible_name("Request")
    new.get_by_label("Request (required)").fill("v1.0: all of it")
    new.get_by_label("Response time").fill("2.5")
    data = applied(tmp_path, EXAMPLE, finish(page))
    service = item(data["services"], "onboarding")
    assert service["summary"] == "First line: “quoted” 😀\n\n- a \\ list\n- # of two"
    assert (service["status"], str(service["until"])) == ("sunset", "2027-03-31")
    assert "account-executives" in service["contributors"]
    assert "presales" not in service["contributors"]
    assert [level["request"] for level in service["service_levels"]] == ["Another mentor", "v1.0: all of it"]
    assert service["service_levels"][1] == {"request": "v1.0: all of it", "within": 2.5}


def test_group_of_fields(context: BrowserContext, site: Sites, tmp_path: Path) -> None:
    """A figure is changed key by key."""
    page = opened(context, site("forge"), "?item=metrics/win-rate")
    target = page.get_by_role("group", name="Target")
    target.get_by_label("Value").fill("29")
    file = finish(page)
    assert "path: metrics.win-rate.target.value\n" in file
    assert item(applied(tmp_path, EXAMPLE, file)["metrics"], "win-rate")["target"]["value"] == 29


def test_section(context: BrowserContext, site: Sites, tmp_path: Path) -> None:
    """Sections that are no lists, and the charter itself, also have forms."""
    page = opened(context, site("forge"), "?section=mission")
    field(page, "Vision").fill("Nobody prepares alone.")
    mission = applied(tmp_path, EXAMPLE, finish(page))["mission"]
    assert mission["vision"] == "Nobody prepares alone."
    page.get_by_label("What do you want to change?").select_option("charter")
    assert page.url.endswith("?section=charter")
    field(page, "Title").fill("Our charter")
    assert applied(tmp_path, EXAMPLE, finish(page))["title"] == "Our charter"


def test_new_item(context: BrowserContext, site: Sites, tmp_path: Path) -> None:
    """A new item gets an id from its name, and its values get into the charter."""
    page = opened(context, site("forge"), "")
    page.get_by_label("What do you want to change?").select_option("risks/")
    field(page, "Name").fill("Café closes: nowhere to meet")
    expect(field(page, "Short name for addresses")).to_have_value("cafe-closes-nowhere-to-meet")
    page.locator("summary", has_text="More fields").click()
    field(page, "Likelihood").select_option("low")
    data = applied(tmp_path, EXAMPLE, finish(page))
    assert data["risks"][-1] == {
        "id": "cafe-closes-nowhere-to-meet",
        "name": "Café closes: nowhere to meet",
        "likelihood": "low",
    }


def test_new_kind_of_item(context: BrowserContext, site: Sites, tmp_path: Path) -> None:
    """A charter without any route can get its first one."""
    page = opened(context, site("minimal"), "?item=routes/")
    field(page, "Name").fill("By form")
    field(page, "Steps").fill("1. Fill it in.")
    file = finish(page)
    minimal = tmp_path / "minimal.yml"
    minimal.write_text(minimal_charter(), encoding="utf-8")
    assert applied(tmp_path, minimal, file)["intake"] == {
        "routes": [{"id": "by-form", "name": "By form", "how": "1. Fill it in."}]
    }


def test_removal(context: BrowserContext, site: Sites, tmp_path: Path) -> None:
    """Removing an item also removes its id from lists of other items."""
    page = opened(context, site("forge"), "?item=services/product-training")
    page.get_by_label("Propose to remove it").check()
    expect(page.locator("#propose-changes")).to_contain_text("Removed: Product and value training")
    data = applied(tmp_path, EXAMPLE, finish(page))
    assert "product-training" not in [service["id"] for service in data["services"]]
    assert "product-training" not in json.dumps(data["funding"], default=str)


def test_removal_of_what_texts_name(context: BrowserContext, site: Sites) -> None:
    """An item with a link in a text or in a required field cannot be removed yet: the form names the places."""
    page = opened(context, site("forge"), "?item=services/deal-clinics")
    page.get_by_label("Propose to remove it").check()
    page.locator("#propose-reason").fill("Nobody comes.")
    page.get_by_role("button", name="Create proposal").click()
    expect(page.locator("#propose-remove-error")).to_contain_text("It is still referenced by: ")
    expect(page.locator("#propose-errors")).to_be_focused()


def test_entries_of_a_list(context: BrowserContext, site: Sites, tmp_path: Path) -> None:
    """A service level is changed separately, with any name of its request."""
    page = opened(context, site("forge"), "?item=services/onboarding")
    second = page.get_by_role("group", name="Promises: Entry 2")
    second.get_by_label("Request (required)").fill("Mentor no. 2")
    second.get_by_label("Response time").fill("4")
    file = finish(page)
    assert 'path: "services.onboarding.service_levels.Another mentor.within"' in file
    level = item(applied(tmp_path, EXAMPLE, file)["services"], "onboarding")["service_levels"][1]
    assert (level["request"], level["within"]) == ("Mentor no. 2", 4)


def test_shares(context: BrowserContext, site: Sites, tmp_path: Path) -> None:
    """A share cannot change alone: the others are shown beside it."""
    page = opened(context, site("forge"), "?item=sources/sales-budget")
    field(page, "Share of the budget").fill("20")
    assert "add up to 95, not 100" in message(page, field(page, "Share of the budget"))
    page.get_by_label("Marketing budget: share of the budget").fill("25")
    expect(page.get_by_text("All shares together: 100 percent.")).to_be_visible()
    sources = applied(tmp_path, EXAMPLE, finish(page))["funding"]["sources"]
    assert (item(sources, "sales-budget")["share"], item(sources, "marketing-budget")["share"]) == (20, 25)


#: By what is changed: a field, an invalid value, and the message about it; none about a valid one.
CHECKED = {
    "services/onboarding": [
        ("Share of the team's time", "120", "Write a number of 100 or less."),
        ("Share of the team's time", "a lot", '"a lot" is not a number'),
        ("Name", " ", "Required."),
        ("Name", "x" * 201, "Use at most 200 characters."),
        ("Name", "a\u200b\u202eb", "U+202E"),
        ("Description", "[x](services/none)", "which is not a page of this charter"),
        ("Description", "[x](javascript:alert)", "is not safe"),
        ("Start date", "2035-01-01", ""),
    ],
    "services/": [
        (ID, "Not An Id", "cannot be part of an address. Use lower-case letters a-z"),
        (ID, "onboarding", "is already taken"),
        (ID, "sales-onboarding", "was used before"),
        (ID, "con", "is reserved"),
    ],
    "funding": [("Currency", "XQX", "is not a currency of ISO 4217")],
    "charter": [("Version", "Q3", "is not the name of a version")],
    "calendar": [
        ("Time zone", "europe/berlin", "is not a time zone"),
        ("Time zone", "Asia/Kathmandu", ""),
    ],
}


def test_checks(context: BrowserContext, site: Sites) -> None:
    """An invalid value is reported at once, in the words of `charterbook check`."""
    page = opened(context, site("forge"), "")
    for slot, values in CHECKED.items():
        choose(page, slot)
        for label, typed, said in values:
            control = field(page, label)
            control.fill(typed)
            assert said in message(page, control), (slot, label)
            assert control.get_attribute("aria-invalid") == ("true" if said else None)


#: Values that the form refuses, by site: a field, and the input.
REFUSED = {
    "forge": {
        "effort_share": ("Share of the team's time", ["100.5", "-1"]),
        "summary": (
            "Description",
            ["[x](javascript:alert)", "x" * 20_001, "{{ charter }}", f"<b {'c' * 40}>"],
        ),
        "name": ("Name", ["x" * 201]),
    },
    "russian": {
        "effort_share": ("Доля времени службы", ["100.5"]),
        "summary": ("Описание", ["[x](javascript:alert)", f"<b {'c' * 40}>"]),
        "name": ("Название", ["x" * 201]),
    },
}


@pytest.mark.parametrize("name", REFUSED)
def test_words_of_check(context: BrowserContext, site: Sites, name: str) -> None:
    """Exactly the words of `charterbook check`, in the charter's language, with its quotes and numbers."""
    page = opened(context, site(name), "?item=services/onboarding")
    for key, (label, values) in REFUSED[name].items():
        for value in values:
            control = field(page, label)
            control.fill(value)
            assert message(page, control) == said_by_check(name, key, value)


def said_by_check(name: str, key: str, typed: str) -> str:
    """The loader's message about a value of the service "onboarding"."""
    charter = yaml.safe_load((RUSSIAN if name == "russian" else EXAMPLE).read_text(encoding="utf-8"))
    item(charter["services"], "onboarding")[key] = yaml.safe_load(typed) if key == "effort_share" else typed
    found = load(yaml.safe_dump(charter, allow_unicode=True).encode()).problems
    return " ".join(problem.words[:1].upper() + problem.words[1:] for problem in found)


def test_hours_and_addresses_are_checked_as_by_the_loader(context: BrowserContext, site: Sites) -> None:
    """The form and the loader refuse and accept the same values; overlapping hours are found on apply."""
    page = opened(context, site("forge"), "?section=calendar")
    values = {
        "hours": [
            "09:00-12:30",
            "22:00-06:00",
            "09:00-24:00",
            "9-17",
            "24:00-25:00",
            "09:00-09:00",
            "09:00 - 10:00",
        ],
        "address": [
            "a@b.c",
            "https://x.org",
            "services",
            "javascript:alert(1)",
            "//evil",
            "nowhere",
            "a@b@c",
        ],
    }
    refused = page.evaluate(
        """async (values) => {
          const { check } = await import(document.querySelector("script[src*='propose']").src.replace("propose.js", "propose-checks.js"));
          const form = await (await fetch("../../propose.json")).json();
          const items = (kind) => kind === "services" ? [{ id: "onboarding" }] : [];
          const about = { ...form, items, proposed: items };
          const fields = Object.values(form.parts).flat();
          const refused = (key, value) => check(about, fields.find((field) => field.key === key), value).length > 0;
          return Object.fromEntries(Object.keys(values).map((key) => [key, values[key].filter((value) => refused(key, value))]));
        }""",
        values,
    )
    charters = {
        "hours": lambda value: minimal_charter(schema=2, calendar={"hours": [value]}),
        "address": lambda value: minimal_charter(
            schema=2, services=[{**SERVICE, "contacts": [{"label": "Ask", "address": value}]}]
        ),
    }
    assert refused == {
        key: [value for value in found if load(charters[key](value).encode()).charter is None]
        for key, found in values.items()
    }


def test_entries_that_belong_together(context: BrowserContext, site: Sites) -> None:
    """A contact without any address and a holiday that is there twice are reported before anything is sent."""
    page = opened(context, site("forge"), "?section=calendar")
    holidays = page.get_by_role("group", name="Holidays").first
    for number in (1, 2):
        holidays.get_by_role("button", name="Add an entry").click()
        holidays.get_by_label("Date (required)").nth(-1).fill("2027-05-01")
        assert ("2027-05-01 is listed twice" in holidays.inner_text()) == (number == 2)
    page.get_by_label("What do you want to change?").select_option("services/")
    contacts = page.get_by_role("group", name="Contacts").first
    page.locator("summary", has_text="More fields").click()
    contacts.get_by_role("button", name="Add an entry").click()
    contacts.get_by_label("Label (required)").fill("Questions")
    expect(contacts).to_contain_text(
        "A contact has neither an address nor a channel. Fill in one of the two."
    )
    contacts.get_by_label("Channel").fill("#help")
    expect(contacts).not_to_contain_text("neither")


@pytest.mark.parametrize(
    ("query", "group", "entries", "said"),
    [
        (
            "?section=calendar",
            "Holidays",
            [{"Date": "2027-05-01"}, {"Date": "2027-05-01"}],
            "is listed twice",
        ),
        (
            "?item=services/onboarding",
            "Contacts",
            [{"Label": "Questions"}],
            "neither an address nor a channel",
        ),
        (
            "?item=services/onboarding",
            "Promises",
            [{"Request": "A place", "Response time": "3"}, {"Request": "A place", "Response time": "5"}],
            "A place",
        ),
    ],
)
def test_a_problem_of_several_entries(
    context: BrowserContext, site: Sites, query: str, group: str, entries: list[dict[str, str]], said: str
) -> None:
    """Its link leads into the list, whose description has the message for screen readers."""
    page = opened(context, site("forge"), query)
    for more in page.locator("#propose-fields details > summary").all():
        more.click()
    part = page.get_by_role("group", name=group, exact=True).first
    for values in entries:
        part.get_by_role("button", name="Add an entry").click()
        for label, value in values.items():
            part.get_by_label(f"{label} (required)").last.fill(value)
    page.get_by_role("button", name="Create proposal").click()
    page.locator("#propose-errors").get_by_role("link", name=said).first.click()
    expect(part.locator(":focus")).to_have_count(1)
    expect(part).to_have_accessible_description(re.compile(re.escape(said)))


def test_what_nobody_sees(context: BrowserContext, site: Sites) -> None:
    """A reason or name with invisible characters is reported before it is sent."""
    page = opened(context, site("forge"), "?item=services/onboarding")
    field(page, "Name").fill("Welcome")
    page.get_by_label("Your name").fill("Ada\u202eQuill")
    page.locator("#propose-reason").fill("Because\u2028it is.")
    page.get_by_role("button", name="Create proposal").click()
    expect(page.locator("#propose-errors-title")).to_have_text("Fix 2 problems first")
    assert "U+2028" in message(page, page.locator("#propose-reason"))
    assert "U+202E" in message(page, page.get_by_label("Your name"))
    page.get_by_label("Your name").fill("Ada Quill")
    assert "Because it is." in finish(page, "Because it is.")


def test_what_is_not_filled_in(context: BrowserContext, site: Sites) -> None:
    """Any missing value is requested by a sentence; an incomplete number is not in the preview."""
    page = opened(context, site("forge"), "?item=metrics/")
    page.get_by_role("button", name="Create proposal").click()
    assert message(page, field(page, "Name")) == "Required. Write a few words."
    assert message(page, field(page, "Kind")) == "Required. Choose from the list."
    page = opened(context, site("forge"), "?item=services/onboarding")
    field(page, "Share of the team's time").fill("a lot")
    expect(page.locator("#propose-changes")).to_contain_text("removed: 25 → added: ?")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fields_to_fix_are_marked(
    context: BrowserContext, site: Sites, scheme: Literal["light", "dark"]
) -> None:
    """All that the list of problems names, in the colour of its messages, and no others: not those of an empty part."""
    page = opened(context, site("forge"), "?item=services/onboarding")
    page.emulate_media(color_scheme=scheme)
    field(page, "Name").fill("")
    field(page, "Share of the team's time").fill("a lot")
    page.get_by_role("button", name="Create proposal").click()
    marked = page.locator("#propose [aria-invalid=true]")
    expect(marked).to_have_count(page.locator("#propose-errors li").count())
    assert marked.count() == 3
    colours = marked.evaluate_all("all => all.map(one => getComputedStyle(one).borderTopColor)")
    message_colour = page.locator(".cb-form__error:visible").first.evaluate("e => getComputedStyle(e).color")
    assert set(colours) == {message_colour}
    assert page.locator(".cb-form__error:visible:not(.cb-form__error--hint)").count() == 3


def test_items_of_the_same_name(context: BrowserContext, site: Sites) -> None:
    """An audience and a team with one name are told apart by their kinds."""
    page = opened(context, site("forge"), "?item=services/onboarding")
    names = page.locator(".cb-form__boxes").nth(1).locator("label").all_inner_texts()
    assert {"Product marketing (Audiences)", "Product marketing (Partners)"} < {
        name.strip() for name in names
    }
    assert len(names) == len(set(names))


def test_order_of_days(context: BrowserContext, site: Sites) -> None:
    """Checks across two fields."""
    page = opened(context, site("forge"), "?item=services/onboarding")
    page.locator("summary", has_text="More fields").click()
    field(page, "End date").fill("2020-01-01")
    assert "is before the start date" in message(page, field(page, "End date"))


def test_what_is_missing(context: BrowserContext, site: Sites) -> None:
    """Without a reason or a change there is no proposal: a list of problems links to each place."""
    page = opened(context, site("forge"), "?item=services/onboarding")
    field(page, "Name").fill("")
    page.get_by_role("button", name="Create proposal").click()
    errors = page.locator("#propose-errors")
    expect(errors).to_be_focused()
    expect(page.locator("#propose-errors-title")).to_have_text("Fix 2 problems first")
    expect(page.locator("#propose-result")).to_be_hidden()
    errors.get_by_role("link").first.click()
    expect(field(page, "Name")).to_be_focused()
    page.locator("#propose-reason").fill("A better name.")
    field(page, "Name").fill("Welcome")
    expect(errors).to_be_hidden()


def test_reload(context: BrowserContext, site: Sites) -> None:
    """Nothing typed is lost on reload, including invalid values; starting over restores the present values."""
    page = opened(context, site("forge"), "?item=services/onboarding")
    field(page, "Name").fill("Welcome")
    field(page, "Share of the team's time").fill("a lot")
    page.locator("#propose-reason").fill("Because.")
    page.get_by_label("Your name").fill("Ada Quill")
    page.get_by_role("button", name="Promises: Add an entry").click()
    page.get_by_role("group", name="Promises: Entry 3").get_by_label("Request (required)").fill("Half done")
    reloaded(page)
    expect(page.locator("#propose-notes")).to_contain_text(
        "Your draft has been restored. It is about: Onboarding."
    )
    expect(field(page, "Name")).to_have_value("Welcome")
    expect(field(page, "Share of the team's time")).to_have_value("a lot")
    expect(page.locator("#propose-reason")).to_have_value("Because.")
    expect(page.get_by_label("Your name")).to_have_value("Ada Quill")
    entry = page.get_by_role("group", name="Promises: Entry 3")
    expect(entry.get_by_label("Request (required)")).to_have_value("Half done")
    page.get_by_role("button", name="Start over").last.click()
    page.get_by_role("button", name="Discard it").click()
    expect(field(page, "Name")).to_have_value("Onboarding")
    reloaded(page)
    expect(field(page, "Name")).to_have_value("Onboarding")
    expect(page.locator("#propose-notes")).to_be_empty()


def test_too_long_for_an_address(context: BrowserContext, site: Sites, tmp_path: Path) -> None:
    """The page says so, and the file can be copied or downloaded."""
    page = opened(context, site("forge"), "?item=services/onboarding")
    text = "Длинный текст. " * 200
    field(page, "Description").fill(text)
    file = finish(page)
    expect(page.locator("#propose-open")).to_be_hidden()
    expect(page.locator("#propose-long")).to_contain_text("too long for a web address")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").click()
    expect(page.locator("#propose-status")).to_have_text("Copied.")
    assert page.evaluate("() => navigator.clipboard.readText()") == file
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename.endswith("-services-onboarding.yml")
    assert Path(download.value.path()).read_text(encoding="utf-8") == file
    assert item(applied(tmp_path, EXAMPLE, file)["services"], "onboarding")["summary"] == text.strip()


def test_without_a_forge(context: BrowserContext, site: Sites) -> None:
    """Without a known forge there is an e-mail link with the file instead."""
    page = opened(context, site("minimal"), "?item=services/onboarding")
    field(page, "Name").fill("Welcome")
    file = finish(page)
    expect(page.locator("#propose-open")).to_be_hidden()
    expect(page.locator("#propose-long")).to_be_hidden()
    address = urlsplit(page.locator("#propose-mail").get_attribute("href") or "")
    told = parse_qs(address.query)
    assert (address.scheme, told["subject"]) == ("mailto", ["Proposal for the charter: Onboarding"])
    words, _, rest = told["body"][0].replace("\r\n", "\n").partition("\n\nThe proposal as a file, ")
    assert words == (
        'Why: It is wrong today.\n\nWhat would change:\n- meaning: Name: "Onboarding" → "Welcome"'
    )
    assert rest.partition(":\n\n")[2] == file


def described(page: Page, **changes: Any) -> None:
    """Give the form another forge and a recipient."""

    def answer(route: Route) -> None:
        route.fulfill(json=route.fetch().json() | changes)

    page.route("**/propose.json", answer)
    reloaded(page)


def test_at_gitlab(context: BrowserContext, site: Sites) -> None:
    """Its page for a new file accepts only a name, so the file is copied, at any length."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = opened(context, site("forge"), "?item=services/onboarding")
    described(
        page,
        newFile={
            "address": "https://gitlab.com/q/c/-/new/main",
            "name": "file_name",
            "content": None,
            "longest": 8000,
        },
    )
    field(page, "Description").fill("word " * 3000)
    file = finish(page)
    link = page.locator("#propose-open")
    name = page.locator("#propose-name").text_content() or ""
    address = f"https://gitlab.com/q/c/-/new/main?file_name={quote(name, safe='')}"
    assert link.get_attribute("href") == address
    link.evaluate("link => { link.removeAttribute('target'); link.href = '#here'; }")
    link.press("Enter")
    expect(page.locator("#propose-status")).to_have_text("Copied. Paste it into the new file.")
    assert page.evaluate("navigator.clipboard.readText()") == file
    page.unroute("**/propose.json")


def test_an_email_has_a_recipient_and_words_first(context: BrowserContext, site: Sites) -> None:
    """Parts that do not fit are left out, the file first; the reason is always there."""
    page = opened(context, site("minimal"), "?item=services/onboarding")
    described(page, mailTo=["a+b@example.com", "team@example.com"])
    for text in ("Short.", "word " * 800, "слово " * 800):
        field(page, "Description").fill(text)
        file = finish(page, f"Because. {text}"[:1900])
        address = page.locator("#propose-mail").get_attribute("href") or ""
        assert len(address) <= 1900
        assert address.startswith("mailto:a%2Bb@example.com,team@example.com?subject=")
        body = parse_qs(urlsplit(address).query)["body"][0].replace("\r\n", "\n")
        assert body.startswith("Why: Because. ")
        assert (file in body) == (text == "Short.")
        assert ("Please attach it" in body) == (text != "Short.")
    page.unroute("**/propose.json")


def test_former_id(context: BrowserContext, site: Sites) -> None:
    """An old page's item is found under its present id; for a removed one the form says so."""
    page = opened(context, site("forge"), "?item=services/sales-onboarding")
    expect(page.locator("#propose-notes")).to_contain_text("“sales-onboarding” is now called “Onboarding”.")
    expect(field(page, "Name")).to_have_value("Onboarding")
    page = opened(context, site("forge"), "?item=services/%3Cimg%20src=x%3E")
    expect(page.locator("#propose-notes")).to_contain_text(
        "There is no “services/<img src=x>” in the charter in force."
    )
    expect(page.locator("#propose-work")).to_be_hidden()


def test_superseded(context: BrowserContext, site: Sites) -> None:
    """An older version's page leads to the form in force, for the same item."""
    address = site("forge").address
    page = open_page(context, f"{address}2025-Q3/propose/?item=services/manager-coaching").page
    page.get_by_role("link", name="Propose a change to the charter in force").click()
    page.wait_for_url(f"{address}latest/propose/?item=services/manager-coaching")
    expect(field(page, "Name")).to_have_value("Manager coaching")


def test_line_on_an_old_page(context: BrowserContext, site: Sites) -> None:
    """An older version's page opens the editor at the present line."""
    page = open_page(context, f"{site('forge').address}2025-Q3/services/manager-coaching/").page
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    line = lines.index("  - id: manager-coaching") + 1
    expect(page.get_by_role("link", name="Edit charter.yml")).to_have_attribute(
        "href", f"{FORGE}/edit/{branch_of(page)}/charter.yml#L{line}"
    )


def test_line_of_what_has_no_page(context: BrowserContext, site: Sites) -> None:
    """The form knows the line of each item and section."""
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    page = open_page(context, f"{site('forge').address}latest/risks/").page
    page.get_by_role("link", name="Propose a change: Too many launches at once").click()
    editor = page.locator("#propose-editor")
    for key, line in (("risks/launch-crowding", "  - id: launch-crowding"), ("funding", "funding:")):
        page.get_by_label("What do you want to change?").select_option(key)
        expect(editor).to_have_attribute("href", re.compile(rf"/charter\.yml#L{lines.index(line) + 1}$"))


def branch_of(page: Page) -> str:
    """The published branch in the editor's link."""
    href = page.get_by_role("link", name="Edit charter.yml").get_attribute("href") or ""
    return urlsplit(href).path.split("/edit/")[1].removesuffix("/charter.yml")


@pytest.mark.parametrize("width", [1280, 390])
def test_keyboard_only(context: BrowserContext, site: Sites, width: int) -> None:
    """From choosing an item to the forge's link without a mouse."""
    page = opened(context, site("forge"), "", width)
    page.get_by_label("What do you want to change?").focus()
    page.keyboard.type("Onb")
    expect(field(page, "Name")).to_have_value("Onboarding")
    page.keyboard.press("Tab")
    expect(field(page, "Name")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("Welcome")
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.id") == "propose-reason":
            break
    page.keyboard.type("A better name.")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#propose-result")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#propose-open")).to_be_focused()


def test_russian(context: BrowserContext, site: Sites, tmp_path: Path) -> None:
    """Everything is in Russian, with a decimal comma and the right plural forms."""
    page = opened(context, site("russian"), "?item=services/")
    page.get_by_label("Название").fill("Щедрый объём")
    expect(page.locator("#propose-fields").get_by_label("Короткое имя для адресов").first).to_have_value(
        "shchedryy-obem"
    )
    page.get_by_label("Описание").fill("Проба.")
    page.get_by_label("Причина").fill("Пусть будет.")
    page.get_by_role("button", name="Составить предложение").click()
    expect(page.locator("#propose-result")).to_be_visible()
    assert page.locator("#propose-count").inner_text() == "1 изменение"
    english = page.locator("#propose").evaluate(
        "form => form.innerText.match(/\\b(?!Slack|CRM|LMS|id|ISO|USD|YAML|charterbook|reason|changes|path|new|services)[a-z]{4,}\\b/gi)"
    )
    file = page.locator("#propose-file").text_content() or ""
    assert applied(tmp_path, RUSSIAN, file)["services"][-1]["name"] == "Щедрый объём"
    assert english is None or set(english) <= {"onboarding", "shchedryy", "obem", "proposals"}


def test_accessible(context: BrowserContext, site: Sites) -> None:
    """With errors, preview and result open, axe finds nothing, and nothing overflows, on a phone and a laptop."""
    page = opened(context, site("forge"), "?item=services/onboarding", 390)
    visit = Visit(page, page.url)
    known: set[str] = set()

    def problems() -> list[str]:
        narrow = check_look(visit, 390, "light", "all", known)
        return narrow + check_look(visit, 1280, "dark", "colours", known)

    for more in page.locator("#propose-fields details > summary").all():
        more.click()
    field(page, "Description").fill("Other words.")
    field(page, "Share of the team's time").fill("a lot")
    page.get_by_role("button", name="Create proposal").click()
    assert problems() == []
    field(page, "Share of the team's time").fill("30")
    finish(page)
    page.locator("#propose-result summary").click()
    assert problems() == []


def test_without_javascript(context_without_js: BrowserContext, site: Sites) -> None:
    """The page says so, and explains how to edit the file directly."""
    page = open_page(context_without_js, f"{site('forge').address}latest/propose/").page
    expect(page.locator("#propose")).to_be_hidden()
    expect(page.locator("article")).to_contain_text("It needs JavaScript")
    expect(page.get_by_role("link", name="charter.yml").first).to_be_visible()


def test_without_storage(context: BrowserContext, site: Sites) -> None:
    """If the browser cannot save drafts, the form says so once, and works."""
    page = context.pages[0] if context.pages else context.new_page()
    page.add_init_script(
        "delete window.localStorage; Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })"
    )
    page.goto(f"{site('minimal').address}latest/propose/?item=services/onboarding")
    field(page, "Name").fill("Welcome")
    field(page, "Name").fill("Welcome to us")
    assert page.locator("#propose-notes").inner_text().count("cannot save drafts") == 1
    assert "Welcome to us" in finish(page)
    page.close()


def test_description_that_cannot_be_loaded(context: BrowserContext, site: Sites) -> None:
    """If the present charter cannot be loaded, the page says so, and explains how to edit the file directly."""
    page = context.pages[0] if context.pages else context.new_page()
    page.route("**/propose.json", lambda route: route.abort())
    page.goto(f"{site('minimal').address}latest/propose/")
    page.evaluate("localStorage.clear()")
    page.reload()
    page.locator("#propose-subject").select_option("mission")
    expect(page.locator("#propose-failed")).to_be_visible()
    page.route("**/subjects.json", lambda route: route.abort())
    page.reload()
    expect(page.locator("#propose-failed")).to_be_visible()
    expect(page.get_by_role("heading", name="Edit the file directly")).to_be_visible()
    page.close()


def test_what_the_address_says_of_a_new_item(context: BrowserContext, site: Sites) -> None:
    """It is filled in, separate from other decisions, and not stored before somebody types."""
    page = opened(context, site("forge"), "?item=decisions/&name=Keep+it&date=2027-01-14&reason=Because")
    expect(field(page, "Name")).to_have_value("Keep it")
    expect(field(page, "Short name for addresses")).to_have_value("keep-it")
    expect(page.locator("#propose-reason")).to_have_value("Because")
    file = yaml.safe_load(finish(page, "Because it works."))
    assert file["changes"][0]["new"] == {
        "id": "keep-it",
        "name": "Keep it",
        "date": datetime.date(2027, 1, 14),
    }
    page = opened(context, site("forge"), "?item=decisions/&name=Drop+it")
    expect(field(page, "Name")).to_have_value("Drop it")
    expect(page.locator("#propose-reason")).to_have_value("")


def test_an_address_that_names_no_item(context: BrowserContext, site: Sites) -> None:
    """The form opens without a subject, and says that there is none."""
    page = opened(context, site("minimal"), "")
    for key in ("__proto__/x", "constructor/", "toString", "__proto__", "kinds/../x", "services/__proto__"):
        page.goto(f"{site('minimal').address}latest/propose/?item={quote(key)}")
        expect(page.locator("#propose"), key).to_be_visible()
        expect(page.locator("#propose-subject"), key).to_have_value("")
        expect(page.locator("#propose-failed"), key).to_be_hidden()
    page.locator("#propose-subject").select_option("services/onboarding")
    expect(field(page, "Name")).to_have_value("Onboarding")


STORED: dict[str, Any] = {"entries": [], "reason": "", "by": "", "sent": False}


def entry(fields: Any, remove: Any = False) -> dict[str, Any]:
    """Stored input of a service."""
    return STORED | {"entries": [["services/onboarding", {"fields": fields, "remove": remove}]]}


#: Stored input of another program, or of another version of this one.
FOREIGN = [
    "1", '"text"', "[]", "{}", "true", "{", '{"fields": null}', '{"__proto__": {"entries": []}}',
    json.dumps(STORED | {"entries": {}}),
    json.dumps(STORED | {"entries": [["services/onboarding"]]}),
    json.dumps(STORED | {"entries": [["services/onboarding", {"fields": {}, "remove": False}]] * 1001}),
    json.dumps(STORED | {"reason": {}}),
    json.dumps(STORED | {"by": [1]}),
    json.dumps(STORED | {"sent": "yes"}),
    json.dumps(entry([])),
    json.dumps(entry({}, remove="yes")),
    json.dumps(entry({"name": ["a"]})),
    json.dumps(entry({"name": {"toString": 1}})),
    json.dumps(entry({"audiences": "sellers"})),
    json.dumps(entry({"audiences": [{}]})),
    json.dumps(entry({"service_levels": {"length": 1e9}})),
    json.dumps(entry({"service_levels": [1]})),
]  # fmt: skip


#: Which stored texts the form's module refuses and removes.
_REFUSED = """async ([key, texts]) => {
  const { Draft } = await import(document.querySelector("script[src*='propose']").src.replace("propose.js", "propose-draft.js"));
  const draft = new Draft(key.replace("charterbook-proposal:", ""));
  return texts.filter((text) => {
    localStorage.setItem(key, text);
    try { draft.read(); } catch (error) { return error instanceof TypeError && !draft.isStored; }
    return false;
  });
}"""


def test_stored_input_of_something_else(context: BrowserContext, site: Sites) -> None:
    """It is removed with a word, and the form works."""
    page = opened(context, site("minimal"), "?item=services/onboarding")
    key = page.evaluate(
        "[...document.querySelectorAll('#propose')].map(form =>"
        " `charterbook-proposal:${new URL(form.dataset.root, location).pathname}`)[0]"
    )
    refused = page.evaluate(_REFUSED, [key, FOREIGN])
    assert len(refused) > 10
    for stored in [refused[0], *(text for text in FOREIGN if text not in refused)]:
        page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, stored])
        reloaded(page)
        expect(page.locator("#propose-notes"), stored).to_contain_text(
            "could not be read and has been removed"
        )
        expect(field(page, "Name"), stored).to_have_value("Onboarding")
    field(page, "Name").fill("Welcome")
    assert "Welcome" in finish(page)
