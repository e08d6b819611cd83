"""Changed texts: visibility of the difference, and word diffs."""

from __future__ import annotations

from typing import Any

from charterbook.charter import Charter
from charterbook.charter.model_shape import Shape
from charterbook.compare.durations import standard
from charterbook.compare.field_names import part_and_shape
from charterbook.compare.list_diff import list_diff, list_segments
from charterbook.compare.severity import fits
from charterbook.compare.text_equality import looks_equal, words_of
from charterbook.compare.textdiff import TextDiff, WordBudget, visible_diff
from charterbook.diff import Change

#: Fields in which every character matters.
_EXACT = ("unit", "formula")

_NONE = TextDiff(())


def same_to_readers(change: Change) -> bool:
    """Whether a value differs only in white space, invisible characters and Unicode forms.

    A list of texts can also differ in order. A value that is written as before counts something else: readers see that.
    """
    if change.kind != "changed" or change.old == change.new:
        return False
    if _is_list_of_texts(change):
        found = list_diff(change.old, change.new)
        return not (found.edited or found.added or found.removed)
    return looks_equal(change.old, change.new)


def same_in_words(change: Change) -> bool:
    """Whether a value differs only in capitals and punctuation."""
    if change.kind != "changed" or change.old == change.new or not _has_words(change):
        return False
    if _is_list_of_texts(change):
        found = list_diff(change.old, change.new)
        pairs = ((change.old[before], change.new[after]) for before, after in found.edited)
        return not (found.added or found.removed) and all(
            words_of(one) == words_of(other) for one, other in pairs
        )
    return alike(change.old, change.new)


def alike(old: Any, new: Any) -> bool:
    """Whether two values are equal except for capitals, punctuation and the unit of a length of time."""
    return bool(in_words(old) == in_words(new))


def text_diff(change: Change, budget: WordBudget | None = None) -> TextDiff:
    """A word diff of a changed text or list of texts; empty for anything else.

    A change note is new in each version, so it is not compared.
    """
    texts = own_texts(change)
    if texts is not None:
        return _NONE if looks_equal(*texts) else visible_diff(*texts, budget)
    if change.kind != "changed" or not is_text(change) or change.path == ("change_note",):
        return _NONE
    if isinstance(change.old, list):
        found = list_diff(change.old, change.new)
        return _NONE if same_to_readers(change) else list_segments(change.old, change.new, found, budget)
    return _NONE if same_to_readers(change) else visible_diff(change.old, change.new, budget)


def own_texts(change: Change) -> tuple[str, str] | None:
    """Both texts of a field of the author's own with the same label; None for any other change."""
    if change.kind != "changed" or not fits("**.details.*", change.path):
        return None
    return (change.old["text"], change.new["text"]) if change.old["label"] == change.new["label"] else None


def is_text(change: Change) -> bool:
    """Whether a longer text changed, rather than a name, a figure or a choice."""
    return _shape(change).kind == "text"


def _is_list_of_texts(change: Change) -> bool:
    return isinstance(change.old, list) and _shape(change).kind in ("text", "line")


def _has_words(change: Change) -> bool:
    shape = _shape(change)
    return shape.kind in ("text", "line", "mapping") and shape.key not in _EXACT


def _shape(change: Change) -> Shape:
    if change.path == ("funding", "total"):
        return Shape("total", "number")
    return part_and_shape(Charter, change.path)[1]


def in_words(value: Any) -> Any:
    """A value without capitals, punctuation and the unit of a length of time."""
    if isinstance(value, str):
        return words_of(value)
    if not isinstance(value, dict):
        return value
    length = {"within": standard(value["within"], value["unit"]), "unit": None} if "within" in value else {}
    return {key: in_words(one) for key, one in value.items()} | length
