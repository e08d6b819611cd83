"""Runs one rule on a charter."""

from __future__ import annotations

from charterbook.load import load
from charterbook.rules import RULES


def places(rule: str, source: str) -> list[tuple[int, int, str]]:
    """Line, column and severity of what the rule finds."""
    loaded = load(source.encode())
    assert loaded.charter is not None, loaded.problems
    found = sorted(RULES[rule](loaded.charter, loaded.places))
    assert {problem.rule for problem in found} <= {rule}
    return [(problem.line, problem.column, problem.severity) for problem in found]
