"""Proposals applied to a charter: the changed charter."""

from __future__ import annotations

from typing import Any

import pytest

from charterbook.errors import CharterError
from tests.load.sample import SMALL
from tests.propose.applied_proposals import HAND, applied, becomes, change


@pytest.mark.parametrize(
    ("asked", "pairs"),
    [
        (change("title", "Our charter", "It's ours"), [("'Our charter'", "'It''s ours'")]),
        (change("services.onboarding.name", "Onboarding", "'no'"), [("Onboarding #", '"no" #')]),
        (change("audiences.sales.name", "Sales", "All"), [('"Sales"', '"All"')]),
        (change("services.clinics.name", "Clinics", "'a, b'"), [("name: Clinics", 'name: "a, b"')]),
        (
            change("services.onboarding.summary", '"The first\\nninety days.\\n"', '"The first\\nhundred days.\\n"'),
            [("ninety", "hundred")],
        ),
        (
            change("services.onboarding.audiences", "[sales]", "[]"),
            [("[ sales ]", "[]")],
        ),
        (
            change("services.clinics.audiences", new="[sales]"),
            [('summary: "One deal"}', 'summary: "One deal", audiences: [sales]}')],
        ),
        (change("services.clinics.status", "live", "pilot"), [('"One deal"}', '"One deal", status: pilot}')]),
        (
            change("services.clinics", "{name: Clinics, summary: One deal}"),
            [('\n\n  # And then\n  - {id: clinics, name: Clinics, summary: "One deal"}', "")],
        ),
        (
            change("services.new", new="{name: New, summary: '#1'}"),
            [('"One deal"}\n', '"One deal"}\n\n  - id: new\n    name: New\n    summary: "#1"\n')],
        ),
        (
            change("services.new", new="{name: New, summary: X}", more="before: onboarding"),
            [("  # What we", "  - id: new\n    name: New\n    summary: X\n\n  # What we")],
        ),
        (
            change("funding.sources.sales-budget.note", new='"a\\nb"'),
            [("funder: Sales\n", "funder: Sales\n        note: |-\n          a\n          b\n")],
        ),
        (
            change("review", new="{cadence: month, next: 2027-01-14}"),
            [("kind: lagging\n", "kind: lagging\nreview:\n  cadence: month\n  next: 2027-01-14\n")],
        ),
        (change("review.cadence", "quarter", "month"), [("lagging\n", "lagging\nreview:\n  cadence: month\n")]),
        (
            change("glossary.ramp", new="{term: Ramp, meaning: Time to quota}"),
            [("lagging\n", "lagging\nglossary:\n  - id: ramp\n    term: Ramp\n    meaning: Time to quota\n")],
        ),
        (change("metrics.win-rate.target", new="{value: 40}"), [("lagging\n", "lagging\n    target:\n      value: 40\n")]),
        (
            change("services.onboarding.id", "onboarding", "start")
            + change("services.onboarding.was", new="[onboarding]"),
            [("id: onboarding\n", "id: start\n    was: [onboarding]\n")],
        ),
    ],
)  # fmt: skip
def test_only_requested_values_change(asked: str, pairs: list[tuple[str, str]]) -> None:
    """In the style of their position; applying the proposal again changes nothing."""
    outcome = applied(HAND, asked)
    assert becomes(outcome, *pairs)
    again = applied(outcome.data, asked)
    assert (again.refusals, again.applied, again.data) == ((), 0, outcome.data)


@pytest.mark.parametrize("prefix", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("end", ["", "\n", "\n\n# end\n"])
def test_line_ends_and_marks_stay(prefix: bytes, newline: str, end: str) -> None:
    """Windows line ends, a byte order mark, and a file without a final line break."""
    source = prefix + (SMALL.removesuffix("\n") + end).replace("\n", newline).encode()
    asked = change("metrics.win-rate.kind", "lagging", "leading") + change(
        "metrics.win-rate.unit", "percent", "count"
    )
    expected = SMALL.replace("kind: lagging\n", "kind: leading\n    unit: count\n").removesuffix("\n") + end
    assert applied(source, asked).data == prefix + expected.replace("\n", newline).encode()


def test_trailing_spaces_are_no_part_of_a_value() -> None:
    """For a line with trailing spaces whose new text has several lines."""
    source = HAND + "    definition: Of all deals  \n"
    outcome = applied(source, change("metrics.win-rate.definition", "Of all deals", '"Of all\\ndeals"'))
    assert becomes(outcome, ("Of all deals  \n", "|-  \n      Of all\n      deals\n"), source=source)


def test_another_order() -> None:
    """Items move with their comments; the rest is unchanged."""
    outcome = applied(HAND, change("services", "[onboarding, clinics]", "[clinics, onboarding]"))
    assert outcome.refusals == ()
    assert [service.id for service in outcome.new.services] == ["clinics", "onboarding"]
    assert sorted(outcome.data.decode().split("\n")) == sorted(HAND.split("\n"))


def test_several_apply_together() -> None:
    """Also to one list."""
    outcome = applied(
        HAND,
        change("title", "Our charter", "X"),
        change("services.a", new="{name: A, summary: A}"),
        change("services.b", new="{name: B, summary: B}")
        + change("services.clinics", "{name: Clinics, summary: One deal}"),
    )
    assert (outcome.refusals, outcome.applied) == ((), 4)
    assert [service.id for service in outcome.new.services] == ["onboarding", "a", "b"]


def test_two_that_want_the_same() -> None:
    """There is no conflict."""
    asked = change("title", "Our charter", "X")
    assert becomes(applied(HAND, asked, asked), ("'Our charter'", "'X'"))


def test_a_request_with_dots_is_named_by_a_list_of_steps() -> None:
    """Also with dots, if the charter has such a request."""
    levels = "    service_levels:\n      - request: New card, v. 2.0\n        within: 3\n"
    source = SMALL.replace("    audiences: [sales]\n", "    audiences: [sales]\n" + levels)
    for path in ('[services, onboarding, service_levels, "New card, v. 2.0", within]',
                 "services.onboarding.service_levels.New card, v. 2.0.within"):  # fmt: skip
        outcome = applied(source, change(path, "3", "4"))
        assert becomes(outcome, ("within: 3", "within: 4"), source=source)


def test_a_charter_with_errors() -> None:
    """It has to be corrected first."""
    with pytest.raises(CharterError, match="has errors"):
        applied("title: [", change("title", new="x"))


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_language_of_the_charter(language: str) -> None:
    """Refusals are in that language."""
    outcome = applied(f"language: {language}\n{SMALL}", change("title", "x", "y"))
    said: Any = outcome.refusals[0].problem.text
    assert said.startswith('"title" has changed' if language == "en" else "«title»: значение изменилось")
