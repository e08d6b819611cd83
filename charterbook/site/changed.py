"""When each part of a charter last changed: the revision, for every section and item, up to each version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from charterbook.charter import SECTIONS, Charter, all_items
from charterbook.history import Revision, Version

#: What a page is about: a section, an item by kind and id, or the whole charter.
Subject = tuple[str, ...]


def parts(charter: Charter) -> dict[Subject, Any]:
    """Everything that a page may be about, with its content."""
    found: dict[Subject, Any] = {(): charter}
    found |= {(section,): getattr(charter, section) for section in SECTIONS if charter.has(section)}
    return found | {(kind, item.id): item for kind, item in all_items(charter)}


def last_changes(versions: Sequence[Version]) -> list[Mapping[Subject, Revision]]:
    """For each version, the revision in which each part last changed up to what the version shows.

    A part that went and came back changed when it came back. Revisions that could not be read are passed
    over: a change that they made counts for the next one that can be read.
    """
    last: dict[Subject, Revision] = {}
    before: dict[Subject, Any] = {}
    found: list[Mapping[Subject, Revision]] = []
    for version in versions:
        for revision, charter in _shown_line(version):
            now = parts(charter)
            last = {
                part: revision if before.get(part) != content else last[part] for part, content in now.items()
            }
            before = now
        found.append(dict(last))
    return found


def _shown_line(version: Version) -> Iterator[tuple[Revision, Charter]]:
    """The readable revisions of a version, oldest first, up to the one that it shows."""
    for revision, charter in zip(version.revisions, version.charters, strict=False):
        if charter is not None:
            yield revision, charter
        if revision == version.shown:
            return
