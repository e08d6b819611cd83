"""Build of a whole site: the versions to build, and the publication of the result."""

from __future__ import annotations

import logging
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from charterbook.file_store import sweep, unwritable_error
from charterbook.history import History
from charterbook.history.branch import shows_the_same
from charterbook.site.edition import Edition
from charterbook.site.incremental import recording
from charterbook.site.incremental.input_states import Input
from charterbook.site.incremental.manifest import Stat
from charterbook.site.incremental.up_to_date import BuildState, SiteRequest
from charterbook.site.mkdocs_compat.logs import Notes, is_about_page, mkdocs_logger, strict_build_warned
from charterbook.site.order import BuildOrder, BuildWarning, ConfigOverrides
from charterbook.site.output import root_files
from charterbook.site.output.publish import REMOVED, Staging
from charterbook.site.output.published_charter import PublishedCharter
from charterbook.site.output.remove import sweep_removed
from charterbook.site.output.site_group import check_replaced_site
from charterbook.site.output.site_lists import latest_edition
from charterbook.site.output.write_errors import write_error_message
from charterbook.site.pipeline.build_results import BuildResults, PublishedSite
from charterbook.site.pipeline.handbook_data import HandbookData
from charterbook.site.pipeline.order_build import WarningCollector, is_about_other_versions
from charterbook.site.pipeline.parallel_builds import ParallelBuilds
from charterbook.site.pipeline.pool import Chore
from charterbook.site.pipeline.progress import Progress
from charterbook.site.pipeline.published_pages import with_published_pages
from charterbook.site.pipeline.reused_versions import INPUTS, VERSIONS, ReusedVersions
from charterbook.site.pipeline.root_assets import RootAssets
from charterbook.site.pipeline.site_assembly import SiteAssembly
from charterbook.site.pipeline.site_root import ListSettings, write_calendars, write_root
from charterbook.site.render.bytecode_cache import PAGES
from charterbook.site.timings import (
    TimeSpent,
    is_enabled,
    report,
)

log = logging.getLogger("mkdocs.plugins.charterbook")

#: Folder of cached comparisons of revisions.
COMPARISONS = "comparisons"


@dataclass
class SiteBuild:
    """The site of a build: its editions, and the version that MkDocs builds itself.

    `build_state` has the request and the state of the old site; `keys` are hashes of each edition's inputs.
    `items_in_nav`, `pages_of_any_version` and `overrides` are as in BuildOrder, `hidden_in_nav` are those of them that
    the group of the handbook does not see, `moved_by_plugins` is `moved` of the newest version's PageRenderer.
    """

    build_state: BuildState
    handbook_data: HandbookData = field(
        default_factory=lambda: HandbookData(History(()), PublishedCharter(), [], [])
    )
    keys: Mapping[str, str] = field(default_factory=dict)
    workspace: Staging | None = None
    items_in_nav: frozenset[str] = frozenset()
    hidden_in_nav: frozenset[str] = frozenset()
    pages_of_any_version: frozenset[str] = frozenset()
    overrides: ConfigOverrides = field(default_factory=ConfigOverrides)
    moved_by_plugins: Mapping[str, str] = field(default_factory=dict)
    _builds: ParallelBuilds | None = None
    _warnings: WarningCollector = field(default_factory=WarningCollector)
    _notes: Notes | None = None
    _results: BuildResults = field(default_factory=BuildResults)
    _reused: ReusedVersions | None = None
    _redirect_pages: Sequence[str] = ()
    _unchanged: bool = True
    _listed: ListSettings | None = None
    _assets: RootAssets | None = None

    def __post_init__(self) -> None:
        mkdocs_logger().addHandler(self._warnings)

    def add_warnings(self, records: Iterable[logging.LogRecord]) -> None:
        """Add warnings that were logged before this build was planned."""
        for record in records:
            self._warnings.handle(record)

    @property
    def staging(self) -> Path:
        """Staging folder of the site."""
        assert self.workspace is not None
        return self.workspace.new

    @property
    def reused(self) -> ReusedVersions:
        """Versions that are not built again."""
        if self._reused is None:
            self._reused = ReusedVersions(self.build_state, self.staging)
        return self._reused

    @property
    def assets(self) -> RootAssets:
        """Styles and scripts at the root."""
        if self._assets is None:
            self._assets = RootAssets(self.build_state, self.staging)
        return self._assets

    @property
    def site(self) -> SiteRequest:
        """The request for this site."""
        return self.build_state.site

    @property
    def inputs(self) -> frozenset[Input]:
        """Inputs of the versions that are built so far."""
        return self._results.inputs

    def begin(self, config: MkDocsConfig) -> BuildOrder | None:
        """Reuse cached versions, start workers for the rest, and return the order of the main build.

        In a handbook with hooks or other plugins, the workers wait for `start_workers`.
        """
        if self.site.store is not None:
            self._sweep(self.site.store)
        if not self.handbook_data.editions:
            return None
        *others, own = self.handbook_data.editions
        with self.build_state.timings.span("reusing finished versions"):
            missing = [edition for edition in others if not self._reuse(edition)]
        self._builds = ParallelBuilds(
            self._order(own),
            [self._order(edition) for edition in missing],
            self._chores(config),
            self._results,
            Progress(len(missing) + 1, len(others) - len(missing)),
        )
        self._builds.begin(config)
        self._notes = Notes(partial(_is_note, self._builds.own))
        self._notes.begin()
        return self._builds.own

    def start_workers(self, config: MkDocsConfig) -> None:
        """Let the workers begin that waited because plugins or hooks might write files into the handbook."""
        if self._builds is not None:
            self._builds.start_workers(config)

    def _sweep(self, store: Path) -> None:
        """Remove leftovers of killed builds from the cache, and check that it can be written."""
        sweep(store)
        sweep_removed(store / REMOVED)
        error = unwritable_error(store)
        if error is not None:
            self._results.cache_error = f"{error.filename or store} cannot be written: {error.strerror}"

    def _order(self, edition: Edition) -> BuildOrder:
        return BuildOrder(
            edition,
            self.staging / edition.name,
            self.site.config_file,
            self.site.url,
            self.handbook_data.history.branch,
            self.handbook_data.history.path,
            None if self._results.cache_error or self.site.store is None else self.site.store / VERSIONS,
            self.keys[edition.name],
            self.site.store and self.site.store / COMPARISONS,
            self.site.command,
            self.items_in_nav,
            self.pages_of_any_version,
            self.overrides,
            self.site.store and self.site.store / INPUTS,
            self.build_state.states.scope,
        )

    def _chores(self, config: MkDocsConfig) -> Sequence[Chore]:
        """What the first process without a version writes at the root, with the present settings.

        While serving, this process writes the lists: it remembers them for the next build.
        """
        calendars = partial(write_calendars, self.staging, self.site, self.handbook_data)
        if self.site.serving:
            return (calendars,)
        self._listed = self._list_settings(config)
        root_files.load_templates(self.handbook_data.editions)
        return partial(self._write_lists, self.handbook_data, self._listed), calendars

    def _list_settings(self, config: MkDocsConfig) -> ListSettings:
        return ListSettings.of(self.site, self.handbook_data, config)

    def _reuse(self, edition: Edition) -> bool:
        """Whether a version is reused: its inputs are unchanged, and the old site or the cache has it."""
        needed = edition is latest_edition(self.handbook_data.editions)
        read = self.reused.take(edition.name, self.keys[edition.name], needed=needed)
        if read is not None:
            self._results.read[edition.name] = read
        return read is not None

    def finish(self, config: MkDocsConfig) -> None:
        """Wait for the workers, write the root, and publish the site.

        A strict build with warnings leaves an old site unchanged.
        """
        self._end_notes()
        config.site_dir, config.site_url = str(self.site.target), self.site.url
        self._collect(config)
        self._note_published_pages(config)
        assembly = SiteAssembly(self.staging, self.build_state, self.handbook_data, self.reused)
        self._redirect_pages = assembly.write(config)
        same_history = partial(shows_the_same, wanted=self.site.branch)
        self._unchanged = self.build_state.is_unchanged(same_history)
        if not self._unchanged and not self.build_state.is_unchanged(
            same_history, recording.record().written
        ):
            log.warning(
                "The charter or docs/ changed while the site was built. Build again to show the present state."
            )
        if config.strict and strict_build_warned() and _holds_files(self.site.target):
            self.abandon()
            return
        PAGES.save()
        with self.build_state.timings.span("publishing the site"):
            files = assembly.files.listed()
            self._publish()
        self._write_manifest(files)
        self._log_timings()

    def _publish(self) -> None:
        assert self.workspace is not None
        reused = self.reused

        def in_place() -> Collection[str]:
            if not self.site.serving:  # a concurrent build can have published here since the first check
                check_replaced_site(self.site.target, self.staging, self.handbook_data.group)
            reused.confirm()
            return reused.in_place

        replaced = len(self.build_state.manifest.files) - len(reused.files)
        self.workspace.publish(replaced, self.site.store, reused.linked, in_place)

    def _collect(self, config: MkDocsConfig) -> None:
        """Collect the built versions, and write the root; log warnings in the order of the versions."""
        if self._builds is not None:
            seconds = self._builds.finish(config, self._warnings.warnings, self._write_styles)
            self.build_state.timings.add("building versions, in parallel", TimeSpent(seconds, 1))
        if (listed := self._list_settings(config)) != self._listed:
            self._write_lists(self.handbook_data, listed)

    def _note_published_pages(self, config: MkDocsConfig) -> None:
        """Write the files at the root again if plugins, hooks or `exclude_docs` have moved or removed pages."""
        published = with_published_pages(self.handbook_data, self.moved_by_plugins, self.reused.folder)
        if published is not self.handbook_data:
            self.handbook_data = published
            self._write_lists(published, self._list_settings(config))
            write_calendars(self.staging, self.site, published)

    def _write_lists(self, data: HandbookData, listed: ListSettings) -> None:
        """Write the files at the root that depend on no built version."""
        with self.build_state.timings.span("feeds and lists at the root"):
            write_root(self.staging, self.build_state, data, self.keys, listed)

    def _write_styles(self) -> None:
        with self.build_state.timings.span("styles"):
            self.assets.finish()

    def _write_manifest(self, files: Mapping[str, Stat]) -> None:
        """Write the manifest for the next build.

        `files` are the files of this site: a concurrent build can have published its own since.
        """
        mkdocs_logger().removeHandler(self._warnings)
        if self.site.store is None:
            return
        latest = latest_edition(self.handbook_data.editions)
        published = PublishedSite(
            files,
            frozenset(self._redirect_pages),
            {commit for edition in self.handbook_data.editions for commit in edition.signatures},
            latest.name if latest is not None else "",
        )
        manifest = self._results.manifest(
            self.build_state,
            self.keys,
            published,
            warned=bool(self._warnings.warnings or self.handbook_data.broken),
            unchanged=self._unchanged,
        )
        self._results.record(manifest, self.site.store)

    def _log_timings(self) -> None:
        if is_enabled():
            for line in report(
                time.monotonic() - self.build_state.began, self.build_state.timings, self._results.versions
            ):
                log.info("%s", line)

    def abandon(self) -> None:
        """Abort: stop the workers, remove the unfinished site, and keep the old one."""
        self._end_notes()
        mkdocs_logger().removeHandler(self._warnings)
        if self._builds is not None:
            self._builds.abandon()
        if self.workspace is not None:
            self.workspace.discard()

    def _end_notes(self) -> None:
        if self._notes is not None:
            self._notes.end()

    def write_error_message(self, error: Exception) -> str | None:
        """Message for an error in writing the site, such as a full disk; None for any other error."""
        interrupted = self.workspace is not None and self.workspace.is_interrupted
        return write_error_message(error, self.site.target, interrupted=interrupted)


def _is_note(order: BuildOrder, record: logging.LogRecord) -> bool:
    """Whether a warning of the main build is about a page that only other versions have."""
    return is_about_other_versions(BuildWarning(record.getMessage(), is_about_page(record)), order)


def _holds_files(folder: Path) -> bool:
    """Whether there is an old site to keep; without one, a strict build publishes its own, as MkDocs does."""
    return folder.is_dir() and any(not entry.name.startswith(".") for entry in folder.iterdir())
