"""Lists of changes in every format: the example's, and hostile ones, which stay harmless."""

from __future__ import annotations

import html
import itertools
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from charterbook.compare import Comparison, compare, narrowed
from charterbook.export import changes_schema
from charterbook.export.changes import FORMATS, render
from charterbook.export.changes_markdown import escaped
from tests.golden import PAIRS, comparison, golden
from tests.site.rotated_attacks import all_attacks
from tests.test_diff import charter, service

#: Attacks by a charter on a terminal, a page, or the people in a comment.
HOSTILE = "\x1b[2J\u202e</li><script>alert(1)</script> [x](javascript:alert(2)) @everyone `a` **b** https://evil.example"


@pytest.fixture(scope="module")
def hostile() -> Comparison:
    """A comparison in which every text of a charter is an attack."""
    attack = HOSTILE.replace("\n", " ")
    promise = [{"request": attack, "within": 3, "escalation": attack}]
    old = charter(services=[service("a", summary=HOSTILE), service("b", name=attack)], change_note=HOSTILE)
    new = charter(
        title=attack,
        change_note=f"{HOSTILE} anew",
        services=[service("a", summary=f"{HOSTILE} anew", name=attack, service_levels=promise, owner=attack)],
    )
    return compare(old, new, (attack, attack))


@pytest.mark.parametrize("pair", PAIRS, ids="..".join)
def test_the_example(pair: tuple[str, str]) -> None:
    """Golden files; `python -m tests.golden` rewrites them."""
    assert render(comparison(*pair)) == golden(*pair).read_text(encoding="utf-8")


def test_the_budget_cut_by_hand() -> None:
    """A reader of 2026-Q3 can check it: 450,000 less 12 % is 396,000, and each funder pays 12 % less."""
    text = render(comparison("2026-Q2", "2026-Q3"))
    assert "The whole budget is now $396,000, was $450,000 (−12%)" in text
    for funder, now, was in (("Sales", 237_600, 270_000), ("Marketing", 110_880, 126_000)):
        assert f"{funder} budget: amount is now ${now:,}, was ${was:,} (less)" in text
        assert now == was * 0.88


def test_each_quarter_shows_what_it_exercises() -> None:
    """From the pilot of 2025-Q3 to the conditional sign-off of 2026-Q4."""
    shown = {
        ("2025-Q1", "2025-Q2"): "New section: How to ask",
        (
            "2025-Q2",
            "2025-Q3",
        ): "Win rate: now 20% (“A competitor cut its price in July; half of the lost deals name it”), was 21% (worse)",
        (
            "2025-Q3",
            "2025-Q4",
        ): "Sales content was split into Content library and Battle cards; 3 promises are unchanged",
        ("2025-Q4", "2026-Q1"): "Ramp of account executives: redefined (definition 2, was 1)",
        ("2026-Q1", "2026-Q2"): "“Sales onboarding” is now called “Onboarding”",
        ("2026-Q2", "2026-Q3"): "“New battle card” now takes up to 5 working days, was 3 (weaker)",
        ("2026-Q3", "2026-Q4"): "Finance director: first sign-off: approved with a condition",
    }
    for pair, words in shown.items():
        assert words in " ".join(render(comparison(*pair)).split())


@pytest.mark.parametrize("format_", FORMATS)
def test_nothing_moves_a_terminal(hostile: Comparison, format_: str) -> None:
    """For any charter, in every format."""
    assert not set(render(hostile, format_)) & set("\x1b\u202e")


def test_hostile_html(hostile: Comparison) -> None:
    """No element and no attribute comes from a charter."""
    page = render(hostile, "html")
    assert "<script" not in page
    assert html.escape("<script>alert(1)</script>") in page
    assert "href=" not in page.replace('href="#change-', "")


@pytest.mark.parametrize("pair", PAIRS, ids="..".join)
def test_html_closes_what_it_opens(pair: tuple[str, str]) -> None:
    """Its body can be read as XML, and lists have only entries."""
    page = render(comparison(*pair), "html")
    body = ElementTree.fromstring(page[page.index("<body>") : page.index("</html>")])  # noqa: S314 -- made above
    lists = [*body.iter("ul")]
    assert lists
    assert {child.tag for one in lists for child in one} == {"li"}


def test_hostile_markdown(hostile: Comparison) -> None:
    """Nothing becomes a link, an element or code, and nobody is mentioned."""
    text = render(hostile, "markdown")
    page = MarkdownIt("gfm-like", {"linkify": False}).render(text)
    assert [tag for tag in ("<script", "<a ", "<code", "<img", "href=") if tag in page] == []
    assert "@everyone" not in text
    assert "https://evil" not in text


def test_changed_words_are_marked_without_colour() -> None:
    """With signs in every format, and with <ins> and <del> if there is markup."""
    old, new = (
        charter(mission={"statement": "We help every seller."}),
        charter(mission={"statement": "We help every team."}),
    )
    found = compare(old, new)
    assert "every [-seller-]{+team+}." in render(found)
    assert "<del>\\[−seller−]</del><ins>\\{+team+}</ins>" in render(found, "markdown")
    assert "<del>−seller</del><ins>+team</ins>" in render(found, "html")


def test_no_changes_are_not_mistaken() -> None:
    """No change, no change after filtering, and only references changed have different texts."""
    same = compare(charter(), charter())
    assert render(same).splitlines()[1] == "No changes."
    asked = narrowed(compare(charter(), charter(title="Two")), section="metrics")
    assert render(asked).splitlines()[1] == "No changes match the filter; there are others."


@pytest.mark.parametrize("pair", PAIRS, ids="..".join)
def test_json_follows_its_schema(pair: tuple[str, str]) -> None:
    """The schema file in the package is up to date."""
    kept = Path(changes_schema.__file__).with_name("changes.schema.json").read_text(encoding="utf-8")
    assert kept == changes_schema.schema_text(), "run `make schema`"
    schema = json.loads(kept)
    Draft202012Validator.check_schema(schema)
    document = json.loads(render(comparison(*pair), "json"))
    assert list(Draft202012Validator(schema).iter_errors(document)) == []
    assert sum(document["counts"].values()) == len(document["changes"])


def test_json_says_whether_a_promise_was_kept() -> None:
    """As a verdict, beside the direction of a promise that was weakened."""
    sides = [
        charter(services=[service("a", service_levels=[{"request": "Cards", "within": 5} | more])])
        for more in (
            {"target_share": 95, "kept": {"share": 96}},
            {"target_share": 90, "kept": {"share": 80}},
            {"target_share": 90, "kept": {"share": 80, "requests": 0}},
        )
    ]
    found = [json.loads(render(compare(*pair), "json")) for pair in itertools.pairwise(sides)]
    facts = [
        {one["path"][-1]: (one["verdict"], one["direction"]) for one in each["changes"]} for each in found
    ]
    assert facts == [
        {"target_share": (None, "weaker"), "kept": ("missed", "worse")},
        {"kept": (None, None)},
    ]
    assert [each["schema"] for each in found] == [2, 2]


def test_json_says_where_a_merged_value_was() -> None:
    """Two values of one successor differ by the item that had them."""
    old = charter(services=[service(id_, summary="Help.", hours_per_quarter=2) for id_ in ("a", "b")])
    new = charter(services=[service("c", "a", "b", summary="Help.", hours_per_quarter=9)])
    sources = [one["source"] for one in json.loads(render(compare(old, new), "json"))["changes"]]
    assert sources == [None, *(["services", id_, "hours_per_quarter"] for id_ in "ab")]


def test_json_preserves_every_character(hostile: Comparison) -> None:
    """Characters that are harmful in print are escaped, so programs get the original text."""
    document = json.loads(render(hostile, "json"))
    assert document["change_note"] == f"{HOSTILE} anew"


@pytest.mark.parametrize(
    "reference",
    ["@anna", "#12", "GH-12", "gh-12", "!1", "~label", '~"a label"', "%milestone", "%1", "$12", "&12", "^alert#1",
     "*iteration:3", "[vulnerability:4]", "[feature_flag:5]", ":skull:", "group/project!1", "group/project#2",
     "0123abc", "9da9b567aa1b2c3d4e5f60718293a4b5c6d7e8f9", "1234567", "group/project@9da9b567"],
)  # fmt: skip
def test_markdown_refers_to_nothing(reference: str) -> None:
    """Not at GitHub, GitLab or Gitea, whose references ignore backslashes; the reader sees the same signs."""
    text = escaped(f"see {reference}, or ({reference}) there")
    live = re.compile(
        r"@\w|[#!$&]\d|[~%][\w\"]|\^alert|\*iteration|\[\w+:|:[a-z]\w*:|GH-\d|\b[0-9a-f]{7,40}\b",
        re.IGNORECASE,
    )
    assert live.findall(text.replace("\\", "").replace("&amp;", "&")) == []
    shown = text.replace("\\", "").replace("&amp;", "&").replace("\N{WORD JOINER}", "")
    assert shown == f"see {reference}, or ({reference}) there"


def test_no_attack_is_markup_or_an_action_of_a_forge() -> None:
    """Each as a separate paragraph: one paragraph with the same words, no markup, and no quick action of GitLab."""
    for attack in all_attacks():
        text = escaped(attack.strip())
        tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
        assert [one.type for one in tokens] in (["paragraph_open", "inline", "paragraph_close"], []), attack
        children = {child.type for one in tokens for child in one.children or []}
        assert children <= {"text", "text_special"}, attack
        assert not re.match(r"\s*/\w", text), attack
