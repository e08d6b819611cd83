from __future__ import annotations

from charterbook.check import check
from tests.charters import minimal_charter


def texts(value: int) -> list[str]:
    """Findings of the rule for a condition whose metric has this value."""
    metric = {"id": "win-rate", "name": "Win rate", "kind": "lagging", "target": {"value": 30}}
    sign = {"role": "CFO", "decision": "approved_with_condition", "condition": "If the Win rate is up."}
    text = minimal_charter(metrics=[metric | {"actual": {"value": value}}], review={"sign_offs": [sign]})
    return [problem.text for problem in check(text.encode()) if problem.rule == "unmet-condition"]


def test_a_condition_that_names_a_metric() -> None:
    """It is met once the metric has reached its target."""
    assert texts(29) == ["the condition of CFO is not met: Win rate is 29%, target 30%"]
    assert texts(30) == []
