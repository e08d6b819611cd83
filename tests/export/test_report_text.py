"""A report as a comment: its content, its escaping, and its maximum length."""

from __future__ import annotations

import datetime
import json
import re
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charterbook.charter import Charter
from charterbook.compare import compare
from charterbook.export.changes_markdown import escaped
from charterbook.export.report_markdown import MARK
from charterbook.export.report_text import render
from charterbook.load import load
from charterbook.problems import Problem
from charterbook.report import Report, touched
from charterbook.settings import Settings
from charterbook.signing import Owners
from tests.charters import minimal_charter
from tests.generated import examples

HOSTILE = (
    "@everyone | <img src=x onerror=alert(1)> [x](https://evil.example) `</details>` www.evil.example # *b* "
    "#12 o/r#13 GH-14"
)


def charter(**changes: Any) -> Charter:
    """The minimal charter with changes."""
    found = load(minimal_charter(**changes).encode())
    assert found.charter is not None, found.problems
    return found.charter


def reported(old: Charter, new: Charter, **settings: Any) -> Report:
    """The report on the changes between two charters."""
    comparison = compare(old, new, ("main", "HEAD"))
    owners = Owners(old, new, Settings(**settings))
    return Report(
        names=("main (1234abcd)", "HEAD"),
        requested=("main", "HEAD"),
        language=comparison.language,
        file="charter.yml",
        comparison=comparison,
        touched=touched(comparison.statements, old, new),
        reviewers=owners.reviewers(comparison.statements),
        signers=owners.signers(comparison.statements),
        unowned=owners.unowned(comparison.statements),
        problems=[Problem(3, 5, "placeholder", "warning", "a placeholder is left", "Write it.")],
    )


def service(name: str, summary: str, **more: Any) -> dict[str, Any]:
    """A service for the sellers."""
    return {"id": name, "name": name.title(), "summary": summary, "audiences": ["sellers"]} | more


def services(count: int, summary: str) -> Charter:
    """A charter with this many services."""
    return charter(services=[service(f"s{number}", summary) for number in range(count)])


def test_markdown_lists_parts_in_order() -> None:
    """Counts first, then people, problems and changes, the most severe first."""
    new = charter(title="Another", services=[service("b", "B.")])
    text = render(reported(charter(services=[service("a", "A.", owner="Ann")]), new), "markdown")
    order = [
        "## What changed from main to HEAD",
        "changes: commitment",
        "Most important",
        "Who should review",
    ]
    order += [
        "Who is affected",
        "New problems",
        "charter.yml:3:5",
        "### Commitment",
        "### Meaning",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_a_weakened_promise_is_a_commitment_and_a_missed_one_is_not() -> None:
    """The first changes the agreement, the second is a fact."""
    old, new = (
        charter(
            services=[
                service("a", "A.", service_levels=[{"request": "Cards", "target_share": 95, **promised}])
            ]
        )
        for promised in ({"within": 3}, {"within": 5, "kept": {"share": 91, "requests": 64}})
    )
    _, commitments, meaning = re.split(r"### (?:Commitment|Meaning)", render(reported(old, new), "markdown"))
    assert "now takes up to 5 working days, was 3" in commitments
    assert "promise missed: 91% of 64 requests, promised for 95%" in meaning


def test_only_configured_handles_are_mentioned() -> None:
    """The charter's words mention nobody, link nowhere and are no HTML."""
    old = charter(services=[service("a", "A.", owner="Ann")])
    new = charter(services=[service("a", HOSTILE, owner="Ann")], change_note=HOSTILE, title=HOSTILE)
    text = render(
        reported(old, new, owners=(("services.**", ("Ann",)),), handles=(("Ann", ("ann",)),)), "markdown"
    )
    assert " @ann\n" in text
    assert "@everyone" not in text
    assert not re.search(r"(#|GH-)\d", text)
    assert "<img" not in text
    assert "</details>" not in text
    assert "[x](" not in text
    assert "://" not in text.replace("\\://", "")


@pytest.mark.long
def test_a_long_report_is_cut_and_says_so() -> None:
    """It stays within the limit, and says how many changes are missing and how to see them."""
    found = reported(services(1, "Old."), services(300, "x" * 3000))
    text = render(found, "markdown", limit=5_000)
    assert len(text) <= 5_000
    assert "more changes do not fit here" in text
    assert "charterbook report main HEAD" in text
    shown = text.partition("### Commitment")[2].count("\n- ")
    assert found.comparison is not None
    left = int(text.split("**")[1].split()[0])
    assert left == len(found.comparison.statements) - shown


#: Words that occur nowhere else in a report.
_TEXTS = st.lists(st.integers(1000, 1400).map("w{}".format), min_size=1, max_size=60).map(" ".join)


@pytest.mark.long
@settings(max_examples=examples(20), deadline=None)
@given(st.lists(st.tuples(_TEXTS, _TEXTS), min_size=1, max_size=5), st.integers(2_000, 9_000))
def test_new_words_are_never_cut(texts: list[tuple[str, str]], limit: int) -> None:
    """At any limit, a change is shown with all its new words or counted as left out, commitments first."""
    old = charter(services=[service(f"s{n}", one, for_buyer=one) for n, (one, _) in enumerate(texts)])
    new = charter(
        services=[
            service(f"s{n}", two, for_buyer=two, hours_per_quarter=2) for n, (_, two) in enumerate(texts)
        ]
    )
    found = reported(old, new)
    assert found.comparison is not None
    text = render(found, "markdown", limit=limit)
    assert len(text) <= limit
    body = text.partition("### Commitment")[2]
    left = int(match[1]) if (match := re.search(r"\*\*(\d+) more changes? ", body)) else 0
    shown = [one for one in found.comparison.statements if f"- {escaped(one.sentence)}\n" in body]
    assert len(shown) + left == len(found.comparison.statements)
    assert left == 0 or "charterbook report main HEAD" in text
    for one in shown:
        assert all(escaped(each.text.strip()) in body for each in one.segments if each.kind == "ins")
    if len(shown) > 0 and any(one.severity != "commitment" for one in shown):
        assert all(one in shown for one in found.comparison.statements if one.severity == "commitment")


def test_a_replaced_text_is_shown_as_it_will_be() -> None:
    """At a low limit the old text is cut; at a lower one, unchanged words are left out first."""
    old, new = "Every newcomer gets a book. " * 60, "Nobody receives a thing. " * 60
    found = reported(charter(services=[service("a", old)]), charter(services=[service("a", new)]))
    for limit in (60_000, 2_500):
        text = render(found, "markdown", limit=limit)
        assert new.strip(" .") in text
        assert len(text) <= limit
        assert ("Every newcomer gets a book. " * 20 in text) == (limit == 60_000)


def test_one_word_of_a_long_text() -> None:
    """It is shown with the words around it."""
    old = " ".join(f"word{number}" for number in range(1400))
    new = old.replace("word700 ", "word700 NEVER ")
    found = reported(charter(services=[service("a", old)]), charter(services=[service("a", new)]))
    text = render(found, "markdown")
    assert "word699 word700<ins>\\{+ NEVER+}</ins> word701" in text
    assert len(text) < 1_500


def test_added_and_removed_words_are_shown() -> None:
    """The sentence only says that there are some."""
    first, second = (
        charter(services=[service("a", "A.")]),
        charter(services=[service("a", "A.", asks="Come on time.")]),
    )
    assert "<ins>\\{+Come on time.+}</ins>" in render(reported(first, second), "markdown")
    assert "[-Come on time.-]" in render(reported(second, first))


def test_the_marker_is_the_first_line_and_cannot_be_forged() -> None:
    """A workflow finds its comment by this marker."""
    text = render(reported(charter(), charter(title=MARK.strip())), "markdown")
    assert text.startswith(MARK)
    assert text.count("<!--") == 1


def test_the_preview_leads_to_the_changes() -> None:
    """The preview of the newer charter's handbook."""
    text = render(reported(charter(), charter(title="B")), "markdown", preview="https://x.example/pr/7/")
    assert "](<https://x.example/pr/7/draft/changes/>)" in text


def test_a_missing_comparison_is_explained() -> None:
    """Text and Markdown list the problems; in JSON the changes are null, not empty."""
    broken = Report(
        ("main", "HEAD"), "en", "charter.yml", problems=[Problem(1, 1, "x", "error", "broken", "Mend it.")]
    )
    for style in ("text", "markdown"):
        text = render(broken, style)
        assert "cannot be compared" in text
        assert "charter.yml:1:1" in text
    assert json.loads(render(broken, "json"))["changes"] is None


def test_json_refers_to_changes_by_fingerprint() -> None:
    """Every fingerprint is in the list of changes."""
    data = json.loads(render(reported(services(1, "A."), services(3, "B.")), "json"))
    known = {change["fingerprint"] for change in data["changes"]["changes"]}
    assert {name for audience in data["touched"] for name in audience["changes"]} <= known
    assert data["touched"][0]["label"] == "Sellers"


def test_reports_are_translated() -> None:
    """With plural forms."""
    new = charter(language="ru", services=[service(name, "B.") for name in "abcde"])
    text = render(reported(charter(language="ru"), new))
    assert "Кого это касается" in text
    assert "изменений" in text


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_headings_count_what_the_summary_counts(form: Literal["text", "markdown"]) -> None:
    """New targets of several metrics are below one title, and are several changes."""
    metrics = [
        {"id": id_, "name": id_.title(), "kind": "lagging", "target": {"value": 20, "date": day}}
        for id_, day in (("win", datetime.date(2026, 12, 31)), ("use", datetime.date(2026, 12, 31)))
    ]
    later = [one | {"target": {"value": 30, "date": datetime.date(2027, 12, 31)}} for one in metrics]
    text = render(reported(charter(metrics=metrics), charter(metrics=later)), form)
    assert "2 changes: commitment 2" in text
    assert "Commitment (2)" in text
    assert "2 metrics have new targets for 2027" in text
