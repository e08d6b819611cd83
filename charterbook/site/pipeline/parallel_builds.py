"""Builds of the versions of a site: the one of the main build, and the others in parallel with it or after it."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from mkdocs.config.defaults import MkDocsConfig

from charterbook.site.incremental import recording
from charterbook.site.order import BuildOrder, BuildResult, BuildWarning
from charterbook.site.pipeline.build_results import BuildResults
from charterbook.site.pipeline.order_build import read_for, store_version
from charterbook.site.pipeline.pool import Chore, WorkerPool
from charterbook.site.pipeline.progress import Progress
from charterbook.site.pipeline.shared_files import runs_other_code, shared_files, written_by_several
from charterbook.site.timings import Timings, begin_counting, end_counting

log = logging.getLogger("mkdocs.plugins.charterbook")


@dataclass
class ParallelBuilds:
    """Builds of versions: `own` by MkDocs, the `others` by this process and its workers, and `chores` as in WorkerPool."""

    own: BuildOrder
    others: Sequence[BuildOrder]
    chores: Sequence[Chore]
    results: BuildResults
    progress: Progress
    _pool: WorkerPool | None = None
    _began: float = 0.0
    _timings: Timings = field(default_factory=Timings)

    def begin(self, config: MkDocsConfig) -> None:
        """Start the workers; those of a handbook with hooks or other plugins wait for `start_workers`.

        They start before plugins and hooks have done anything that concerns the main build's version alone.
        """
        with recording.unrecorded():
            self._pool = WorkerPool(self.others, self.chores, self.own, isolated=runs_other_code(config))
        self._began, self._timings = time.monotonic(), begin_counting()

    def start_workers(self, config: MkDocsConfig) -> None:
        """Let the workers begin, unless the build has written files into the handbook so far."""
        if self._pool is not None and not shared_files(self.own, config):
            self._pool.open()

    def finish(
        self, config: MkDocsConfig, warnings: Sequence[BuildWarning], meanwhile: Callable[[], None]
    ) -> float:
        """Wait for all builds, log warnings in the order of the versions, and return the seconds since the beginning.

        `warnings` are the main build's; `meanwhile` is as in `WorkerPool.outcomes`. Raises like it.
        """
        assert self._pool is not None
        pool = self._pool
        end_counting(self._timings)
        is_alone = pool.is_alone
        first = self._add(self._own_result(config, warnings))
        others = map(self._add, pool.outcomes(meanwhile))
        found = {outcome.name: outcome for outcome in (first, *others)}
        if not is_alone:
            found |= self._settle_shared_files(pool, found)
        pool.shutdown()
        self.results.log_warnings(
            [found[order.edition.name] for order in (*self.others, self.own)], set(warnings)
        )
        return time.monotonic() - self._began

    def _own_result(self, config: MkDocsConfig, warnings: Sequence[BuildWarning]) -> BuildResult:
        name, seconds = self.own.edition.name, time.monotonic() - self._began
        read, uncached = read_for(self.own), ""
        if warnings:
            self.results.with_warnings.add(name)
        else:
            uncached = store_version(self.own, read)
        shared = shared_files(self.own, config)
        return BuildResult(name, (), seconds, "", self._timings.spent, read, uncached, shared, os.getpid())

    def _add(self, outcome: BuildResult) -> BuildResult:
        self.progress.done(outcome.name, outcome.seconds)
        self.results.add(outcome)
        return outcome

    def _settle_shared_files(self, pool: WorkerPool, found: dict[str, BuildResult]) -> dict[str, BuildResult]:
        """Rebuild versions that wrote the same files of the handbook in parallel; cache the others that wrote any."""
        several, again = written_by_several(found.values()), {}
        for order in (*self.others, self.own):
            result = found[order.edition.name]
            if several & result.shared:
                again[result.name] = pool.again(order)
                self.results.add(again[result.name])
            elif result.shared and not (result.warnings or result.failure) and order is not self.own:
                error = store_version(order, result.read, order.folder)
                self.results.cache_error = self.results.cache_error or error
        if again:
            text = "Built again, one after another, because several wrote %s: %s."
            log.info(text, min(several), ", ".join(again))
        return again

    def abandon(self) -> None:
        """Stop the workers."""
        end_counting(self._timings)
        if self._pool is not None:
            self._pool.shutdown()
