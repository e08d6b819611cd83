"""Worker pool: builds versions in this process and in workers.

Hooks and plugins can store values in their modules and classes, and need not reset them, since MkDocs builds one site
in a process. In an isolated pool, each version is therefore built in a separate process. It is forked from a worker,
and the workers from the main build, before most events.
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from mkdocs.exceptions import PluginError

from charterbook.site import connections
from charterbook.site.order import BuildOrder, BuildResult
from charterbook.site.pipeline import module_values
from charterbook.site.pipeline.isolated_build import build_isolated, children_ended
from charterbook.site.pipeline.order_build import build
from charterbook.site.pipeline.process_locks import NotShared, Shared, shared
from charterbook.site.pipeline.worker import Worker, ready

#: A build step that is not a version.
Chore = Callable[[], None]


@dataclass
class _WorkQueue:
    """Orders and chores of a pool, and the number taken from either end and of chores. Forked workers inherit it.

    In an isolated pool, workers build each order in a separate process, with the noted `environment`; `again` are all
    orders that can be built again.
    """

    orders: Sequence[BuildOrder]
    taken: Shared
    start_method: str
    chores: Sequence[Chore] = ()
    isolated: bool = False
    again: Sequence[BuildOrder] = ()
    environment: Mapping[str, str] = field(default_factory=dict)

    def take(self, end: int) -> int | None:
        """Index of the next order from the front (0) or the back (1), None if all are taken."""
        with self.taken.locked() as taken:
            front, back = taken[0], taken[1]
            if front + back == len(self.orders):
                return None
            taken[end] += 1
            return front if end == 0 else len(self.orders) - 1 - back

    def chore(self) -> Chore | None:
        """The next chore, None if all are taken. A process without chores takes none from the others."""
        with self.taken.locked() as taken:
            index = taken[2]
            if index >= len(self.chores):
                return None
            taken[2] += 1
        return self.chores[index]

    def drop(self) -> None:
        """Take all that remains without doing it."""
        with self.taken.locked() as taken:
            taken[0] = len(self.orders) - taken[1]
            taken[2] = len(self.chores)

    def close(self) -> None:
        """Release what is shared with other processes. Nothing is left to take."""
        with self.taken.locked() as taken:
            own = NotShared([*taken])
        self.taken.close()
        self.taken = own


class _Request(NamedTuple):
    """Request to a worker: build versions, `alone` or beside others, and do chores; or build one `again`, alone."""

    alone: bool = False
    again: int | None = None


def _carry_out(queue: _WorkQueue, request: _Request) -> Iterator[BuildResult]:
    """In a worker: the results of a request, on completion."""
    if request.again is not None:
        yield _build_in_worker(queue, queue.again[request.again], alone=True)
        return
    while (result := _build_next(queue, alone=request.alone)) is not None:
        yield result
    while (chore := queue.chore()) is not None:
        chore()


def _build_next(queue: _WorkQueue, *, alone: bool) -> BuildResult | None:
    """Build the next version, `alone` or beside others; None if all are taken."""
    with queue.taken.turn() if alone else nullcontext():
        index = queue.take(0)
        return None if index is None else _build_in_worker(queue, queue.orders[index], alone=alone)


def _build_in_worker(queue: _WorkQueue, order: BuildOrder, *, alone: bool) -> BuildResult:
    if queue.isolated:
        built = build_isolated(order, queue.start_method, alone=alone, environment=queue.environment)
        return replace(built, process=os.getpid())
    with children_ended():
        return build(order, alone=alone)


class WorkerPool:
    """Pool of as many processes as processors: the main build and its workers.

    Workers take the oldest remaining order, and the main build, once its own version is built, the
    newest: so each proceeds to a neighbouring version, and computes their common values once.

    Workers inherit the orders in memory: an order contains the charters of all earlier versions, and pickling
    it takes longer than building a small version.

    Chores write files of the site that need no built version. The first process without an order does them; spawned
    workers, to which they would have to be pickled, do none.

    In an isolated pool, workers wait for `open`, and build all orders, also the main build's `own` one `again`.
    """

    def __init__(
        self,
        orders: Sequence[BuildOrder],
        chores: Sequence[Chore] = (),
        own: BuildOrder | None = None,
        *,
        isolated: bool = False,
    ) -> None:
        again = [*orders, *([own] if own is not None else [])]
        self._is_open = False
        self._workers: list[Worker] = []
        context = _context()
        size = min(workers() - (not isolated), len(orders))
        counts = shared([0, 0, 0]) if size > 0 else NotShared([0, 0, 0])
        environment = module_values.noted_environment()
        self._queue = _WorkQueue(
            orders, counts, context.get_start_method(), chores, isolated, again, environment
        )
        self._start(size, context)
        if not isolated:
            self.open()

    def _start(self, size: int, context: Any) -> None:
        """Start workers, as many as the system allows. Raises PluginError if it allows none that is needed."""
        inherited = context.get_start_method() == "fork"
        work = partial(_carry_out, self._queue if inherited else replace(self._queue, chores=()))
        atexit.register(self.shutdown)  # workers wait for requests, and a process for its children
        try:
            for _ in range(size):
                self._workers.append(Worker(context, work, self._workers))
        except OSError as error:
            if self._queue.isolated and not self._workers:
                raise PluginError(f"A process that builds versions cannot be started: {error}") from error

    def open(self, *, alone: bool = False) -> None:
        """Let the workers begin, unless they have; if they are `alone`, they build one version at a time."""
        if self._is_open:
            return
        self._is_open = True
        for worker in self._workers:
            worker.request(_Request(alone))

    @property
    def is_alone(self) -> bool:
        """Whether one version is built after another, the main build's first."""
        return not self._workers or not self._is_open

    def outcomes(self, meanwhile: Callable[[], None]) -> Iterator[BuildResult]:
        """Result of each order on completion. Raises the exceptions of builds.

        `meanwhile` is called once this process has no order left, before it waits for the workers. Workers that
        wait for `open` build one version after another from now on.
        """
        self.open(alone=True)
        while not self._queue.isolated and (index := self._queue.take(1)) is not None:
            yield build(self._queue.orders[index], alone=self.is_alone)
            yield from self._done(0)
        meanwhile()
        while (chore := self._queue.chore()) is not None:
            chore()
        while self._busy():
            yield from self._done()

    def again(self, order: BuildOrder) -> BuildResult:
        """Build an order again, alone. Raises the exceptions of builds."""
        if not self._workers or not self._queue.isolated:
            return build(order)
        worker = self._workers[0]
        worker.request(_Request(again=self._queue.again.index(order)))
        result: BuildResult = worker.received()
        worker.received()
        return result

    def _busy(self) -> list[Worker]:
        return [worker for worker in self._workers if worker.is_busy]

    def _done(self, seconds: float | None = None) -> Iterator[BuildResult]:
        for worker in ready(self._busy(), seconds):
            result = worker.received()
            if result is not None:
                yield result

    def shutdown(self) -> None:
        """Stop without building the remaining orders."""
        self._queue.drop()
        for worker in self._workers:
            worker.leave()
        for worker in self._workers:
            worker.join()
        self._workers = []
        self._queue.close()
        atexit.unregister(self.shutdown)


def workers() -> int:
    """Number of build processes: the number of available processors."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


def _context() -> Any:
    """Multiprocessing context: forked workers share imports; if forking is unsafe, they are spawned."""
    alone = _threads() == 1 and not connections.any_opened()
    fork = alone and os.name == "posix" and os.uname().sysname == "Linux"
    return multiprocessing.get_context("fork" if fork else "spawn")


def _threads() -> int:
    """Number of threads of this process. On Linux, it includes threads of libraries, because a forked process lacks them.

    Typst, for one, waits for ever for its threads in a process that is forked after it has made a PDF.
    """
    try:
        return len(list(Path("/proc/self/task").iterdir()))
    except OSError:
        return threading.active_count()
