"""Sentences about the parts of items that have no page: values by day, kept promises, contacts, rates, holidays,
decisions of a review.

A kept or missed promise is a fact: its sentence differs from that of a weakened promise.

`part_words` describes a part; the sentences say that it was added, removed or changed.
"""

from __future__ import annotations

from collections.abc import Callable

from charterbook.charter import Charter
from charterbook.compare.field_names import field_name, part_and_shape
from charterbook.compare.promise_verdict import is_kept_fact, kept_target, kept_verdict
from charterbook.compare.quoted_text import shortened
from charterbook.compare.severity import fits
from charterbook.compare.text_changes import own_texts
from charterbook.compare.value_text import ValueFormatter
from charterbook.diff import Change, Data, Path


def part_words(
    path: Path, value: Data, change: Change, formatter: ValueFormatter, *, before: bool = False
) -> str | None:
    """A part in the words of a sentence; None for any other value."""
    for pattern, say in _WORDS:
        if fits(pattern, path):
            return say(value, change, formatter, before)
    return None


def _dated(value: Data, change: Change, formatter: ValueFormatter, before: bool) -> str:
    """A figure with its day and its note."""
    words = {
        "figure": formatter.figure(change, value, before=before),
        "date": formatter.t.date(value["date"]),
    }
    if change.path[2] == "targets":
        sentence = formatter.t.gettext("%(figure)s by %(date)s") % words
    else:
        sentence = formatter.t.gettext("%(figure)s on %(date)s") % words
    return f"{sentence}: {formatter.quoted(value['note'])}" if "note" in value else sentence


def _kept(value: Data, change: Change, formatter: ValueFormatter, before: bool) -> str:
    del change, before
    t, share = formatter.t, formatter.t.percent(value["share"])
    sentence = share
    if value.get("requests") == 0:
        sentence = t.gettext("no requests")
    elif "requests" in value:
        message = t.ngettext("%(share)s of %(n)s request", "%(share)s of %(n)s requests", value["requests"])
        sentence = message % {"share": share, "n": t.number(value["requests"])}
    if "date" not in value:
        return sentence
    return t.gettext("%(figure)s on %(date)s") % {"figure": sentence, "date": t.date(value["date"])}


def _contact(value: Data, change: Change, formatter: ValueFormatter, before: bool) -> str:
    del change, before
    places = [value[key] for key in ("address", "channel") if key in value]
    return (
        f"{formatter.quoted(value['label'])} ({formatter.listed(places)})"
        if places
        else formatter.quoted(value["label"])
    )


def _detail(value: Data, change: Change, formatter: ValueFormatter, before: bool) -> str:
    del change, before
    return f"{formatter.quoted(value['label'])}: {formatter.quoted(shortened(value['text']))}"


def _rate(value: Data, change: Change, formatter: ValueFormatter, before: bool) -> str:
    del change
    t = formatter.t
    base = (formatter.sides.old if before else formatter.sides.new).funding.currency
    sentence = f"{t.money(1, value['currency'])} = {t.money(value['rate'], base)}"
    if "date" not in value:
        return sentence
    return t.gettext("%(figure)s on %(date)s") % {"figure": sentence, "date": t.date(value["date"])}


def _holiday(value: Data, change: Change, formatter: ValueFormatter, before: bool) -> str:
    del change, before
    day = formatter.t.date(value["date"])
    return f"{day} ({value['name']})" if "name" in value else day


def _decision(value: Data, change: Change, formatter: ValueFormatter, before: bool) -> str:
    del change, before
    return formatter.quoted(shortened(value["text"]))


_WORDS: tuple[tuple[str, Callable[[Data, Change, ValueFormatter, bool], str]], ...] = (
    ("metrics.*.values.*", _dated),
    ("metrics.*.targets.*", _dated),
    ("services.*.service_levels.*.kept", _kept),
    ("**.contacts.*", _contact),
    ("**.links.*", _contact),
    ("**.details.*", _detail),
    ("funding.rates.*", _rate),
    ("calendar.holidays.*", _holiday),
    ("review.meetings.*.decisions.*", _decision),
)

#: The patterns of all parts with one sentence for the whole.
PARTS = tuple(pattern for pattern, _ in _WORDS)


def part(change: Change, formatter: ValueFormatter, name: str) -> str | None:
    """The sentence of an added, removed or changed part of the item called `name`."""
    if is_kept_fact(change):
        return _kept_sentence(change, formatter, name)
    t, field = formatter.t, _field(change, formatter)
    if own_texts(change) is not None:
        return t.gettext("%(name)s: %(field)s changed") % {
            "name": name,
            "field": formatter.quoted(change.path[-1]),
        }
    words = {"name": name, "field": field} | _both(change, formatter)
    if change.kind == "added":
        return t.gettext("%(name)s: %(field)s: added %(new)s") % words
    if change.kind == "removed":
        return t.gettext("%(name)s: %(field)s: removed %(old)s") % words
    if change.kind != "changed":
        return None
    return t.gettext("%(name)s: %(field)s: now %(new)s, was %(old)s") % words


def _both(change: Change, formatter: ValueFormatter) -> dict[str, str]:
    """The words for a part after the change and before it."""
    words = {}
    if change.old is not None:
        words["old"] = part_words(change.path, change.old, change, formatter, before=True) or ""
    if change.new is not None:
        words["new"] = part_words(change.path, change.new, change, formatter) or ""
    return words


def _kept_sentence(change: Change, formatter: ValueFormatter, name: str) -> str | None:
    """Whether a promise was kept, with its target, and how often it was kept before."""
    t, target = formatter.t, kept_target(change, formatter.sides)
    words = {"name": name, "request": formatter.quoted(change.path[3])} | _both(change, formatter)
    if change.kind == "removed":
        return t.gettext("%(name)s: %(request)s: no longer says how often it was kept, was %(old)s") % words
    verdict = kept_verdict(change, formatter.sides)
    if verdict is None or target is None:
        sentence = t.gettext("%(name)s: %(request)s: on time for %(new)s") % words
    elif verdict == "missed":
        words["target"] = t.percent(target)
        sentence = (
            t.gettext("%(name)s: %(request)s: promise missed: %(new)s, promised for %(target)s") % words
        )
    else:
        words["target"] = t.percent(target)
        sentence = t.gettext("%(name)s: %(request)s: promise kept: %(new)s, promised for %(target)s") % words
    if change.old is None:
        return sentence
    return t.gettext("%(sentence)s; before: %(old)s") % {"sentence": sentence, "old": words["old"]}


def _field(change: Change, formatter: ValueFormatter) -> str:
    """The name of the list with a part."""
    holder, shape = part_and_shape(Charter, change.path[:-1])
    return field_name(holder, shape.key, formatter.t)
