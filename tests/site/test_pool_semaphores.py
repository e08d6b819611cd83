"""What a pool of workers shares with them is released with it."""

from __future__ import annotations

import multiprocessing
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from charterbook.site.pipeline.pool import WorkerPool

_SHARED = Path("/dev/shm")  # noqa: S108 (where Linux has semaphores)
_PREFIX = "charterbook-test"


@pytest.fixture
def beside_a_thread(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As in a server, where workers are not forked: semaphores have names. Here, they begin with `_PREFIX`."""
    settings = vars(multiprocessing.current_process())["_config"]
    monkeypatch.setitem(settings, "semprefix", f"/{_PREFIX}")
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    yield
    end.set()
    thread.join()


def named() -> int:
    """The number of semaphores of this test."""
    return len(list(_SHARED.glob(f"sem.{_PREFIX}-*")))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not show semaphores")
@pytest.mark.usefixtures("beside_a_thread")
@pytest.mark.parametrize("orders", [(), ("one", "two")])
def test_no_semaphore_outlives_its_pool(orders: Any) -> None:
    """Though the pool is still known, as in a reference cycle. Without workers there never is one."""
    pool = WorkerPool(orders, isolated=True)
    assert (named() > 0) is bool(orders)
    pool.shutdown()
    pool.shutdown()
    assert (named(), pool.is_alone) == (0, True)
