"""Responsibilities of vacant roles.

Warns about a vacant role (`vacant_since`) that owns, approves or administers something, represents an audience, is the
contact of a partner, is accountable for a running service, or is the only one responsible for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.charter.base import RESPONSIBLE_FIELDS
from charterbook.charter.optional_sections import Role
from charterbook.i18n import N_
from charterbook.problems import escape_terminal
from charterbook.rules.rule import Finding, Rule, RuleInput
from charterbook.source_map import Path


def _check(case: RuleInput) -> Iterator[Finding]:
    vacant = {role.id: role for role in case.charter.roles if _is_vacant(role, case)}
    for path, role in _owned(case, vacant) if vacant else ():
        _ = case.words.gettext
        text = _("the role “%(name)s” is vacant, so nobody owns this") % {"name": escape_terminal(role.name)}
        if role.backup and role.backup not in vacant:
            fix = _("Assign it to another role until then, for example to the stand-in: %(role)s.")
            yield Finding(path, text, fix % {"role": escape_terminal(role.backup)})
        else:
            yield Finding(path, text, _("Assign it to another role until then."))


def _is_vacant(role: Role, case: RuleInput) -> bool:
    return role.vacant_since is not None and role.vacant_since <= case.today


def _owned(case: RuleInput, vacant: dict[str, Role]) -> Iterator[tuple[Path, Role]]:
    """The places that name one of these roles as the responsible one."""
    running = {service.id for _index, service in case.active_services}
    for found in case.values:
        if (
            found.path[-1] in RESPONSIBLE_FIELDS
            and found.value in vacant
            and not _has_ended(found.path, case)
        ):
            yield found.path, vacant[found.value]
    held = {name for role in case.charter.roles if role.id not in vacant for name in role.responsible}
    for index, role in enumerate(case.charter.roles):
        for key, free in (("accountable", running), ("responsible", running - held)):
            for place, service in enumerate(getattr(role, key) if role.id in vacant else ()):
                if service in free:
                    yield ("roles", index, key, place), role


def _has_ended(path: Path, case: RuleInput) -> bool:
    """Whether a path is inside a retired service, which needs no owner."""
    return path[0] == "services" and case.charter.services[int(path[1])].is_retired


RULE = Rule(
    "vacant-owner",
    "warning",
    N_("Vacant roles own nothing"),
    N_("Nobody decides on what a vacant role owns. Name who does it until the role is filled."),
    _check,
    needs="day",
)
