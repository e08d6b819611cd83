"""Sentences about sign-offs: decisions, conditions, dates and fingerprints."""

from __future__ import annotations

from charterbook.charter import Charter
from charterbook.compare.field_names import field_name, part_and_shape
from charterbook.compare.text_changes import alike
from charterbook.compare.value_text import ValueFormatter
from charterbook.diff import Change, Data
from charterbook.i18n import N_


def decision(change: Change, formatter: ValueFormatter) -> str | None:
    """The sentence of a sign-off as a whole."""
    t, role = formatter.t, formatter.value((*change.path, "role"), change.path[2])
    if change.kind == "removed":
        return t.gettext("%(role)s: sign-off removed") % {"role": role}
    words = {"role": role, "new": decision_words(change.new, change, formatter)}
    if change.kind == "added":
        return t.gettext("%(role)s: first sign-off: %(new)s") % words
    if change.old["decision"] == change.new["decision"]:
        return t.gettext(_condition_message(change)) % words
    words["old"] = decision_words(change.old, change, formatter)
    return t.gettext("%(role)s: now %(new)s; was %(old)s") % words


def _condition_message(change: Change) -> str:
    """The message of a sign-off with the same decision."""
    if alike(change.old, change.new):
        return N_("%(role)s: %(new)s; only the spelling differs")
    if "condition" not in change.old:
        return N_("%(role)s: %(new)s, with a new condition")
    if "condition" not in change.new:
        return N_("%(role)s: %(new)s, no longer with a condition")
    return N_("%(role)s: %(new)s, with a different condition")


def signed_again(change: Change, formatter: ValueFormatter) -> str | None:
    """The sentence of the same decision with a new date, or about a different state of the charter."""
    t, path = formatter.t, change.path[:3]
    sentence = _new_sign_off(change, formatter)
    old, new = formatter.sides.before(path), formatter.sides.after(path)
    if change.path[3] == "date" and "agreed" in old and "agreed" not in new:
        return t.gettext("%(sentence)s; fingerprint removed") % {"sentence": sentence}
    return sentence


def _new_sign_off(change: Change, formatter: ValueFormatter) -> str:
    t, path = formatter.t, change.path[:3]
    role = formatter.value((*path, "role"), path[2])
    if change.new is None:
        return _sign_off_field(change, role, formatter, t.gettext("%(name)s: %(field)s removed, was %(old)s"))
    if change.path[3] == "agreed" and change.old is None:
        return _sign_off_field(change, role, formatter, t.gettext("%(name)s: %(field)s added: %(new)s"))
    words = {"role": role, "new": decision_words(formatter.sides.after(path), change, formatter)}
    return t.gettext("%(role)s: new sign-off: %(new)s") % words


def _sign_off_field(change: Change, role: str, formatter: ValueFormatter, message: str) -> str:
    """The sentence of a date or fingerprint that was added to a sign-off or removed from it."""
    part, shape = part_and_shape(Charter, change.path)
    value = change.old if change.new is None else change.new
    sentence = formatter.value(change.path, value, before=change.new is None)
    return message % {
        "name": role,
        "field": field_name(part, shape.key, formatter.t),
        "old": sentence,
        "new": sentence,
    }


def decision_words(data: Data, change: Change, formatter: ValueFormatter) -> str:
    """A sign-off's decision, with its date and condition."""
    decision = formatter.value((*change.path[:3], "decision"), data["decision"])
    if "date" in data:
        words = {"figure": decision, "date": formatter.t.date(data["date"])}
        decision = formatter.t.gettext("%(figure)s on %(date)s") % words
    if "condition" not in data:
        return decision
    return f"{decision}: {formatter.quoted(data['condition'])}"
