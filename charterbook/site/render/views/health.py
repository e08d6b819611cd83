"""Health of one version's charter: the findings of the rules, and the list of rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from charterbook.charter import SECTIONS, Charter
from charterbook.compare import Severity, section_title
from charterbook.frozen_dataclass import dataclass
from charterbook.i18n import Translator
from charterbook.identity import item_at
from charterbook.log import moments
from charterbook.problems import ProblemSeverity, sentence
from charterbook.rule_context import RuleContext
from charterbook.rules import RULES, Finding, Level, Levels, Rule, findings, level_of
from charterbook.site.edition import Edition

#: Sections in order: the document itself first, custom sections last.
_ORDER = ("charter", *SECTIONS, "sections")

#: Severities, the highest first.
_BY_SEVERITY: tuple[ProblemSeverity, ...] = ("error", "warning", "hint")


@dataclass(frozen=True)
class Fix:
    """A finding, with the correction in words for readers, and the kind and id of its item, if any."""

    rule: Rule
    severity: ProblemSeverity
    finding: Finding
    advice: str
    item: tuple[str, str] | None

    @property
    def text(self) -> str:
        """The problem, as a sentence."""
        return sentence(self.finding.text[:1].upper() + self.finding.text[1:])


@dataclass(frozen=True)
class CheckedRule:
    """A rule, its severity, and its number of findings; None if it could not be checked."""

    rule: Rule
    level: Level
    count: int | None


@dataclass(frozen=True)
class Health:
    """State of a charter: findings by section (key and title), their number, and all rules."""

    sections: Sequence[tuple[str, str, Sequence[Fix]]]
    counts: Mapping[ProblemSeverity, int]
    rules: Sequence[CheckedRule]


def build_health(edition: Edition, levels: Levels, severity: Mapping[str, Severity]) -> Health:
    """Findings of the rules in an edition's charter, on the edition's day and without later history."""
    past = _past(edition)
    case = RuleContext(levels, severity, edition.today, lambda: past).case(edition.charter)
    fixes = [
        Fix(rule, level, finding, rule.advice_on(finding, case.words), item_at(edition.charter, finding.path))
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


def _by_section(fixes: Sequence[Fix], t: Translator) -> list[tuple[str, str, list[Fix]]]:
    found: dict[str, list[Fix]] = {}
    for fix in sorted(fixes, key=lambda fix: _BY_SEVERITY.index(fix.severity)):
        section = str(fix.finding.path[0]) if fix.finding.path else "charter"
        found.setdefault(section if section in _ORDER else "charter", []).append(fix)
    return [(name, section_title(name, t), found[name]) for name in _ORDER if name in found]


def _checked(rule: Rule, levels: Levels, found: Mapping[str, int], history: bool) -> CheckedRule:
    known = history or rule.needs not in ("past", "signed")
    return CheckedRule(rule, level_of(rule, levels), found.get(rule.name, 0) if known else None)
