"""Target figures, and their values in the raw results."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from benchmarks.measure import Spread, ratios, spread
from benchmarks.scenarios import IMPORTS

Results = Mapping[str, Mapping[str, Any]]

OURS, BY_MKDOCS = "charterbook", "charterbook-by-mkdocs"
MIKE, LOOP, HUGO = "mike", "mkdocs-loop", "hugo-loop"
_DEFAULT = "12x30"


@dataclass(frozen=True)
class Figure:
    """A figure, its bound, and its computation; `find` raises KeyError if nothing was measured."""

    statement: str
    sense: Literal["at least", "at most"]
    bound: float
    find: Callable[[Results], Spread]
    unit: str = "×"

    def reached(self, found: Spread) -> bool:
        """Whether the median is within the bound."""
        return found.median >= self.bound if self.sense == "at least" else found.median <= self.bound


def paired(scenario: str, over: str, under: str) -> Callable[[Results], Spread]:
    """Ratio of the times of two contenders, on the default input."""

    def find(results: Results) -> Spread:
        seconds = results[_DEFAULT]["figures"][scenario]["seconds"]
        return ratios(seconds[over], seconds[under])

    return find


def study(name: str, over: str, under: str, less: float = 1) -> Callable[[Results], Spread]:
    """Ratio of two rows of a study; `less` is the ratio of their work."""

    def find(results: Results) -> Spread:
        seconds = results["studies"]["figures"][name]["seconds"]
        return ratios([value / less for value in seconds[over]], seconds[under])

    return find


def _peak(results: Results) -> Spread:
    return _one(max(results["studies"]["figures"]["memory"]["peaks"]) / 1e6)


def _disk(kind: str, part: str, by: str = "") -> Callable[[Results], Spread]:
    def find(results: Results) -> Spread:
        found = results["studies"]["figures"]["size"][kind]
        return _one(found[part] / found[by] if by else found[part])

    return find


def _seconds_to_read(results: Results) -> Spread:
    return spread(results["studies"]["figures"]["history"]["seconds"]["reading, nothing kept"])


def _one(value: float) -> Spread:
    return spread([value])


_EXTRAS = "charterbook-with-comparisons"

#: All target figures.
FIGURES: Sequence[Figure] = (
    Figure("Whole site, without a cache: faster than mike", "at least", 8, paired("whole", MIKE, OURS)),
    Figure("The same by `mkdocs build`", "at least", 8, paired("whole", MIKE, BY_MKDOCS)),
    Figure("Whole site, without a cache: of Hugo's loop", "at most", 1.6, paired("whole", OURS, HUGO)),
    Figure("Nothing changed: faster than mike's redeploy", "at least", 40, paired("again", MIKE, OURS)),
    Figure("The same by `mkdocs build`", "at least", 40, paired("again", MIKE, BY_MKDOCS)),
    Figure(
        "Nothing changed: of importing MkDocs and its plugins", "at most", 1.5, paired("again", OURS, IMPORTS)
    ),
    Figure(
        "One new quarter: faster than mike's deploy of it", "at least", 1.42, paired("quarter", MIKE, OURS)
    ),
    Figure("The same by `mkdocs build`", "at least", 1.42, paired("quarter", MIKE, BY_MKDOCS)),
    Figure("One word changed in docs/: faster than mike", "at least", 5, paired("word", MIKE, OURS)),
    Figure(
        "Serving, one value changed: of MkDocs with one version", "at most", 0.6, paired("serve", OURS, LOOP)
    ),
    Figure("The same by `mkdocs serve`", "at most", 0.6, paired("serve", BY_MKDOCS, LOOP)),
    Figure(
        "Adding the 41st quarter: of adding the 11th",
        "at most",
        1.2,
        study("quarters", "after 40", "after 10"),
    ),
    Figure("20 versions: each, of one of 10", "at most", 1.1, study("versions", "20", "10", 2)),
    Figure("40 versions: each, of one of 10", "at most", 1.1, study("versions", "40", "10", 4)),
    Figure("100 services: each, of one of 50", "at most", 1, study("services", "100", "50", 2)),
    Figure("200 services: each, of one of 50", "at most", 1, study("services", "200", "50", 4)),
    Figure("40 versions, 200 services: memory of the largest process", "at most", 500, _peak, " MB"),
    Figure(
        "5,000 commits read, without a cache: of `git log`",
        "at most",
        3,
        study("history", "reading, nothing kept", "git log"),
    ),
    Figure(
        "5,000 commits read again: of `git log`", "at most", 3, study("history", "reading, again", "git log")
    ),
    Figure(
        "5,000 commits, with starting Python: of `git log`",
        "at most",
        3,
        study("history", "process, nothing kept", "git log"),
    ),
    Figure("5,000 commits read, without a cache", "at most", 1, _seconds_to_read, " s"),
    Figure(
        "40 versions of the example on disk: of each distinct file once",
        "at most",
        4,
        _disk(OURS, "bytes", "bytes of distinct files"),
    ),
    Figure(
        "40 versions of the example on disk: of each distinct line once",
        "at most",
        4,
        _disk(OURS, "bytes", "bytes of distinct lines"),
    ),
    Figure(
        "The same with all comparisons: of each distinct line once",
        "at most",
        4,
        _disk(_EXTRAS, "bytes", "bytes of distinct lines"),
    ),
    Figure("Theme assets written more than once", "at most", 0, _disk(_EXTRAS, "assets written again"), ""),
    Figure("Source maps", "at most", 0, _disk(_EXTRAS, "source maps"), ""),
)
