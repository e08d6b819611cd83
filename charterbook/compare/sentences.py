"""The sentence of a change: general sentences. For special ones see `sentence_rules`."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from charterbook.charter import Charter
from charterbook.charter.base import Item
from charterbook.charter.model_shape import Shape, shapes
from charterbook.charter.working_calendar import DEFAULT_CALENDAR
from charterbook.compare.comparability import incomparable, only_rewritten
from charterbook.compare.comparison import Direction
from charterbook.compare.field_names import (
    TITLES,
    field_in_sentence,
    field_name,
    part_and_shape,
    section_title,
)
from charterbook.compare.field_sentences import (
    _invisible_change,
    _list,
    _text,
    _texts,
    _value,
    in_force_sentence,
)
from charterbook.compare.item_terms import with_terms
from charterbook.compare.list_order import longest_common_order
from charterbook.compare.lookup import Sides, item_of
from charterbook.compare.part_sentences import PARTS, part
from charterbook.compare.sentence_rules import SPECIAL, rewritten
from charterbook.compare.severity import fits
from charterbook.compare.text_changes import same_to_readers
from charterbook.compare.value_text import ValueFormatter
from charterbook.diff import Change, Data, Path
from charterbook.i18n import N_, Translator

_NEW = {
    "services": N_("New service: %(name)s"),
    "audiences": N_("New audience: %(name)s"),
    "metrics": N_("New metric: %(name)s"),
    "sources": N_("New funding source: %(name)s"),
    "routes": N_("New way to ask: %(name)s"),
    "priorities": N_("New priority: %(name)s"),
    "out": N_("Now out of scope: %(name)s"),
    "later": N_("Now listed as not offered yet: %(name)s"),
    "shared": N_("Now shared with another team: %(name)s"),
    "objectives": N_("New objective: %(name)s"),
    "meetings": N_("A review was held on %(name)s"),
    "actions": N_("New action: %(name)s"),
    "roles": N_("New role: %(name)s"),
    "partners": N_("New partner: %(name)s"),
    "platforms": N_("New platform: %(name)s"),
    "roadmap": N_("New roadmap step: %(name)s"),
    "risks": N_("New risk: %(name)s"),
    "decisions": N_("New decision: %(name)s"),
    "glossary": N_("New term: %(name)s"),
    "sections": N_("New section: %(name)s"),
    "groups": N_("New group of readers: %(name)s"),
}

_REMOVED = {
    "services": N_("Service removed: %(name)s"),
    "audiences": N_("Audience removed: %(name)s"),
    "metrics": N_("Metric removed: %(name)s"),
    "sources": N_("Funding source removed: %(name)s"),
    "routes": N_("Way to ask removed: %(name)s"),
    "priorities": N_("Priority removed: %(name)s"),
    "out": N_("No longer out of scope: %(name)s"),
    "later": N_("No longer listed as not offered yet: %(name)s"),
    "shared": N_("No longer shared with another team: %(name)s"),
    "objectives": N_("Objective removed: %(name)s"),
    "meetings": N_("The review held on %(name)s was removed"),
    "actions": N_("Action removed: %(name)s"),
    "roles": N_("Role removed: %(name)s"),
    "partners": N_("Partner removed: %(name)s"),
    "platforms": N_("Platform removed: %(name)s"),
    "roadmap": N_("Roadmap step removed: %(name)s"),
    "risks": N_("Risk removed: %(name)s"),
    "decisions": N_("Decision removed: %(name)s"),
    "glossary": N_("Term removed: %(name)s"),
    "sections": N_("Section removed: %(name)s"),
    "groups": N_("Group of readers removed: %(name)s"),
}

_DIRECTIONS: dict[Direction, str] = {
    "weaker": N_("weaker"),
    "stronger": N_("stronger"),
    "easier": N_("easier"),
    "harder": N_("harder"),
    "more": N_("more"),
    "less": N_("less"),
    "better": N_("better"),
    "worse": N_("worse"),
}

#: The path with a sentence that states the direction itself.
_STATES_DIRECTION = ("funding", "total")

#: Maximum number of moved elements to name, and length of a quoted text in characters.
_NAMED = 3


def sentence(
    change: Change, direction: Direction | None, sides: Sides, t: Translator, *, whole: bool = True
) -> str:
    """A change in plain words. The text quotes the charters and is untrusted: escape it before output.

    `whole` says whether a changed text was compared word by word completely.
    """
    text = _sentence(change, ValueFormatter.of(change, sides, t))
    if not whole:
        return t.gettext("%(sentence)s (too long for a full word-by-word comparison)") % {"sentence": text}
    if incomparable(change, sides):
        return t.gettext("%(sentence)s (cannot be compared)") % {"sentence": text}
    if direction is None or change.path == _STATES_DIRECTION:
        return text
    return t.gettext("%(sentence)s (%(direction)s)") % {
        "sentence": text,
        "direction": t.gettext(_DIRECTIONS[direction]),
    }


def label_of(change: Change, sides: Sides, t: Translator) -> str:
    """The name of the subject of a change: an item, a section, or the charter."""
    item = item_of(change.path)
    if item is not None:
        return sides.name(*item, t)
    return section_title(change.path[0] if change.path[0] in TITLES else "charter", t)


def _sentence(change: Change, formatter: ValueFormatter) -> str:
    if only_rewritten(change, formatter.sides) and isinstance(change.new, dict):
        return rewritten(change, formatter)
    special = _special(change, formatter)
    if special is not None:
        return special
    if change.kind in ("split", "merged"):
        return _regrouped(change, formatter)
    if change.kind == "moved":
        return _moved(change, formatter)
    if change.at is not None:
        return _item(change, formatter)
    section = _section(change, formatter)
    return section or _field(change, formatter)


def _special(change: Change, formatter: ValueFormatter) -> str | None:
    """The sentence of a part that is described as a whole, or of a path that has special sentences."""
    if change.path[-1] == "visible_to":
        return _readers(change, formatter)
    phrase = None
    if any(fits(pattern, change.path) for pattern in PARTS):
        phrase = part(change, formatter, _name(change, formatter))
    for pattern, say in SPECIAL:
        if phrase is None and fits(pattern, change.path):
            phrase = say(change, formatter)
    return phrase


def _readers(change: Change, formatter: ValueFormatter) -> str:
    """The sentence of a part that other groups of readers see: a mark hides it from all others."""
    t, name, path = formatter.t, _name(change, formatter), change.path
    if fits("services.*.service_levels.*.visible_to", path):
        name = f"{name}: {formatter.quoted(path[3])}"
    elif fits("review.sign_offs.*.visible_to", path):
        name = f"{name}: {formatter.sides.label(('roles',), path[2])}"
    elif fits("review.meetings.*.decisions.*.visible_to", path):
        name = f"{name}: {path[4]}"
    words = {
        "name": name,
        "new": formatter.value(change.path, change.new or ()),
        "old": formatter.value(change.path, change.old or (), before=True),
    }
    if not change.new:
        return t.gettext("%(name)s: now visible to all readers; was only to %(old)s") % words
    if not change.old:
        return t.gettext("%(name)s: now visible only to %(new)s; was to all readers") % words
    return t.gettext("%(name)s: now visible only to %(new)s; was only to %(old)s") % words


def _item(change: Change, formatter: ValueFormatter) -> str:
    """The sentence of a list element that was added, removed or renamed."""
    t, kind = formatter.t, change.path[-2]
    if change.kind == "renamed":
        names = [_label(change.path, data, t) for data in (change.old, change.new)]
        if names[0] != names[1]:
            return t.gettext("“%(old)s” is now called “%(new)s”") % {"old": names[0], "new": names[1]}
        words = {"name": names[0], "new": change.new["id"], "old": change.old["id"]}
        return t.gettext("%(name)s: id is now %(new)s, was %(old)s") % words
    messages = _NEW if change.kind == "added" else _REMOVED
    text = t.gettext(messages[kind]) % {"name": _label(change.path, change.new or change.old, t)}
    return with_terms(text, change, formatter)


def _label(path: Path, data: Data, t: Translator) -> str:
    """The name of a list element alone; for a meeting, its day."""
    _, shape = part_and_shape(Charter, path)
    assert shape.part is not None
    name = data[shape.part.label_key] if issubclass(shape.part, Item) else path[-1]
    return t.date(name) if isinstance(name, datetime.date) else str(name)


def _regrouped(change: Change, formatter: ValueFormatter) -> str:
    """The sentence of a split or a merge, with the number of unchanged promises."""
    t = formatter.t
    names = [
        t.enumeration([_label((*change.path[:-1], item["id"]), item, t) for item in side])
        for side in (change.old, change.new)
    ]
    message = t.gettext("%(old)s was split into %(new)s")
    if change.kind == "merged":
        message = t.gettext("%(old)s were merged into %(new)s")
    text = message % {"old": names[0], "new": names[1]}
    unchanged = _unchanged_promises(change)
    if not unchanged:
        return text
    promises = t.ngettext("%(n)s promise is unchanged", "%(n)s promises are unchanged", unchanged) % {
        "n": t.number(unchanged)
    }
    return f"{text}; {promises}"


def _unchanged_promises(change: Change) -> int:
    """The number of promises that are equal before and after, except for the escalation."""
    sides = [
        {
            (level["request"], level["within"], level["unit"], level.get("target_share"))
            for item in side
            for level in item.get("service_levels", ())
        }
        for side in (change.old, change.new)
    ]
    return len(sides[0] & sides[1])


def _moved(change: Change, formatter: ValueFormatter) -> str:
    """The sentence of a changed order, with the moved elements if they are few."""
    t = formatter.t
    name = _place(change, formatter)
    elements = moved_elements(change.old, change.new) if isinstance(change.new, tuple) else []
    if not 0 < len(elements) <= _NAMED:
        return t.gettext("%(name)s: reordered") % {"name": name}
    items = formatter.listed(formatter.element(change.path, element) for element in elements)
    return t.gettext("%(name)s: reordered (moved: %(items)s)") % {"name": name, "items": items}


def moved_elements(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The smallest set of elements to move from one order to the other, in the newer order."""
    in_order = longest_common_order(old, new)
    return [element for element in new if element not in in_order]


def _place(change: Change, formatter: ValueFormatter) -> str:
    """The name of a list, with its item's name."""
    if change.path[-1] in TITLES and item_of(change.path) is None:
        return section_title(change.path[-1], formatter.t)
    model, shape = part_and_shape(Charter, change.path)
    return f"{_name(change, formatter)}: {field_name(model, shape.key, formatter.t)}"


def _name(change: Change, formatter: ValueFormatter) -> str:
    """The name of the subject of a change; both items for a value that moved to a successor."""
    if change.path[0] == "groups" and len(change.path) > 2:  # noqa: PLR2004
        group = formatter.sides.label(("groups",), change.path[1])
        return formatter.t.gettext("Group of readers %(name)s") % {"name": formatter.quoted(group)}
    return formatter.item(change) if item_of(change.path) else label_of(change, formatter.sides, formatter.t)


def _section(change: Change, formatter: ValueFormatter) -> str | None:
    """The sentence of a section, or a list inside one, that was added or removed as a whole; else None."""
    t, key = formatter.t, change.path[-1]
    if change.kind not in ("added", "removed") or key not in TITLES or item_of(change.path):
        return None
    _, shape = part_and_shape(Charter, change.path)
    if shape.part is None:
        return None
    message = t.gettext("New section: %(name)s") if change.new else t.gettext("Section removed: %(name)s")
    title = message % {"name": section_title(key, t)}
    value = change.new or change.old
    names = [
        _label((*path, item["id"]), item, t)
        for path, items in _lists(change.path, shape, value)
        for item in items
    ]
    words = [*_terms(key, value, formatter), *([formatter.listed(names)] if names else [])]
    return f"{title} ({'; '.join(words)})" if words else title


#: The values of sections that are promises or targets, in the order of their sentence.
_TERMS = {
    "calendar": ("days", "hours"),
    "capacity": ("posts", "hours_per_quarter"),
    "maturity": ("aim", "by"),
    "review": ("cadence",),
}


def _terms(section: str, value: Any, formatter: ValueFormatter) -> Iterator[str]:
    """What a section promises, with the names of its fields; without working days that are the default."""
    for key in _TERMS.get(section, ()):
        stated = value.get(key)
        if stated in (None, []) or (key == "days" and {*stated} == {*DEFAULT_CALENDAR.working_days}):
            continue
        model, _ = part_and_shape(Charter, (section, key))
        words = formatter.value((section, key), stated)
        yield f"{field_in_sentence(model, key, formatter.t)}: {words}"


def _lists(path: Path, shape: Shape, value: Any) -> Iterator[tuple[Path, Sequence[Data]]]:
    """The lists of items of a section: the section itself, or those inside it."""
    assert shape.part is not None
    if shape.is_list:
        if issubclass(shape.part, Item):
            yield path, value
        return
    for inner in shapes(shape.part).values():
        if inner.part and inner.is_list:
            yield from _lists((*path, inner.key), inner, value.get(inner.key, ()))


def _field(change: Change, formatter: ValueFormatter) -> str:
    t = formatter.t
    model, shape = part_and_shape(Charter, change.path)
    if issubclass(model, Item) and shape.key == model.label_key and shape.kind != "date":
        return t.gettext("“%(old)s” is now called “%(new)s”") % {"old": change.old, "new": change.new}
    words = {"name": _name(change, formatter), "field": field_in_sentence(model, shape.key, t)}
    if fits("review.meetings.*.decisions.*.*", change.path):
        words["field"] = f"{change.path[4]}: {words['field']}"
    if same_to_readers(change):
        return _invisible_change(change, words, t)
    effective = in_force_sentence(change, words, formatter)
    if effective is not None:
        return effective
    if shape.is_list and change.kind == "changed":
        return (_texts if shape.kind == "text" else _list)(change, words, formatter)
    return _text(change, words, t) if shape.kind in ("text", "mapping") else _value(change, words, formatter)
