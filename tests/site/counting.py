"""Tasks for processes that are spawned, which import them."""

from __future__ import annotations

import os
import signal
import time

from charterbook.site.pipeline.process_locks import Shared


def count(counts: Shared, times: int) -> None:
    """Add to the first number and subtract from the second one; meanwhile they are no valid numbers."""
    for _ in range(times):
        with counts.locked() as numbers:
            first, numbers[0] = numbers[0], -1
            time.sleep(0)
            numbers[0], numbers[1] = first + 1, numbers[1] - 1


def die(counts: Shared) -> None:
    """Be killed while other processes cannot have the numbers or a turn."""
    with counts.turn(), counts.locked():
        os.kill(os.getpid(), signal.SIGKILL)
