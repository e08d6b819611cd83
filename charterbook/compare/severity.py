"""How grave a change is: one table, which mkdocs.yml can override.

A pattern is a path with dots; `*` stands for one step of it (an id), `**` at the end for all that follows.
The first entry that fits decides, and the order of the table is the order of importance among changes of one
severity. What no entry names: a changed order is `order`, a changed text `wording`, all else `meaning`. A text
that differs only in capitals, punctuation and spaces is `wording` at most.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache

from charterbook.compare.model import SEVERITIES, Severity
from charterbook.diff import Kind, Path

_COMES_OR_GOES: tuple[Kind, ...] = ("added", "removed")


@dataclass(frozen=True)
class Rule:
    """A row of the table: which changes (of these kinds, all kinds where empty) have this severity."""

    pattern: str
    severity: Severity
    kinds: tuple[Kind, ...] = ()


#: An order is no commitment, whatever it orders.
TABLE: tuple[Rule, ...] = (
    Rule("scope.*.*", "commitment", ("moved",)),
    Rule("**", "order", ("moved",)),
    Rule("services.*", "commitment", ("removed",)),
    Rule("funding.total", "commitment"),
    Rule("services.*.status", "commitment"),
    Rule("services.*.service_levels.*.within", "commitment"),
    Rule("metrics.*.definition_version", "commitment"),
    Rule("services.*", "commitment", ("added",)),
    Rule("intake", "commitment", _COMES_OR_GOES),
    Rule("scope", "commitment", _COMES_OR_GOES),
    Rule("services.*.service_levels.*", "commitment"),
    Rule("metrics.*.target", "commitment"),
    Rule("audiences.*", "commitment", _COMES_OR_GOES),
    Rule("review.sign_offs.*", "commitment"),
    Rule("funding.sources.*", "commitment", _COMES_OR_GOES),
    Rule("funding.owner", "commitment"),
    Rule("funding.approver", "commitment"),
    Rule("audiences.*.hours_per_quarter", "commitment"),
    Rule("services.*.hours_per_quarter", "commitment"),
    Rule("services.*.audiences", "commitment"),
    Rule("services.*.service_levels.*.target_share", "commitment"),
    Rule("services.*.until", "commitment"),
    Rule("metrics.*", "commitment", _COMES_OR_GOES),
    Rule("funding.sources.*.amount", "commitment"),
    Rule("funding.sources.*.share", "commitment"),
    Rule("funding.sources.*.covers", "commitment"),
    Rule("funding.sources.*.approver", "commitment"),
    Rule("funding.currency", "commitment"),
    Rule("intake.priorities.*.within", "commitment"),
    Rule("audiences.*.part", "commitment"),
    Rule("scope.out.*", "commitment", _COMES_OR_GOES),
    Rule("scope.later.*", "commitment", _COMES_OR_GOES),
    Rule("services.*", "meaning"),
    Rule("title", "meaning"),
    Rule("mission.statement", "meaning"),
    Rule("maturity.today", "meaning"),
    Rule("metrics.*.actual", "meaning"),
    Rule("mission.*", "meaning"),
    Rule("services.*.asks", "meaning"),
    Rule("audiences.*.expects", "meaning"),
    Rule("audiences.*.gives", "meaning"),
    Rule("metrics.*.definition", "meaning"),
    Rule("metrics.*.formula", "meaning"),
    Rule("funding.note", "meaning"),
    Rule("funding.sources.*.note", "meaning"),
    Rule("review.decision_rights", "meaning"),
    Rule("partners.*.gives", "meaning"),
    Rule("partners.*.gets", "meaning"),
    Rule("glossary.*.meaning", "meaning"),
    Rule("intake.priorities.*.meaning", "meaning"),
    Rule("change_note", "wording"),
    Rule("version", "wording"),
    Rule("review.last", "wording"),
    Rule("review.sign_offs.*.date", "wording"),
    Rule("schema", "wording"),
    Rule("language", "wording"),
    Rule("**.was", "wording"),
)


def severity_of(
    kind: Kind, path: Path, text: bool, overrides: Mapping[str, Severity]
) -> tuple[Severity, int]:
    """The severity of a change and its importance (0 is first). `text` tells whether it is a changed text."""
    rank = _rank(kind, path)
    own = next((overrides[pattern] for pattern in overrides if fits(pattern, path)), None)
    if own is not None:
        return own, rank
    if rank < len(TABLE):
        return TABLE[rank].severity, rank
    return ("wording" if text else "meaning"), rank


@lru_cache(maxsize=16384)
def _rank(kind: Kind, path: Path) -> int:
    """The first row of the table that a change fits; behind all where none does."""
    return next((index for index, rule in enumerate(TABLE) if _applies(rule, kind, path)), len(TABLE))


def _applies(rule: Rule, kind: Kind, path: Path) -> bool:
    return (not rule.kinds or kind in rule.kinds) and fits(rule.pattern, path)


def fits(pattern: str, path: Path) -> bool:
    """Whether a pattern names a path."""
    steps = pattern.split(".")
    if steps[-1] == "**":
        steps = steps[:-1]
        path = path[: len(steps)]
    if steps[:1] == ["**"]:
        path = path[-len(steps) + 1 :]
        steps = steps[1:]
    return len(steps) == len(path) and all(map(fnmatchcase, path, steps))


def at_least(severity: Severity, threshold: Severity) -> bool:
    """Whether a severity is at or above another one."""
    return SEVERITIES.index(severity) <= SEVERITIES.index(threshold)
