"""What the processes of a pool share has no name, so nothing is left behind if all of them are killed at once."""

from __future__ import annotations

import multiprocessing
import os
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import heap, synchronize
from typing import Any

import pytest

from charterbook.site import connections
from charterbook.site.pipeline import pool as pools
from charterbook.site.pipeline.process_locks import PipeSemaphore, context_with_pipes, shared_counts
from tests.site.counting import count

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes that are read in parts")

METHODS = [name for name in ("fork", "spawn") if name in multiprocessing.get_all_start_methods()]


@pytest.fixture(autouse=True)
def _no_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container without /dev/shm: multiprocessing can make neither semaphores nor shared memory."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError("function not implemented")

    monkeypatch.setattr(synchronize.SemLock, "__init__", refuse)
    monkeypatch.setattr(heap.Arena, "__init__", refuse)


@pytest.mark.parametrize("method", METHODS)
def test_counts_of_several_processes(method: str) -> None:
    """Each has the numbers alone."""
    counts: Any = shared_counts([0, 0, 7])
    context = context_with_pipes(method)
    others = [context.Process(target=count, args=(counts, 300)) for _ in range(2)]
    for other in others:
        other.start()
    count(counts, 300)
    for other in others:
        other.join()
    with counts.locked() as numbers:
        assert list(numbers) == [900, -900, 7]


@pytest.mark.parametrize("method", METHODS)
def test_a_pool_of_processes_needs_no_semaphore_with_a_name(method: str) -> None:
    """Its queues have a limit, on which its feeder waits."""
    with ProcessPoolExecutor(2, mp_context=context_with_pipes(method)) as pool:
        assert list(pool.map(abs, range(40))) == list(range(40))


def test_a_semaphore() -> None:
    """It waits as multiprocessing's own does."""
    one = PipeSemaphore(2)
    assert (one.acquire(), one._is_zero(), one.acquire(), one._is_zero()) == (True, False, True, True)
    assert not one.acquire(block=False)
    assert not one.acquire(timeout=0.01)
    threading.Timer(0.05, one.release).start()
    assert one.acquire(timeout=60)
    threading.Timer(0.05, one.release).start()
    with one as acquired:
        assert (acquired, one.acquire(block=False)) == (True, False)
    assert one.acquire(block=False)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("orders", [(), ("one", "two")])
def test_no_pipe_outlives_its_pool(orders: Any, method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though the pool is still known, as in a reference cycle: workers are not forked beside open pipes."""
    monkeypatch.setattr(pools, "_context", lambda: context_with_pipes(method))
    monkeypatch.setattr(pools, "workers", lambda: 2)
    before = connections._open()
    pool = pools.WorkerPool(orders, isolated=True)
    assert (connections._open() > before) is bool(orders)
    pool.shutdown()
    pool.shutdown()
    assert (connections._open() - before, pool.is_alone) == (set(), True)
