"""Validation of settings that name an item or a role of the charter, with suggestions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from charterbook.charter import Charter, all_items
from charterbook.charter.model_shape import walk
from charterbook.config_locations import KeyPlace, place_of
from charterbook.diff import plain
from charterbook.errors import SettingsError
from charterbook.frozen_dataclass import dataclass
from charterbook.path_patterns import pattern_fault
from charterbook.problems import Problem
from charterbook.settings import Settings, fault_text, fault_words
from charterbook.suggestions import closest

#: Returns all published charters, or None without a history.
Past = Callable[[], Sequence[Charter] | None]

_Level = Literal["error", "warning"]


@dataclass(frozen=True)
class UnknownSetting:
    """A setting that names nothing: its keys, the severity, and the error."""

    keys: tuple[str, ...]
    level: _Level
    text: str

    def line(self, file: Path) -> str:
        """The error with its place in mkdocs.yml, or in the file from which this one inherits."""
        return fault_text(file, self.keys, self.text)

    def problem(self, file: Path) -> tuple[str, Problem]:
        """The error as a problem of its file."""
        place = place_of(file, self.keys) or KeyPlace(file, 1, 1)
        text = fault_words(self.keys, self.text)
        return str(place.file), Problem(place.line, place.column, "unknown-setting", self.level, text)


def check_setting_names(settings: Sequence[UnknownSetting], file: Path) -> None:
    """Raise SettingsError with a line for each error."""
    if errors := [unknown.line(file) for unknown in settings if unknown.level == "error"]:
        raise SettingsError("\n".join(errors))


def unknown_names(settings: Settings, charters: Sequence[Charter], past: Past) -> list[UnknownSetting]:
    """The unknown items and roles in settings.

    `charters` are the current ones; `past` is called only if they lack an item. Removed items are allowed, removed
    roles are not. Without a history, an item that the current charters lack is a warning.
    """
    return [
        *_unknown_items(settings, charters, past),
        *_unknown_roles(settings, charters),
        *_unknown_metrics(settings, charters),
        *_unknown_groups(settings, charters),
    ]


def _unknown_groups(settings: Settings, charters: Sequence[Charter]) -> Iterator[UnknownSetting]:
    """Groups in `sites` that no charter has."""
    known = sorted({group.id for charter in charters for group in charter.groups})
    for group, _ in settings.sites:
        if group not in known:
            near = closest(group, known) or "it has no groups"
            yield UnknownSetting(
                ("sites", group), "error", f"there is no group {group!r} in the charter; {near}"
            )


def _unknown_metrics(settings: Settings, charters: Sequence[Charter]) -> Iterator[UnknownSetting]:
    """Unknown metrics to which `figures` maps names."""
    metrics = [metric for charter in charters for metric in charter.metrics]
    ids = {metric.id for metric in metrics}
    names = {former: metric.id for metric in metrics for former in metric.was}
    for name, id_ in settings.figure_metrics:
        keys = ("figures", "metrics", name)
        if id_ in names and id_ not in ids:
            yield UnknownSetting(keys, "warning", f"{id_!r} is called {names[id_]!r} today")
        elif id_ is not None and id_ not in ids:
            text = f"there is no metric {id_!r} in the charter; {closest(id_, sorted(ids))}"
            yield UnknownSetting(keys, "error", text.removesuffix("; "))


def _unknown_items(settings: Settings, charters: Sequence[Charter], past: Past) -> Iterator[UnknownSetting]:
    missing = [keys for keys in _patterns(settings) if pattern_fault(keys[1], charters)]
    earlier = past() if missing else None
    level: _Level = "warning" if earlier is None else "error"
    names = {former: item.id for charter in charters for _, item in all_items(charter) for former in item.was}
    for keys in missing:
        renamed = next((step for step in keys[1].split(".") if step in names), None)
        if renamed:
            yield UnknownSetting(keys, "warning", f"{renamed!r} is now called {names[renamed]!r}")
        elif fault := pattern_fault(keys[1], [*charters, *(earlier or ())]):
            yield UnknownSetting(keys, level, fault)


def _patterns(settings: Settings) -> Iterator[tuple[str, str]]:
    """All patterns, each with its setting."""
    for key in ("severity", "owners", "signers"):
        yield from ((key, pattern) for pattern, _ in getattr(settings, key))


def _unknown_roles(settings: Settings, charters: Sequence[Charter]) -> Iterator[UnknownSetting]:
    """Unknown roles: errors, or warnings for a charter without a list of roles."""
    listed = sorted({role.id for charter in charters for role in charter.roles})
    known = listed or sorted({name for charter in charters for name in _named_roles(charter)})
    level: _Level = "error" if listed else "warning"
    for keys, role in _roles(settings, known if listed else None):
        if role not in known:
            text = f"there is no role {role!r} in the charter; {closest(role, known)}"
            yield UnknownSetting(keys, level, text.removesuffix("; "))


def _roles(settings: Settings, known: Iterable[str] | None) -> Iterator[tuple[tuple[str, ...], str]]:
    """The roles in settings.

    Without a list of known roles, accounts can be set for any role named in these settings.
    """
    named = {role for key in ("owners", "signers") for _, roles in getattr(settings, key) for role in roles}
    for key in ("owners", "signers"):
        for pattern, roles in getattr(settings, key):
            yield from (((key, pattern), role) for role in roles)
    for role, _ in settings.handles:
        if known is not None or role not in named:
            yield ("handles", role), role


def _named_roles(charter: Charter) -> Iterator[str]:
    """The roles in a charter's fields."""
    for found in walk(plain(charter)):
        if found.shape.refers and "roles" in found.shape.refers.kinds and isinstance(found.value, str):
            yield found.value
