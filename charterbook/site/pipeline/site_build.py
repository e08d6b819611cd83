"""Build of a whole site: the versions to build, and the assembly of the result."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from charterbook.file_store import Store, sweep, unwritable_error
from charterbook.history import History
from charterbook.site.edition import Edition
from charterbook.site.incremental.input_states import Input
from charterbook.site.incremental.manifest import (
    SiteManifest,
    Stat,
    files_below,
    manifest_store,
    write_manifest,
)
from charterbook.site.incremental.up_to_date import BuildState, SiteRequest
from charterbook.site.incremental.version_cache import KEEP_DAYS, KnownInputs, VersionCache, entry_address
from charterbook.site.incremental.version_inputs import ReadInputs
from charterbook.site.mkdocs_compat.logs import mkdocs_logger, strict_build_warned
from charterbook.site.order import BuildResult, BuildWarning, ConfigOverrides, Order
from charterbook.site.output import root_files
from charterbook.site.output.keep_addresses import keep_addresses
from charterbook.site.output.publish import REMOVED, Staging
from charterbook.site.output.published_addresses import PublishedAddresses
from charterbook.site.output.published_charter import PublishedCharter
from charterbook.site.output.remove import sweep_removed
from charterbook.site.output.write_errors import explain
from charterbook.site.pipeline.handbook_data import HandbookData
from charterbook.site.pipeline.mkdocs_redirects import redirect_paths
from charterbook.site.pipeline.pool import WarningCollector, WorkerPool, read_for, store_version
from charterbook.site.pipeline.progress import Progress
from charterbook.site.pipeline.site_root import show_problems, write_root
from charterbook.site.render.bytecode_cache import PAGES
from charterbook.site.timings import (
    BuiltVersion,
    TimeSpent,
    Timings,
    begin_counting,
    end_counting,
    is_enabled,
    report,
)

log = logging.getLogger("mkdocs.plugins.charterbook")

#: Folder of cached versions, in the cache folder.
VERSIONS = "versions"

#: Folder of the names of their inputs.
INPUTS = "inputs"

#: Folder of cached comparisons of revisions.
COMPARISONS = "comparisons"


@dataclass
class SiteBuild:
    """The site of a build: its editions, and the version that MkDocs builds itself.

    `build_state` has the request and the state of the old site; `keys` are hashes of each edition's inputs.
    `items_in_nav`, `pages_of_any_version` and `overrides` are as in Order.
    """

    build_state: BuildState
    handbook_data: HandbookData = field(
        default_factory=lambda: HandbookData(History(()), PublishedCharter(), [], [])
    )
    keys: Mapping[str, str] = field(default_factory=dict)
    workspace: Staging | None = None
    items_in_nav: frozenset[str] = frozenset()
    pages_of_any_version: frozenset[str] = frozenset()
    overrides: ConfigOverrides = field(default_factory=ConfigOverrides)
    _pool: WorkerPool | None = None
    _progress: Progress | None = None
    _warnings: WarningCollector = field(default_factory=WarningCollector)
    _versions_with_warnings: set[str] = field(default_factory=set)
    _read_inputs: dict[str, ReadInputs] = field(default_factory=dict)
    _cache_error: str = ""
    _own_order: Order | None = None
    _built: list[BuiltVersion] = field(default_factory=list)
    _own_timings: Timings = field(default_factory=Timings)
    _own_began: float = 0.0
    _unchanged_entries: set[str] = field(default_factory=set)
    _redirect_pages: Sequence[str] = ()

    def __post_init__(self) -> None:
        mkdocs_logger().addHandler(self._warnings)

    @property
    def staging(self) -> Path:
        """Staging folder of the site."""
        assert self.workspace is not None
        return self.workspace.new

    @property
    def site(self) -> SiteRequest:
        """The request for this site."""
        return self.build_state.site

    @property
    def inputs(self) -> frozenset[Input]:
        """Inputs of the versions that are built so far."""
        return frozenset(one for read in self._read_inputs.values() for one in read.states)

    def begin(self) -> Order | None:
        """Reuse cached versions, start workers for the rest, and return the order of the main build."""
        if self.site.store is not None:
            self._sweep(self.site.store)
        if not self.handbook_data.editions:
            return None
        *others, own = self.handbook_data.editions
        with self.build_state.timings.span("taking finished versions"):
            missing = [edition for edition in others if not self._reuse(edition)]
        self._progress = Progress(len(missing) + 1, len(others) - len(missing))
        self._pool = WorkerPool([self._order(edition) for edition in missing])
        self._own_began, self._own_timings = time.monotonic(), begin_counting()
        self._own_order = self._order(own)
        return self._own_order

    def _sweep(self, store: Path) -> None:
        """Remove leftovers of killed builds from the cache, and check that it can be written."""
        sweep(store)
        sweep_removed(store / REMOVED)
        error = unwritable_error(store)
        if error is not None:
            self._cache_error = f"{error.filename or store} cannot be written: {error.strerror}"

    def _order(self, edition: Edition) -> Order:
        return Order(
            edition,
            self.staging / edition.name,
            self.site.config_file,
            self.site.url,
            self.handbook_data.history.branch,
            self.handbook_data.history.path,
            None if self._cache_error or self.site.store is None else self.site.store / VERSIONS,
            self.keys[edition.name],
            self.site.store and self.site.store / COMPARISONS,
            self.site.serving,
            self.items_in_nav,
            self.pages_of_any_version,
            self.overrides,
            self.site.store and self.site.store / INPUTS,
            self.build_state.states.scope,
        )

    def _reuse(self, edition: Edition) -> bool:
        """Whether a version is reused: its inputs are unchanged, and the old site or the cache has it."""
        if self.site.store is None:
            return False
        inputs = KnownInputs(self.site.store / INPUTS).get(self.keys[edition.name])
        if inputs is None:
            return False
        read = ReadInputs(self.build_state.states.of(inputs))
        if not self._copy_unchanged(
            edition.name, entry_address(self.keys[edition.name], read.states), self.site.store
        ):
            return False
        self._read_inputs[edition.name] = read
        return True

    def _copy_unchanged(self, name: str, cache_address: str, store: Path) -> bool:
        """Link or copy a cached version into the new site."""
        into = self.staging / name
        if self.build_state.manifest.link_version(name, cache_address, into):
            self._unchanged_entries.add(name)
            return True
        shutil.rmtree(into, ignore_errors=True)
        return VersionCache(store / VERSIONS).get(cache_address, into)

    def copy_assets(self, assets: Mapping[str, Path]) -> None:
        """Copy the theme's assets to the root, once for all versions."""
        for uri, source in assets.items():
            target = self.staging / uri
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)

    def finish(self, config: MkDocsConfig) -> None:
        """Wait for the workers, write the root, and publish the site.

        A strict build with warnings leaves an old site unchanged.
        """
        config.site_dir, config.site_url = str(self.site.target), self.site.url
        self._collect(config)
        with self.build_state.timings.span("styles and latest/"):
            root_files.finish_root(
                self.staging,
                self.handbook_data.editions,
                self.site.url,
                Path(config.docs_dir),
                config.theme.static_templates,
            )
            root_files.redirect_to_latest(self.staging, redirect_paths(config))
            if self.handbook_data.broken:
                show_problems(self.staging, self.site, self.handbook_data)
        with self.build_state.timings.span("former addresses"):
            self._keep_addresses()
        if config.strict and strict_build_warned() and _holds_files(self.site.target):
            self.abandon()
            return
        PAGES.save()
        with self.build_state.timings.span("putting the site in place"):
            files = files_below(self.staging)
            assert self.workspace is not None
            self.workspace.publish(
                len(self.build_state.manifest.files), self.site.store, self._unchanged_entries
            )
        self._write_manifest(files)
        self._log_timings()

    def _keep_addresses(self) -> None:
        site, manifest, found = self.site, self.build_state.manifest, self.handbook_data
        if found.history.doubts:  # versions may be missing, and with them the pages that addresses lead to
            return
        lists = (
            None if site.serving else PublishedAddresses(site.target, site.root, site.store, manifest.files)
        )
        self._redirect_pages = keep_addresses(
            self.staging, found.editions, found.moved_published, found.settings, site.url, lists
        )
        self._unchanged_entries -= {
            path.partition("/")[0] for path in (*self._redirect_pages, *manifest.forwards)
        }

    def _collect(self, config: MkDocsConfig) -> None:
        """Collect the built versions, and write the root; log warnings in the order of the versions."""
        if self._pool is None or self._progress is None:
            self._write_root(config)
            return
        end_counting(self._own_timings)
        assert self._own_order is not None
        own, seconds = self._own_order.edition.name, time.monotonic() - self._own_began
        read, uncached = read_for(self._own_order), ""
        if self._warnings.warnings:
            self._versions_with_warnings.add(own)
        else:
            uncached = store_version(self._own_order, read)
        self._add_result(
            BuildResult(own, (), seconds, parts=self._own_timings.spent, read=read, uncached=uncached)
        )
        found = {
            outcome.name: outcome
            for outcome in map(self._add_result, self._pool.outcomes(partial(self._write_root, config)))
        }
        logged = set(self._warnings.warnings)
        for order in self._pool.orders:
            self._log_warnings(found[order.edition.name], logged)
        self.build_state.timings.add(
            "building versions, side by side", TimeSpent(time.monotonic() - self._own_began, 1)
        )

    def _log_warnings(self, outcome: BuildResult, logged: set[BuildWarning]) -> None:
        """Log a version's warnings; one that is about no page is logged for one version only."""
        if outcome.warnings:
            self._versions_with_warnings.add(outcome.name)
        for warning in outcome.warnings:
            if warning.about_page or warning not in logged:
                log.warning("%s: %s", outcome.name, warning.message)
        logged.update(outcome.warnings)
        if outcome.failed:
            raise PluginError(f"Version {outcome.name} cannot be built: see above.")

    def _add_result(self, outcome: BuildResult) -> BuildResult:
        assert self._progress is not None
        self._progress.done(outcome.name, outcome.seconds)
        self._built.append(BuiltVersion(outcome.name, outcome.seconds, outcome.parts))
        self._read_inputs[outcome.name] = outcome.read
        self._cache_error = self._cache_error or outcome.uncached
        return outcome

    def _write_root(self, config: MkDocsConfig) -> None:
        """Write the files at the root that do not depend on built versions."""
        with self.build_state.timings.span("feeds and lists at the root"):
            write_root(self.staging, self.site, self.handbook_data, self.keys, config)

    def _write_manifest(self, files: Mapping[str, Stat]) -> None:
        """Write the manifest for the next build.

        `files` are those of this site: another build may have published its own since.
        """
        mkdocs_logger().removeHandler(self._warnings)
        if self.site.store is None:
            return
        self._store_manifest(files, manifest_store(self.site.store))
        self._warn_uncached()
        VersionCache(self.site.store / VERSIONS).prune(time.time())
        KnownInputs(self.site.store / INPUTS).prune(time.time())
        manifest_store(self.site.store).prune(time.time() - KEEP_DAYS * 86_400)

    def _store_manifest(self, files: Mapping[str, Stat], notes: Store) -> None:
        known = {name: read.states for name, read in self._read_inputs.items() if read.is_known}
        steady = [self.build_state.states.agree(states) for states in known.values()]
        is_known = len(known) == len(self.handbook_data.editions) and all(steady)
        states = {one: state for states in known.values() for one, state in states.items()}
        warned_of = self._warnings.warnings or self.handbook_data.broken
        stamp = self.build_state.stamp_of(states) if is_known and not warned_of else ""
        keys = {
            name: entry_address(self.keys[name], states)
            for name, states in known.items()
            if name not in self._versions_with_warnings
        }
        site = SiteManifest(
            self.site.target, stamp, keys, files, frozenset(states), frozenset(self._redirect_pages)
        )
        self._cache_error = write_manifest(notes, site) or self._cache_error

    def _warn_uncached(self) -> None:
        """Warn of results that could not be cached."""
        if self._cache_error:
            log.info("%s. The next build cannot use what this one has built.", self._cache_error)
        names = [name for name, read in self._read_inputs.items() if read.unseen]
        if names:
            reasons = sorted({reason for read in self._read_inputs.values() for reason in read.unseen})
            log.info(
                "Not cached for the next build, because not everything that it reads can be tracked: %s (%s).",
                ", ".join(sorted(names)),
                "; ".join(reasons),
            )

    def _log_timings(self) -> None:
        if is_enabled():
            for line in report(
                time.monotonic() - self.build_state.began, self.build_state.timings, self._built
            ):
                log.info("%s", line)

    def abandon(self) -> None:
        """Abort: stop the workers, remove the unfinished site, and keep the old one."""
        mkdocs_logger().removeHandler(self._warnings)
        end_counting(self._own_timings)
        if self._pool is not None:
            self._pool.shutdown()
        if self.workspace is not None:
            self.workspace.discard()

    def explain(self, error: Exception) -> str | None:
        """Message for an error in writing the site, such as a full disk; None for any other error."""
        interrupted = self.workspace is not None and self.workspace.is_interrupted
        return explain(error, self.site.target, interrupted=interrupted)


def _holds_files(folder: Path) -> bool:
    """Whether there is an old site to keep; without one, a strict build publishes its own, as MkDocs does."""
    return folder.is_dir() and any(not entry.name.startswith(".") for entry in folder.iterdir())
