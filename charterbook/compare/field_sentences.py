"""The sentence of a changed field: a value, a text, or a list."""

from __future__ import annotations

from charterbook.compare.effective_values import is_default_in_words, values_in_force
from charterbook.compare.list_diff import list_diff
from charterbook.compare.quoted_text import shortened
from charterbook.compare.value_text import ValueFormatter
from charterbook.diff import Change
from charterbook.i18n import N_, Translator


def _value(change: Change, words: dict[str, str], formatter: ValueFormatter) -> str:
    t = formatter.t
    if change.old is not None:
        words["old"] = formatter.in_sentence(change.path, change.old, before=True)
    if change.new is not None:
        words["new"] = formatter.in_sentence(change.path, change.new)
    if change.kind == "added":
        return t.gettext("%(name)s: %(field)s added: %(new)s") % words
    if change.kind == "removed":
        return t.gettext("%(name)s: %(field)s removed, was %(old)s") % words
    return t.gettext("%(name)s: %(field)s is now %(new)s, was %(old)s") % words


def in_force_sentence(change: Change, words: dict[str, str], formatter: ValueFormatter) -> str | None:
    """The sentence of a value that one side leaves to its default; None if there is no default."""
    t, values = formatter.t, values_in_force(change, formatter.sides)
    if values is None:
        return None
    words["old"] = formatter.in_sentence(change.path, values[0], before=True)
    words["new"] = formatter.in_sentence(change.path, values[1])
    if not is_default_in_words(change, formatter.sides):
        return t.gettext("%(name)s: %(field)s: now %(new)s, was %(old)s") % words
    if change.new:
        return t.gettext("%(name)s: %(field)s: still %(new)s, now written out") % words
    return t.gettext("%(name)s: %(field)s: still %(new)s, no longer written out") % words


def _text(change: Change, words: dict[str, str], t: Translator) -> str:
    if change.kind == "added":
        return t.gettext("%(name)s: %(field)s added") % words
    if change.kind == "removed":
        return t.gettext("%(name)s: %(field)s removed") % words
    return t.gettext("%(name)s: %(field)s changed") % words


def _invisible_change(change: Change, words: dict[str, str], t: Translator) -> str:
    """The sentence of a change that readers cannot see."""
    if _are_texts(change.old) and list_diff(change.old, change.new).moved:
        return t.gettext("%(name)s: %(field)s: reordered") % words
    return t.gettext("%(name)s: %(field)s: only spaces, line breaks or invisible characters differ") % words


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _texts(change: Change, words: dict[str, str], formatter: ValueFormatter) -> str:
    """The sentence of a list of texts, text by text."""
    t, found = formatter.t, list_diff(change.old, change.new)
    edited = [after for _, after in found.edited]
    moved = [after for after in sorted(found.moved) if after not in edited]
    parts = [
        t.gettext(message) % {"items": formatter.listed(formatter.quoted(shortened(text)) for text in texts)}
        for message, texts in (
            (N_("edited %(items)s"), [change.new[after] for after in edited]),
            (N_("added %(items)s"), [change.new[after] for after in found.added]),
            (N_("removed %(items)s"), [change.old[before] for before in found.removed]),
            (N_("moved %(items)s"), [change.new[after] for after in moved]),
        )
        if texts
    ]
    return t.gettext("%(name)s: %(field)s: %(changes)s") % (words | {"changes": "; ".join(parts)})


def _list(change: Change, words: dict[str, str], formatter: ValueFormatter) -> str:
    t = formatter.t
    sides = [(change.old, change.new), (change.new, change.old)]
    removed, added = ([value for value in here if value not in there] for here, there in sides)
    parts = []
    if added:
        parts.append(t.gettext("added %(items)s") % {"items": formatter.value(change.path, added)})
    if removed:
        parts.append(
            t.gettext("removed %(items)s") % {"items": formatter.value(change.path, removed, before=True)}
        )
    return t.gettext("%(name)s: %(field)s: %(changes)s") % (words | {"changes": "; ".join(parts)})
