"""Generate the proposal from one charter to a newer one, and the text of a proposal's file."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from typing import Any

from charterbook.charter import Charter
from charterbook.charter.base import Part
from charterbook.charter.model_shape import Shape, shapes
from charterbook.diff import plain
from charterbook.diff.change import key_of
from charterbook.diff.match import MatchedGroup, groups
from charterbook.propose.file_style import FileStyle
from charterbook.propose.paths import shortest
from charterbook.propose.proposal import FORMAT, Proposal, ProposedChange
from charterbook.propose.yaml_writer import YamlWriter

Path = tuple[str, ...]

#: Maximum line length of a proposal, in characters.
_WIDTH = 100


def changes_between(old: Charter, new: Charter) -> tuple[ProposedChange, ...]:
    """The changes that turn one charter into the other, by the ids of the older one."""
    return tuple(_mapping(Charter, (), plain(old), plain(new)))


def _mapping(
    model: type[Part], path: Path, old: dict[str, Any], new: dict[str, Any]
) -> Iterator[ProposedChange]:
    for key, shape in shapes(model).items():
        if old.get(key) != new.get(key):
            yield from _value(shape, (*path, key), old.get(key), new.get(key))


def _value(shape: Shape, path: Path, old: Any, new: Any) -> Iterator[ProposedChange]:
    if shape.is_list and shape.part and _has_unique_keys(path[-1], old) and _has_unique_keys(path[-1], new):
        yield from _elements(shape.part, path, old, new)
    elif shape.part and not shape.is_list and old is not None and new is not None:
        yield from _mapping(shape.part, path, old, new)
    else:
        yield _change(shape, path, old, new)


def _has_unique_keys(field: str, elements: Sequence[dict[str, Any]]) -> bool:
    return len({key_of(element, field) for element in elements}) == len(elements)


def _elements(model: type[Part], path: Path, old: list[Any], new: list[Any]) -> Iterator[ProposedChange]:
    one = Shape(path[-1], "mapping", part=model)
    matched = dict(
        sorted(pair for group in groups(path[-1], old, new, {}) for pair in _same(group, path[-1], old, new))
    )
    order = [key_of(old[index], path[-1]) for index in matched.values()]
    before = [key_of(old[index], path[-1]) for index in sorted(matched.values())]
    if before != order:
        yield ProposedChange(shortest(path), before, order)
    for index, element in enumerate(new):
        if index in matched:
            former = old[matched[index]]
            yield from _mapping(model, (*path, key_of(former, path[-1])), former, element)
        else:
            following = next((matched[later] for later in sorted(matched) if later > index), None)
            neighbour = key_of(old[following], path[-1]) if following is not None else None
            yield _change(one, (*path, key_of(element, path[-1])), None, element, neighbour)
    for index, element in enumerate(old):
        if index not in matched.values():
            yield _change(one, (*path, key_of(element, path[-1])), element, None)


def _same(group: MatchedGroup, field: str, old: list[Any], new: list[Any]) -> Iterator[tuple[int, int]]:
    """New and old positions of the same elements; after a split or a merge, those with the same id."""
    if len(group.old) == len(group.new) == 1:
        yield group.new[0], group.old[0]
        return
    ids = {key_of(old[index], field): index for index in group.old}
    for index in group.new:
        if key_of(new[index], field) in ids:
            yield index, ids[key_of(new[index], field)]


def _change(shape: Shape, path: Path, old: Any, new: Any, before: str | None = None) -> ProposedChange:
    return ProposedChange(
        shortest(path), _without_defaults(shape, old), _without_defaults(shape, new), before
    )


def _without_defaults(shape: Shape, value: Any) -> Any:
    """A value without defaults; None for an empty list."""
    if value is None or value == []:
        return None
    if shape.part is None:
        return value
    if shape.is_list:
        return [_without_defaults(shape.one, element) for element in value]
    model = shape.part.model_validate(copy.deepcopy(value))
    return model.model_dump(mode="python", by_alias=True, exclude_none=True, exclude_defaults=True)


def value_text(value: Any) -> str:
    """A value in one line, as in a proposal."""
    return YamlWriter(FileStyle()).flow(value)


def proposal_text(proposal: Proposal) -> str:
    """A proposal as the text of its file."""
    head = {"charterbook": FORMAT, "reason": proposal.reason, "by": proposal.by, "charter": proposal.charter}
    head["for"] = proposal.group
    writer = YamlWriter(FileStyle(width=_WIDTH))
    written = {key: value for key, value in head.items() if value is not None}
    changes = [_as_data(change) for change in proposal.changes]
    return writer.mapping({**written, "changes": changes}, None, 0) + "\n"


def _as_data(change: ProposedChange) -> dict[str, Any]:
    path = change.path if isinstance(change.path, str) else list(change.path)
    values = {"path": path, "old": change.old, "new": change.new, "before": change.before}
    return {key: value for key, value in values.items() if value is not None}
