"""Golden files of the example's comparisons: the changes of each quarter as text.

`python -m tests.golden` regenerates them; review the differences before committing.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

from charterbook.charter import Charter
from charterbook.compare import Comparison, compare
from charterbook.export.changes import render
from charterbook.history import read_history
from charterbook.settings import read_settings

ROOT = Path(__file__).parents[1]
FOLDER = Path(__file__).parent / "export" / "changes"

_QUARTERS = ("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")

#: Each quarter against the one before, and the last against the first.
PAIRS = (*pairwise(_QUARTERS), ("2025-Q1", "2026-Q4"))


@cache
def example() -> dict[str, Charter]:
    """The example's charters by version."""
    published = read_history(ROOT, read_settings(ROOT)).published
    return {version.name: version.charter for version in published if version.charter is not None}


@cache
def published() -> dict[str, tuple[Charter, ...]]:
    """All readable charters of each version of the example, as they were published one after the other."""
    found = read_history(ROOT, read_settings(ROOT)).published
    return {version.name: tuple(one for one in version.charters if one is not None) for version in found}


def comparison(old: str, new: str, language: str = "en") -> Comparison:
    """The comparison of two of the example's versions."""
    return compare(example()[old], example()[new], (old, new), language=language)


def golden(old: str, new: str) -> Path:
    """The file with the text of a comparison."""
    return FOLDER / f"{old}..{new}.txt"


def main() -> None:
    """Regenerate all files."""
    for pair in PAIRS:
        golden(*pair).write_text(render(comparison(*pair)), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
