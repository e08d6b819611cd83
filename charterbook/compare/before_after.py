"""Both values of a change in words, for a side-by-side view.

A changed text has no such values: it is shown as a word diff. An added or removed part is shown by its description.
"""

from __future__ import annotations

from typing import Any

from charterbook.charter import Charter
from charterbook.compare.effective_values import values_in_force
from charterbook.compare.field_names import part_and_shape
from charterbook.compare.figure_sentences import dated, noted
from charterbook.compare.lookup import Sides
from charterbook.compare.part_sentences import part_words
from charterbook.compare.severity import fits
from charterbook.compare.sign_off_sentences import decision_words
from charterbook.compare.text_changes import own_texts
from charterbook.compare.value_text import ValueFormatter
from charterbook.diff import Change, Data
from charterbook.i18n import Translator

#: Keys that describe a part, most descriptive first.
_DESCRIPTIONS = (
    "summary",
    "meaning",
    "definition",
    "text",
    "does",
    "expects",
    "why",
    "how",
    "purpose",
    "mitigation",
    "gives",
    "gets",
    "serves",
    "ours",
    "note",
)

_Pair = tuple[str | None, str | None]


def before_and_after(change: Change, sides: Sides, t: Translator) -> _Pair:
    """The value before and the value after in words, None if there is nothing to show."""
    formatter = ValueFormatter.of(change, sides, t)
    if change.path == ("change_note",):
        return None, None
    if change.kind in ("added", "removed"):
        return _shown_value(change, change.old), _shown_value(change, change.new)
    if change.kind == "moved":
        return _orders(change, formatter)
    if change.kind != "changed" or own_texts(change) is not None:
        return None, None
    old, new = values_in_force(change, sides) or (change.old, change.new)
    return _value(change, old, formatter, True), _value(change, new, formatter, False)


def _shown_value(change: Change, value: Any) -> str | None:
    """The description of a part, or a text as written; short values are in the sentence already."""
    if isinstance(value, dict):
        return next((str(value[key]) for key in _DESCRIPTIONS if value.get(key)), None)
    if not value or part_and_shape(Charter, change.path)[1].kind != "text":
        return None
    return "\n".join(value) if isinstance(value, list) else str(value)


def _orders(change: Change, formatter: ValueFormatter) -> _Pair:
    """Two orders of the same elements, if these have names."""
    if change.source or (
        not isinstance(change.new, tuple) and not part_and_shape(Charter, change.path)[1].refers
    ):
        return None, None
    if not isinstance(change.new, tuple):
        return tuple(formatter.value(change.path, side) for side in (change.old, change.new))  # type: ignore[return-value]
    old, new = ([formatter.element(change.path, key) for key in side] for side in (change.old, change.new))
    return formatter.listed(old), formatter.listed(new)


def _value(change: Change, value: Any, formatter: ValueFormatter, before: bool) -> str | None:
    t = formatter.t
    if value is None:
        return "–"
    if change.path == ("funding", "total"):
        return t.money(value["amount"], value["currency"])
    if isinstance(value, dict):
        return _mapping(change, value, formatter, before)
    if part_and_shape(Charter, change.path)[1].kind == "text":
        return None
    nothing = t.gettext("all readers") if change.path[-1] == "visible_to" else "–"
    return formatter.value(change.path, value, before=before) or nothing


def _mapping(change: Change, value: Data, formatter: ValueFormatter, before: bool) -> str:
    """A mapping described as a whole: a part, a length of time, a sign-off, a figure."""
    if sentence := part_words(change.path, value, change, formatter, before=before):
        return sentence
    if "within" in value:
        return formatter.t.duration(value["within"], value["unit"])
    if fits("review.sign_offs.*", change.path):
        return decision_words(value, change, formatter)
    return _figure(change, value, formatter, before)


def _figure(change: Change, value: Data, formatter: ValueFormatter, before: bool) -> str:
    """A metric's figure with its date, and with its note if that differs."""
    text = dated(formatter.figure(change, value, before=before), value, change, formatter)
    return noted(text, value, change, formatter)
