"""A whole site: which of its versions are built, and how they come together."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from urllib.parse import unquote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from charterbook.file_store import Store, sweep, why_unwritable
from charterbook.history import History
from charterbook.load.language import language_of
from charterbook.pages import DocsPage
from charterbook.settings import Settings
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
from charterbook.site.incremental.version_cache import KEEP_DAYS, KnownInputs, VersionCache, address
from charterbook.site.incremental.version_inputs import ReadInputs
from charterbook.site.mkdocs_compat.logs import mkdocs_logger, strict_build_warned
from charterbook.site.moved_pages import MovedPages, redirects_of
from charterbook.site.order import BuildOptions, BuildResult, BuildWarning, Order
from charterbook.site.output import root_files
from charterbook.site.output.keep_addresses import keep_addresses
from charterbook.site.output.publish import REMOVED, Staging
from charterbook.site.output.published_addresses import PublishedAddresses
from charterbook.site.output.published_charter import PublishedCharter, write
from charterbook.site.output.remove import sweep_removed
from charterbook.site.output.write_errors import explain
from charterbook.site.pipeline.pool import WarningCollector, WorkerPool, read_for, store_version
from charterbook.site.pipeline.progress import Progress
from charterbook.site.pipeline.redirects import redirected
from charterbook.site.render.bytecode_cache import PAGES
from charterbook.site.render.views import ForgeLinks
from charterbook.site.timings import (
    BuiltVersion,
    TimeSpent,
    Timings,
    asked,
    begin_counting,
    end_counting,
    report,
)
from charterbook.versions import DRAFT

log = logging.getLogger("mkdocs.plugins.charterbook")

#: Where finished versions are kept, below the folder for all that is kept.
VERSIONS = "versions"

#: Where the names of their inputs are kept.
INPUTS = "inputs"

#: Where comparisons of revisions are kept.
COMPARISONS = "comparisons"


@dataclass(frozen=True)
class HandbookData:
    """The history, its published charter, the editions of the site, what is wrong on disk, as lines, and docs/."""

    history: History
    today: PublishedCharter
    editions: Sequence[Edition]
    broken: Sequence[str]
    docs: Sequence[DocsPage] = ()
    settings: Settings = field(default_factory=Settings)

    @cached_property
    def moved(self) -> MovedPages:
        """Which page of a version is which in another one."""
        return self._moved(self.editions)

    @cached_property
    def moved_published(self) -> MovedPages:
        """The same without the draft: what only a draft has was never published."""
        return self._moved([edition for edition in self.editions if edition.state != "draft"])

    def _moved(self, editions: Sequence[Edition]) -> MovedPages:
        return MovedPages(editions, self.docs, redirects_of(self.docs, dict(self.settings.redirects)))


@dataclass
class SiteBuild:
    """The site that a build makes: all its editions, and which of them MkDocs builds itself.

    `read_build_state` says what was asked for and what stands already; `keys` stand for what each edition depends on.
    `elsewhere`, `somewhere` and `given` are as in Order.
    """

    build_state: BuildState
    found: HandbookData = field(default_factory=lambda: HandbookData(History(()), PublishedCharter(), [], []))
    keys: Mapping[str, str] = field(default_factory=dict)
    workspace: Staging | None = None
    elsewhere: frozenset[str] = frozenset()
    somewhere: frozenset[str] = frozenset()
    given: BuildOptions = field(default_factory=BuildOptions)
    _pool: WorkerPool | None = None
    _progress: Progress | None = None
    _warnings: WarningCollector = field(default_factory=WarningCollector)
    _to_warn: set[str] = field(default_factory=set)
    _reads: dict[str, ReadInputs] = field(default_factory=dict)
    _unkept: str = ""
    _own_order: Order | None = None
    _built: list[BuiltVersion] = field(default_factory=list)
    _own: Timings = field(default_factory=Timings)
    _own_began: float = 0.0
    _taken: set[str] = field(default_factory=set)
    _forwards: Sequence[str] = ()

    def __post_init__(self) -> None:
        mkdocs_logger().addHandler(self._warnings)

    @property
    def staging(self) -> Path:
        """The folder in which the site is made."""
        assert self.workspace is not None
        return self.workspace.new

    @property
    def site(self) -> SiteRequest:
        """What was asked for."""
        return self.build_state.site

    @property
    def inputs(self) -> frozenset[Input]:
        """All that the versions were made from, as far as they are built."""
        return frozenset(one for read in self._reads.values() for one in read.states)

    def begin(self) -> Order | None:
        """Take what is there already, set workers to the rest, and give MkDocs its own order."""
        if self.site.store is not None:
            self._sweep(self.site.store)
        if not self.found.editions:
            return None
        *others, own = self.found.editions
        with self.build_state.timings.span("taking finished versions"):
            missing = [edition for edition in others if not self._is_kept(edition)]
        self._progress = Progress(len(missing) + 1, len(others) - len(missing))
        self._pool = WorkerPool([self._order(edition) for edition in missing])
        self._own_began, self._own = time.monotonic(), begin_counting()
        self._own_order = self._order(own)
        return self._own_order

    def _sweep(self, store: Path) -> None:
        """Remove what killed builds left in the cache, and look whether it can be written at all."""
        sweep(store)
        sweep_removed(store / REMOVED)
        error = why_unwritable(store)
        if error is not None:
            self._unkept = f"{error.filename or store} cannot be written: {error.strerror}"

    def _order(self, edition: Edition) -> Order:
        return Order(
            edition,
            self.staging / edition.name,
            self.site.config_file,
            self.site.url,
            self.found.history.branch,
            self.found.history.path,
            None if self._unkept or self.site.store is None else self.site.store / VERSIONS,
            self.keys[edition.name],
            self.site.store and self.site.store / COMPARISONS,
            self.site.serving,
            self.elsewhere,
            self.somewhere,
            self.given,
            self.site.store and self.site.store / INPUTS,
            self.build_state.states.scope,
        )

    def _is_kept(self, edition: Edition) -> bool:
        """Whether a version need not be built: its inputs are as they were, and the old site or the cache has it."""
        if self.site.store is None:
            return False
        inputs = KnownInputs(self.site.store / INPUTS).get(self.keys[edition.name])
        if inputs is None:
            return False
        read = ReadInputs(self.build_state.states.of(inputs))
        if not self._take_unchanged(
            edition.name, address(self.keys[edition.name], read.states), self.site.store
        ):
            return False
        self._reads[edition.name] = read
        return True

    def _take_unchanged(self, name: str, kept: str, store: Path) -> bool:
        """Have a version that was built before stand in the new site, too."""
        into = self.staging / name
        if self.build_state.manifest.link_version(name, kept, into):
            self._taken.add(name)
            return True
        shutil.rmtree(into, ignore_errors=True)
        return VersionCache(store / VERSIONS).get(kept, into)

    def copy_assets(self, assets: Mapping[str, Path]) -> None:
        """Put the theme's assets at the root, once for all versions."""
        for uri, source in assets.items():
            target = self.staging / uri
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)

    def finish(self, config: MkDocsConfig) -> None:
        """Wait for the workers, write the root, and put the site in place.

        A strict build that was warned leaves an old site as it is.
        """
        config.site_dir, config.site_url = str(self.site.target), self.site.url
        self._collect(config)
        with self.build_state.timings.span("styles and latest/"):
            root_files.finish_root(
                self.staging,
                self.found.editions,
                self.site.url,
                Path(config.docs_dir),
                config.theme.static_templates,
            )
            root_files.redirect_to_latest(self.staging, redirected(config))
            if self.found.broken:
                self._show_problems()
        with self.build_state.timings.span("former addresses"):
            self._keep_addresses()
        if config.strict and strict_build_warned() and _holds_files(self.site.target):
            self.abandon()
            return
        PAGES.save()
        with self.build_state.timings.span("putting the site in place"):
            files = files_below(self.staging)
            assert self.workspace is not None
            self.workspace.publish(len(self.build_state.manifest.files), self.site.store, self._taken)
        self._write_manifest(files)
        self._log_timings()

    def _keep_addresses(self) -> None:
        site, manifest, found = self.site, self.build_state.manifest, self.found
        if found.history.doubts:  # versions may be missing, and with them the pages that addresses lead to
            return
        lists = (
            None if site.serving else PublishedAddresses(site.target, site.root, site.store, manifest.files)
        )
        self._forwards = keep_addresses(
            self.staging, found.editions, found.moved_published, found.settings, site.url, lists
        )
        self._taken -= {path.partition("/")[0] for path in (*self._forwards, *manifest.forwards)}

    def _collect(self, config: MkDocsConfig) -> None:
        """Take in what was built, and write the root; warnings are told in the order of the versions."""
        if self._pool is None or self._progress is None:
            self._write_root(config)
            return
        end_counting(self._own)
        assert self._own_order is not None
        own, seconds = self._own_order.edition.name, time.monotonic() - self._own_began
        read, uncached = read_for(self._own_order), ""
        if self._warnings.warnings:
            self._to_warn.add(own)
        else:
            uncached = store_version(self._own_order, read)
        self._done(BuildResult(own, (), seconds, parts=self._own.spent, read=read, uncached=uncached))
        found = {
            outcome.name: outcome
            for outcome in map(self._done, self._pool.outcomes(partial(self._write_root, config)))
        }
        said = set(self._warnings.warnings)
        for order in self._pool.orders:
            self._log_warnings(found[order.edition.name], said)
        self.build_state.timings.add(
            "building versions, side by side", TimeSpent(time.monotonic() - self._own_began, 1)
        )

    def _log_warnings(self, outcome: BuildResult, said: set[BuildWarning]) -> None:
        """Tell of a version's warnings; one that is about no page, only where no other version was told of it."""
        if outcome.warnings:
            self._to_warn.add(outcome.name)
        for warning in outcome.warnings:
            if warning.about_page or warning not in said:
                log.warning("%s: %s", outcome.name, warning.message)
        said.update(outcome.warnings)
        if outcome.failed:
            raise PluginError(f"Version {outcome.name} cannot be built: see above.")

    def _done(self, outcome: BuildResult) -> BuildResult:
        assert self._progress is not None
        self._progress.done(outcome.name, outcome.seconds)
        self._built.append(BuiltVersion(outcome.name, outcome.seconds, outcome.parts))
        self._reads[outcome.name] = outcome.read
        self._unkept = self._unkept or outcome.uncached
        return outcome

    def _write_root(self, config: MkDocsConfig) -> None:
        """Write what stands at the root of the site and needs no version to be there."""
        site, history = self.site, self.found.history
        with self.build_state.timings.span("feeds and lists at the root"):
            root_files.write_root(
                self.staging,
                self.found.editions,
                self.keys,
                site.url,
                site.severity,
                self.found.moved,
                serving=site.serving,
            )
            repository = ForgeLinks.of(config, history.branch, history.path)
            write(self.staging, self.found.today, repository, site.charter, site.severity)

    def _write_manifest(self, files: Mapping[str, Stat]) -> None:
        """Keep what the next build can use.

        `files` are those of this site: another build may have put its own in place since.
        """
        mkdocs_logger().removeHandler(self._warnings)
        if self.site.store is None:
            return
        self._note(files, manifest_store(self.site.store))
        self._warn_uncached()
        VersionCache(self.site.store / VERSIONS).prune(time.time())
        KnownInputs(self.site.store / INPUTS).prune(time.time())
        manifest_store(self.site.store).prune(time.time() - KEEP_DAYS * 86_400)

    def _note(self, files: Mapping[str, Stat], notes: Store) -> None:
        known = {name: read.states for name, read in self._reads.items() if read.is_known}
        steady = [self.build_state.states.agree(states) for states in known.values()]
        is_known = len(known) == len(self.found.editions) and all(steady)
        states = {one: state for states in known.values() for one, state in states.items()}
        warned_of = self._warnings.warnings or self.found.broken
        stamp = self.build_state.stamp_of(states) if is_known and not warned_of else ""
        keys = {
            name: address(self.keys[name], states)
            for name, states in known.items()
            if name not in self._to_warn
        }
        site = SiteManifest(
            self.site.target, stamp, keys, files, frozenset(states), frozenset(self._forwards)
        )
        self._unkept = write_manifest(notes, site) or self._unkept

    def _warn_uncached(self) -> None:
        """Say what the next build cannot use of this one."""
        if self._unkept:
            log.info("%s. The next build cannot use what this one has built.", self._unkept)
        names = [name for name, read in self._reads.items() if read.unseen]
        if names:
            reasons = sorted({reason for read in self._reads.values() for reason in read.unseen})
            log.info(
                "Not cached for the next build, because not everything that it reads can be tracked: %s (%s).",
                ", ".join(sorted(names)),
                "; ".join(reasons),
            )

    def _log_timings(self) -> None:
        if asked():
            for line in report(
                time.monotonic() - self.build_state.began, self.build_state.timings, self._built
            ):
                log.info("%s", line)

    def _show_problems(self) -> None:
        page = root_files.problems_page(_language(self.site.root / self.site.charter), self.found.broken)
        urls = self.found.editions[-1].pages.urls if self.found.editions else [""]
        pages = [self.staging / DRAFT / unquote(url) / "index.html" for url in urls]
        for path in [*pages, self.staging / "index.html", self.staging / "404.html"]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page, encoding="utf-8")

    def abandon(self) -> None:
        """Give up: workers stop, what was made so far is removed, the old site stays."""
        mkdocs_logger().removeHandler(self._warnings)
        end_counting(self._own)
        if self._pool is not None:
            self._pool.shutdown()
        if self.workspace is not None:
            self.workspace.discard()

    def explain(self, error: Exception) -> str | None:
        """What to say of an error that came of writing the site, such as a full disk; None for any other error."""
        interrupted = self.workspace is not None and self.workspace.is_interrupted
        return explain(error, self.site.target, interrupted=interrupted)


def _language(charter: Path) -> str:
    """The language in which to speak of the charter on disk."""
    try:
        return language_of(charter.read_bytes())
    except OSError:
        return "en"


def _holds_files(folder: Path) -> bool:
    """Whether there is an old site to leave as it is; without one, a strict build leaves its own, as MkDocs does."""
    return folder.is_dir() and any(not entry.name.startswith(".") for entry in folder.iterdir())
