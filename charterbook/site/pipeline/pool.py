"""Worker pool: builds versions in this process and in workers.

Hooks and plugins can store values in their modules and classes, and need not reset them, since MkDocs builds one site in
a process. In an isolated pool, each version is therefore built in a process of its own. It is forked from a worker, and
the workers from the main build, before most events.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from mkdocs.exceptions import PluginError

from charterbook.site import connections
from charterbook.site.incremental import recording
from charterbook.site.order import BuildOrder, BuildResult
from charterbook.site.pipeline.isolated_build import ENDED, build_isolated, children_ended, follow_parent
from charterbook.site.pipeline.order_build import build
from charterbook.site.pipeline.process_locks import (
    OwnCounts,
    PipeSemaphore,
    SharedCounts,
    context_with_pipes,
    shared_counts,
)
from charterbook.site.signals import uninterrupted

#: A build step that is not a version.
Chore = Callable[[], None]


@dataclass
class _WorkQueue:
    """Orders and chores of a pool, and the number taken from either end and of chores. Forked workers inherit it.

    In an isolated pool, workers build each order in a process of its own; `again` are all orders that can be built
    again.
    """

    orders: Sequence[BuildOrder]
    taken: SharedCounts
    one_at_a_time: Any
    start_method: str
    chores: Sequence[Chore] = ()
    isolated: bool = False
    again: Sequence[BuildOrder] = ()

    def take(self, end: int) -> int | None:
        """Index of the next order from the front (0) or the back (1), None if all are taken."""
        with self.taken.locked() as taken:
            front, back = taken[0], taken[1]
            if front + back == len(self.orders):
                return None
            taken[end] += 1
            return front if end == 0 else len(self.orders) - 1 - back

    def chore(self) -> Chore | None:
        """The next chore, None if all are taken."""
        with self.taken.locked() as taken:
            index = taken[2]
            taken[2] += 1
        return self.chores[index] if index < len(self.chores) else None

    def drop(self) -> None:
        """Take all that remains without doing it."""
        with self.taken.locked() as taken:
            taken[0] = len(self.orders) - taken[1]
            taken[2] = len(self.chores)

    def close(self) -> None:
        """Release what is shared with other processes. Nothing is left to take."""
        with self.taken.locked() as taken:
            own = OwnCounts([*taken])
        self.taken.close()
        if isinstance(self.one_at_a_time, PipeSemaphore):
            self.one_at_a_time.close()
        self.taken, self.one_at_a_time = own, nullcontext()


_queue: _WorkQueue | None = None


def _set_work_queue(queue: _WorkQueue) -> None:
    global _queue  # noqa: PLW0603 (a process belongs to one pool at a time)
    _queue = queue


def _init_worker(queue: _WorkQueue | None) -> None:
    """Worker initializer; forked workers inherit the queue."""
    if queue is not None:
        _set_work_queue(queue)
    follow_parent()


def _start_worker() -> None:
    """Nothing: the first task of a pool starts its processes."""


def _build_next(*, alone: bool) -> BuildResult | None:
    """Build the next version, `alone` or beside others; if all are taken, do a chore."""
    assert _queue is not None
    with _queue.one_at_a_time if alone else nullcontext():
        index = _queue.take(0)
        if index is not None:
            return _build_in_worker(_queue, _queue.orders[index], alone=alone)
    chore = _queue.chore()
    if chore is not None:
        chore()
    return None


def _build_again(index: int) -> BuildResult:
    """Build an order again, alone, in a process of its own."""
    assert _queue is not None
    with _queue.one_at_a_time:
        return _build_in_worker(_queue, _queue.again[index], alone=True)


def _build_in_worker(queue: _WorkQueue, order: BuildOrder, *, alone: bool) -> BuildResult:
    if queue.isolated:
        return replace(build_isolated(order, queue.start_method, alone=alone), process=os.getpid())
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
        self._pool: ProcessPoolExecutor | None = None
        self._futures: set[Future[BuildResult | None]] = set()
        context = _context()
        size = min(workers() - (not isolated), len(orders))
        counts, lock = (
            (shared_counts([0, 0, 0]), context.Lock()) if size > 0 else (OwnCounts([0, 0, 0]), nullcontext())
        )
        self._queue = _WorkQueue(orders, counts, lock, context.get_start_method(), chores, isolated, again)
        if size > 0:
            self._start(size, context)
        if not isolated:
            self.open()

    def _start(self, size: int, context: Any) -> None:
        inherited = context.get_start_method() == "fork"
        _set_work_queue(self._queue)
        self._pool = ProcessPoolExecutor(
            size,
            mp_context=context,
            initializer=partial(_init_worker, None if inherited else replace(self._queue, chores=())),
        )
        with uninterrupted():
            self._pool.submit(_start_worker)

    def open(self, *, alone: bool = False) -> None:
        """Let the workers begin, unless they have; if they are `alone`, they build one version at a time."""
        if self._is_open:
            return
        self._is_open = True
        if self._pool is not None:
            tasks = (*self._queue.orders, *self._queue.chores)
            with uninterrupted(), recording.unrecorded():
                self._futures = {self._pool.submit(_build_next, alone=alone) for _ in tasks}

    @property
    def is_alone(self) -> bool:
        """Whether one version is built after another, the main build's first."""
        return self._pool is None or not self._is_open

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
        while self._futures:
            yield from self._done()

    def again(self, order: BuildOrder) -> BuildResult:
        """Build an order again, alone. Raises the exceptions of builds."""
        if self._pool is None or not self._queue.isolated:
            return build(order)
        with recording.unrecorded():
            future = self._pool.submit(_build_again, self._queue.again.index(order))
        result: BuildResult = _result(future)
        return result

    def _done(self, seconds: float | None = None) -> Iterator[BuildResult]:
        done, self._futures = wait(self._futures, seconds, FIRST_COMPLETED)
        found = [_result(future) for future in done]
        yield from (result for result in found if result is not None)

    def shutdown(self) -> None:
        """Stop without building the remaining orders."""
        self._queue.drop()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
        self._pool = None
        self._queue.close()


def _result(future: Future[Any]) -> Any:
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise PluginError(ENDED) from error


def workers() -> int:
    """Number of build processes: the number of available processors."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


def _context() -> Any:
    """Multiprocessing context: forked workers share imports; if forking is unsafe, they are spawned."""
    alone = threading.active_count() == 1 and not connections.any_opened()
    fork = alone and os.name == "posix" and os.uname().sysname == "Linux"
    return context_with_pipes("fork" if fork else "spawn")
