"""Sentences about figures and money: what a metric measured, what it is to reach, what is paid."""

from __future__ import annotations

from fractions import Fraction

from charterbook.charter import Charter
from charterbook.compare.field_names import field_name, part_and_shape
from charterbook.compare.value_text import Speech
from charterbook.diff import Change, Data
from charterbook.exact_numbers import ratio
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
    """The sum of all sources, with the difference in percent where both are for the same time."""
    own = speech.own
    old, new = (own.money(side["amount"], side["currency"]) for side in (change.old, change.new))
    if change.old["currency"] != change.new["currency"] or change.old["period"] != change.new["period"]:
        words = {"old": old, "new": new}
        words |= {
            f"{key}_period": side["period"] or "–" for key, side in (("old", change.old), ("new", change.new))
        }
        return (
            own.gettext("The whole budget is now %(new)s (%(new_period)s), was %(old)s (%(old_period)s)")
            % words
        )
    said = own.gettext("The whole budget is now %(new)s, was %(old)s") % {"new": new, "old": old}
    if not change.old["amount"]:
        return said
    percent = own.percent(_rounded(abs(ratio(change.new["amount"]) / ratio(change.old["amount"]) - 1) * 100))
    if change.new["amount"] > change.old["amount"]:
        return own.gettext("%(sentence)s: %(share)s more") % {"sentence": said, "share": percent}
    return own.gettext("%(sentence)s: %(share)s less") % {"sentence": said, "share": percent}


def _rounded(share: Fraction) -> float:
    """A share to one decimal; to as many as it takes to be neither nothing nor all where it is not."""
    for places in range(1, 16):
        found = round(share, places)
        if found == share or found not in (0, 100):
            return float(found)
    return float(share)


def amount(change: Change, speech: Speech) -> str | None:
    """An amount names its period where that changed, too: it is no longer the same kind of amount."""
    source, sides = change.path[:-1], speech.sides
    periods = [
        _period(sides.former(change, source) or {}, sides.old.funding.period),
        _period(sides.after(source) or {}, sides.new.funding.period),
    ]
    if change.kind != "changed" or periods[0] == periods[1]:
        return None
    words = {
        "name": speech.item(change),
        "old": speech.money(change.old, before=True),
        "new": speech.money(change.new),
        "old_period": periods[0] or "–",
        "new_period": periods[1] or "–",
    }
    return (
        speech.own.gettext(
            "%(name)s: the amount is now %(new)s (%(new_period)s), was %(old)s (%(old_period)s)"
        )
        % words
    )


def _period(source: Data, general: str | None) -> str | None:
    return source.get("period") or general
