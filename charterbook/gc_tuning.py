"""Garbage-collector tuning for commands: for the command line only, never for the plugin.

Commands create few reference cycles, and collecting them takes 5 % of a build.
"""

from __future__ import annotations

import gc
import time

#: Number of allocations from which Python collects garbage by itself.
_RARELY = 500_000

#: Number of new objects from which a collection is worth its time. A build of 30 pages leaves 100,000.
_MANY = 20_000

#: Largest share of the processor's time in an idle interval.
_IDLE = 0.1


def tune_gc() -> None:
    """Collect garbage only after very many allocations."""
    gc.set_threshold(_RARELY, 10, 10)


class IdleCollector:
    """Garbage collection while a tuned process waits, for one that lives long.

    Otherwise the garbage of several builds is collected in the middle of one, and doubles its time.
    """

    def __init__(self) -> None:
        self._used = time.process_time()
        self._since = time.monotonic()

    def step(self) -> None:
        """Collect garbage if the process is tuned, has been idle since the last call and has made many objects."""
        used, now = time.process_time(), time.monotonic()
        is_idle = used - self._used < _IDLE * (now - self._since)
        if is_idle and gc.get_count()[0] > _MANY and gc.get_threshold()[0] == _RARELY:
            gc.collect()
            used = time.process_time()
        self._used, self._since = used, now
