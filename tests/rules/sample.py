"""Run one rule on a charter."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from charterbook.load import load
from charterbook.problems import Problem
from charterbook.rule_context import RuleContext
from charterbook.rules import RULES, Levels, problems
from tests.load.sample import loaded

#: Default day of checks.
TODAY = datetime.date(2026, 11, 25)

Place = tuple[int, int, str]


def only(*names: str) -> Levels:
    """All rules off except these."""
    return {name: rule.severity if name in names else "off" for name, rule in RULES.items()}


def found(
    rule: str, source: str, today: datetime.date = TODAY, past: Sequence[str] | None = None
) -> list[Problem]:
    """Findings of a rule in a charter with these earlier charters; all other rules are off."""
    result = load(source.encode())
    assert result.charter is not None, result.problems
    earlier = None if past is None else [loaded(older) for older in past]
    around = RuleContext(only(rule), today=today, past=lambda: earlier)
    return sorted(problems(around.case(result.charter), result.places, around.levels))


def places(
    rule: str, source: str, today: datetime.date = TODAY, past: Sequence[str] | None = None
) -> list[Place]:
    """Line, column and severity of a rule's findings."""
    return [(problem.line, problem.column, problem.severity) for problem in found(rule, source, today, past)]
