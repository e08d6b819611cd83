"""The history as a group of readers sees it: only the changes that it sees, and only their days from git.

Commits get ids made from the group's view, because the real ones are hashes of hidden content.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from charterbook.charter import Charter
from charterbook.errors import CharterError, SettingsError
from charterbook.frozen_dataclass import dataclass
from charterbook.history.assign_versions import VersionAssigner
from charterbook.history.change_versions import VersionedChange
from charterbook.history.charter_reader import CharterReader
from charterbook.history.commit_words import published_words
from charterbook.history.draft import DraftResult
from charterbook.history.git_log import FileCommit
from charterbook.history.revisions import UNNAMED, Draft, History
from charterbook.history.version_tags import Pin
from charterbook.problems import Problem
from charterbook.settings import Settings
from charterbook.source_map import SourceMap
from charterbook.suggestions import closest
from charterbook.visibility import CharterView, PastMarks

_UNREADABLE = "--for {}: the newest {} in git cannot be read, so what it hides is unknown: {}"


class GroupCharters:
    """The charters that a group sees, by the ids of their content."""

    def __init__(self) -> None:
        self._known: dict[str, Charter] = {}

    def add(self, charter: Charter) -> str:
        """Add a charter, and return the id of its content."""
        id_ = _digest(content_of(charter))
        self._known.setdefault(id_, charter)
        return id_

    def read_ahead(self, blobs: Iterable[str]) -> None:
        """Do nothing, because all charters are already known."""

    def charter(self, blob: str) -> Charter | None:
        """The charter with this content."""
        return self._known.get(blob)

    def problem(self, blob: str) -> Problem | None:
        """None, because a group only sees valid charters."""
        del blob
        return None

    def data(self, blobs: Iterable[str]) -> dict[str, bytes | None]:
        """The contents by their ids."""
        return {blob: content_of(self._known[blob]) for blob in blobs}


@dataclass(frozen=True)
class GroupView:
    """The changes that a group sees, newest first, with their charters and the pins among them; and the draft."""

    changes: tuple[VersionedChange, ...]
    charters: GroupCharters
    pins: tuple[Pin, ...]
    draft: Draft | None


def content_of(charter: Charter) -> bytes:
    """The parts of a charter that a group sees, as the bytes of a file."""
    return charter.model_dump_json(by_alias=True, exclude_unset=True).encode()


@dataclass(frozen=True)
class PublishedHistory:
    """All changes, newest first, with their versions, charters and pins. `on_branch` has the commits of the branch."""

    found: Sequence[VersionedChange]
    on_branch: Collection[str]
    pins: Sequence[Pin]
    charters: CharterReader

    def charter(self, entry: VersionedChange) -> Charter | None:
        """The charter of a change; None if it is invalid."""
        return self.charters.charter(entry.change.blob or "")

    @property
    def newest_first(self) -> list[Charter]:
        """All readable charters. Charters of commits off the branch come last."""
        ordered = sorted(self.found, key=lambda entry: entry.change.commit not in self.on_branch)
        return [charter for entry in ordered if (charter := self.charter(entry)) is not None]

    @property
    def newest(self) -> Charter | None:
        """The newest readable charter."""
        return next(iter(self.newest_first), None)

    @property
    def tip(self) -> VersionedChange | None:
        """The newest change on the branch."""
        return next((entry for entry in self.found if entry.change.commit in self.on_branch), None)


def history_of_group(whole: PublishedHistory, draft: DraftResult, settings: Settings) -> History:
    """The history with its draft as the group of the settings sees it.

    Raises SettingsError for an unknown group, CharterError if the newest charter cannot be read.
    """
    view = _seen(whole, draft.draft, settings)
    versions = VersionAssigner(view.changes, view.pins, view.charters, settings).versions()
    newest = next((version.charter for version in reversed(versions) if version.charter), None)
    is_new = view.draft is not None and (newest is None or content_of(newest) != view.draft.data)
    return History(
        versions,
        view.draft if is_new else None,
        draft.problems,
        path=settings.charter,
        group=settings.for_group,
    )


def unversioned_charter(charter: Charter, settings: Settings) -> tuple[Charter, bytes]:
    """A charter without a history, and its content, as the group of the settings sees it. Raises SettingsError."""
    group = settings.for_group or ""
    check_group(group, [charter])
    seen = CharterView(charter, PastMarks([charter], group)).filtered()
    return seen, content_of(seen)


def _seen(history: PublishedHistory, draft: Draft | None, settings: Settings) -> GroupView:
    group = settings.for_group or ""
    _check_tip(history, settings)
    published = history.newest_first
    check_group(group, [*([draft.charter] if draft else []), *published[:1]])
    unpublished = PastMarks([draft.charter, *published], group) if draft else None
    released = published[0].released if published else ()
    view = _changes(history, PastMarks(published, group, released, unpublished), settings)
    if draft is None or unpublished is None:
        return view
    charter = CharterView(draft.charter, unpublished).filtered()
    return replace(view, draft=Draft(charter, content_of(charter), SourceMap(), draft.origin))


def check_group(group: str, charters: Sequence[Charter]) -> None:
    """Raise SettingsError unless one of the charters declares a group."""
    known = list(dict.fromkeys(one.id for charter in charters for one in charter.groups))
    if group not in known:
        hint = closest(group, known) if known else "it has no groups"
        raise SettingsError(f"--for {group}: the charter has no group of this id; {hint}")


def _check_tip(history: PublishedHistory, settings: Settings) -> None:
    problem = history.tip and history.charters.problem(history.tip.change.blob or "")
    if problem:
        raise CharterError(_UNREADABLE.format(settings.for_group, settings.charter, problem))


def _changes(history: PublishedHistory, marks: PastMarks, settings: Settings) -> GroupView:
    """The changes that the group sees, newest first. Each is compared with the one before it in time."""
    charters = GroupCharters()
    pinned = {pin.commit for pin in history.pins}
    newest = set(history.tip.versions) if history.tip else set()
    ids: dict[str, str] = {}
    kept: list[VersionedChange] = []
    for entry in reversed(history.found):
        charter = history.charter(entry)
        if charter is not None:
            versions = () if newest.intersection(entry.versions) else entry.versions
            blob = charters.add(CharterView(charter, marks, versions).filtered())
            if not kept or entry.change.commit in pinned or kept[-1].change.blob != blob:
                kept.append(entry._replace(change=_neutral(entry.change, blob, kept, settings)))
        if kept:
            ids[entry.change.commit] = kept[-1].change.commit
    pins = (replace(pin, commit=ids[pin.commit]) for pin in history.pins if pin.commit in ids)
    return GroupView(tuple(kept[::-1]), charters, tuple(pins), None)


def _neutral(
    change: FileCommit, blob: str, before: Sequence[VersionedChange], settings: Settings
) -> FileCommit:
    """A change without git's data, except for its time and the parts that the settings allow."""
    parent = before[-1].change.commit if before else None
    commit = UNNAMED + _digest(f"{parent} {change.time} {blob}".encode())
    words = published_words(change, settings)
    return FileCommit(
        commit, parent, change.time, words.author, words.message, settings.charter, blob, created=not before
    )


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=20).hexdigest()
