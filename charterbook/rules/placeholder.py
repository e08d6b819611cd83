"""Texts left to fill in.

A new charter's texts are placeholders between ‹ and ›. Hints at each text that still has one.
"""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.i18n import N_
from charterbook.problems import escape_terminal
from charterbook.rules.rule import Finding, Rule, RuleInput

#: Maximum length of a quoted placeholder, in characters.
_LONGEST = 80


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    for value in case.values:
        if isinstance(value.value, str) and "‹" in value.value.partition("›")[0] and "›" in value.value:
            fix = _("Write your own words instead of ‹…›, or remove the line.")
            words = {"text": escape_terminal(_shortened(value.value))}
            yield Finding(value.path, _("“%(text)s” is not filled in yet") % words, fix)


def _shortened(text: str) -> str:
    """The first placeholder of a text in one line, shortened if it is long."""
    line = " ".join(text[text.index("‹") : text.index("›") + 1].split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"


RULE = Rule(
    "placeholder",
    "hint",
    N_("Everything is filled in"),
    N_("Text in ‹these marks› reads as if nobody had thought about it."),
    _check,
)
