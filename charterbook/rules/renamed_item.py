"""Renamed items without their former id.

Warns about an item with a new id that is otherwise an earlier one: both came and went in the same revision, and they
have the same name, or differ in nothing but their names. Without `was`, the item starts a new history, its addresses
lead to the past, and signers are asked to agree to a removal. Needs the history.

Only what is equal counts, so a finding is nearly certain. Comparisons also show items that are merely similar, as
guesses: `charterbook/diff/likely.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from charterbook.charter import ITEM_LISTS, Charter, Item
from charterbook.i18n import N_
from charterbook.identity import path_of
from charterbook.problems import escape_terminal
from charterbook.rules.rule import Finding, Rule, RuleInput

#: Keys that a renaming changes.
_NAMES = frozenset(["id", "was", "name", "term", "title", "what"])
#: The fewest equal values that show an item to be the same under another name.
_ENOUGH = 3


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    for kind in ITEM_LISTS:
        items = case.charter.items(kind)
        known = {id_ for item in items for id_ in (item.id, *item.was)}
        former = {
            new: old for new, old in _renamed(kind, [*(case.past or ()), case.charter]) if old.id not in known
        }
        for index, item in enumerate(items):
            if item.id in former and not item.was:
                old = former[item.id]
                named = {"name": escape_terminal(item.label), "former": escape_terminal(old.label)}
                text = _("“%(name)s” seems to be “%(former)s” under a new id") % named
                fix = _("If it is, add was: [%(id)s]: its history and its addresses then continue.") % {
                    "id": old.id
                }
                yield Finding((*path_of(kind), index, "id"), text, fix)


def _renamed(kind: str, charters: list[Charter]) -> Iterator[tuple[str, Item]]:
    """New ids, each with the item that it seems to replace. An id that returns is not new."""
    seen: set[str] = set()
    for before, after in pairwise(charters):
        old, new = ({item.id: item for item in one.items(kind)} for one in (before, after))
        seen |= old.keys()
        gone = [old[id_] for id_ in old.keys() - new.keys()]
        for id_ in new.keys() - seen if gone else ():
            same = [item for item in gone if _is_same(item, new[id_])]
            if len(same) == 1:
                yield id_, same[0]


def _is_same(old: Item, new: Item) -> bool:
    if old.label == new.label:
        return True
    values = [
        {key: value for key, value in one.model_dump(exclude_defaults=True).items() if key not in _NAMES}
        for one in (old, new)
    ]
    return values[0] == values[1] and len(values[0]) >= _ENOUGH


RULE = Rule(
    "renamed-item",
    "warning",
    N_("Renamed items keep their history"),
    N_(
        "An id identifies the history of an item and is part of its addresses: with a new one, both start again."
    ),
    _check,
    needs="past",
    advice=N_("If it is the same, record its former id: its history and its addresses then continue."),
)
