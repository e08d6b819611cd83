"""Reused ids.

An id carries an item's history and is part of addresses, so it is never reused. Warns about an item with an id that was
removed in an earlier revision and belonged to an item with a different name. Needs the history.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from charterbook.charter import ITEM_LISTS, Charter, all_items
from charterbook.i18n import N_
from charterbook.identity import path_of
from charterbook.problems import escape_terminal
from charterbook.rules.rule import Finding, Rule, RuleInput


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    removed = _removed_ids(case.past or ())
    for kind in ITEM_LISTS:
        for index, item in enumerate(case.charter.items(kind)):
            former = removed.get((kind, item.id), item.label)
            if former != item.label:
                text = _("the id “%(id)s” belonged to “%(former)s”, now removed")
                text %= {"id": item.id, "former": escape_terminal(former)}
                fix = _("Give the new item an id that has never been used.")
                yield Finding((*path_of(kind), index, "id"), text, fix)


def _removed_ids(past: Iterable[Charter]) -> dict[tuple[str, str], str]:
    """Removed ids, with the names of their items; without ids that returned with the same name."""
    seen: dict[tuple[str, str], str] = {}
    removed: dict[tuple[str, str], str] = {}
    for charter in past:
        current = {(kind, item.id): item.label for kind, item in all_items(charter)}
        for key in seen.keys() - current.keys():
            removed.setdefault(key, seen[key])
        for key in removed.keys() & current.keys():
            if removed[key] == current[key]:
                del removed[key]
        seen |= current
    return removed


RULE = Rule(
    "id-reuse",
    "warning",
    N_("No id is reused for something else"),
    N_("An id carries a history: if it is reused, the new item inherits the past of the old one."),
    _check,
    needs="past",
)
