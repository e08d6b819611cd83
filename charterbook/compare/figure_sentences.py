"""Sentences about figures and money: what a metric measured, what it is to reach, what is paid."""

from __future__ import annotations

from charterbook.charter import Charter
from charterbook.compare.budget_periods import Pair
from charterbook.compare.direction import amounts_of
from charterbook.compare.field_names import field_name, part_and_shape
from charterbook.compare.value_text import Speech
from charterbook.diff import Change, Data
from charterbook.i18n import N_


def actual(change: Change, speech: Speech) -> str | None:
    """What a metric measured."""
    if _is_same(change, speech) and "date" in change.new:
        shown = speech.figure(change, change.new)
        words = {"name": speech.item(change), "new": dated(shown, change.new, change, speech)}
        if change.new["date"] != change.old.get("date"):
            return speech.own.gettext("%(name)s: still %(new)s") % words
    return _figure(
        change,
        speech,
        speech.own.gettext("%(name)s: now %(new)s, was %(old)s"),
        speech.own.gettext("%(name)s: first figure: %(new)s"),
        speech.own.gettext("%(name)s: no figure any more, was %(old)s"),
    )


def target(change: Change, speech: Speech) -> str | None:
    """What a metric is to reach."""
    return _figure(
        change,
        speech,
        speech.own.gettext("%(name)s: the target is now %(new)s, was %(old)s"),
        speech.own.gettext("%(name)s: first target: %(new)s"),
        speech.own.gettext("%(name)s: no target any more, was %(old)s"),
    )


def baseline(change: Change, speech: Speech) -> str | None:
    """Where a metric started."""
    return _figure(
        change,
        speech,
        speech.own.gettext("%(name)s: the baseline is now %(new)s, was %(old)s"),
        speech.own.gettext("%(name)s: first baseline: %(new)s"),
        speech.own.gettext("%(name)s: no baseline any more, was %(old)s"),
    )


def _figure(change: Change, speech: Speech, other: str, first: str, none: str) -> str:
    """A figure that changed. Where the value is the same, what is told is its day or its remark."""
    words = {"name": speech.item(change)}
    same = _is_same(change, speech)
    for key, figure in (("old", change.old), ("new", change.new)):
        if figure:
            shown = speech.figure(change, figure, before=key == "old")
            words[key] = dated(shown, figure, change, speech) if same or change.path[2] == "target" else shown
    if same and change.old.get("date") == change.new.get("date"):
        part, shape = part_and_shape(Charter, change.path)
        field = field_name(part, shape.key, speech.own)
        return speech.own.gettext("%(name)s: another remark on: %(field)s") % (words | {"field": field})
    return (other if change.old and change.new else first if change.new else none) % words


def _is_same(change: Change, speech: Speech) -> bool:
    """Whether a figure has the value that it had, in the same unit."""
    if change.kind != "changed" or change.old["value"] != change.new["value"]:
        return False
    path = change.path[:2]
    return bool(speech.sides.former(change, path)["unit"] == speech.sides.after(path)["unit"])


def dated(shown: str, figure: Data, change: Change, speech: Speech) -> str:
    """A figure with its day: by which a target is to be reached, on which anything else was measured."""
    if "date" not in figure:
        return shown
    words = {"figure": shown, "date": speech.own.date(figure["date"])}
    if change.path[2] == "target":
        return speech.own.gettext("%(figure)s by %(date)s") % words
    return speech.own.gettext("%(figure)s on %(date)s") % words


def redefined(change: Change, speech: Speech) -> str | None:
    """Why no figure of the metric is compared, and which are the same by the newer definition."""
    own, metric = speech.own, speech.sides.after(change.path[:2])
    before = speech.sides.former(change, change.path[:2])
    said = own.gettext(
        "%(name)s: defined anew (definition %(new)s, was %(old)s), so that earlier figures cannot be compared"
    ) % {"name": speech.item(change), "new": change.new, "old": change.old}
    parts = [
        own.gettext(message) % {"figure": speech.figure(change, metric[key])}
        for key, message in _FIGURES.items()
        if key in metric and metric[key] == before.get(key)
    ]
    return "; ".join([said, *parts])


#: What a metric that is defined anew still says of itself; what it says otherwise has a sentence of its own.
_FIGURES = {
    "baseline": N_("baseline still %(figure)s"),
    "target": N_("target still %(figure)s"),
    "actual": N_("actual still %(figure)s"),
}


def total(change: Change, speech: Speech) -> str | None:
    """The sum of all sources, with the difference in percent where both can be compared."""
    own, pair = speech.own, amounts_of(change, speech.sides)
    words = {side: own.money(one.value, one.currency) for side, one in (("old", pair.old), ("new", pair.new))}
    words |= {"old_period": pair.old.period or "–", "new_period": pair.new.period or "–"}
    if pair.old.period == pair.new.period and pair.old.currency == pair.new.currency:
        said = own.gettext("The whole budget is now %(new)s, was %(old)s") % words
    else:
        message = own.gettext(
            "The whole budget is now %(new)s (%(new_period)s), was %(old)s (%(old_period)s)"
        )
        said = message % words
    return _with_growth(_with_basis(said, pair, speech), pair, speech)


def _with_basis(said: str, pair: Pair, speech: Speech) -> str:
    """A sentence about two amounts, with what they are for a year, or why they cannot be compared."""
    own, reason = speech.own, pair.reason(speech.own.gettext)
    if reason is not None:
        return own.gettext("%(sentence)s; not compared: %(reason)s") % {"sentence": said, "reason": reason}
    if pair.is_direct or pair.values is None:
        return said
    old, new = (own.money(value, pair.new.currency) for value in pair.values)
    return own.gettext("%(sentence)s; for a year that is %(new)s, was %(old)s") % {
        "sentence": said,
        "old": old,
        "new": new,
    }


def _with_growth(said: str, pair: Pair, speech: Speech) -> str:
    """A sentence about two amounts, with the difference in percent."""
    if not pair.growth or pair.percent is None:
        return said
    words = {"sentence": said, "share": speech.own.percent(pair.percent)}
    if pair.growth > 0:
        return speech.own.gettext("%(sentence)s: %(share)s more") % words
    return speech.own.gettext("%(sentence)s: %(share)s less") % words


def amount(change: Change, speech: Speech) -> str | None:
    """An amount names its period where that changed, too, and what it is for a year where that is another length."""
    if change.kind != "changed":
        return None
    pair = amounts_of(change, speech.sides)
    if pair.old.period == pair.new.period:
        return None
    words = {
        "name": speech.item(change),
        "old": speech.money(change.old, before=True),
        "new": speech.money(change.new),
        "old_period": pair.old.period or "–",
        "new_period": pair.new.period or "–",
    }
    message = speech.own.gettext(
        "%(name)s: the amount is now %(new)s (%(new_period)s), was %(old)s (%(old_period)s)"
    )
    return _with_basis(message % words, pair, speech)
