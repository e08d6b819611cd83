"""The severity of a change by its path, from `severity_table` or from overrides in mkdocs.yml.

`change_severity` caps it for changes in appearance alone.

The pattern of an override is a path with dots; `*` matches one step of it (an id), `**` at the end matches all steps
that follow. The first matching pattern decides, before the table. A pattern of a part, such as the unit of a
promise, also applies to a change of the whole. A changed order is always `order`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from functools import lru_cache

from charterbook.charter import Charter
from charterbook.charter.base import MarkedPart, Part
from charterbook.charter.model_shape import shapes
from charterbook.compare.comparison import SEVERITIES, Severity
from charterbook.compare.severity_table import ROWS, SeverityRow
from charterbook.diff import Data, Kind, Path, key_of

_BY_PLACE: Mapping[str, SeverityRow] = {row.path: row for row in ROWS}

#: The keys that say who sees a part. They can be in any mapping.
MARKS = tuple(shapes(MarkedPart))

#: Characters of a step that is no plain name.
_WILDCARDS = frozenset("*?[")

#: The keys that any item can have: one row serves all items.
_ANY_ITEM = frozenset(place.split(".")[1] for place in _BY_PLACE if place.startswith("**."))

#: Patterns of changes, most important first; they order the changes of each severity.
IMPORTANCE: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    ("scope.*.*", ("moved",)),
    ("services.*", ("removed",)),
    ("funding.total", ()),
    ("services.*.status", ()),
    ("services.*.service_levels.*.within", ()),
    ("metrics.*.definition_version", ()),
    ("services.*", ("added",)),
    ("intake", ()),
    ("scope", ()),
    ("services.*.service_levels.*", ()),
    ("metrics.*.target", ()),
    ("audiences.*", ("added", "removed")),
    ("review.sign_offs.*", ()),
    ("funding.sources.*", ("added", "removed")),
    ("funding.owner", ()),
    ("funding.approver", ()),
    ("audiences.*.hours_per_quarter", ()),
    ("services.*.hours_per_quarter", ()),
    ("services.*.audiences", ()),
    ("services.*.service_levels.*.target_share", ()),
    ("services.*.hours_once", ()),
    ("services.*.service_levels.*.if_broken", ()),
    ("services.*.until", ()),
    ("metrics.*", ("added", "removed")),
    ("funding.sources.*.amount", ()),
    ("funding.sources.*.share", ()),
    ("funding.sources.*.covers", ()),
    ("funding.sources.*.approver", ()),
    ("funding.currency", ()),
    ("intake.priorities.*.within", ()),
    ("audiences.*.part", ()),
    ("scope.out.*", ("added", "removed")),
    ("scope.later.*", ("added", "removed")),
    ("services.*", ()),
    ("objectives.*", ("added", "removed")),
    ("review.actions.*", ("added", "removed")),
    ("title", ()),
    ("mission.statement", ()),
    ("maturity.today", ()),
    ("services.*.service_levels.*.kept", ()),
    ("metrics.*.actual", ()),
    ("mission.*", ()),
)


def severity_of(
    kind: Kind,
    path: Path,
    overrides: Mapping[str, Severity],
    says: Callable[[Path], bool] = lambda _: True,
    whole: Data | None = None,
    inside: Iterable[Path] = (),
) -> Severity:
    """The severity of a change. `says` tests whether one of the two charters has a value at a path.

    `whole` is the content of an added or removed section, `inside` are the paths of the parts of a change. Raises
    KeyError for a path that is not in the model.
    """
    override = _override(overrides, path)
    if override is not None:
        return override
    found = _of_table(kind, path, overrides, says, whole)
    parts = [_override(overrides, one) for one in inside] if overrides else []
    decided = [one for one in parts if one is not None]
    if kind != "changed" or len(decided) < len(parts):
        decided.append(found)
    return min(decided, default=found, key=SEVERITIES.index)


def _override(overrides: Mapping[str, Severity], path: Path) -> Severity | None:
    """The severity of the first pattern that matches a path."""
    return next((overrides[pattern] for pattern in overrides if fits(pattern, path)), None)


def is_overridden(overrides: Mapping[str, Severity], path: Path) -> bool:
    """Whether a pattern of mkdocs.yml decides the severity of a path."""
    return _override(overrides, path) is not None


def _of_table(
    kind: Kind,
    path: Path,
    overrides: Mapping[str, Severity],
    says: Callable[[Path], bool],
    whole: Data | None,
) -> Severity:
    """The severity without an override of the path itself."""
    if whole is not None and kind in ("added", "removed"):
        inside = (severity_of(kind, place, overrides, says) for place in _stated_paths(path, whole))
        return min(inside, default="wording", key=SEVERITIES.index)
    row = row_of(path)
    found = _decided(kind, path, row)
    if found == "commitment" and row.needs and not says(_beside(path, row.needs)):
        return "meaning"
    return found


def _stated_paths(path: Path, whole: Data) -> Iterator[Path]:
    """The paths of a section's values. Default values are included: they are as binding as written ones."""
    part = shapes(Charter)[path[0]].part
    assert part is not None
    for key in shapes(part):
        value = whole.get(key)
        if value in (None, []):
            continue
        if isinstance(value, list) and isinstance(value[0], dict):
            yield from ((*path, key, key_of(element, key)) for element in value)
        else:
            yield *path, key


def _decided(kind: Kind, path: Path, row: SeverityRow) -> Severity:
    if kind == "moved" and not fits("scope.*.*", path):
        return "order"
    if kind in ("added", "removed"):
        return row.added if kind == "added" else row.removed
    if kind in ("split", "merged", "moved"):
        return min(row.added, row.removed, key=SEVERITIES.index)
    return row.changed


def _beside(path: Path, pattern: str) -> Path:
    """The path for a pattern, in the same item as a given path."""
    return tuple(path[at] if step == "*" else step for at, step in enumerate(pattern.split(".")))


@lru_cache(maxsize=16384)
def row_of(path: Path) -> SeverityRow:
    """The row of the table for a path. Raises KeyError for a path that is not in the model."""
    if path == ("funding", "total"):
        return _BY_PLACE["funding.total"]
    steps = _place(path).split(".")
    mark = next((step for step in steps if step in MARKS), None)
    if mark is not None:
        return _BY_PLACE[f"**.{mark}"]
    shared = next(
        (
            index
            for index, step in enumerate(steps)
            if step in _ANY_ITEM and steps[index - 1 : index] == ["*"]
        ),
        None,
    )
    return _BY_PLACE[".".join(steps if shared is None else ["**", *steps[shared:]])]


def _place(path: Path) -> str:
    """A path with stars for the keys of list elements."""
    found: list[str] = []
    part: type[Part] | None = Charter
    in_list = False
    for step in path:
        if in_list:
            found.append("*")
            in_list = False
            continue
        if part is None:
            raise KeyError(path)
        shape = shapes(part)[step]
        found.append(step)
        part, in_list = shape.part, shape.is_list and shape.part is not None
    return ".".join(found)


@lru_cache(maxsize=16384)
def rank_of(kind: Kind, path: Path) -> int:
    """The rank of a change within its severity: 0 is first."""
    found = (
        index
        for index, (pattern, kinds) in enumerate(IMPORTANCE)
        if (not kinds or kind in kinds) and fits(pattern, path)
    )
    return next(found, len(IMPORTANCE))


def fits(pattern: str, path: Path) -> bool:
    """Whether a pattern matches a path."""
    steps = _steps(pattern)
    if steps[-1] == "**":
        steps = steps[:-1]
        path = path[: len(steps)]
    if steps[:1] == ("**",):
        path = path[-len(steps) + 1 :]
        steps = steps[1:]
    return len(steps) == len(path) and all(map(_step_fits, path, steps))


def _step_fits(name: str, step: str) -> bool:
    """Whether a step of a pattern matches a step of a path. Most are plain names, or a star."""
    return step == "*" or (name == step if _WILDCARDS.isdisjoint(step) else fnmatchcase(name, step))


@lru_cache(maxsize=1024)
def _steps(pattern: str) -> tuple[str, ...]:
    return tuple(pattern.split("."))


def at_least(severity: Severity, threshold: Severity) -> bool:
    """Whether a severity is at least as high as a given one."""
    return SEVERITIES.index(severity) <= SEVERITIES.index(threshold)
