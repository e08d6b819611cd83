"""Texts left to fill in.

A new charter's texts are placeholders between ‹ and ›. Hints at each text that still has one.
"""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.i18n import N_
from charterbook.rules.rule import Finding, Rule, RuleInput


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    for value in case.values:
        if isinstance(value.value, str) and "‹" in value.value.partition("›")[0] and "›" in value.value:
            fix = _("Write your own words instead of ‹…›, or remove the line.")
            key = next(step for step in reversed(value.path) if isinstance(step, str))
            yield Finding(value.path, _("%(key)s is not filled in yet") % {"key": key}, fix)


RULE = Rule(
    "placeholder",
    "hint",
    N_("Everything is filled in"),
    N_("Text in ‹these marks› reads as if nobody had thought about it."),
    _check,
)
