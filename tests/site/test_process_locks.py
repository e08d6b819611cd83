"""What the processes of a pool share has no name, so nothing is left behind if all of them are killed at once."""

from __future__ import annotations

import multiprocessing
import os
import signal
from multiprocessing import heap, synchronize
from typing import Any

import pytest

from charterbook.site import connections
from charterbook.site.pipeline import pool as pools
from charterbook.site.pipeline.process_locks import shared
from tests.site.counting import count, die

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows releases no lock of a killed process")

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
    counts = shared([0, 0, 7])
    context: Any = multiprocessing.get_context(method)
    others = [context.Process(target=count, args=(counts, 300)) for _ in range(2)]
    for other in others:
        other.start()
    count(counts, 300)
    for other in others:
        other.join()
    with counts.locked() as numbers:
        assert list(numbers) == [900, -900, 7]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("memory", [True, False])
def test_a_killed_process_holds_nothing(method: str, memory: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Others would wait forever; also on systems that have no files in memory."""
    if not memory:
        monkeypatch.delattr(os, "memfd_create", raising=False)
    counts = shared([1, 2])
    context: Any = multiprocessing.get_context(method)
    other = context.Process(target=die, args=(counts,))
    other.start()
    other.join()
    assert other.exitcode == -signal.SIGKILL
    with counts.turn(), counts.locked() as numbers:
        assert list(numbers) == [1, 2]
    counts.close()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("orders", [(), ("one", "two")])
def test_no_pipe_outlives_its_pool(orders: Any, method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though the pool is still known, as in a reference cycle: workers are not forked beside open pipes."""
    monkeypatch.setattr(pools, "_context", lambda: multiprocessing.get_context(method))
    monkeypatch.setattr(pools, "workers", lambda: 2)
    before = connections._open()
    pool = pools.WorkerPool(orders, isolated=True)
    assert (connections._open() > before) is bool(orders)
    pool.shutdown()
    pool.shutdown()
    assert (connections._open() - before, pool.is_alone) == (set(), True)
