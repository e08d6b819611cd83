"""What differs between two charters, as data. It says what is, never what it means.

`diff` gives the changes, `apply` makes the newer charter from the older one and its changes, and
`likely_renames` names pairs that look like an undeclared rename, apart from the facts. Items are matched by
their `id`, then by `was`; never by position, and never by a guess.

- `change`: a change, as data; `match`: which old items are which new ones; `lineage`: what became of them on the way
- `find`: charter, charter -> changes; `patch`: charter, changes -> charter; `likely`: guesses, named as such
"""

from __future__ import annotations

from charterbook.diff.change import Change, Data, Kind, Path, key_of, plain
from charterbook.diff.find import diff, edits
from charterbook.diff.likely import LikelyRename, likely_renames
from charterbook.diff.lineage import lineage
from charterbook.diff.match import Lineage, heirs_within
from charterbook.diff.patch import apply

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
    "heirs_within",
    "key_of",
    "likely_renames",
    "lineage",
    "plain",
]
