"""The journal of an exchange: its steps, written down before the first of them is made.

A build that is killed leaves its journal behind, and the next build makes the rest of the steps.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

from charterbook.site.incremental.manifest import leaves
from charterbook.site.output.swap import EARLY, NEW, SwapStep

_NAME = "journal.json"


def write_journal(staging: Path, steps: Sequence[SwapStep]) -> None:
    """Write the journal in one step. Raises OSError."""
    part = staging / f"{_NAME}.part"
    part.write_text(json.dumps([astuple(step) for step in steps]), encoding="utf-8")
    part.replace(staging / _NAME)


def read_journal(staging: Path) -> list[SwapStep]:
    """The steps of an exchange that has begun; none where it has not, or where the journal makes no sense."""
    try:
        return [_step(*values) for values in json.loads((staging / _NAME).read_bytes())]
    except (OSError, ValueError, TypeError):
        return []


def has_journal(staging: Path) -> bool:
    """Whether an exchange has begun that is neither complete nor undone."""
    return os.path.lexists(staging / _NAME)


def remove_journal(staging: Path) -> None:
    """Note that an exchange is complete, or undone. Raises OSError."""
    (staging / _NAME).unlink()


def _step(kind: Any, path: str, source: str, inode: int) -> SwapStep:
    """A step as it was written. Raises ValueError where it makes no sense or leads out of the site."""
    sound = kind in ("add", "swap", "remove") and source in (NEW, EARLY) and isinstance(inode, int)
    if not sound or not path or leaves(path):
        raise ValueError(path)
    return SwapStep(kind, path, source, inode)
