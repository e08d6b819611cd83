"""Rules about good charters, one for each module. They check only charters without errors of the loader.

A module defines `RULE`, made from a function that takes a `RuleInput` and yields findings, in the language of the
charter. The docstring of the module says what the rule checks; "the guide" in it is an article, the sales-enablement
charter guide: see guide/author.md. Pages show authors the title of the rule and the reason for it. Rules do not read
files, the history or the clock, and do not repeat errors of the loader.

- `rule`: a rule, its input and its findings, as data

Mission, services and audiences:
- `mission_why`, `service_audience`, `service_metric`, `service_balance`, `service_funded`
- `audience_service`, `hours_budget`, `effort_shares`, `capacity`, `contributor_uses`

Funding and metrics:
- `funding_shares`, `funding_amounts`, `metric_kinds`, `metric_drives`, `metric_complete`, `metric_used`
- `target_direction`, `future_value`, `outdated_value`, `share_as_fraction`

Review, ownership and history:
- `review_dates`, `review_participants`, `rejected_in_force`, `signed_changes`, `unmatched_sign_off`, `unmet_condition`, `lost_action`
- `vacant_owner`, `item_review`, `retired_reference`, `id_reuse`, `renamed_item`

Groups of readers:
- `hidden_reference`

Texts:
- `placeholder`
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from charterbook.problems import Problem, ProblemSeverity
from charterbook.rules import (
    audience_service,
    capacity,
    contributor_uses,
    effort_shares,
    funding_amounts,
    funding_shares,
    future_value,
    hidden_reference,
    hours_budget,
    id_reuse,
    item_review,
    lost_action,
    metric_complete,
    metric_drives,
    metric_kinds,
    metric_used,
    mission_why,
    outdated_value,
    placeholder,
    rejected_in_force,
    renamed_item,
    retired_reference,
    review_dates,
    review_participants,
    service_audience,
    service_balance,
    service_funded,
    service_metric,
    share_as_fraction,
    signed_changes,
    target_direction,
    unmatched_sign_off,
    unmet_condition,
    vacant_owner,
)
from charterbook.rules.rule import (
    LEVELS,
    Finding,
    Level,
    Levels,
    Need,
    Rule,
    RuleInput,
    SignerChanges,
    UnmetCondition,
    UnsignedChanges,
)
from charterbook.source_map import Place, SourceMap

#: The rules by name, in the order of the questions in the sales-enablement charter guide (an article, see guide/author.md).
RULES: Mapping[str, Rule] = {
    module.RULE.name: module.RULE
    for module in (
        mission_why,
        service_audience,
        service_metric,
        service_balance,
        service_funded,
        audience_service,
        hours_budget,
        effort_shares,
        capacity,
        contributor_uses,
        funding_shares,
        funding_amounts,
        metric_kinds,
        metric_drives,
        metric_complete,
        metric_used,
        target_direction,
        future_value,
        outdated_value,
        share_as_fraction,
        review_dates,
        review_participants,
        rejected_in_force,
        signed_changes,
        unmatched_sign_off,
        unmet_condition,
        lost_action,
        vacant_owner,
        item_review,
        retired_reference,
        hidden_reference,
        id_reuse,
        renamed_item,
        placeholder,
    )
}


def level_of(rule: Rule, levels: Levels) -> Level:
    """The level of a rule in a handbook."""
    return levels.get(rule.name, rule.severity)


def needed_inputs(levels: Levels) -> set[Need]:
    """The inputs besides the charter that the enabled rules need."""
    return {rule.needs for rule in RULES.values() if rule.needs and level_of(rule, levels) != "off"}


def findings(case: RuleInput, levels: Levels) -> Iterator[tuple[Rule, ProblemSeverity, Finding]]:
    """The findings of the enabled rules, in the order of the rules."""
    for rule in RULES.values():
        level = level_of(rule, levels)
        if level != "off":
            for finding in rule.check(case):
                yield rule, level, finding


def problems(case: RuleInput, places: SourceMap, levels: Levels) -> list[Problem]:
    """The findings of the rules, as problems of the file."""
    return [
        Problem(*_place(finding, places), rule.name, severity, finding.text, finding.fix)
        for rule, severity, finding in findings(case, levels)
    ]


def _place(finding: Finding, places: SourceMap) -> Place:
    return places.key(finding.path) if finding.at_key else places.of(finding.path)


__all__ = [
    "LEVELS",
    "RULES",
    "Finding",
    "Level",
    "Levels",
    "Rule",
    "RuleInput",
    "SignerChanges",
    "UnmetCondition",
    "UnsignedChanges",
    "findings",
    "level_of",
    "needed_inputs",
    "problems",
]
