"""Representation of audiences in the review.

Hints at an audience without a participant: neither the audience itself nor its `manager`. Participants in plain words
are compared with ids and names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from charterbook.charter import Audience
from charterbook.i18n import N_
from charterbook.problems import escape_terminal
from charterbook.rules.rule import Finding, Rule, RuleInput


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    review = case.charter.review
    if review is None:
        return
    present = {name.casefold() for name in review.participants}
    roles = {role.id: role.name for role in case.charter.roles}
    absent = [
        audience for audience in case.charter.audiences if not present & _representatives(audience, roles)
    ]
    for audience in absent if present else ():
        text = _("nobody represents the audience “%(name)s” in the review") % {
            "name": escape_terminal(audience.name)
        }
        fix = _("Add %(id)s, or the role that is its manager, to the participants.") % {"id": audience.id}
        yield Finding(("review", "participants"), text, fix, at_key=True)
    if not present:
        fix = _("Under review, add participants: ids of audiences, or of the roles that represent them.")
        yield Finding(("review",), _("no participants are named for the review"), fix, at_key=True)


def _representatives(audience: Audience, roles: Mapping[str, str]) -> set[str]:
    """The names that represent an audience, in lower case."""
    manager = audience.manager or audience.id
    return {voice.casefold() for voice in (audience.id, audience.name, manager, roles.get(manager, manager))}


RULE = Rule(
    "review-participants",
    "hint",
    N_("Every audience is represented in the review"),
    N_("An agreement made without the people it concerns is not an agreement with them."),
    _check,
    advice=N_("Name participants of the review who represent the audiences."),
)
