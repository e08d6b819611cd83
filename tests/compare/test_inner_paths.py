"""Patterns of mkdocs.yml that name a part of a change: none is without effect."""

from __future__ import annotations

import copy
import datetime
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings

from charterbook.charter import Charter
from charterbook.compare import SEVERITIES, Severity, Statement, compare, fits
from charterbook.compare.field_names import part_and_shape
from charterbook.compare.part_pairs import part_pairs
from charterbook.diff import Change, diff
from charterbook.settings import Settings
from charterbook.signing import Owners
from tests import edits
from tests.compare.small_charters import figure, level, metric
from tests.generated import CHANCE, examples
from tests.test_diff import charter, service

FACT = {"share": 90, "requests": 10}
PROMISED = {"services": [service("a", service_levels=level(3, kept=FACT))]}


@pytest.mark.parametrize(
    ("old", "new", "pattern", "severity", "said"),
    [
        (PROMISED, {"services": [service("a", service_levels=level(3, kept=FACT | {"share": 80}))]},
         "services.*.service_levels.*.kept.share", "commitment", "commitment"),
        (PROMISED, {"services": [service("a", service_levels=level(3, kept=FACT | {"share": 80}))]},
         "services.*.service_levels.*.kept.requests", "commitment", "meaning"),
        (PROMISED, {"services": [service("a", service_levels=level(3, unit="days", kept=FACT))]},
         "services.*.service_levels.*.unit", "wording", "wording"),
        (PROMISED, {"services": [service("a", service_levels=level(4, unit="days", kept=FACT))]},
         "services.*.service_levels.*.unit", "wording", "commitment"),
        ({"metrics": metric(target=figure(5))}, {"metrics": metric(target=figure(5) | {"note": "Why."})},
         "metrics.*.target.note", "wording", "wording"),
        ({"metrics": metric(target=figure(5))}, {"metrics": metric(target=figure(6) | {"note": "Why."})},
         "metrics.*.target.note", "wording", "commitment"),
        ({"services": [service("a")]}, {"services": [service("a")], "roles": [{"id": "cro", "name": "CRO", "accountable": ["a"]}]},
         "roles.*.accountable", "commitment", "commitment"),
        ({"review": {}}, {"review": {"meetings": [{"id": "m", "date": datetime.date(2026, 1, 31), "decisions": [
            {"id": "d", "text": "Yes."}]}]}},
         "review.meetings.*.decisions.*.text", "commitment", "commitment"),
    ],
)  # fmt: skip
def test_severity(
    old: dict[str, Any], new: dict[str, Any], pattern: str, severity: Severity, said: Severity
) -> None:
    """A part makes the change as grave; it makes it less so if nothing else differs."""
    found = compare(charter(**old), charter(**new), severity={pattern: severity}).statements
    assert min((one.severity for one in found), key=SEVERITIES.index) == said


@given(CHANCE)
@settings(max_examples=examples(15), deadline=None)
def test_no_pattern_is_without_effect(chance: Random) -> None:
    """A pattern for any value that differs, as the field-by-field difference finds them."""
    data = edits.made(chance)
    new = copy.deepcopy(data)
    for _ in range(5):
        edits.change_value(chance, new)
    old, now = edits.charter(data), edits.charter(new)
    for change in diff(old, now):
        if change.kind != "moved" and not _is_spelling(change):
            is_list = part_and_shape(Charter, change.path)[1].is_list and _has_parts(change)
            path = (*change.path, "*") if is_list else change.path
            found = compare(old, now, severity={".".join(path): "commitment"}).statements
            assert any(one.severity == "commitment" and _is_about(one, path) for one in found), change


def _is_spelling(change: Change) -> bool:
    """Whether readers see another spelling only."""
    sides = [one if isinstance(one, list) else [one] for one in (change.old, change.new)]
    _, removed, added = part_pairs(*sides)
    return not (removed or added)


def _has_parts(change: Change) -> bool:
    return any(isinstance(one, dict) for one in [*(change.old or ()), *(change.new or ())])


def _is_about(statement: Statement, path: tuple[str, ...]) -> bool:
    """Whether a statement is about a value, about a length of time with this unit, or about what contains it."""
    places = (path, (*path[:-1], "within"))
    return any(fits(".".join(place[: len(statement.path)]), statement.path) for place in places)


def test_those_who_sign_for_a_part_sign_for_the_whole() -> None:
    """A removed service takes its promises along; who answers for promises has to agree."""
    old, new = (
        charter(services=[service("a", service_levels=level(3)), service("b")]),
        charter(services=[service("b")]),
    )
    patterns = (("services.*.service_levels.**", ("cro",)), ("services.*.hours_once", ("cfo",)))
    owners = Owners(old, new, Settings(signers=patterns, owners=patterns))
    found = compare(old, new).statements
    assert [one.role for one in owners.signers(found)] == ["cro"]
    assert [one.role for one in owners.reviewers(found)] == ["cro"]
