"""The differences between two charters, as data. For sentences and severities see `charterbook.compare`.

`diff` gives the changes, `apply` makes the newer charter from the older one and its changes, and
`likely_renames` lists pairs that look like an undeclared rename. Items are matched by id, then by former
ids; never by position, and never by a guess.

- `change`: a change, as data
- `match`: matching of the items of two lists
- `find`: charter, charter -> changes
- `patch`: charter, changes -> charter
- `rebuild`: a charter from plain data, even if incomplete
- `likely`: likely renames
"""

from __future__ import annotations

from charterbook.diff.change import Change, Data, Kind, Path, key_of, plain
from charterbook.diff.find import diff, edits
from charterbook.diff.likely import LikelyRename, likely_renames, rename_guesses
from charterbook.diff.match import successor_positions
from charterbook.diff.patch import apply
from charterbook.identity import Lineage, lineage

__all__ = [
    "Change",
    "Data",
    "Kind",
    "LikelyRename",
    "Lineage",
    "Path",
    "apply",
    "diff",
    "edits",
    "key_of",
    "likely_renames",
    "lineage",
    "plain",
    "rename_guesses",
    "successor_positions",
]
