"""What Python's collector of garbage need not look through in a program that ends soon.

Little of what a build or a command makes can be found only by the collector: circles of objects. Looking for them
takes a twentieth of a build; and once more when Python ends, for a tenth of a build and a fifth of a short command.
"""

from __future__ import annotations

import gc


def collect_rarely() -> None:
    """Look for garbage only after very many objects have been made."""
    gc.set_threshold(50_000, 20, 100)


def keep() -> None:
    """Never look through what there is now: it stays, or the program is about to end."""
    gc.freeze()


def keep_first() -> None:
    """The same, but only the first time: what comes between two builds of one program may be garbage."""
    if not gc.get_freeze_count():
        gc.freeze()
