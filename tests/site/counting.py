"""A task for processes that are spawned, which import it."""

from __future__ import annotations

import time

from charterbook.site.pipeline.process_locks import SharedCounts


def count(counts: SharedCounts, times: int) -> None:
    """Add to the first number and subtract from the second one; meanwhile they are no valid numbers."""
    for _ in range(times):
        with counts.locked() as numbers:
            first, numbers[0] = numbers[0], -1
            time.sleep(0)
            numbers[0], numbers[1] = first + 1, numbers[1] - 1
