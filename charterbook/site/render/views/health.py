"""Health of one version's charter: the findings of the rules, by section and rule, and the list of rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby

from charterbook.charter import SECTIONS, Charter
from charterbook.compare import Severity, section_title
from charterbook.frozen_dataclass import dataclass
from charterbook.i18n import Translator
from charterbook.identity import item_at
from charterbook.log import moments
from charterbook.problems import ProblemSeverity, full_sentence
from charterbook.review import NeededDecision, RuleFinding
from charterbook.rule_context import RuleContext
from charterbook.rules import RULES, Level, Levels, Rule, findings, level_of
from charterbook.site.edition import Edition
from charterbook.source_map import Path

#: Sections in order: the document itself first, custom sections last.
_ORDER = ("charter", *SECTIONS, "sections")

#: Severities, the highest first.
_BY_SEVERITY: tuple[ProblemSeverity, ...] = ("error", "warning", "hint")


@dataclass(frozen=True)
class Fix:
    """A finding in words for readers: the problem, the correction, its section, and the kind and id of its item, if any."""

    rule: Rule
    severity: ProblemSeverity
    text: str
    advice: str
    section: str
    item: tuple[str, str] | None


@dataclass(frozen=True)
class FixGroup:
    """Findings of one rule, with the correction that they share, None if they differ in it."""

    rule: Rule
    severity: ProblemSeverity
    advice: str | None
    fixes: Sequence[Fix]


@dataclass(frozen=True)
class CheckedRule:
    """A rule, its severity, and its number of findings; None if it could not be checked."""

    rule: Rule
    level: Level
    count: int | None


@dataclass(frozen=True)
class Health:
    """State of a charter: findings by section (key, title and number) and rule, their number, and all rules."""

    sections: Sequence[tuple[str, str, int, Sequence[FixGroup]]]
    counts: Mapping[ProblemSeverity, int]
    rules: Sequence[CheckedRule]

    @property
    def failed(self) -> list[CheckedRule]:
        """The rules with findings."""
        return [checked for checked in self.rules if checked.count]

    @property
    def others(self) -> list[CheckedRule]:
        """The rules that passed, are off or could not be checked."""
        return [checked for checked in self.rules if not checked.count]


def build_health(edition: Edition, levels: Levels, severity: Mapping[str, Severity]) -> Health:
    """Findings of the rules in an edition's charter, on the edition's day and without later history."""
    past = _past(edition)
    case = RuleContext(levels, severity, edition.today, lambda: past).case(edition.charter)
    fixes = [
        Fix(
            rule,
            level,
            full_sentence(finding.text),
            rule.advice_on(finding, case.words),
            _section(finding.path),
            item_at(edition.charter, finding.path),
        )
        for rule, level, finding in findings(case, levels)
    ]
    found = Counter(fix.rule.name for fix in fixes)
    return Health(
        sections=_by_section(fixes, case.words),
        counts={level: sum(fix.severity == level for fix in fixes) for level in _BY_SEVERITY},
        rules=[_checked(rule, levels, found, past is not None) for rule in RULES.values()],
    )


def _past(edition: Edition) -> list[Charter] | None:
    """Charters before the edition's own, oldest first; None if there is no history."""
    versions = (*edition.past, edition.own)
    if not any(version.revisions for version in versions):
        return None
    return [moment.charter for moment in moments(versions)][:-1]


def _by_section(fixes: Sequence[Fix], t: Translator) -> list[tuple[str, str, int, list[FixGroup]]]:
    found: dict[str, list[Fix]] = {}
    for fix in sorted(fixes, key=lambda fix: _BY_SEVERITY.index(fix.severity)):
        found.setdefault(fix.section, []).append(fix)
    return [
        (name, section_title(name, t), len(found[name]), _by_rule(found[name]))
        for name in _ORDER
        if name in found
    ]


def _by_rule(fixes: Sequence[Fix]) -> list[FixGroup]:
    found: list[FixGroup] = []
    for _, group in groupby(fixes, lambda fix: fix.rule.name):
        same = list(group)
        advice = {fix.advice for fix in same}
        found.append(
            FixGroup(same[0].rule, same[0].severity, advice.pop() if len(advice) == 1 else None, same)
        )
    return found


def hint_groups(findings: Sequence[RuleFinding]) -> list[FixGroup]:
    """The hints of a pre-read by rule. It lists other findings as decisions."""
    return _by_rule(
        [
            Fix(
                RULES[one.rule],
                one.severity,
                full_sentence(one.text),
                one.advice,
                _section(one.path),
                one.item,
            )
            for one in findings
            if one.severity == "hint"
        ]
    )


def decision_groups(
    decisions: Sequence[NeededDecision],
) -> list[tuple[Rule | None, Sequence[NeededDecision]]]:
    """The decisions in their order, those about several findings of one rule together with the rule."""
    found: list[tuple[Rule | None, Sequence[NeededDecision]]] = []
    for name, group in groupby(decisions, lambda one: one.rule):
        same = list(group)
        if name and len(same) > 1:
            found.append((RULES[name], same))
        else:
            found.extend((None, [one]) for one in same)
    return found


def _section(path: Path) -> str:
    section = str(path[0]) if path else "charter"
    return section if section in _ORDER else "charter"


def _checked(rule: Rule, levels: Levels, found: Mapping[str, int], history: bool) -> CheckedRule:
    known = history or rule.needs not in ("past", "signed")
    return CheckedRule(rule, level_of(rule, levels), found.get(rule.name, 0) if known else None)
