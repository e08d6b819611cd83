"""Special sentences about promises, and about the charter's name and dates.

For figures see `figure_sentences`, for sign-offs `sign_off_sentences`.
"""

from __future__ import annotations

from collections.abc import Callable

from charterbook.charter import Charter
from charterbook.compare import figure_sentences, sign_off_sentences
from charterbook.compare.field_names import field_in_sentence, field_name, part_and_shape
from charterbook.compare.value_text import ValueFormatter
from charterbook.diff import Change
from charterbook.i18n import N_

Say = Callable[[Change, ValueFormatter], str | None]


def _service(change: Change, formatter: ValueFormatter) -> str | None:
    """The sentence of a service that started and ended between two distant charters."""
    if change.kind != "added" or change.new["status"] != "retired":
        return None
    words = {"name": change.new["name"]}
    return formatter.t.gettext("Service added and retired in between: %(name)s") % words


#: Messages for promises without and with a share of requests.
_NEW_PROMISE = (
    N_("%(name)s: new promise: %(request)s within %(within)s"),
    N_("%(name)s: new promise: %(request)s within %(within)s, for %(share)s of requests"),
)
_REMOVED_PROMISE = (
    N_("%(name)s: promise removed: %(request)s within %(within)s"),
    N_("%(name)s: promise removed: %(request)s within %(within)s, for %(share)s of requests"),
)


def _level(change: Change, formatter: ValueFormatter) -> str | None:
    """The sentence of a new or withdrawn promise, also of several for a request in different spellings."""
    t, data = formatter.t, change.new or change.old
    if change.kind == "changed":
        words = {"name": formatter.item(change), "request": formatter.quoted(change.path[3])}
        return t.gettext("%(name)s: %(request)s: only the spelling or the unit of time differs") % words
    words = {
        "name": formatter.item(change),
        "request": formatter.quoted(change.path[3]),
        "within": t.duration(data["within"], data["unit"]),
    }
    share = data.get("target_share")
    messages = _REMOVED_PROMISE if change.kind == "removed" else _NEW_PROMISE
    words["share"] = "" if share is None else t.percent(share)
    return t.gettext(messages[share is not None]) % words


def _within(change: Change, formatter: ValueFormatter) -> str | None:
    if change.kind != "changed":
        return None
    words = {
        "name": formatter.item(change),
        "request": formatter.quoted(change.path[3]),
        "new": formatter.length(change.new),
        "old": formatter.length(change.old, change.new),
    }
    return formatter.t.gettext("%(name)s: %(request)s now takes up to %(new)s, was %(old)s") % words


def rewritten(change: Change, formatter: ValueFormatter) -> str:
    """The sentence of an equal length of time or figure in a different unit."""
    t = formatter.t
    part, shape = part_and_shape(Charter, change.path)
    words = {"name": formatter.item(change), "field": field_name(part, shape.key, t)}
    if "within" in change.new:
        words |= {"new": formatter.length(change.new), "old": formatter.length(change.old)}
    else:
        words |= {
            "new": formatter.figure(change, change.new),
            "old": formatter.figure(change, change.old, before=True),
        }
    if len(change.path) > 4:  # noqa: PLR2004
        words["name"] = f"{words['name']}: {formatter.quoted(change.path[3])}"
    return t.gettext("%(name)s: %(field)s is still %(new)s, previously written as %(old)s") % words


def _share(change: Change, formatter: ValueFormatter) -> str | None:
    if change.kind != "changed":
        return _level_field(change, formatter)
    words = {
        "name": formatter.item(change),
        "request": formatter.quoted(change.path[3]),
        "new": formatter.t.percent(change.new),
        "old": formatter.t.percent(change.old),
    }
    return (
        formatter.t.gettext("%(name)s: %(request)s: on-time target now %(new)s of requests, was %(old)s")
        % words
    )


def _level_field(change: Change, formatter: ValueFormatter) -> str | None:
    """The sentence of any other field of a promise."""
    t = formatter.t
    part, shape = part_and_shape(Charter, change.path)
    if shape.kind == "text":
        return _level_text(change, formatter)
    words = {
        "name": f"{formatter.item(change)}: {formatter.quoted(change.path[3])}",
        "field": field_in_sentence(part, shape.key, t),
        "old": "" if change.old is None else formatter.in_sentence(change.path, change.old, before=True),
        "new": "" if change.new is None else formatter.in_sentence(change.path, change.new),
    }
    if change.kind == "removed":
        return t.gettext("%(name)s: %(field)s removed, was %(old)s") % words
    if change.kind == "added":
        return t.gettext("%(name)s: %(field)s added: %(new)s") % words
    return t.gettext("%(name)s: %(field)s is now %(new)s, was %(old)s") % words


def _level_text(change: Change, formatter: ValueFormatter) -> str:
    """The sentence of a longer text of a promise, with a word diff beside it."""
    t = formatter.t
    part, shape = part_and_shape(Charter, change.path)
    words = {
        "name": f"{formatter.item(change)}: {formatter.quoted(change.path[3])}",
        "field": field_in_sentence(part, shape.key, t),
    }
    if change.kind == "added":
        return t.gettext("%(name)s: %(field)s added") % words
    if change.kind == "removed":
        return t.gettext("%(name)s: %(field)s removed") % words
    return t.gettext("%(name)s: %(field)s changed") % words


def _once(change: Change, formatter: ValueFormatter) -> str | None:
    if change.kind == "removed":
        return None
    words = {"name": formatter.item(change), "new": formatter.value(change.path, change.new)}
    if change.kind == "added":
        return formatter.t.gettext("%(name)s: asks each person for %(new)s once") % words
    words["old"] = formatter.t.number(change.old)
    return formatter.t.gettext("%(name)s: asks each person for %(new)s once, was %(old)s") % words


def _priority(change: Change, formatter: ValueFormatter) -> str | None:
    if change.kind != "changed":
        return None
    words = {
        "name": formatter.item(change),
        "new": formatter.length(change.new),
        "old": formatter.length(change.old, change.new),
    }
    return formatter.t.gettext("%(name)s: first response now within %(new)s, was %(old)s") % words


def _audiences(change: Change, formatter: ValueFormatter) -> str | None:
    """The sentence about audiences that gained or lost access to a service."""
    t, name = formatter.t, formatter.item(change)
    added = [id_ for id_ in change.new if id_ not in change.old]
    removed = [id_ for id_ in change.old if id_ not in change.new]
    if change.kind != "changed" or not (added or removed):
        return None
    words = {
        "name": name,
        "come": formatter.value(change.path, added),
        "gone": formatter.value(change.path, removed, before=True),
    }
    if not removed:
        return t.gettext("%(name)s: now also for %(come)s") % words
    if not added:
        return t.gettext("%(name)s: no longer for %(gone)s") % words
    return t.gettext("%(name)s: now also for %(come)s; no longer for %(gone)s") % words


def _hours(change: Change, formatter: ValueFormatter) -> str | None:
    words = {"name": formatter.item(change)}
    if change.kind == "removed":
        return None
    words["new"] = formatter.value(change.path, change.new)
    if change.kind == "added":
        return formatter.t.gettext("%(name)s: new limit of %(new)s a quarter per person") % words
    words["old"] = formatter.t.number(change.old)
    return formatter.t.gettext("%(name)s: the limit is now %(new)s a quarter per person, was %(old)s") % words


def _vacant(change: Change, formatter: ValueFormatter) -> str | None:
    words = {"name": formatter.item(change)}
    if change.kind == "removed":
        return formatter.t.gettext("%(name)s: the role is filled again") % words
    words["date"] = formatter.t.date(change.new)
    if change.kind == "added":
        return formatter.t.gettext("%(name)s: vacant since %(date)s") % words
    words["old"] = formatter.t.date(change.old)
    return formatter.t.gettext("%(name)s: vacant since %(date)s, was %(old)s") % words


def _scope(change: Change, formatter: ValueFormatter) -> str | None:
    if change.kind != "moved" or not change.source:
        return None
    words = {"name": formatter.item(change)}
    if change.path[1] == "later":
        return formatter.t.gettext("%(name)s was out of scope and is now listed as not offered yet") % words
    return formatter.t.gettext("%(name)s was listed as not offered yet and is now out of scope") % words


def _title(change: Change, formatter: ValueFormatter) -> str | None:
    words = {"old": formatter.quoted(change.old), "new": formatter.quoted(change.new)}
    return formatter.t.gettext("The charter is now called %(new)s, was %(old)s") % words


def _version(change: Change, formatter: ValueFormatter) -> str | None:
    if change.kind != "changed":
        return None
    return formatter.t.gettext("The charter's period is now %(new)s, was %(old)s") % {
        "new": change.new,
        "old": change.old,
    }


def _effective(change: Change, formatter: ValueFormatter) -> str | None:
    if change.kind == "removed":
        return formatter.t.gettext("Effective date removed")
    words = {"new": formatter.t.date(change.new)}
    if change.kind == "added":
        return formatter.t.gettext("In force from %(new)s") % words
    words["old"] = formatter.t.date(change.old)
    return formatter.t.gettext("In force from %(new)s, was %(old)s") % words


def _note(change: Change, formatter: ValueFormatter) -> str | None:
    if change.kind == "removed":
        return formatter.t.gettext("Reason for this version removed")
    return formatter.t.gettext("Reason for this version added")


#: Paths with special sentences. A function that returns None leaves the change to the general sentence.
SPECIAL: tuple[tuple[str, Say], ...] = (
    ("title", _title),
    ("version", _version),
    ("effective", _effective),
    ("change_note", _note),
    ("services.*", _service),
    ("services.*.audiences", _audiences),
    ("services.*.service_levels.*", _level),
    ("services.*.service_levels.*.within", _within),
    ("services.*.service_levels.*.target_share", _share),
    ("services.*.service_levels.*.*", _level_field),
    ("services.*.hours_once", _once),
    ("audiences.*.hours_per_quarter", _hours),
    ("funding.total", figure_sentences.total),
    ("funding.sources.*.amount", figure_sentences.amount),
    ("metrics.*.definition_version", figure_sentences.redefined),
    ("metrics.*.actual", figure_sentences.actual),
    ("metrics.*.target", figure_sentences.target),
    ("metrics.*.baseline", figure_sentences.baseline),
    ("review.sign_offs.*", sign_off_sentences.decision),
    ("review.sign_offs.*.date", sign_off_sentences.signed_again),
    ("review.sign_offs.*.agreed", sign_off_sentences.signed_again),
    ("roles.*.vacant_since", _vacant),
    ("intake.priorities.*.within", _priority),
    ("scope.*.*", _scope),
)
