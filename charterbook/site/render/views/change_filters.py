"""Filters of pages of changes: the audiences and sections of two versions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from charterbook.charter import SECTIONS
from charterbook.compare import section_title
from charterbook.frozen_dataclass import dataclass
from charterbook.i18n import translator
from charterbook.site.edition import Edition, PastVersion
from charterbook.site.render.views.comparison_pages import shown_charter


@dataclass(frozen=True)
class NamedAudience:
    """Name of an audience and, if this version has it, the link to it. `place` is its index.

    `was` are its former ids in the older version.
    """

    id: str
    place: int
    name: str
    address: str | None
    was: tuple[str, ...]


@dataclass(frozen=True)
class ComparedAudiences:
    """Audiences of two versions, the newer ones first, with renamed ones only once."""

    listed: Sequence[NamedAudience]
    _by_id: Mapping[str, Sequence[NamedAudience]]

    def of(self, ids: Iterable[str]) -> list[NamedAudience]:
        """Audiences with these present or former ids, in the order of the list."""
        found = {one.place: one for id_ in ids for one in self._by_id.get(id_, ())}
        return [found[place] for place in sorted(found)]

    def are_all(self, ids: Iterable[str]) -> bool:
        """Whether these are several, and all of both versions."""
        return len(self.of(ids)) == len(self.listed) > 1


def named_audiences(
    edition: Edition, older: PastVersion, way: Callable[[str, str], str | None]
) -> ComparedAudiences:
    """Audiences of both versions; `way` makes the link to an item."""
    listed: list[NamedAudience] = []
    by_id: dict[str, list[NamedAudience]] = {}
    now = {audience.id for audience in edition.charter.audiences}
    for audience in edition.charter.audiences:
        former = edition.former_items(older, "audiences", audience.id)
        was = tuple(item.id for item in former if item.id not in now)
        address = way("audiences", audience.id)
        listed.append(NamedAudience(audience.id, len(listed), audience.name, address, was))
        for id_ in (audience.id, *was):
            by_id.setdefault(id_, []).append(listed[-1])
    for gone in shown_charter(older).audiences:
        if gone.id not in by_id:
            listed.append(NamedAudience(gone.id, len(listed), gone.name, way("audiences", gone.id), ()))
            by_id[gone.id] = [listed[-1]]
    return ComparedAudiences(listed, by_id)


def section_names(edition: Edition, older: PastVersion) -> dict[str, str]:
    """Sections of both versions with their titles, in the order of the charter."""
    charters = (edition.charter, shown_charter(older))
    known = [name for name in (*SECTIONS, "sections") if any(charter.has(name) for charter in charters)]
    t = translator(edition.charter.language)
    return {name: section_title(name, t) for name in ("charter", *known)}
