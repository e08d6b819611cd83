"""A charter of any size on one A4 page. It names the parts that it omits."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import fields
from itertools import pairwise
from typing import Any

from charterbook.charter import SECTIONS, Item
from charterbook.compare.field_names import section_title
from charterbook.frozen_dataclass import dataclass
from charterbook.papers import summary_blocks as summary
from charterbook.papers.document import Block, HeadingBlock, PaperDocument, ParagraphBlock, plain_runs
from charterbook.papers.document_facts import footer, link_of, subtitle, version_facts
from charterbook.papers.inert_text import inert_line
from charterbook.papers.overview_blocks import shares
from charterbook.papers.paper_source import PaperSource
from charterbook.papers.summary_blocks import shortened
from charterbook.papers.typst_data import document_data
from charterbook.papers.typst_pdf import as_pdf, page_count

_TEMPLATE = "onepager"

#: The sections with contents on the page; all others are only named.
_SHOWN = ("mission", "services", "audiences", "funding", "metrics", "intake", "review")

#: Maximum length of the names of other sections, in characters.
_LONGEST_NAMES = 300


#: The width of the page without margins, in points.
_WIDTH = 510


@dataclass(frozen=True)
class _DetailLevel:
    """How much of a charter is on the page: numbers of items, lengths of texts in characters, size of the type."""

    services: int
    audiences: int
    metrics: int
    text: int
    mission: int
    size: float

    def towards(self, other: _DetailLevel, share: float) -> _DetailLevel:
        """The level at this share of the way to the other one."""
        names = [one.name for one in fields(self)]
        found = {name: (1 - share) * getattr(self, name) + share * getattr(other, name) for name in names}
        counts: dict[str, Any] = {name: round(found[name]) for name in names if name != "size"}
        return _DetailLevel(**counts, size=found["size"])


#: Levels of detail, highest first; the last one fits any charter.
_LEVELS = (
    _DetailLevel(20, 12, 20, 400, 2500, 12),
    _DetailLevel(20, 12, 20, 300, 2500, 10.5),
    _DetailLevel(16, 12, 16, 220, 1200, 9.5),
    _DetailLevel(16, 12, 16, 160, 900, 9),
    _DetailLevel(14, 10, 14, 120, 700, 8.5),
    _DetailLevel(12, 10, 12, 80, 600, 8.5),
    _DetailLevel(10, 8, 10, 60, 500, 8),
    _DetailLevel(8, 6, 8, 50, 400, 8),
    _DetailLevel(4, 3, 4, 40, 200, 8),
    _DetailLevel(2, 2, 2, 20, 120, 7.5),
    _DetailLevel(0, 0, 0, 20, 100, 7),
)
#: Steps from one level to the next.
_STEPS = 5
_DETAILS = (
    *(level.towards(after, step / _STEPS) for level, after in pairwise(_LEVELS) for step in range(_STEPS)),
    _LEVELS[-1],
)


def onepager(source: PaperSource) -> bytes:
    """The page as a PDF, with as much of the charter as fits."""
    place = bisect_left(_DETAILS, True, hi=len(_DETAILS) - 1, key=lambda detail: _fits(source, detail))
    return as_pdf(_TEMPLATE, _data(source, _DETAILS[place]), source.made, source.report_signs)


def _fits(source: PaperSource, detail: _DetailLevel) -> bool:
    return page_count(_TEMPLATE, _data(source, detail)) == 1


def _data(source: PaperSource, detail: _DetailLevel) -> dict[str, Any]:
    document = PaperDocument(
        inert_line(source.charter.title),
        subtitle(source),
        source.charter.language,
        tuple(version_facts(source)),
        footer(source),
        tuple(_blocks(source, detail)),
        link_of(source),
    )
    return document_data(document, _WIDTH / detail.size) | {"size": detail.size}


def _blocks(source: PaperSource, detail: _DetailLevel) -> Iterator[Block]:
    yield from summary.mission(source, detail.mission)
    yield from _services(source, detail)
    yield from _audiences(source, detail)
    yield from _funding(source, detail)
    yield from _metrics(source, detail)
    yield from _asking(source, detail)
    yield from _review(source)
    yield from _others(source)


def _services(source: PaperSource, detail: _DetailLevel) -> Iterator[Block]:
    current_services = summary.current_services(source)
    yield _heading(source, "services")
    if detail.services and current_services:
        yield summary.services(source, current_services[: detail.services], detail.text)
    yield from _left(source, current_services[detail.services :], detail)


def _audiences(source: PaperSource, detail: _DetailLevel) -> Iterator[Block]:
    found = source.charter.audiences
    yield _heading(source, "audiences")
    if detail.audiences:
        yield summary.audiences(source, found[: detail.audiences], detail.text)
    yield from _left(source, found[detail.audiences :], detail)


def _funding(source: PaperSource, detail: _DetailLevel) -> Iterator[Block]:
    found = source.charter.funding.sources
    yield _heading(source, "funding")
    shown, owner = summary.payers(source, detail.metrics)
    if len(found) <= detail.metrics and (bar := list(shares(source))):
        yield from bar
    else:
        yield shown
        yield from _left(source, found[detail.metrics :], detail)
    yield owner


def _metrics(source: PaperSource, detail: _DetailLevel) -> Iterator[Block]:
    found = source.charter.metrics
    yield _heading(source, "metrics")
    if detail.metrics and found:
        yield summary.metrics(source, 0, detail.metrics)
    yield from _left(source, found[detail.metrics :], detail)


def _asking(source: PaperSource, detail: _DetailLevel) -> Iterator[Block]:
    found = summary.asking(source, 3 * detail.text)
    if found:
        yield _heading(source, "intake")
        yield from found


def _review(source: PaperSource) -> Iterator[Block]:
    found = summary.review(source)
    if found:
        yield _heading(source, "review")
        yield from found


def _others(source: PaperSource) -> Iterator[Block]:
    """The names of the sections that the page omits."""
    charter, t = source.charter, source.t
    names = [section_title(one, t) for one in SECTIONS if one not in _SHOWN and charter.has(one)]
    names += [inert_line(one.title) for one in charter.sections]
    if names:
        text = shortened(plain_runs(", ".join(names)), _LONGEST_NAMES)
        yield ParagraphBlock(text, t.gettext("Also in the charter"), "note")


def _left(source: PaperSource, items: Sequence[Item], detail: _DetailLevel) -> Iterator[Block]:
    """The number of items that are not on the page, and as many names as fit."""
    if items:
        t, count = source.t, len(items)
        label = t.ngettext("%(n)s more", "%(n)s more", count) % {"n": t.number(count)}
        names = plain_runs(", ".join(inert_line(one.label) for one in items))
        yield ParagraphBlock(shortened(names, 3 * detail.text), label, "note")


def _heading(source: PaperSource, section: str) -> HeadingBlock:
    return summary.heading(source, section_title(section, source.t), section)
