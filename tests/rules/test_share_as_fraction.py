from __future__ import annotations

import pytest

from tests.load.sample import small
from tests.rules.sample import found, places

RULE = "share-as-fraction"
PROMISE = "    audiences: [sales]\n    service_levels:\n      - {request: Decks, within: 5, unit: days, target_share: %s}\n"
METRIC = "    kind: lagging\n    unit: %s\n    baseline: {value: %s}\n    target: {value: %s}\n"


def test_a_promise_for_a_fraction() -> None:
    """A warning at the value, with the percentage that is meant."""
    (problem,) = found(RULE, small("    audiences: [sales]\n", PROMISE % 0.955))
    assert (problem.line, problem.severity) == (10, "warning")
    assert problem.text == "this is less than one percent: 0.955%"
    assert problem.fix == "If 95.5% is meant, write 95.5."


@pytest.mark.parametrize("share", [1, 95, 100, 99.5])
def test_a_promise_in_percent(share: float) -> None:
    """One percent is allowed."""
    assert found(RULE, small("    audiences: [sales]\n", PROMISE % share)) == []


EFFORT = "  - {id: more, name: More, summary: More., audiences: [sales], effort_share: %s}\n"


@pytest.mark.parametrize(("other", "count"), [(0.75, 2), (60, 0)])
def test_shares_of_time(other: float, count: int) -> None:
    """They are fractions if all are: a service can take half a percent."""
    source = small("    audiences: [sales]\n", "    audiences: [sales]\n    effort_share: 0.25\n")
    assert len(places(RULE, source.replace("services:\n", f"services:\n{EFFORT % other}"))) == count


@pytest.mark.parametrize(
    ("unit", "baseline", "target", "count"),
    [("percent", 0.22, 0.3, 2), ("percent", 0.9, 1.2, 0), ("percent", 22, 30, 0), ("count", 0.2, 0.3, 0)],
)
def test_figures_of_a_metric(unit: str, baseline: float, target: float, count: int) -> None:
    """They are fractions if all are; other units can have any figures."""
    source = small("    kind: lagging\n", METRIC % (unit, baseline, target))
    assert len(found(RULE, source)) == count
