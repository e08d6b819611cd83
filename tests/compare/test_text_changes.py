"""Changed texts and lists of texts: visible differences, and their severity."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from charterbook.compare.list_diff import list_diff
from charterbook.compare.text_equality import looks_equal, words_of
from charterbook.export.changes import render
from tests.compare.small_charters import compared, level, metric, only
from tests.test_diff import service

UNSEEN = "only spaces, line breaks or invisible characters differ"

LOOKS = [
    ("We help sellers.", "We help\nsellers.", True),
    ("We help sellers.", "We  help sellers. ", True),
    ("We help sellers.", "We help\N{NO-BREAK SPACE}sellers.", True),
    ("Créer", unicodedata.normalize("NFD", "Créer"), True),
    ("sellers", "sel\N{ZERO WIDTH SPACE}lers", True),
    ("sellers", "sel\N{SOFT HYPHEN}lers", True),
    ("sellers", "\N{RIGHT-TO-LEFT OVERRIDE}sellers", True),
    ("cannot", "can not", False),
    ("Crëer", "Créer", False),
]


@pytest.mark.parametrize(("old", "new", "same"), LOOKS)
def test_invisible_differences(old: str, new: str, same: bool) -> None:
    """Invisible differences do not count."""
    assert looks_equal(old, new) is same


WORDS = [
    ("We help, always.", "we help always", True),
    ('We say "yes".', "We say “yes”.", True),
    ("A – b", "A - b", True),
    ("3–5 days", "3-5 days", True),
    ("We help 1.5 times.", "We help 1 5 times.", False),
    ("-5 points", "5 points", False),
    ("≤ 5 days", "≥ 5 days", False),
    ("won - lost", "won + lost", False),
    ("SSO ✓", "SSO ✗", False),
    ("5 %", "5 ‰", False),
    ("~~never~~", "never", False),
    ("C++", "C", False),
    ("sellers´ calls", "sellers calls", True),
    ("`onboarding`", "onboarding", True),
]


@pytest.mark.parametrize(("old", "new", "same"), WORDS)
def test_words(old: str, new: str, same: bool) -> None:
    """Capitals and punctuation are wording; figures with their signs, and significant symbols, are not."""
    assert (words_of(old) == words_of(new)) is same


def test_invisible_differences_are_not_marked() -> None:
    """The change is an order at most, its sentence names the difference, and no words are marked."""
    statement = only(
        compared(
            {"mission": {"statement": "We help sellers."}},
            {"mission": {"statement": "We help\nsel\N{ZERO WIDTH SPACE}lers."}},
        )
    )
    assert (statement.severity, statement.segments) == ("order", ())
    assert statement.sentence == f"Mission: statement: {UNSEEN}"


@pytest.mark.parametrize(
    ("old", "new", "severity"),
    [
        ({"metrics": metric(unit="per month")}, {"metrics": metric(unit="per  month")}, "order"),
        ({"review": {"quorum": "Two members"}}, {"review": {"quorum": "two members."}}, "wording"),
        ({"services": [service("a", service_levels=level())]},
         {"services": [service("a", service_levels=[level()[0] | {"request": "NEW card"}])]}, "wording"),
        ({"review": {"sign_offs": [{"role": "CRO ", "decision": "approved"}]}},
         {"review": {"sign_offs": [{"role": "CRO", "decision": "approved"}]}}, "order"),
    ],
)  # fmt: skip
def test_names_and_keys(old: dict[str, Any], new: dict[str, Any], severity: str) -> None:
    """A promise with another spelling of its key is the same promise."""
    assert only(compared(old, new)).severity == severity


def test_only_differences_are_marked() -> None:
    """Line breaks around a changed word come from the newer text."""
    old = {"mission": {"statement": "We help sellers\nwin, and we keep\nour word."}}
    new = {"mission": {"statement": "We help sellers win, and we\nkeep our promise."}}
    assert "[-word-]{+promise+}." in render(compared(old, new))
    marked = [each.text for each in only(compared(old, new)).segments if each.kind != "equal"]
    assert marked == ["word", "promise"]


def texts(*principles: str) -> dict[str, Any]:
    """A mission with these principles."""
    return {"mission": {"statement": "Help.", "principles": list(principles)}}


ONE, TWO, DAY, DAYS = (
    "One thing at a time",
    "No service without a metric",
    "We answer within a day",
    "We answer within two days",
)
LISTS = [
    ([ONE, TWO, DAY], [DAYS, ONE, TWO], "edited “We answer within two days”", "meaning"),
    ([ONE, TWO], [ONE, TWO, DAY], "added “We answer within a day”", "meaning"),
    ([ONE, DAY, TWO], [ONE, TWO], "removed “We answer within a day”", "meaning"),
    ([ONE, TWO, DAY], [DAY, ONE], f"removed “{TWO}”; moved “{DAY}”", "meaning"),
    ([ONE, TWO], [ONE, TWO, "Sellers first"], "added “Sellers first”", "meaning"),
    ([ONE, TWO], [f"{ONE}.", TWO], f"edited “{ONE}.”", "wording"),
    ([ONE, TWO], [f"{ONE} ", TWO], UNSEEN, "order"),
    ([ONE, TWO], [TWO, f"{ONE} "], "reordered", "order"),
    ([ONE, TWO], [TWO, ONE], "reordered", "order"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said", "severity"), LISTS)
def test_lists(old: list[str], new: list[str], said: str, severity: str) -> None:
    """Edited, added, removed and moved texts."""
    statement = only(compared(texts(*old), texts(*new)))
    assert statement.sentence == f"Mission: principles: {said}"
    assert statement.severity == severity


def test_the_words_of_an_edited_text_are_marked() -> None:
    """A moved text is shown unmarked at its new position, a removed one at its old position."""
    segments = only(compared(texts(ONE, TWO, DAY, "Gone."), texts(DAYS, ONE, TWO))).segments
    assert [(each.kind, each.text) for each in segments if each.kind != "equal"] == [
        ("del", "a day"),
        ("ins", "two days"),
        ("del", "• Gone."),
    ]
    newer = "".join(each.text for each in segments if each.kind != "del")
    assert newer.split() == f"• {DAYS} • {ONE} • {TWO}".split()


def test_long_lists_are_compared_in_bounded_time() -> None:
    """None of the texts is similar to another."""
    old, new = ([f"{side} {index}" for index in range(3_000)] for side in ("old", "new"))
    diff = list_diff(old, [*new, "old 5"])
    assert (diff.unchanged, len(diff.added), len(diff.removed)) == (((5, 3_000),), 3_000, 2_999)
