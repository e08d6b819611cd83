"""One contender per file: its setup for an input, which is not timed, and its execution.

A contender stores its state in one folder, so that a snapshot is a copy of that folder.
"""

from __future__ import annotations

from benchmarks.contenders.base import Contender
from benchmarks.contenders.charterbook import ByMkDocs, Charterbook, WithExtras
from benchmarks.contenders.hugo import Hugo
from benchmarks.contenders.loop import Loop
from benchmarks.contenders.mike import Mike

CONTENDERS: dict[str, type[Contender]] = {
    contender.name: contender for contender in (Charterbook, ByMkDocs, Mike, Loop, Hugo, WithExtras)
}

__all__ = ["CONTENDERS", "ByMkDocs", "Charterbook", "Contender", "Hugo", "Loop", "Mike", "WithExtras"]
