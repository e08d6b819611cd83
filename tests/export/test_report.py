"""A report as a comment: what it says, what it must not let through, and how long it may be."""

from __future__ import annotations

import json
import re
from typing import Any

from charterbook.charter import Charter
from charterbook.compare import compare
from charterbook.export.report import render
from charterbook.load import load
from charterbook.problems import Problem
from charterbook.report import Report, touched
from charterbook.report.owners import Owners
from charterbook.settings import Settings
from tests.charters import minimal_charter

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
    """The report on the way from one charter to another."""
    comparison = compare(old, new, ("main", "HEAD"))
    owners = Owners(old, new, Settings(**settings))
    return Report(
        names=("main (1234abcd)", "HEAD"),
        asked=("main", "HEAD"),
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
    """A charter with so many services."""
    return charter(services=[service(f"s{number}", summary) for number in range(count)])


def test_markdown_says_it_in_order() -> None:
    """The sum first, then people, then problems, then the changes, the gravest first."""
    new = charter(title="Another", services=[service("b", "B.")])
    text = render(reported(charter(services=[service("a", "A.", owner="Ann")]), new), "markdown")
    order = [
        "## What changed from main to HEAD",
        "changes: commitment",
        "Most important",
        "Whom to ask for a review",
    ]
    order += [
        "Whom it touches",
        "Problems that this change adds",
        "charter.yml:3:5",
        "### Commitment",
        "### Meaning",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_handles_are_called_and_nobody_else() -> None:
    """The charter's words call nobody, link nowhere and are no HTML."""
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


def test_a_long_report_is_cut_and_says_so() -> None:
    """It keeps the limit, and says how many changes are missing and how to see them."""
    found = reported(services(1, "Old."), services(300, "x" * 3000))
    text = render(found, "markdown", limit=5_000)
    assert len(text) <= 5_000
    assert "more changes are not shown here" in text
    assert "charterbook report main HEAD" in text
    shown = text.partition("### Commitment")[2].count("\n- ")
    assert found.comparison is not None
    left = int(text.split("**")[1].split()[0])
    assert left == len(found.comparison.statements) - shown


def test_the_preview_leads_to_the_changes() -> None:
    """Of the handbook that was built from the newer charter."""
    text = render(reported(charter(), charter(title="B")), "markdown", preview="https://x.example/pr/7/")
    assert "](<https://x.example/pr/7/draft/changes/>)" in text


def test_a_comparison_that_could_not_be_made_is_said() -> None:
    """In text and Markdown, with the problems; in JSON the changes are null, not empty."""
    broken = Report(
        ("main", "HEAD"), "en", "charter.yml", problems=[Problem(1, 1, "x", "error", "broken", "Mend it.")]
    )
    for style in ("text", "markdown"):
        text = render(broken, style)
        assert "cannot be compared" in text
        assert "charter.yml:1:1" in text
    assert json.loads(render(broken, "json"))["changes"] is None


def test_json_refers_to_changes_by_fingerprint() -> None:
    """Everything that is named is in the list of changes."""
    data = json.loads(render(reported(services(1, "A."), services(3, "B.")), "json"))
    known = {change["fingerprint"] for change in data["changes"]["changes"]}
    assert {name for audience in data["touched"] for name in audience["changes"]} <= known
    assert data["touched"][0]["label"] == "Sellers"


def test_russian_has_its_own_words() -> None:
    """With plural forms."""
    new = charter(language="ru", services=[service(name, "B.") for name in "abcde"])
    text = render(reported(charter(language="ru"), new))
    assert "Кого касается" in text
    assert "изменений" in text
