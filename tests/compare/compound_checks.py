"""Invariants of splits, merges and moves with other edits: nothing is hidden, and no commitment is lost."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from charterbook.charter import Charter
from charterbook.charter.base import Item
from charterbook.compare import Statement, at_least
from charterbook.compare.field_names import part_and_shape
from charterbook.compare.lookup import value_at
from charterbook.diff import Path, apply, diff
from charterbook.identity import path_of
from tests import edits
from tests.compare.edited_pairs import commitments, edited, statements, without_order
from tests.edits import Compound, Data, charter, items, made


def compound_changes_hide_nothing(chance: Random) -> None:
    """A former item's value that a successor changed or that none has is reported like an edit in place."""
    data = made(chance)
    new = copy.deepcopy(data)
    done = edits.compound(chance, new)
    new = edited(chance, new, 6)
    old, now = charter(data), charter(new)
    assert apply(diff(old, now), old) == now
    found = statements(old, now)
    assert len({each.fingerprint for each in found}) == len(found)
    for (kind, id_), successors in done.successors.items():
        there = [(successor, item) for successor, item in _items_of(new, successors)]
        for successor, item in there:
            for each in _in_place(data, done, (kind, id_), item):
                _is_reported(each, kind, found, [one for other, one in there if other != successor], done)


def _items_of(data: Data, successors: tuple[tuple[str, str], ...]) -> Iterator[tuple[tuple[str, str], Data]]:
    for kind, id_ in successors:
        yield from (((kind, id_), item) for item in items(data, kind) if item["id"] == id_)


def _in_place(data: Data, done: Compound, former: tuple[str, str], successor: Data) -> tuple[Statement, ...]:
    """Statements for the former item with the successor's values and nothing else changed."""
    before, after = copy.deepcopy(data), copy.deepcopy(data)
    edits.refer_to_successors(before, done)
    edits.refer_to_successors(after, done)
    kind, id_ = former
    for index, item in enumerate(items(after, kind)):
        if item["id"] == id_:
            items(after, kind)[index] = copy.deepcopy(successor) | {"id": id_, "was": []}
    return statements(charter(before), charter(after))


def _is_reported(
    each: Statement, kind: str, found: tuple[Statement, ...], others: list[Data], done: Compound
) -> None:
    length = len(path_of(kind)) + 1
    rest = each.path[length:]
    if each.path == ("funding", "total") or not rest or each.kind in ("added", "moved"):
        return
    model = part_and_shape(Charter, each.path[: length + 1])[0]
    if (issubclass(model, Item) and rest[0] == model.label_key) or _is_dangling(each, done):
        return
    alike = [one for one in found if one.path[length:] == rest and at_least(one.severity, each.severity)]
    if isinstance(each.old, list) and each.kind == "changed":
        gone = [
            one
            for one in each.old
            if one not in each.new and not any(one in item[rest[0]] for item in others)
        ]
        assert all(any(value in one.old and value not in one.new for one in alike) for value in gone), each
    elif each.kind == "changed":
        assert any((one.old, one.new) == (each.old, each.new) for one in alike + _respelled(each, found)), (
            each
        )
    elif not any(_says(item, rest) for item in others):
        assert any(one.kind == "removed" and one.old == each.old for one in alike), each


def _is_dangling(each: Statement, done: Compound) -> bool:
    """Whether the new value refers to an item that has another id now, which the loader refuses."""
    refers = part_and_shape(Charter, each.path)[1].refers
    if refers is None or not isinstance(each.new, str):
        return False
    return any(each.new not in done.ids(kind, each.new) for kind in refers.kinds)


def _respelled(each: Statement, found: tuple[Statement, ...]) -> list[Statement]:
    """A promise that a successor spells differently, as one added to this successor."""
    added = [one for one in found if one.kind == "added" and one.path[2:] == each.path[2:-1]]
    names = (each.path[-1], each.new)
    return [
        replace(one, old=each.old, new=one.new.get(names[0]))
        for one in added
        if names == ("request", each.path[-2])
    ]


def _says(item: Data, rest: Path) -> bool:
    return value_at(item, rest) is not None


def was_never_hides_a_commitment(chance: Random) -> None:
    """A merge or split that keeps an id has as many commitments with `was` as without it."""
    data = made(chance)
    new = copy.deepcopy(data)
    done = edits.compound(chance, new, "merge", "split")
    new = edited(chance, new, 5)
    kept = {former for former, successors in done.successors.items() if former in successors}
    if not kept:
        return
    without = copy.deepcopy(new)
    for _, item in (one for successors in done.successors.values() for one in _items_of(without, successors)):
        item["was"] = []
    old = charter(data)
    edits.refer_to_successors(data, done)
    with_was = commitments(statements(old, charter(new)))
    plain_ = commitments(statements(charter(data), charter(without)))
    for each in plain_.values():
        if each.item in kept or each.item is None:
            assert _unordered_facts(each) in map(_unordered_facts, with_was.values()), each


def _unordered_facts(each: Statement) -> tuple[object, ...]:
    """Changes, independent of the order of an item's successors."""
    return each.kind, each.path, repr(without_order(each.old)), repr(without_order(each.new))
