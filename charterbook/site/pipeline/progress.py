"""Progress of a build: a bar on a terminal, a line for each version elsewhere."""

from __future__ import annotations

import logging
import sys

from charterbook.terminal import printed

log = logging.getLogger("mkdocs.plugins.charterbook")

_WIDTH = 24


class Progress:
    """Counter of finished versions."""

    def __init__(self, total: int, unchanged: int) -> None:
        self._total, self._done = total, 0
        self._bar = total > 1 and sys.stderr.isatty() and log.isEnabledFor(logging.INFO)
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
        sys.stderr.write(text.encode(encoding, "replace").decode(encoding))
        sys.stderr.flush()
