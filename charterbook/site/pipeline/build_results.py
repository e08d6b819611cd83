"""Results of the versions of a site: their inputs, warnings and timings, for the log and the manifest."""

from __future__ import annotations

import logging
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from mkdocs.exceptions import PluginError

from charterbook.site.incremental.input_states import SIGNATURES, Input
from charterbook.site.incremental.manifest import SiteManifest, Stat, manifest_store, write_manifest
from charterbook.site.incremental.up_to_date import BuildState
from charterbook.site.incremental.version_cache import KEEP_DAYS, KnownInputs, VersionCache, entry_address
from charterbook.site.incremental.version_inputs import ReadInputs
from charterbook.site.order import BuildResult, BuildWarning
from charterbook.site.pipeline.reused_versions import INPUTS, VERSIONS
from charterbook.site.timings import BuiltVersion

log = logging.getLogger("mkdocs.plugins.charterbook")

#: The most versions that a warning names one by one.
_NAMED = 3

_Message = TypeVar("_Message")


@dataclass(frozen=True)
class PublishedSite:
    """What the manifest records of a published site, besides the inputs of its versions.

    `files` are its files, `redirect_pages` the paths of its redirect pages, and `latest` is the version that latest/ is
    a copy of. `signed_commits` are verified: an added or revoked key changes what pages say about signatures.
    """

    files: Mapping[str, Stat]
    redirect_pages: frozenset[str]
    signed_commits: Collection[str]
    latest: str = ""


@dataclass
class BuildResults:
    """Results so far. `read` has the inputs of each version, `with_warnings` the names of versions with warnings.

    `cache_error` is the reason, as a sentence, why results cannot be cached; empty if they can.
    """

    versions: list[BuiltVersion] = field(default_factory=list)
    read: dict[str, ReadInputs] = field(default_factory=dict)
    with_warnings: set[str] = field(default_factory=set)
    cache_error: str = ""

    @property
    def inputs(self) -> frozenset[Input]:
        """Inputs of the versions that are built so far."""
        return frozenset(one for read in self.read.values() for one in read.states)

    def add(self, outcome: BuildResult) -> None:
        """Add the result of a version."""
        self.versions.append(BuiltVersion(outcome.name, outcome.seconds, outcome.parts))
        self.read[outcome.name] = outcome.read
        self.cache_error = self.cache_error or outcome.uncached

    def log_warnings(self, outcomes: Sequence[BuildResult], logged: Collection[BuildWarning]) -> None:
        """Log the notes and warnings of versions, each once with the versions that have it.

        `logged` are warnings of the main build. Raises PluginError if a version cannot be built.
        """
        for note, names in _by_message((outcome.name, outcome.notes) for outcome in outcomes).items():
            log.info("%s: %s", names[0], note)
        found = _by_message((outcome.name, outcome.warnings) for outcome in outcomes)
        self.with_warnings.update(name for names in found.values() for name in names)
        for warning in [one for one in found if one not in logged]:
            log.warning("%s: %s", _listed(found[warning]), warning.message)
        if again := dict.fromkeys(name for one in found if one in logged for name in found[one]):
            log.info("Warnings above also concern %s.", _listed([*again]))
        for outcome in outcomes:
            if outcome.failure:
                raise PluginError(f"Version {outcome.name} cannot be built: {outcome.failure}")

    def record(self, manifest: SiteManifest, store: Path) -> None:
        """Write the manifest for the next build, and remove what no build has used for long from the cache."""
        self.cache_error = write_manifest(manifest_store(store), manifest) or self.cache_error
        self.warn_uncached()
        VersionCache(store / VERSIONS).prune(time.time())
        KnownInputs(store / INPUTS).prune(time.time())
        manifest_store(store).prune(time.time() - KEEP_DAYS * 86_400)

    def manifest(
        self,
        build_state: BuildState,
        keys: Mapping[str, str],
        site: PublishedSite,
        *,
        warned: bool,
        unchanged: bool = True,
    ) -> SiteManifest:
        """Manifest of the site; without a stamp after a warning, and if the inputs of a version are unknown.

        If sources are not `unchanged` since the build began, nothing of the site can be reused. `keys` are the hashes
        of each edition's known inputs.
        """
        known = {name: read.states for name, read in self.read.items() if read.is_known}
        steady = [build_state.states.agree(states) for states in known.values()]
        is_known = len(known) == len(keys) and all(steady)
        states = {one: state for states in known.values() for one, state in states.items()}
        states |= build_state.states.of(signature_inputs(site.signed_commits))
        stamp = build_state.stamp_of(states) if is_known and unchanged and not warned else ""
        addresses = {
            name: entry_address(keys[name], states)
            for name, states in known.items()
            if unchanged and name not in self.with_warnings
        }
        return SiteManifest(
            build_state.site.target,
            stamp,
            addresses,
            site.files,
            frozenset(states),
            site.redirect_pages,
            site.latest,
        )

    def warn_uncached(self) -> None:
        """Log the reasons why results could not be cached."""
        if self.cache_error:
            log.info("%s. The next build cannot use what this one has built.", self.cache_error)
        names = [name for name, read in self.read.items() if read.unseen]
        if names:
            reasons = sorted({reason for read in self.read.values() for reason in read.unseen})
            log.info(
                "Not cached for the next build, because not everything that it reads can be tracked: %s (%s).",
                ", ".join(sorted(names)),
                "; ".join(reasons),
            )


def _by_message(messages: Iterable[tuple[str, Iterable[_Message]]]) -> dict[_Message, list[str]]:
    """The versions that have each message, in the order of both."""
    found: dict[_Message, list[str]] = {}
    for name, own in messages:
        for message in dict.fromkeys(own):
            found.setdefault(message, []).append(name)
    return found


def _listed(names: Sequence[str]) -> str:
    """Names of versions, oldest first; of many, the first and the last one."""
    return (
        ", ".join(names) if len(names) <= _NAMED else f"{len(names)} versions from {names[0]} to {names[-1]}"
    )


def signature_inputs(commits: Collection[str]) -> list[Input]:
    """The input of the verification of these commits."""
    return [(SIGNATURES, " ".join(sorted(commits)))] if commits else []
