"""An id that once named something else.

An id carries an item's history and stands in addresses, so it is never used again. Warns of an item whose
id was gone in an earlier revision and belonged to an item of another name before. Needs the history.
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
    gone = _removed_ids(case.past or ())
    for kind in ITEM_LISTS:
        for index, item in enumerate(case.charter.items(kind)):
            former = gone.get((kind, item.id), item.label)
            if former != item.label:
                text = _('the id "%(id)s" belonged to "%(former)s", which has been removed')
                text %= {"id": item.id, "former": escape_terminal(former)}
                fix = _("Give the new item an id that has never been used.")
                yield Finding((*path_of(kind), index, "id"), text, fix)


def _removed_ids(past: Iterable[Charter]) -> dict[tuple[str, str], str]:
    """The ids that went once, with the name that the item had. One that came back as it was is none of them."""
    seen: dict[tuple[str, str], str] = {}
    gone: dict[tuple[str, str], str] = {}
    for charter in past:
        here = {(kind, item.id): item.label for kind, item in all_items(charter)}
        for key in seen.keys() - here.keys():
            gone.setdefault(key, seen[key])
        for key in gone.keys() & here.keys():
            if gone[key] == here[key]:
                del gone[key]
        seen |= here
    return gone


RULE = Rule(
    "id-reuse",
    "warning",
    N_("No id is reused for something else"),
    N_("An id carries a history: if it is reused, the new item inherits the past of the old one."),
    _check,
    needs="past",
)
