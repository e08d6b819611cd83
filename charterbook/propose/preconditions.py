"""Preconditions of a change: its place exists, and the old value is unchanged.

A change is pending, or already made, or refused with the three conflicting values.
"""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from charterbook.charter import Charter
from charterbook.charter.model_shape import Shape, shape_at
from charterbook.diff import plain
from charterbook.diff.change import key_name
from charterbook.frozen_dataclass import dataclass
from charterbook.load.did_you_mean import quote
from charterbook.problems import Problem
from charterbook.propose.list_edits import same
from charterbook.propose.patched_data import ResolvedChange
from charterbook.propose.paths import At, PathError, ResolvedPath, resolve, text_of, value_at
from charterbook.propose.proposal import Proposal, ProposedChange
from charterbook.propose.proposal_messages import problem
from charterbook.propose.renamed_items import NewNames
from charterbook.source_map import Place

#: Minimum number of steps to the name of an item: its list, its position and the key.
_SHORTEST_NAME = 3


@dataclass(frozen=True)
class Refusal:
    """The refusal of a proposal: a problem of a file, and the conflicting values, if any.

    `values` are the value that the proposal expects, the charter's value and the proposed value.
    """

    file: str
    problem: Problem
    values: tuple[Any, Any, Any] | None = None


@dataclass(frozen=True)
class CheckedChange:
    """The result of checking a change: the change to make as `task`, a refusal, or neither if it is already made."""

    proposal: Proposal
    index: int
    task: ResolvedChange | None = None
    refusal: Refusal | None = None

    @property
    def place(self) -> Place:
        """The place of the change in its file."""
        return self.proposal.places.of(("changes", self.index, "path"))


class PreconditionChecker:
    """Checker of changes against one charter, which can contain some of them already.

    `changes` are all changes that are applied together: a change can refer to an item that a different change renames
    or removes.
    """

    def __init__(self, charter: Charter, data: dict[str, Any], changes: Sequence[ProposedChange]) -> None:
        self.data, self.plain, self.language = data, plain(charter), charter.language
        self.names = NewNames(changes)

    def verdict(self, proposal: Proposal, index: int) -> CheckedChange:
        """The decision on a change of a proposal."""
        change = proposal.changes[index]
        try:
            found = self._found(change)
            task = self._order(found, change) if _is_order(found.shape, change) else self._task(found, change)
        except PathError as error:
            at = ("changes", index, "before" if error.rule == "no-such-neighbour" else "path")
            message = problem(self.language, error.rule, proposal.places.of(at), error.advice, **error.facts)
            return CheckedChange(proposal, index, refusal=Refusal(proposal.file, message))
        except _Disagreement as error:
            place = proposal.places.of(("changes", index, "old"))
            message = problem(self.language, "old-value", place, path=quote(text_of(change.path)))
            return CheckedChange(proposal, index, refusal=Refusal(proposal.file, message, error.values))
        return CheckedChange(proposal, index, task)

    def _found(self, change: ProposedChange) -> ResolvedPath:
        """The place of a change; if it is already made, items on its path can have their new names."""
        with contextlib.suppress(PathError):
            return resolve(change.path, self.data, former=False)
        with contextlib.suppress(PathError):
            return resolve(self.names.path(change.path), self.data, former=False)
        return resolve(change.path, self.data)

    def _task(self, resolved: ResolvedPath, change: ProposedChange) -> ResolvedChange | None:
        """The task for a change; None if it is already made."""
        new = self._named(resolved, change.new)
        present = value_at(self.plain, resolved.at) if not _is_new(resolved) else None
        if None in (change.old, change.new) and self._is_derived(resolved):
            present = None
        before = self._named(resolved, change.old)
        values = [_as_read(resolved, value) for value in (before, present, new)]
        old, current, proposed = (_or_default(resolved, value) for value in values)
        if same(current, proposed):
            return None
        if not same(old, current):
            raise _Disagreement((change.old, present, change.new))
        self._check_name(resolved, change)
        return ResolvedChange(resolved, new, self._neighbour(resolved, change))

    def _is_derived(self, resolved: ResolvedPath) -> bool:
        """Whether a figure of a metric is not in the file, but the last one of a series."""
        steps = resolved.at[:1] + resolved.at[2:]
        return (
            steps in (("metrics", "actual"), ("metrics", "target"))
            and value_at(self.data, resolved.at) is None
        )

    def _named(self, resolved: ResolvedPath, value: Any) -> Any:
        """An item with the id from its path."""
        if not resolved.is_element or not isinstance(value, dict):
            return value
        name = key_name(str(resolved.at[-2]))
        key = str(resolved.at[-1]) if _is_new(resolved) else value_at(self.data, resolved.at)[name]
        if _is_new(resolved) and str(value.get(name, key)) != str(key):
            raise PathError("other-id", id=quote(value[name]))
        return {name: key} | value

    def _check_name(self, resolved: ResolvedPath, change: ProposedChange) -> None:
        """Refuse a name that is in use: the proposal, applied again, would be ambiguous."""
        if len(resolved.at) < _SHORTEST_NAME or not isinstance(resolved.at[-2], int):
            return
        field, elements = str(resolved.at[-3]), value_at(self.data, resolved.at[:-2])
        name = key_name(field)
        taken = change.new in [element.get(name) for element in elements] or self.names.clash(change.path)
        if resolved.at[-1] == name and taken:
            raise PathError("taken-id", id=quote(change.new))

    def _neighbour(self, resolved: ResolvedPath, change: ProposedChange) -> int | None:
        if change.before is None:
            return None
        elements = value_at(self.data, resolved.at[:-1]) if resolved.is_element else None
        ids = [str(element.get(key_name(str(resolved.at[-2])))) for element in elements or ()]
        if change.before not in ids:
            raise PathError("no-such-neighbour", id=quote(change.before))
        return ids.index(change.before)

    def _order(self, resolved: ResolvedPath, change: ProposedChange) -> ResolvedChange | None:
        """The task for a new order of existing items, by their ids or former ids."""
        if sorted(change.old) != sorted(change.new) or len({*change.new}) != len(change.new):
            raise PathError("other-order")
        places = self._places(resolved)
        old, new = ([*self.names.items(change.path, ids, places)] for ids in (change.old, change.new))
        if not all(id_ in places for id_ in new):
            raise PathError("order-of-nothing")
        current = sorted(new, key=places.__getitem__)
        if current == new:
            return None
        if current != old:
            raise _Disagreement((change.old, current, change.new))
        return ResolvedChange(resolved, new, order=tuple(places[id_] for id_ in new))

    def _places(self, resolved: ResolvedPath) -> dict[str, int]:
        """The positions of a list's elements by their former ids and, with precedence, their ids."""
        name, elements = key_name(str(resolved.at[-1])), value_at(self.data, resolved.at) or ()
        former = {id_: index for index, element in enumerate(elements) for id_ in element.get("was", ())}
        return former | {str(element.get(name)): index for index, element in enumerate(elements)}


class _Disagreement(Exception):  # noqa: N818
    """The old value of a change differs from the charter's."""

    def __init__(self, values: tuple[Any, Any, Any]) -> None:
        super().__init__()
        self.values = values


def _is_order(shape: Shape, change: ProposedChange) -> bool:
    return bool(shape.is_list and shape.part) and _are_words(change.old) and _are_words(change.new)


def _are_words(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)


def _is_new(resolved: ResolvedPath) -> bool:
    return resolved.is_element and isinstance(resolved.at[-1], str)


def _as_read(resolved: ResolvedPath, value: Any) -> Any:
    """A value with defaults, as in a parsed charter."""
    part = resolved.shape.part
    if part is None or value is None:
        return value
    if resolved.shape.is_list and isinstance(value, list):
        one = ResolvedPath(resolved.at, resolved.shape.one)
        return [_as_read(one, element) for element in value]
    try:
        model = part.model_validate(copy.deepcopy(value))
    except ValidationError:
        return value
    return model.model_dump(mode="python", by_alias=True, exclude_none=True)


def _or_default(resolved: ResolvedPath, value: Any) -> Any:
    """A value, or the default at its place."""
    if value is not None or resolved.is_element:
        return value
    return default_at(resolved.at)


def default_at(at: At) -> Any:
    """The default value at a place."""
    around = shape_at(tuple(at[:-1])) if len(at) > 1 else None
    part = around.part if around and around.part else Charter
    for name, field in part.model_fields.items():
        if at[-1] == (field.alias or name) and not field.is_required():
            return field.get_default(call_default_factory=True)
    return None
