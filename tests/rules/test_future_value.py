from __future__ import annotations

import datetime

import pytest
from hypothesis import HealthCheck, given, settings

from charterbook.charter import Charter
from charterbook.rules.rule import RuleInput
from tests.generated import charters, examples
from tests.load.sample import SMALL, small
from tests.rules.sample import places


def measured(text: str) -> str:
    """A charter whose metric has these values."""
    return f"{SMALL}    {text}\n"


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("actual: {value: 5, date: 2026-11-26}", 30),
        ("baseline: {value: 5, date: 2027-01-01}", 32),
    ],
)
def test_tomorrow(text: str, column: int) -> None:
    """A warning at the date."""
    assert places("future-value", measured(text)) == [(22, column, "warning")]


def test_a_value_of_several() -> None:
    """A warning at the value, and none at the actual one."""
    text = "values: [{date: 2026-11-26, value: 5}]"
    assert places("future-value", measured(text)) == [(22, 21, "warning")]


def test_a_promise_kept_tomorrow() -> None:
    """As for any fact."""
    kept = "service_levels: [{request: R, within: 1, kept: {share: 5, date: 2026-12-01}}]"
    source = small("    audiences: [sales]\n", f"    audiences: [sales]\n    {kept}\n")
    assert places("future-value", source) == [(9, 69, "warning")]


@pytest.mark.parametrize(
    "text",
    ["actual: {value: 5, date: 2026-11-25}", "target: {value: 5, date: 2027-01-01}", "actual: {value: 5}"],
)
def test_today_or_planned(text: str) -> None:
    """A value of today is a fact, and a target can be in the future."""
    assert places("future-value", measured(text)) == []


@settings(deadline=None, max_examples=examples(10), suppress_health_check=list(HealthCheck))
@given(charters())
def test_no_date_is_overlooked(charter: Charter) -> None:
    """Wherever the model allows one."""
    case = RuleInput(charter, datetime.date(2026, 11, 25))
    assert list(case.dates) == [found for found in case.values if found.shape.kind == "date"]
