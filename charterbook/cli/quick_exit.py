"""Quick exit: end the process of a command without tearing down the interpreter.

At its end, Python frees each object, for 5 % of the time of a build; the system frees all memory at once. Threads are
joined and exit handlers are run as usual before.
"""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def exit_quickly() -> Iterator[None]:
    """Context manager: a SystemExit ends the process quickly, with the same exit code.

    An exit handler that was registered earlier is not run.
    """
    code: list[int] = []
    atexit.register(_end, code)  # handlers are run in reverse order, so this handler runs last
    try:
        yield
    except SystemExit as error:
        if isinstance(error.code, int | None):
            code.append(error.code or 0)
        raise


def _end(code: list[int]) -> None:
    """Exit, unless the program ends differently or its output cannot be written."""
    if not code:
        return
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (AttributeError, OSError, ValueError):  # Python reports it
        return
    os._exit(code[0])
