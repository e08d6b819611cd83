"""Benchmarked histories: the revisions of a charter, and the upcoming quarter."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import yaml


@dataclass(frozen=True)
class Revision:
    """A commit of a charter: its version, its day and the text of charter.yml."""

    version: str
    date: datetime.date
    message: str
    text: str

    @cached_property
    def charter(self) -> dict[str, Any]:
        """The charter as data."""
        found: dict[str, Any] = yaml.load(self.text, yaml.CSafeLoader)
        return found


@dataclass(frozen=True)
class Input:
    """A named history. `upcoming` is the quarter that a scenario adds."""

    name: str
    revisions: tuple[Revision, ...]
    upcoming: Revision

    @cached_property
    def versions(self) -> dict[str, Revision]:
        """Each version with its last revision, the oldest first; without the upcoming one."""
        return {revision.version: revision for revision in self.revisions}

    def first(self, count: int) -> Input:
        """The history up to version number `count`; the next version is upcoming."""
        names = list(self.versions)
        if count == len(names):
            return self
        kept = tuple(r for r in self.revisions if r.version in names[:count])
        return replace(
            self, name=f"{self.name}-{count}", revisions=kept, upcoming=self.versions[names[count]]
        )


def quarter_of(date: datetime.date) -> str:
    """Name of the quarter that contains a day."""
    return f"{date.year}-Q{(date.month + 2) // 3}"


def known_inputs() -> dict[str, Callable[[], Input]]:
    """Known inputs by name."""
    from benchmarks.example import example
    from benchmarks.generate import SIZES, generated

    made = {name: lambda size=size: generated(size) for name, size in SIZES.items()}
    return {"example": example} | made
