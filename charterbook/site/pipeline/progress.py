"""Progress of a build: a bar on a terminal, a line for each version elsewhere."""

from __future__ import annotations

import logging
import sys
from contextlib import suppress

from charterbook.terminal import printed

log = logging.getLogger("mkdocs.plugins.charterbook")

_WIDTH = 24


class Progress:
    """Counter of finished versions."""

    def __init__(self, total: int, unchanged: int) -> None:
        self._total, self._done = total, 0
        self._bar = total > 1 and _is_terminal() and log.isEnabledFor(logging.INFO)
        what = "version" if total + unchanged == 1 else "versions"
        log.info("%d %s: %d to build, %d unchanged", total + unchanged, what, total, unchanged)
        self._draw("")

    def done(self, name: str, seconds: float) -> None:
        """Report a built version."""
        self._done += 1
        if self._bar:
            self._draw(f"{name} in {seconds:.1f} s")
        elif self._total > 1:
            log.info("%s built in %.1f s (%d of %d)", name, seconds, self._done, self._total)

    def _draw(self, last: str) -> None:
        if not self._bar:
            return
        full = _WIDTH * self._done // self._total
        bar = "█" * full + "░" * (_WIDTH - full)
        end = "\n" if self._done == self._total else ""
        text = f"\r\033[K  {bar} {self._done} of {self._total} built  {printed(last)}{end}"
        encoding = sys.stderr.encoding or "ascii"
        with suppress(OSError):  # the terminal was closed meanwhile
            sys.stderr.write(text.encode(encoding, "replace").decode(encoding))
            sys.stderr.flush()


def _is_terminal() -> bool:
    """Whether standard error is a terminal; it is None if the process was started without one."""
    return sys.stderr is not None and sys.stderr.isatty()
