"""Tags that pin a version to a commit, and the charter at that commit."""

from __future__ import annotations

import re
import shlex
from collections.abc import Collection, Sequence

from charterbook import git
from charterbook.frozen_dataclass import dataclass
from charterbook.git import ObjectReader
from charterbook.history.branch import used_remote
from charterbook.history.git_log import FileCommit, describe, first_parents
from charterbook.problems import escape_terminal
from charterbook.repository import Repository
from charterbook.settings import Settings
from charterbook.versions import matches_period


@dataclass(frozen=True)
class Pin:
    """A version that a tag pins to one commit."""

    version: str
    tag: str
    commit: str


@dataclass(frozen=True)
class VersionTags:
    """The tags that are named like a version: those that pin one, and a warning for each that cannot."""

    pins: tuple[Pin, ...]
    warnings: tuple[str, ...] = ()

    def at(self, commits: Collection[str]) -> VersionTags:
        """The tags with only the pins to these commits, which have a charter."""
        used = tuple(pin for pin in self.pins if pin.commit in commits)
        unused = (pin for pin in self.pins if pin.commit not in commits)
        reasons = (_ignored(pin.tag, f"there is no charter at commit {pin.commit[:8]}") for pin in unused)
        return VersionTags(used, (*self.warnings, *reasons))


def read_tags(repository: Repository, objects: ObjectReader, settings: Settings) -> VersionTags:
    """The tags named like a version of the configured period; others are ignored."""
    prefix, period, start = settings.tag_prefix, settings.period, settings.fiscal_year.start
    tags = {
        tag: id_
        for tag, id_ in sorted(repository.tags.items())
        if tag.startswith(prefix) and matches_period(tag[len(prefix) :], period, start)
    }
    # Git follows a tag of a tag to the object that is not a tag.
    targets = objects.read_all(f"{id_}^{{}}" for id_ in tags.values())
    pins, warnings = [], []
    for tag, target in zip(tags, targets, strict=True):
        if target is not None and target.kind == "commit":
            pins.append(Pin(tag[len(prefix) :], tag, target.id))
        else:
            reason = "this clone does not have its commit" if target is None else f"it names a {target.kind}"
            warnings.append(_ignored(tag, reason))
    warnings += [
        _ignored(tag, f"the version is spelled {prefix}{name}")
        for tag in sorted(repository.tags.keys() - tags.keys())
        if tag.startswith(prefix)
        and matches_period(name := _usual_spelling(tag[len(prefix) :]), period, start)
    ]
    return VersionTags(tuple(pins), tuple(warnings))


def _usual_spelling(name: str) -> str:
    """The name of a quarter or half-year in another spelling, such as 2026q3 or Q3-2026; empty for other names."""
    match = _LOOSE.fullmatch(name)
    if match is None:
        return ""
    year, part = match["year"] or match["last"], match["part"] or match["first"]
    return f"{year.upper()}-{part.upper()}"


_YEAR, _PART = r"(?:\d{4}|FY\d\d)", r"(?:Q[1-4]|H[12])"
_LOOSE = re.compile(
    rf"(?P<year>{_YEAR})[-_. ]?(?P<part>{_PART})|(?P<first>{_PART})[-_. ]?(?P<last>{_YEAR})", re.IGNORECASE
)


def unfetched_tags_warning(repository: Repository, tags: VersionTags) -> tuple[str, ...]:
    """A warning if the clone has no tag of a version because it is configured to fetch none."""
    remote = used_remote(repository)
    if remote is None or tags.pins or tags.warnings:
        return ()
    setting = f"remote.{remote}.tagOpt"
    if git.run(repository.folder, "config", "--get", setting, accept=(0, 1)).strip() != b"--no-tags":
        return ()
    setting, name = shlex.quote(setting), shlex.quote(remote)
    return (
        escape_terminal(
            f"This clone fetches no tags ({setting} is --no-tags), so versions that tags pin can be missing. "
            f"Run `git config --unset {setting} && git fetch {name} --tags`."
        ),
    )


def _ignored(tag: str, reason: str) -> str:
    return escape_terminal(f"The tag {tag} is ignored: {reason}.")


def with_pinned(
    repository: Repository,
    objects: ObjectReader,
    tip: str,
    changes: Sequence[FileCommit],
    pins: Sequence[Pin],
) -> list[FileCommit]:
    """The content changes, newest first, with other pinned commits at their positions.

    Pinned commits off the first-parent line come first; commits without a charter are omitted.
    """
    content = content_changes(changes)
    known = {change.commit for change in content}
    others = list(dict.fromkeys(pin.commit for pin in pins if pin.commit not in known))
    if not others:
        return content
    line = {commit: index for index, commit in enumerate(first_parents(repository.folder, tip))}
    paths = list(dict.fromkeys([change.path for change in changes] + [repository.path]))
    pinned = []
    for commit in describe(repository.folder, others):
        on_line = commit.commit in line
        state = _state(commit, changes, line) if on_line else _anywhere(objects, commit, paths)
        if state is not None and state.blob is not None:
            pinned.append(commit._replace(path=state.path, blob=state.blob))
    return sorted(content + pinned, key=lambda change: line.get(change.commit, -1))


def content_changes(changes: Sequence[FileCommit]) -> list[FileCommit]:
    """The changes that alter the charter's content; newest first, like the input."""
    found = []
    last = None
    for change in reversed(changes):
        if change.blob is not None and change.blob != last:
            found.append(change)
            last = change.blob
    return found[::-1]


def _state(commit: FileCommit, changes: Sequence[FileCommit], line: dict[str, int]) -> FileCommit | None:
    """The charter at a commit on the first-parent line: the newest change up to it."""
    return next((change for change in changes if line[change.commit] >= line[commit.commit]), None)


def _anywhere(objects: ObjectReader, commit: FileCommit, paths: Sequence[str]) -> FileCommit | None:
    """The charter at a commit off the first-parent line, at the first path that exists there."""
    for path, found in zip(
        paths, list(objects.read_all(f"{commit.commit}:{path}" for path in paths)), strict=True
    ):
        if found is not None and found.kind == "blob":
            return commit._replace(path=path, blob=found.id)
    return None
