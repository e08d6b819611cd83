"""A rule, its input and its findings, as data."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, Literal

from charterbook.charter import Charter, Service
from charterbook.charter.model_shape import VisitedValue, dated_shapes, walk
from charterbook.frozen_dataclass import dataclass
from charterbook.i18n import Translator, translator
from charterbook.problems import ProblemSeverity
from charterbook.source_map import Path

#: The level of a rule in a handbook: the severity of its problems, or off.
Level = Literal["error", "warning", "hint", "off"]
LEVELS: tuple[Level, ...] = ("error", "warning", "hint", "off")
Levels = Mapping[str, Level]

#: An input of a rule besides the charter: today's date, earlier charters, or the last signed state.
Need = Literal["day", "past", "signed"]


@dataclass(frozen=True)
class UnsignedChanges:
    """The changed commitments since the last sign-off, as sentences in the charter's language."""

    sentences: tuple[str, ...]


@dataclass(frozen=True)
class SignerChanges:
    """The changes for one signer since the state that their fingerprint identifies.

    `index` is the position of the sign-off, `label` the name of its role, `sentences` the changed commitments in the
    charter's language. An unmatched fingerprint matches no state of the history.
    """

    index: int
    label: str
    sentences: tuple[str, ...] = ()
    is_unmatched: bool = False


@dataclass(frozen=True)
class UnmetCondition:
    """The condition of a sign-off at a position that is not met: the name of the role, and the state in words."""

    index: int
    label: str
    state: str


@dataclass(frozen=True)
class RuleInput:
    """A charter without errors, with its context.

    `past` are the charters of its history, oldest first, None without a history; `unsigned` is None before the first
    sign-off, or if that is unknown; `signers` are the sign-offs with a fingerprint, `unmet` the
    conditions that are not met.
    """

    charter: Charter
    today: datetime.date
    past: tuple[Charter, ...] | None = None
    unsigned: UnsignedChanges | None = None
    signers: tuple[SignerChanges, ...] = ()
    unmet: tuple[UnmetCondition, ...] = ()

    @property
    def words(self) -> Translator:
        """The translator of the charter's language."""
        return translator(self.charter.language)

    @cached_property
    def values(self) -> list[VisitedValue]:
        """Every value of the charter with its path and expected shape."""
        return list(walk(self._data))

    @property
    def dates(self) -> Iterator[VisitedValue]:
        """Every date of the charter with its path."""
        return (found for found in walk(self._data, known=dated_shapes) if found.shape.kind == "date")

    @property
    def _data(self) -> dict[str, Any]:
        return self.charter.model_dump(by_alias=True, exclude_unset=True)

    @property
    def active_services(self) -> Iterator[tuple[int, Service]]:
        """The services that are not retired, each with its index."""
        return (
            (index, service) for index, service in enumerate(self.charter.services) if not service.is_retired
        )


@dataclass(frozen=True)
class Finding:
    """A finding: its path in the charter's data, the mistake, and the correction.

    With `at_key`, the place is the key before the value, for a mapping or a list.
    """

    path: Path
    text: str
    fix: str
    at_key: bool = False


@dataclass(frozen=True)
class Rule:
    """A rule about good charters.

    `title` describes a good charter in one sentence, `why` gives the reason. Both are messages of the catalogs, and
    pages show them to authors. `severity` applies unless mkdocs.yml sets another level. `needs` is an input that the
    rule needs besides the charter. `advice` is the correction for readers who do not edit the file: None if those of
    the findings name no keys of it.
    """

    name: str
    severity: ProblemSeverity
    title: str
    why: str
    check: Callable[[RuleInput], Iterator[Finding]]
    needs: Need | None = None
    advice: str | None = None

    def advice_on(self, finding: Finding, t: Translator) -> str:
        """The correction of a finding in words for readers."""
        return t.gettext(self.advice) if self.advice else finding.fix
