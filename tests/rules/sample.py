"""Run one rule on a charter."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from charterbook.charter import Charter
from charterbook.load import load
from charterbook.problems import Problem
from charterbook.rule_context import RuleContext
from charterbook.rules import RULES, Levels, problems

#: Default day of checks.
TODAY = datetime.date(2026, 11, 25)

Place = tuple[int, int, str]


def charter(source: str) -> Charter:
    """Parsed charter of a source."""
    loaded = load(source.encode())
    assert loaded.charter is not None, loaded.problems
    return loaded.charter


def only(*names: str) -> Levels:
    """All rules off except these."""
    return {name: rule.severity if name in names else "off" for name, rule in RULES.items()}


def found(
    rule: str, source: str, today: datetime.date = TODAY, past: Sequence[str] | None = None
) -> list[Problem]:
    """Findings of a rule in a charter with these earlier charters; all other rules are off."""
    loaded = load(source.encode())
    assert loaded.charter is not None, loaded.problems
    earlier = None if past is None else [charter(older) for older in past]
    around = RuleContext(only(rule), today=today, past=lambda: earlier)
    return sorted(problems(around.case(loaded.charter), loaded.places, around.levels))


def places(
    rule: str, source: str, today: datetime.date = TODAY, past: Sequence[str] | None = None
) -> list[Place]:
    """Line, column and severity of a rule's findings."""
    return [(problem.line, problem.column, problem.severity) for problem in found(rule, source, today, past)]
