from __future__ import annotations

from tests.load.sample import SMALL, small
from tests.rules.sample import found, places

COMPLETE = "name: Win rate\n    baseline: {value: 21}\n    target: {value: 25}\n    owner: VP Sales\n    source: CRM\n"


def test_a_complete_metric() -> None:
    """No problem."""
    assert places("metric-complete", small("name: Win rate\n", COMPLETE)) == []


def test_a_metric_without_details() -> None:
    """One hint at its id, with the missing keys."""
    (problem,) = found("metric-complete", SMALL)
    assert str(problem) == (
        "19:9: hint metric-complete: the metric “Win rate” is not complete. Add what is missing: baseline, target, "
        "owner, source."
    )


def test_one_key_is_missing() -> None:
    """The hint names only that key."""
    source = small("name: Win rate\n", COMPLETE.replace("    owner: VP Sales\n", ""))
    assert [problem.fix for problem in found("metric-complete", source)] == ["Add what is missing: owner."]
