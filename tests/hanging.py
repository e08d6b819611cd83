"""A guard against work without an end.

It counts the processor's time that this process takes, not the clock's, so that a busy machine is no failure.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

#: What needs longer than this would need minutes or hours; all else is done in a fraction of it. In seconds.
PATIENCE = 30


class HangsError(BaseException):
    """Work went on and on; nothing that catches an Exception may take it for one of its own."""


@contextmanager
def never_hangs() -> Iterator[None]:
    """Break off, and fail, what hangs."""
    before = signal.signal(signal.SIGVTALRM, _break_off)
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _break_off(_number: int, _frame: FrameType | None) -> None:
    raise HangsError(f"no end after {PATIENCE} seconds of work")
