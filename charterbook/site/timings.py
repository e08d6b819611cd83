"""Where the time of a build goes, for those who ask: `charterbook build --timings`."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

#: Set to have every build say where its time went.
ASKED = "CHARTERBOOK_TIMINGS"


class Timings:
    """The seconds that each part of the work took; parts of several processes are added up."""

    def __init__(self) -> None:
        self._spent: dict[str, tuple[float, int]] = {}

    @contextmanager
    def span(self, part: str) -> Iterator[None]:
        """Count the time that this takes to a part."""
        start = time.monotonic()
        try:
            yield
        finally:
            self.add(part, time.monotonic() - start)

    def add(self, part: str, seconds: float) -> None:
        """Count some seconds to a part."""
        before, times = self._spent.get(part, (0.0, 0))
        self._spent[part] = before + seconds, times + 1

    def lines(self) -> list[str]:
        """A line for each part, the longest first."""
        longest = sorted(self._spent.items(), key=lambda item: -item[1][0])
        return [
            f"{seconds:8.2f} s  {part}" + (f" ({times} times)" if times > 1 else "")
            for part, (seconds, times) in longest
        ]


def asked() -> bool:
    """Whether somebody wants to know."""
    return os.environ.get(ASKED, "") not in ("", "0")
