"""Resolve the name of an item or section for a log: `services/onboarding`, an id alone, or a section."""

from __future__ import annotations

from difflib import get_close_matches

from charterbook.charter import ITEM_LISTS, SECTIONS
from charterbook.errors import CharterbookError
from charterbook.log.collect_histories import NO_PAGE, ItemHistories
from charterbook.log.item_history import ItemHistory

#: Maximum number of suggested names, and their minimum similarity (1 is equal).
_MAX_SUGGESTIONS, _MIN_SIMILARITY = 3, 0.75


def find_item_history(histories: ItemHistories, name: str) -> ItemHistory:
    """The history with this name.

    Raises CharterbookError with suggestions for an unknown name, and with all matches for an ambiguous one.
    """
    word = name.strip().strip("/")
    kind, slash, id_ = word.partition("/")
    if slash and kind in ITEM_LISTS:
        return histories.item(kind, id_) or _miss(histories, name, word)
    if word in (*SECTIONS, *NO_PAGE):
        return _section(histories, word)
    found = sorted({histories.now(item) for item in histories.items if item[1] == word})
    if len(found) > 1:
        names = ", ".join(map("/".join, found))
        raise CharterbookError(f"{name}: there are several items with this id: {names}.")
    return (histories.item(*found[0]) if found else None) or _miss(histories, name, word)


def _section(histories: ItemHistories, key: str) -> ItemHistory:
    item_history = histories.section(key)
    if not item_history.entries:
        raise CharterbookError(f"{key}: no version has this section.")
    return item_history


def _miss(histories: ItemHistories, name: str, word: str) -> ItemHistory:
    near = _similar_names(word, histories)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    raise CharterbookError(f"{name}: no version has an item or a section of this name.{hint}")


def _similar_names(word: str, histories: ItemHistories) -> list[str]:
    """Similar names: sections, and items by their ids with or without the kind."""
    known = {section: [section] for section in SECTIONS}
    for kind, id_ in sorted(histories.items):
        for name in (id_, f"{kind}/{id_}"):
            known.setdefault(name, []).append(f"{kind}/{id_}")
    near = get_close_matches(word, known, n=_MAX_SUGGESTIONS, cutoff=_MIN_SIMILARITY)
    return list(dict.fromkeys(name for one in near for name in known[one]))[:_MAX_SUGGESTIONS]
