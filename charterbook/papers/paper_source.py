"""The data that papers are made from: a charter, and facts about its version that it does not contain."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from typing import Any

from charterbook.charter import ITEM_LISTS, Charter, all_items
from charterbook.charter.model_shape import walk
from charterbook.compare import Comparison
from charterbook.diff.change import plain
from charterbook.frozen_dataclass import dataclass
from charterbook.i18n import Translator, translator
from charterbook.metric_progress import TargetStatus
from charterbook.papers.inert_text import inert_line
from charterbook.papers.rich_text import Resolve
from charterbook.review import PreRead


@dataclass(frozen=True)
class MetricHistory:
    """A metric over the versions: the name of each with its value, and its status in the last one."""

    values: tuple[tuple[str, float | None], ...]
    status: TargetStatus


@dataclass(frozen=True)
class PromiseFacts:
    """The results of a promise: each version's name with the share of kept requests, None without a result."""

    service: str
    place: int
    shares: tuple[tuple[str, float | None], ...]


@dataclass(frozen=True)
class SourceAmounts:
    """The amounts of a funding source: the name of each version with the amount and its currency."""

    source: str
    amounts: tuple[tuple[str, float | None, str | None], ...]


@dataclass(frozen=True)
class PaperSource:
    """A version of a charter as papers need it.

    `commit` is empty for a draft, and `made` is when the shown revision was committed, in UTC. `ends` is None if no
    later version is known. `base` is the absolute address of the version's pages. `section_url` and `item_url` find a
    page below it. `audience` is the id of the audience to which the charter was reduced, and `whole` the original
    charter.
    """

    charter: Charter
    version: str
    is_draft: bool = False
    commit: str = ""
    made: datetime.datetime | None = None
    begins: datetime.date | None = None
    ends: datetime.date | None = None
    base: str | None = None
    section_url: Callable[[str], str | None] = lambda section: None
    item_url: Callable[[str, str], str | None] = lambda kind, item: None
    metrics: Mapping[str, MetricHistory] = field(default_factory=dict)
    promises: tuple[PromiseFacts, ...] = ()
    sources: tuple[SourceAmounts, ...] = ()
    comparison: Comparison | None = None
    pre_read: Callable[[], PreRead] | None = None
    audience: str | None = None
    whole: Charter | None = None
    report: Callable[[str], None] = lambda message: None

    def report_signs(self, signs: frozenset[str]) -> None:
        """Report characters that no font has, each with the first value of the charter that has it."""
        texts = [(place, text) for place, text in self._texts() if signs & set(text)]
        for sign in sorted(signs):
            place = next((place for place, text in texts if sign in text), self.version)
            values = {"sign": sign, "code": f"U+{ord(sign):04X}", "place": place}
            self.report(
                self.t.gettext(
                    "No font has the character %(sign)s (%(code)s) in %(place)s; it is shown as □."
                )
                % values
            )

    def _texts(self) -> Iterator[tuple[str, str]]:
        """The texts of the charter with their paths."""
        data = plain(self.whole or self.charter)
        for found in walk(data):
            if isinstance(found.value, str):
                yield _place(data, found.path), found.value

    @property
    def t(self) -> Translator:
        """The translator of the charter's language."""
        return translator(self.charter.language)

    @cached_property
    def labels(self) -> Mapping[tuple[str, str], str]:
        """The name of each item by kind and id."""
        return {
            (kind, item.id): inert_line(item.label) for kind, item in all_items(self.whole or self.charter)
        }

    def label(self, kinds: tuple[str, ...], id_: str) -> str:
        """The name of the item of one of these kinds; the id itself if there is none."""
        return next((self.labels[kind, id_] for kind in kinds if (kind, id_) in self.labels), id_)

    def section_link(self, section: str) -> str | None:
        """The address of a section's page."""
        return self._absolute(self.section_url(section))

    def item_link(self, kind: str, item: str) -> str | None:
        """The address of an item's page."""
        return self._absolute(self.item_url(kind, item) if (kind, item) in self.labels else None)

    def _absolute(self, url: str | None) -> str | None:
        return None if url is None or self.base is None else f"{self.base}{url}"

    @property
    def resolve(self) -> Resolve:
        """The resolver of links in texts: `services/onboarding`, `funding`."""
        return self._resolve

    def _resolve(self, target: str) -> str | None:
        kind, _, item = target.strip("/").partition("/")
        if not item:
            return self.section_link(kind)
        return self.item_link(kind, item) if kind in ITEM_LISTS else None


def _place(data: Any, path: Sequence[str | int]) -> str:
    """A path in words: items by their ids, other elements of lists by their numbers."""
    steps = []
    for step in path:
        data = data[step]
        is_item = isinstance(step, int) and isinstance(data, dict) and "id" in data
        steps.append(str(data["id"] if is_item else step + 1 if isinstance(step, int) else step))
    return ".".join(steps)
