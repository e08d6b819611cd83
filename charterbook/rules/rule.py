"""What a rule is, what it is given, and what it finds, as data."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from charterbook.charter import Charter, Service
from charterbook.charter.model_shape import VisitedValue, walk
from charterbook.i18n import Translator, translator
from charterbook.problems import Severity
from charterbook.source_map import Path

#: How grave a handbook takes what a rule finds.
Level = Literal["error", "warning", "hint", "off"]
LEVELS: tuple[Level, ...] = ("error", "warning", "hint", "off")
Levels = Mapping[str, Level]

#: What a rule looks at beside the charter: today's date, earlier charters, or what was signed last.
Need = Literal["day", "past", "signed"]


@dataclass(frozen=True)
class UnsignedChanges:
    """What changed in the agreement since it was last signed, as sentences in the charter's language."""

    sentences: tuple[str, ...]


@dataclass(frozen=True)
class RuleInput:
    """A charter without errors, and what is known around it.

    `past` are the charters of its history, oldest first, None where there is no history to look at;
    `unsigned` is None where nothing was signed yet, or where that is not known.
    """

    charter: Charter
    today: datetime.date
    past: tuple[Charter, ...] | None = None
    unsigned: UnsignedChanges | None = None

    @property
    def words(self) -> Translator:
        """The words of the charter's language."""
        return translator(self.charter.language)

    @cached_property
    def values(self) -> list[VisitedValue]:
        """Every value of the charter with its path and what is expected there."""
        return list(walk(self.charter.model_dump(by_alias=True, exclude_unset=True)))

    @property
    def running(self) -> Iterator[tuple[int, Service]]:
        """The services that are not retired, each with its place in the list."""
        return (
            (index, service)
            for index, service in enumerate(self.charter.services)
            if service.status != "retired"
        )


@dataclass(frozen=True)
class Finding:
    """Something to mend: where it is in the charter's data, what is wrong, and what would be right.

    `at_key` points to the key before the value, where the value is a group or a list.
    """

    path: Path
    text: str
    fix: str
    at_key: bool = False


@dataclass(frozen=True)
class Rule:
    """A rule about good charters.

    `title` says in one sentence what holds in a good charter, `why` what it is good for: both are
    messages for the catalogs. `severity` is the usual one.
    """

    name: str
    severity: Severity
    title: str
    why: str
    check: Callable[[RuleInput], Iterator[Finding]]
    needs: Need | None = None
