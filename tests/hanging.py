"""Guard against endless computation.

It limits CPU time, not elapsed time, so that a busy machine is not a failure.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

#: Limit in seconds; normal work takes a fraction of it.
PATIENCE = 30


class HangsError(BaseException):
    """Raised after the limit; not an Exception, so that no handler catches it."""


@contextmanager
def never_hangs() -> Iterator[None]:
    """Context manager: abort and fail when the limit is exceeded."""
    before = signal.signal(signal.SIGVTALRM, _break_off)
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _break_off(_number: int, _frame: FrameType | None) -> None:
    raise HangsError(f"no end after {PATIENCE} seconds of work")
