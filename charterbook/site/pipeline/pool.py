"""Worker pool: builds versions, each as a complete MkDocs build, in this process or in workers."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Protocol

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from charterbook.site.incremental import recording
from charterbook.site.incremental.version_cache import KnownInputs, VersionCache, entry_address
from charterbook.site.incremental.version_inputs import NOTHING_KNOWN, ReadInputs, read_of
from charterbook.site.mkdocs_compat import builds
from charterbook.site.mkdocs_compat.logs import is_about_page, mkdocs_logger
from charterbook.site.order import BuildOrder, BuildResult, BuildWarning
from charterbook.site.pipeline.shared_files import shared_files
from charterbook.site.signals import uninterrupted
from charterbook.site.timings import begin_counting, end_counting

log = logging.getLogger("mkdocs.plugins.charterbook")

#: A build step that is not a version.
Chore = Callable[[], None]

_ENDED = "A process that builds versions was ended from outside: perhaps there was not enough memory."


class _BuildPlugin(Protocol):
    """Interface of the plugin for building an order."""

    def build_for(self, group: str | None) -> None: ...

    def assigned(self, order: BuildOrder) -> AbstractContextManager[None]: ...


class WarningCollector(logging.Handler):
    """Log handler that collects the warnings of MkDocs and its plugins."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.warnings: list[BuildWarning] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.warnings.append(BuildWarning(record.getMessage(), is_about_page(record)))


def build(order: BuildOrder, *, alone: bool = True) -> BuildResult:
    """Build one edition, `alone` or in parallel with others. In parallel, a version that wrote into the handbook is not cached.

    Warnings, and errors by which MkDocs or a plugin aborts, are collected instead of being shown; any
    other error is raised.
    """
    start, parts = time.monotonic(), begin_counting()
    with recording.recorded():
        with _collected():
            config = builds.load_config(
                **{**order.overrides.options, "config_file": order.config_file, "strict": False}
            )
        config.site_url = order.overrides.site_url
        warnings, failed = _build_with(config, order)
    read, uncached = read_for(order), ""
    shared = shared_files(order, config)
    if not warnings and not failed and (alone or not shared):
        with parts.span("caching it for the next build"):
            uncached = store_version(order, read, order.folder)
    end_counting(parts)
    seconds = time.monotonic() - start
    return BuildResult(
        order.edition.name, tuple(warnings), seconds, failed, parts.spent, read, uncached, shared, os.getpid()
    )


def _build_with(config: MkDocsConfig, order: BuildOrder) -> tuple[list[BuildWarning], bool]:
    """Run a build of MkDocs for an order, and return its warnings and whether it was aborted."""
    plugin: _BuildPlugin = config.plugins["charterbook"]  # type: ignore[assignment]
    plugin.build_for(order.overrides.group)
    with _collected() as warnings, plugin.assigned(order):
        config.plugins.on_startup(command="build", dirty=False)
        try:
            builds.build(config)
        except SystemExit:
            return warnings, True
    return warnings, False


def read_for(order: BuildOrder) -> ReadInputs:
    """Recorded inputs of the order's version, just built by this process."""
    if order.scope is None:
        return NOTHING_KNOWN
    return read_of(recording.record(), order.scope, order.edition.lacks)


def store_version(order: BuildOrder, read: ReadInputs, built: Path | None = None) -> str:
    """Cache the names of a version's inputs and, if given, its finished folder.

    A version is not cached if its sources changed while it was built: its key is made from the former sources.
    Returns the reason, as a sentence, if they cannot be written, else an empty string.
    """
    if order.cache is None or order.inputs is None or not read.is_known:
        return ""
    if order.scope is not None and not order.scope.is_unchanged():
        return ""
    try:
        KnownInputs(order.inputs).put(order.key, read.states)
        if built is not None:
            VersionCache(order.cache).put(entry_address(order.key, read.states), built)
    except OSError as error:
        return f"{error.filename or order.cache} cannot be written: {error.strerror or error}"
    return ""


@contextmanager
def _collected() -> Iterator[list[BuildWarning]]:
    logger = mkdocs_logger()
    collector = WarningCollector()
    before, handlers = logger.propagate, logger.handlers[:]
    logger.handlers, logger.propagate = [collector], False
    try:
        yield collector.warnings
    finally:
        logger.handlers, logger.propagate = handlers, before


@dataclass
class _WorkQueue:
    """Orders and chores of a pool, and the number taken from either end and of chores. Forked workers inherit it."""

    orders: Sequence[BuildOrder]
    taken: Any
    chores: Sequence[Chore] = ()

    def take(self, end: int) -> int | None:
        """Index of the next order from the front (0) or the back (1), None if all are taken."""
        with self.taken.get_lock():
            front, back = int(self.taken[0]), int(self.taken[1])
            if front + back == len(self.orders):
                return None
            self.taken[end] += 1
            return front if end == 0 else len(self.orders) - 1 - back

    def chore(self) -> Chore | None:
        """The next chore, None if all are taken."""
        with self.taken.get_lock():
            index = int(self.taken[2])
            self.taken[2] += 1
        return self.chores[index] if index < len(self.chores) else None

    def drop(self) -> None:
        """Take all that remains without doing it."""
        with self.taken.get_lock():
            self.taken[0] = len(self.orders) - self.taken[1]
            self.taken[2] = len(self.chores)


_queue: _WorkQueue | None = None


def _set_work_queue(queue: _WorkQueue) -> None:
    global _queue  # noqa: PLW0603 (a process belongs to one pool at a time)
    _queue = queue


def _init_worker(queue: _WorkQueue | None) -> None:
    """Worker initializer: ignore SIGINT, exit when the parent dies.

    An interruption reaches all processes of a terminal; only the parent reports it, and stops the workers.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if queue is not None:
        _set_work_queue(queue)
    parent = multiprocessing.parent_process()
    assert parent is not None
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _build_next() -> BuildResult | None:
    """Build the next version; if all are taken, do a chore."""
    assert _queue is not None
    index = _queue.take(0)
    if index is not None:
        return build(_queue.orders[index], alone=False)
    chore = _queue.chore()
    if chore is not None:
        chore()
    return None


class WorkerPool:
    """Pool of as many processes as processors: the main build and its workers.

    Workers take the oldest remaining order, and the main build, once its own version is built, the
    newest: so each proceeds to a neighbouring version, and computes their common values once.

    Workers inherit the orders in memory: an order contains the charters of all earlier versions, and pickling
    it takes longer than building a small version.

    Chores write files of the site that need no built version. The first process without an order does them; spawned
    workers, to which they would have to be pickled, do none.

    A pool that is `alone` has no workers: the main build makes all versions, one after another.
    """

    def __init__(
        self, orders: Sequence[BuildOrder], chores: Sequence[Chore] = (), *, alone: bool = False
    ) -> None:
        self.orders = list(orders)
        self._pool: ProcessPoolExecutor | None = None
        self._futures: set[Future[BuildResult | None]] = set()
        context = _context()
        self._queue = _WorkQueue(self.orders, context.Array("i", 3), chores)
        size = 0 if alone else min(workers() - 1, len(self.orders))
        if size > 0:
            inherited = context.get_start_method() == "fork"
            _set_work_queue(self._queue)
            self._pool = ProcessPoolExecutor(
                size,
                mp_context=context,
                initializer=partial(_init_worker, None if inherited else replace(self._queue, chores=())),
            )
            with uninterrupted():
                self._futures = {self._pool.submit(_build_next) for _ in (*self.orders, *chores)}

    @property
    def is_alone(self) -> bool:
        """Whether the pool has no workers."""
        return self._pool is None

    def outcomes(self, meanwhile: Callable[[], None]) -> Iterator[BuildResult]:
        """Result of each order on completion. Raises the exceptions of builds.

        `meanwhile` is called once this process has no order left, before it waits for the workers.
        """
        while (index := self._queue.take(1)) is not None:
            yield build(self.orders[index], alone=self.is_alone)
            yield from self._done(0)
        meanwhile()
        while (chore := self._queue.chore()) is not None:
            chore()
        while self._futures:
            yield from self._done()
        self.shutdown()

    def _done(self, seconds: float | None = None) -> Iterator[BuildResult]:
        done, self._futures = wait(self._futures, seconds, FIRST_COMPLETED)
        for future in done:
            try:
                found = future.result()
            except BrokenProcessPool as error:
                raise PluginError(_ENDED) from error
            if found is not None:
                yield found

    def shutdown(self) -> None:
        """Stop without building the remaining orders."""
        self._queue.drop()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)


def workers() -> int:
    """Number of build processes: the number of available processors."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


def _context() -> Any:
    """Multiprocessing context: forked workers share imports; if forking is unsafe, they are spawned."""
    alone = threading.active_count() == 1
    fork = alone and os.name == "posix" and os.uname().sysname == "Linux"
    return multiprocessing.get_context("fork" if fork else "spawn")
