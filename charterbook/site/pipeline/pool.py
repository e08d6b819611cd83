"""Builds versions, each as a complete MkDocs build, in this process or in workers."""

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
from dataclasses import dataclass
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Protocol

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from charterbook.site.incremental import recording
from charterbook.site.incremental.version_cache import KnownInputs, VersionCache, address
from charterbook.site.incremental.version_inputs import NOTHING_KNOWN, ReadInputs, read_of
from charterbook.site.mkdocs_compat import builds
from charterbook.site.mkdocs_compat.logs import is_about_page, mkdocs_logger
from charterbook.site.order import BuildResult, BuildWarning, Order
from charterbook.site.signals import uninterrupted
from charterbook.site.timings import begin_counting, end_counting

log = logging.getLogger("mkdocs.plugins.charterbook")


_ENDED = "A process that builds versions was ended from outside: perhaps there was not enough memory."


class _BuildPlugin(Protocol):
    """The part of the plugin that builds what is ordered."""

    def assigned(self, order: Order) -> AbstractContextManager[None]: ...


class WarningCollector(logging.Handler):
    """Keeps what MkDocs and its plugins warn of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.warnings: list[BuildWarning] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.warnings.append(BuildWarning(record.getMessage(), is_about_page(record)))


def build(order: Order) -> BuildResult:
    """Build one edition.

    Warnings, and what MkDocs and its plugins give up with, are collected instead of being shown; any
    other error is raised.
    """
    start, parts = time.monotonic(), begin_counting()
    with recording.recorded():
        with _collected():
            config = builds.load_config(
                **{**order.given.options, "config_file": order.config_file, "strict": False}
            )
        config.site_url = order.given.site_url
        warnings, failed = _build_with(config, order)
    read, uncached = read_for(order), ""
    if not warnings and not failed:
        with parts.span("keeping it for the next build"):
            uncached = store_version(order, read, order.folder)
    end_counting(parts)
    seconds = time.monotonic() - start
    return BuildResult(order.edition.name, tuple(warnings), seconds, failed, parts.spent, read, uncached)


def _build_with(config: MkDocsConfig, order: Order) -> tuple[list[BuildWarning], bool]:
    """Run a build of MkDocs for an order: its warnings, and whether it gave up."""
    plugin: _BuildPlugin = config.plugins["charterbook"]  # type: ignore[assignment]
    with _collected() as warnings, plugin.assigned(order):
        config.plugins.on_startup(command="build", dirty=False)
        try:
            builds.build(config)
        except SystemExit:
            return warnings, True
    return warnings, False


def read_for(order: Order) -> ReadInputs:
    """What the version of an order, which has just been built by this process, was made from."""
    if order.scope is None:
        return NOTHING_KNOWN
    return read_of(recording.record(), order.scope, order.edition.lacks)


def store_version(order: Order, read: ReadInputs, built: Path | None = None) -> str:
    """Keep what the next build can use: the names of a version's inputs and, where it is given, its finished folder.

    Where there is no room, this build goes on without: why, in a sentence, else empty.
    """
    if order.cache is None or order.inputs is None or not read.is_known:
        return ""
    try:
        KnownInputs(order.inputs).put(order.key, read.states)
        if built is not None:
            VersionCache(order.cache).put(address(order.key, read.states), built)
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
    """The orders of a crew, and how many have been taken from either end. A forked worker is born with it."""

    orders: Sequence[Order]
    taken: Any

    def take(self, end: int) -> int | None:
        """The number of the next order from the front (0) or the back (1), None where all are taken."""
        with self.taken.get_lock():
            front, back = int(self.taken[0]), int(self.taken[1])
            if front + back == len(self.orders):
                return None
            self.taken[end] += 1
            return front if end == 0 else len(self.orders) - 1 - back

    def drop(self) -> None:
        """Take all that are left: nobody builds them."""
        with self.taken.get_lock():
            self.taken[0] = len(self.orders) - self.taken[1]


_work: _WorkQueue | None = None


def _set_work_queue(work: _WorkQueue) -> None:
    global _work  # noqa: PLW0603 (a process belongs to one crew at a time)
    _work = work


def _init_worker(work: _WorkQueue | None) -> None:
    """What a worker does first. It ends with the build that hired it, however that ends.

    An interruption reaches all processes of a terminal; it is for the build to say so, and to stop.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if work is not None:
        _set_work_queue(work)
    parent = multiprocessing.parent_process()
    assert parent is not None
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _build_next() -> BuildResult | None:
    assert _work is not None
    index = _work.take(0)
    return None if index is None else build(_work.orders[index])


class WorkerPool:
    """The build that a person started, and the workers that it hires: as many processes as processors.

    Workers take the oldest order that is left, and the build itself, once it is done with its own version, the
    newest: so each goes from one version to its neighbour, and what both have in common is made once.

    Workers find the orders in memory: an order holds the charters of all versions before its own, and sending
    it takes longer than building a small one.
    """

    def __init__(self, orders: Sequence[Order]) -> None:
        self.orders = list(orders)
        self._pool: ProcessPoolExecutor | None = None
        self._futures: set[Future[BuildResult | None]] = set()
        context = _context()
        self._work = _WorkQueue(self.orders, context.Array("i", 2))
        size = min(workers() - 1, len(self.orders))
        if size > 0:
            inherited = context.get_start_method() == "fork"
            _set_work_queue(self._work)
            self._pool = ProcessPoolExecutor(
                size, mp_context=context, initializer=partial(_init_worker, None if inherited else self._work)
            )
            with uninterrupted():
                self._futures = {self._pool.submit(_build_next) for _ in self.orders}

    def outcomes(self, meanwhile: Callable[[], None]) -> Iterator[BuildResult]:
        """The outcome of each order, as it is done. Raises what a build raised.

        `meanwhile` is what this process does once nothing is left for it to build, before it waits for the others.
        """
        while (index := self._work.take(1)) is not None:
            yield build(self.orders[index])
            yield from self._done(0)
        meanwhile()
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
        """Stop: what is not yet begun is not built."""
        self._work.drop()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)


def workers() -> int:
    """How many processes build at once: as many as this process may use processors."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


def _context() -> Any:
    """Forked workers share what is imported; where that is unsafe they are started afresh."""
    alone = threading.active_count() == 1
    fork = alone and os.name == "posix" and os.uname().sysname == "Linux"
    return multiprocessing.get_context("fork" if fork else "spawn")
