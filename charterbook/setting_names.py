"""Settings that name an item or a role of the charter: does it exist, and what is the nearest that does?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from charterbook.charter import Charter, all_items
from charterbook.charter.model_shape import walk
from charterbook.config_locations import KeyPlace, place_of
from charterbook.diff import plain
from charterbook.errors import SettingsError
from charterbook.path_patterns import pattern_fault
from charterbook.problems import Problem
from charterbook.settings import Settings, fault_text, fault_words
from charterbook.suggestions import closest

#: Gives all charters that were published, or None where there is no history at hand.
Past = Callable[[], Sequence[Charter] | None]

_Level = Literal["error", "warning"]


@dataclass(frozen=True)
class UnknownSetting:
    """A setting that names nothing: the keys that lead to it, how grave that is, and what is wrong."""

    keys: tuple[str, ...]
    level: _Level
    text: str

    def line(self, file: Path) -> str:
        """What is wrong, with its place in mkdocs.yml, or in the file that this one inherits from."""
        return fault_text(file, self.keys, self.text)

    def problem(self, file: Path) -> tuple[str, Problem]:
        """The same as a problem, with the file that it is in."""
        place = place_of(file, self.keys) or KeyPlace(file, 1, 1)
        text = fault_words(self.keys, self.text)
        return str(place.file), Problem(place.line, place.column, "unknown-setting", self.level, text)


def refuse_unknown(found: Sequence[UnknownSetting], file: Path) -> None:
    """Raise SettingsError with a line for each error."""
    if errors := [unknown.line(file) for unknown in found if unknown.level == "error"]:
        raise SettingsError("\n".join(errors))


def unknown_names(settings: Settings, charters: Sequence[Charter], past: Past) -> list[UnknownSetting]:
    """The items and roles that settings name and that do not exist.

    `charters` are those of today; `past` is asked only where they lack an item. An item that was removed since may be
    named, a role may not. Where no history is at hand, an item that today's charters lack is a warning.
    """
    return [
        *_unknown_items(settings, charters, past),
        *_unknown_roles(settings, charters),
        *_unknown_metrics(settings, charters),
    ]


def _unknown_metrics(settings: Settings, charters: Sequence[Charter]) -> Iterator[UnknownSetting]:
    """Metrics to which `figures` maps names, and that no charter has."""
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
    """All patterns, each with the setting that it is in."""
    for key in ("severity", "owners", "signers"):
        yield from ((key, pattern) for pattern, _ in getattr(settings, key))


def _unknown_roles(settings: Settings, charters: Sequence[Charter]) -> Iterator[UnknownSetting]:
    """Roles that no charter has. A charter without a list of roles may name them in plain words: that is a warning."""
    listed = sorted({role.id for charter in charters for role in charter.roles})
    known = listed or sorted({name for charter in charters for name in _named_roles(charter)})
    level: _Level = "error" if listed else "warning"
    for keys, role in _roles(settings, known if listed else None):
        if role not in known:
            text = f"there is no role {role!r} in the charter; {closest(role, known)}"
            yield UnknownSetting(keys, level, text.removesuffix("; "))


def _roles(settings: Settings, known: Iterable[str] | None) -> Iterator[tuple[tuple[str, ...], str]]:
    """The roles that settings name. Without a list of known ones, an account may play any role that is named here."""
    named = {role for key in ("owners", "signers") for _, roles in getattr(settings, key) for role in roles}
    for key in ("owners", "signers"):
        for pattern, roles in getattr(settings, key):
            yield from (((key, pattern), role) for role in roles)
    for role, _ in settings.handles:
        if known is not None or role not in named:
            yield ("handles", role), role


def _named_roles(charter: Charter) -> Iterator[str]:
    """The roles that a charter names in its fields."""
    for found in walk(plain(charter)):
        if found.shape.refers and "roles" in found.shape.refers.kinds and isinstance(found.value, str):
            yield found.value
