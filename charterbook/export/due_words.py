"""Due dates in words: shared by reminders and calendars.

Names of a charter are untrusted: escape them before output.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from charterbook.charter import Charter
from charterbook.due_dates import DueDate, DueKind
from charterbook.i18n import N_, Translator

_HEADLINES: Mapping[DueKind, str] = {
    "review": N_("Review of the charter"),
    "action": N_("Action: %(name)s"),
    "condition": N_("Condition of the sign-off by %(name)s"),
    "check": N_("Check whether this still holds: %(name)s"),
    "end": N_("End of the service: %(name)s"),
    "contract": N_("End of the contract: %(name)s"),
    "step": N_("Step of the roadmap: %(name)s"),
    "revisit": N_("Question of scope to revisit: %(name)s"),
}


def headline(due: DueDate, t: Translator) -> str:
    """The kind of a due date, with its name."""
    return t.gettext(_HEADLINES[due.kind]) % {"name": due.label}


def roles_line(due: DueDate, charter: Charter, t: Translator) -> str:
    """The roles concerned; empty if there are none."""
    if not due.roles:
        return ""
    return t.gettext("Roles: %(names)s") % {"names": ", ".join(labels("roles", due.roles, charter))}


def labels(kind: str, ids: Iterable[str], charter: Charter) -> list[str]:
    """The names of items of a kind; the id itself if there is no such item."""
    known = {item.id: item.label for item in charter.items(kind)}
    return [known.get(id_, id_) for id_ in ids]


def when(due: DueDate, today: datetime.date, t: Translator) -> str:
    """The day, and how far it is away; a text such as "no date" if there is none."""
    left = due.left(today)
    if due.day is None or left is None:
        return t.gettext("no date")
    values = {"day": t.date(due.day), "n": t.number(abs(left))}
    if left == 0:
        return t.gettext("%(day)s, today") % values
    if left > 0:
        return t.ngettext("%(day)s, in %(n)s day", "%(day)s, in %(n)s days", left) % values
    return t.ngettext("%(day)s, %(n)s day overdue", "%(day)s, %(n)s days overdue", -left) % values
