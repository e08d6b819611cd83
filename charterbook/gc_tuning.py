"""Garbage-collector tuning for short-lived processes: for the command line alone, never for the plugin.

Little of what a command makes can be found only by the collector: circles of objects. Looking for them takes a
twentieth of a build, and a fifth of a short command once more when Python ends.
"""

from __future__ import annotations

import gc


def collect_rarely() -> None:
    """Look for garbage only after very many objects have been made."""
    gc.set_threshold(50_000, 20, 100)


def freeze() -> None:
    """Never look through what there is now: the program is about to end."""
    gc.freeze()
