"""The health of one version's charter: what the rules find in it, and which rules there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from charterbook.charter import ITEM_LISTS, SECTIONS, Charter
from charterbook.check import RuleContext
from charterbook.compare import Severity as Gravity
from charterbook.compare import section_title
from charterbook.i18n import Translator
from charterbook.log import moments
from charterbook.problems import Severity, sentence
from charterbook.rules import RULES, Finding, Level, Levels, Rule, findings, level_of
from charterbook.site.edition import Edition
from charterbook.source_map import Path

#: What is wrong with the document itself comes first, sections of one's own last.
_ORDER = ("charter", *SECTIONS, "sections")

#: The gravest first.
_GRAVITY: tuple[Severity, ...] = ("error", "warning", "hint")


@dataclass(frozen=True)
class Fix:
    """Something to mend, and the kind and id of the item that it is about, if it is about one."""

    rule: Rule
    severity: Severity
    finding: Finding
    item: tuple[str, str] | None

    @property
    def text(self) -> str:
        """What is wrong, as a sentence."""
        return sentence(self.finding.text[:1].upper() + self.finding.text[1:])


@dataclass(frozen=True)
class CheckedRule:
    """A rule, how grave it is taken, and how often it was broken; None where it could not be checked."""

    rule: Rule
    level: Level
    count: int | None


@dataclass(frozen=True)
class Health:
    """The state of a charter: what to mend by section (its key and title), how much of it, and all rules."""

    sections: Sequence[tuple[str, str, Sequence[Fix]]]
    counts: Mapping[Severity, int]
    rules: Sequence[CheckedRule]


def build_health(edition: Edition, levels: Levels, severity: Mapping[str, Gravity]) -> Health:
    """What the rules find in an edition's charter, as of the edition's day and without what came later."""
    past = _past(edition)
    case = RuleContext(levels, severity, edition.today, lambda: past).case(edition.charter)
    mends = [
        Fix(rule, level, finding, _item(edition.charter, finding.path))
        for rule, level, finding in findings(case, levels)
    ]
    found = Counter(mend.rule.name for mend in mends)
    return Health(
        sections=_by_section(mends, case.words),
        counts={level: sum(mend.severity == level for mend in mends) for level in _GRAVITY},
        rules=[_checked(rule, levels, found, past is not None) for rule in RULES.values()],
    )


def _past(edition: Edition) -> list[Charter] | None:
    """The charters before the edition's own, oldest first; None where there is no history."""
    versions = (*edition.past, edition.own)
    if not any(version.revisions for version in versions):
        return None
    return [moment.charter for moment in moments(versions)][:-1]


def _by_section(mends: Sequence[Fix], t: Translator) -> list[tuple[str, str, list[Fix]]]:
    found: dict[str, list[Fix]] = {}
    for mend in sorted(mends, key=lambda mend: _GRAVITY.index(mend.severity)):
        section = str(mend.finding.path[0]) if mend.finding.path else "charter"
        found.setdefault(section if section in _ORDER else "charter", []).append(mend)
    return [(name, section_title(name, t), found[name]) for name in _ORDER if name in found]


def _item(charter: Charter, path: Path) -> tuple[str, str] | None:
    """The kind and id of the item at the beginning of a path, None where it is about none."""
    for place, step in enumerate(path[:3]):
        if isinstance(step, int) and path[place - 1] in ITEM_LISTS:
            kind = str(path[place - 1])
            return kind, charter.items(kind)[step].id
    return None


def _checked(rule: Rule, levels: Levels, found: Mapping[str, int], history: bool) -> CheckedRule:
    known = history or rule.needs not in ("past", "signed")
    return CheckedRule(rule, level_of(rule, levels), found.get(rule.name, 0) if known else None)
