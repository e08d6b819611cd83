"""The versions that pages of changes compare, and the addresses of their comparisons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from charterbook.charter import Charter
from charterbook.frozen_dataclass import dataclass
from charterbook.site.edition import Edition, PastVersion
from charterbook.version_reasons import version_reasons


def older_version(edition: Edition, name: str) -> PastVersion:
    """Older version with a name. Raises KeyError if there is none that can be read."""
    return {past.name: past for past in edition.readable_past}[name]


def shown_charter(past: PastVersion) -> Charter:
    """The charter of a version that can be read."""
    assert past.charter is not None
    return past.charter


def own_reasons(versions: Sequence[PastVersion]) -> Mapping[str, str]:
    """The reasons of versions, oldest first, by name; none for a version that repeats the one before."""
    states = [(past.name, past.charter.change_note) for past in versions if past.charter is not None]
    return dict(version_reasons([("", None), *states]))


def change_notes(edition: Edition, older: str) -> tuple[tuple[str, str], ...]:
    """The versions after an older one up to this one, each with its reason, newest first.

    A version that only repeats the reason of the previous one is omitted.
    """
    states = [(past.name, shown_charter(past).change_note) for past in edition.readable_past]
    states.append((edition.name, edition.charter.change_note))
    start = [name for name, _ in states].index(older)
    return version_reasons(states[start:])


def charters_between(edition: Edition, older: str) -> list[Charter]:
    """Charters after those of an older version up to this one, oldest first."""
    names = [past.name for past in edition.past]
    later = [*edition.past[names.index(older) + 1 :], edition.own]
    return [charter for past in later for charter in past.charters if charter is not None]


def comparison_folder(edition: Edition) -> str | None:
    """Prefix of the older version's name in the address of a comparison; None if there is none."""
    found = (page.url.removesuffix(f"{page.older}/") for page in edition.pages.pages if page.older)
    return next(found, None)


@dataclass(frozen=True)
class ComparedVersions:
    """A version and the older ones with a page of comparison, newest first: names and addresses."""

    name: str
    own: bool
    older: tuple[tuple[str, str], ...]


def compared_versions(edition: Edition) -> list[ComparedVersions]:
    """Versions up to this one with pages of changes, this one first, the others newest first.

    Addresses are relative to the version of the edition.
    """
    found = [_compared(edition.own, edition.readable_past, "")]
    for index in range(len(edition.readable_past) - 1, 0, -1):
        past = edition.readable_past[index]
        found.append(_compared(past, edition.readable_past[:index], f"../{past.name}/"))
    return [version for version in found if version.older]


def _compared(version: PastVersion, before: Sequence[PastVersion], way: str) -> ComparedVersions:
    by_older = {page.older: page.url for page in version.pages.pages if page.older}
    older = [(past.name, way + by_older[past.name]) for past in reversed(before) if past.name in by_older]
    return ComparedVersions(version.name, not way, tuple(older))
