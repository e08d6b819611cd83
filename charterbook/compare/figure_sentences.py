"""Sentences about figures and money: actuals, targets, baselines, amounts and totals."""

from __future__ import annotations

from charterbook.charter import Charter
from charterbook.compare.budget_periods import Pair
from charterbook.compare.comparability import amounts_of
from charterbook.compare.field_names import field_name, part_and_shape
from charterbook.compare.other_units import counted_in
from charterbook.compare.value_text import ValueFormatter
from charterbook.diff import Change, Data
from charterbook.i18n import N_


def actual(change: Change, formatter: ValueFormatter) -> str | None:
    """The sentence of a changed actual."""
    if _is_same(change, formatter) and "date" in change.new:
        shown = formatter.figure(change, change.new)
        words = {
            "name": formatter.item(change),
            "new": noted(dated(shown, change.new, change, formatter), change.new, change, formatter),
        }
        if change.new["date"] != change.old.get("date"):
            return formatter.t.gettext("%(name)s: still %(new)s") % words
    return _figure(
        change,
        formatter,
        formatter.t.gettext("%(name)s: now %(new)s, was %(old)s"),
        formatter.t.gettext("%(name)s: first value: %(new)s"),
        formatter.t.gettext("%(name)s: value removed, was %(old)s"),
    )


def target(change: Change, formatter: ValueFormatter) -> str | None:
    """The sentence of a changed target."""
    return _figure(
        change,
        formatter,
        formatter.t.gettext("%(name)s: the target is now %(new)s, was %(old)s"),
        formatter.t.gettext("%(name)s: first target: %(new)s"),
        formatter.t.gettext("%(name)s: target removed, was %(old)s"),
    )


def baseline(change: Change, formatter: ValueFormatter) -> str | None:
    """The sentence of a changed baseline."""
    return _figure(
        change,
        formatter,
        formatter.t.gettext("%(name)s: the baseline is now %(new)s, was %(old)s"),
        formatter.t.gettext("%(name)s: first baseline: %(new)s"),
        formatter.t.gettext("%(name)s: baseline removed, was %(old)s"),
    )


def _figure(change: Change, formatter: ValueFormatter, other: str, first: str, none: str) -> str:
    """The sentence of a changed figure; about its date or note if the value is equal."""
    words = {"name": formatter.item(change)}
    same = _is_same(change, formatter)
    for key, figure in (("old", change.old), ("new", change.new)):
        if figure:
            shown = formatter.figure(change, figure, before=key == "old")
            if same or change.path[2] == "target":
                shown = dated(shown, figure, change, formatter)
            words[key] = noted(shown, figure, change, formatter)
    if same and change.old.get("date") == change.new.get("date"):
        part, shape = part_and_shape(Charter, change.path)
        words["field"] = field_name(part, shape.key, formatter.t)
        return _note(change, words, formatter)
    return (other if change.old and change.new else first if change.new else none) % words


def _note(change: Change, words: dict[str, str], formatter: ValueFormatter) -> str:
    """The sentence of a note on a figure that is otherwise equal."""
    for key, figure in (("old", change.old), ("new", change.new)):
        if "note" in figure:
            words[key] = formatter.quoted(figure["note"])
    if "note" not in change.old:
        return formatter.t.gettext("%(name)s: note on %(field)s added: %(new)s") % words
    if "note" not in change.new:
        return formatter.t.gettext("%(name)s: note on %(field)s removed, was %(old)s") % words
    return formatter.t.gettext("%(name)s: note on %(field)s is now %(new)s, was %(old)s") % words


def noted(shown: str, figure: Data, change: Change, formatter: ValueFormatter) -> str:
    """A figure with its note, if the other side has another one or none. A note on an earlier result says nothing now."""
    is_old = figure is change.old
    other = (change.new if is_old else change.old) or {}
    is_new = "note" in figure and figure["note"] != other.get("note")
    if is_old and change.path[2] == "actual" and not _is_same_day(change):
        return shown
    return f"{shown} ({formatter.quoted(figure['note'])})" if is_new else shown


def _is_same_day(change: Change) -> bool:
    """Whether a figure has an equal value on the same day, so that only its note differs."""
    return change.kind == "changed" and all(
        change.old.get(key) == change.new.get(key) for key in ("value", "date")
    )


def _is_same(change: Change, formatter: ValueFormatter) -> bool:
    """Whether a figure has an equal value in the same unit and currency."""
    if change.kind != "changed" or change.old["value"] != change.new["value"]:
        return False
    return _is_counted_alike(change, formatter)


def _is_counted_alike(change: Change, formatter: ValueFormatter) -> bool:
    """Whether the figures of a metric have the unit and currency of before."""
    path, sides = change.path[:2], formatter.sides
    return counted_in(sides.former(change, path), sides.old) == counted_in(sides.after(path), sides.new)


def dated(shown: str, figure: Data, change: Change, formatter: ValueFormatter) -> str:
    """A figure with its date: the deadline of a target, the day of measurement of any other."""
    if "date" not in figure:
        return shown
    words = {"figure": shown, "date": formatter.t.date(figure["date"])}
    if change.path[2] == "target":
        return formatter.t.gettext("%(figure)s by %(date)s") % words
    return formatter.t.gettext("%(figure)s on %(date)s") % words


def redefined(change: Change, formatter: ValueFormatter) -> str | None:
    """The sentence of a new definition: earlier figures are not comparable; it lists the unchanged ones."""
    t, metric = formatter.t, formatter.sides.after(change.path[:2])
    before = formatter.sides.former(change, change.path[:2])
    sentence = t.gettext(
        "%(name)s: redefined (definition %(new)s, was %(old)s); earlier values are not comparable"
    ) % {"name": formatter.item(change), "new": change.new, "old": change.old}
    parts = [
        t.gettext(message) % {"figure": formatter.figure(change, metric[key])}
        for key, message in _FIGURES.items()
        if key in metric and metric[key] == before.get(key) and _is_counted_alike(change, formatter)
    ]
    return "; ".join([sentence, *parts])


#: Messages for the unchanged figures of a redefined metric; changed ones have their own sentences.
_FIGURES = {
    "baseline": N_("baseline still %(figure)s"),
    "target": N_("target still %(figure)s"),
    "actual": N_("actual still %(figure)s"),
}


def total(change: Change, formatter: ValueFormatter) -> str | None:
    """The sum of all sources, with the difference in percent if both are comparable."""
    t, pair = formatter.t, amounts_of(change, formatter.sides)
    words = {side: t.money(one.value, one.currency) for side, one in (("old", pair.old), ("new", pair.new))}
    words |= {"old_period": pair.old.period or "–", "new_period": pair.new.period or "–"}
    if pair.old.period == pair.new.period:
        sentence = t.gettext("The whole budget is now %(new)s, was %(old)s") % words
    else:
        message = t.gettext("The whole budget is now %(new)s (%(new_period)s), was %(old)s (%(old_period)s)")
        sentence = message % words
    return _with_growth(_with_basis(sentence, pair, formatter), pair, formatter)


def _with_basis(sentence: str, pair: Pair, formatter: ValueFormatter) -> str:
    """Append the amounts per year, or why they are not comparable, to a sentence about two amounts."""
    t, reason = formatter.t, pair.reason(formatter.t.gettext)
    if reason is not None:
        return t.gettext("%(sentence)s; not compared: %(reason)s") % {"sentence": sentence, "reason": reason}
    if pair.is_direct or pair.values is None:
        return sentence
    old, new = (t.money(value, pair.new.currency) for value in pair.values)
    return t.gettext("%(sentence)s; per year: %(new)s, was %(old)s") % {
        "sentence": sentence,
        "old": old,
        "new": new,
    }


def _with_growth(sentence: str, pair: Pair, formatter: ValueFormatter) -> str:
    """Append the difference in percent to a sentence about two amounts."""
    if not pair.growth or pair.percent is None:
        return sentence
    words = {"sentence": sentence, "share": formatter.t.percent(pair.percent)}
    if pair.growth > 0:
        return formatter.t.gettext("%(sentence)s (+%(share)s)") % words
    return formatter.t.gettext("%(sentence)s (−%(share)s)") % words


def amount(change: Change, formatter: ValueFormatter) -> str | None:
    """The sentence of an amount with a new period, with amounts per year if the length differs."""
    if change.kind != "changed":
        return None
    pair = amounts_of(change, formatter.sides)
    if pair.old.period == pair.new.period:
        return None
    words = {
        "name": formatter.item(change),
        "old": formatter.amount(change.path, change.old, before=True),
        "new": formatter.amount(change.path, change.new),
        "old_period": pair.old.period or "–",
        "new_period": pair.new.period or "–",
    }
    message = formatter.t.gettext(
        "%(name)s: amount is now %(new)s (%(new_period)s), was %(old)s (%(old_period)s)"
    )
    return _with_basis(message % words, pair, formatter)
