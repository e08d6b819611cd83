"""Write-ahead journal of an exchange.

A killed build leaves its journal behind, and the next build completes the steps.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

from charterbook.folders import exists
from charterbook.json_text import parse_json
from charterbook.pipes import read_regular
from charterbook.site.incremental.manifest import leads_outside
from charterbook.site.output.swap import EARLY, NEW, SwapStep

_NAME = "journal.json"


def write_journal(staging: Path, steps: Sequence[SwapStep]) -> None:
    """Write the journal atomically. Raises OSError."""
    part = staging / f"{_NAME}.part"
    part.write_text(json.dumps([astuple(step) for step in steps]), encoding="utf-8")
    part.replace(staging / _NAME)


def read_journal(staging: Path) -> list[SwapStep]:
    """Steps of an unfinished exchange; empty if there is none, or if the journal is invalid. Raises OSError."""
    try:
        return [_step(*values) for values in parse_json(read_regular(staging / _NAME))]
    except (FileNotFoundError, NotADirectoryError, ValueError, TypeError):
        return []


def has_journal(staging: Path) -> bool:
    """Whether there is an exchange that is neither complete nor undone."""
    return exists(staging / _NAME)


def remove_journal(staging: Path) -> None:
    """Remove the journal of a complete or undone exchange. Raises OSError."""
    (staging / _NAME).unlink()


def _step(kind: Any, path: str, source: str, inode: int) -> SwapStep:
    """Parsed step. Raises ValueError if it is invalid or leads out of the site."""
    sound = kind in ("add", "swap", "respell", "remove") and source in (NEW, EARLY) and isinstance(inode, int)
    if not sound or not path or leads_outside(path):
        raise ValueError(path)
    return SwapStep(kind, path, source, inode)
