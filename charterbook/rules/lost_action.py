"""Open actions that are missing from a later version.

Warns about an action that was open in its last revision, if this charter neither has it nor names it as a former
id. Needs the history.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from charterbook.charter import Charter
from charterbook.charter.review_section import Action
from charterbook.i18n import N_
from charterbook.problems import escape_terminal
from charterbook.rules.rule import Finding, Rule, RuleInput


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    for action in _lost([*(case.past or ()), case.charter]):
        text = _("the open action “%(name)s” of an earlier version is missing") % {
            "name": escape_terminal(action.what)
        }
        fix = _("Add %(id)s again under review: actions, with its state: open, done or dropped.")
        at = ("review",) if case.charter.review else ()
        yield Finding(at, text, fix % {"id": action.id}, at_key=bool(at))


def _lost(charters: Iterable[Charter]) -> list[Action]:
    """The actions that are missing from the last of these charters, and were open when last present."""
    last: dict[str, Action] = {}
    here: set[str] = set()
    for charter in charters:
        actions = charter.review.actions if charter.review else []
        here = {name for action in actions for name in (action.id, *action.was)}
        last = {name: action for name, action in last.items() if name not in here}
        last |= {action.id: action for action in actions}
    return [action for name, action in last.items() if name not in here and action.state == "open"]


RULE = Rule(
    "lost-action",
    "warning",
    N_("No open action is lost between versions"),
    N_("Decisions that are not carried out come up again or are forgotten."),
    _check,
    needs="past",
    advice=N_("List the action again, and say whether it is open, done or dropped."),
)
