"""A charter as slides: the five questions, the figures, and what changed. Nothing is left out of a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from charterbook.compare.field_names import section_title
from charterbook.export.changes_words import ChangeWords
from charterbook.papers import summary_blocks as summary
from charterbook.papers.document import (
    Block,
    HeadingBlock,
    ListBlock,
    PaperDocument,
    Paragraph,
    plain_runs,
    text_of,
)
from charterbook.papers.document_facts import footer, link_of, subtitle, version_facts
from charterbook.papers.inert_text import inert_line
from charterbook.papers.overview_blocks import amounts, charts, shares
from charterbook.papers.paper_source import PaperSource
from charterbook.papers.rich_text import inline_of
from charterbook.papers.typst_data import blocks_data, document_data
from charterbook.papers.typst_pdf import as_pdf

#: How much is on a slide.
_METRICS, _CHARTS, _CHANGES = 9, 4, 8
#: Lines on a slide, and characters in a line: of a table with four columns, and of a list.
_LINES, _IN_CELL, _IN_LINE = 18, 24, 90
_TEXT, _MISSION = 120, 1200
#: The text of the mission, relative to other text.
_LEAD = 1.7
#: The height of a chart, in centimetres.
_CHART = 5.0
#: The text of tables on slides, relative to that on paper.
_SCALE = 1.45

_Slide = list[Block]
_Kind = TypeVar("_Kind")


def slides(source: PaperSource) -> bytes:
    """The slides as a PDF in 16:9."""
    document = PaperDocument(
        inert_line(source.charter.title),
        subtitle(source),
        source.charter.language,
        tuple(version_facts(source)),
        footer(source),
        (),
        link_of(source),
    )
    found = [blocks_data(slide, _SCALE) for slide in slides_of(source)]
    return as_pdf(
        "slides",
        document_data(document) | {"slides": found, "lead": _LEAD, "chart_height": _CHART},
        source.made,
    )


def slides_of(source: PaperSource) -> Iterator[_Slide]:
    """The blocks of each slide after the first one."""
    yield [_heading(source, "mission"), *summary.mission(source, _MISSION), *_why(source)]
    services = summary.services(source, summary.living(source), _TEXT)
    for rows in _fitting(services.rows, lambda row: max(_height(text_of(cell), _IN_CELL) for cell in row)):
        yield [_heading(source, "services"), replace(services, rows=rows)]
    audiences = summary.audiences(source, source.charter.audiences, _TEXT)
    for entries in _fitting(audiences.entries, _entry_height):
        yield [_heading(source, "audiences"), replace(audiences, entries=entries)]
    yield [_heading(source, "funding"), *_money(source)]
    for start in range(0, len(source.charter.metrics), _METRICS):
        yield [_heading(source, "metrics"), summary.metrics(source, start, _METRICS)]
    for drawn in _parts(list(charts(source)), _CHARTS):
        yield [_heading(source, "metrics"), *drawn]
    yield from _changes(source)
    yield from _last(source)


def _parts(items: Sequence[_Kind], size: int) -> Iterator[Sequence[_Kind]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _fitting(elements: Sequence[_Kind], height: Callable[[_Kind], int]) -> Iterator[tuple[_Kind, ...]]:
    """As many of them at a time as fit on a slide."""
    group: list[_Kind] = []
    for one in elements:
        if group and sum(map(height, [*group, one])) > _LINES:
            yield tuple(group)
            group = []
        group.append(one)
    if group:
        yield tuple(group)


def _height(text: str, width: int) -> int:
    return 1 + len(text) // width


def _entry_height(entry: tuple[Block, ...]) -> int:
    return sum(_height(text_of(one.runs), _IN_LINE) for one in entry if isinstance(one, Paragraph))


def _why(source: PaperSource) -> Iterator[Block]:
    why = source.charter.mission.why
    if why:
        yield Paragraph(summary.shortened(inline_of(why, source.resolve), _MISSION))


def _money(source: PaperSource) -> _Slide:
    shown, owner = summary.payers(source, len(source.charter.funding.sources))
    bar: _Slide = [*shares(source)]
    return [*(bar or [shown]), owner, *amounts(source)]


def _changes(source: PaperSource) -> Iterator[_Slide]:
    """The most important changes since the version before."""
    if source.comparison is None or not source.comparison.statements:
        return
    words = ChangeWords(source.comparison)
    shown = source.comparison.ranked[:_CHANGES] or source.comparison.statements[:_CHANGES]
    entries = tuple((Paragraph(plain_runs(inert_line(one.sentence))),) for one in shown)
    yield [HeadingBlock(1, words.title), Paragraph(plain_runs(words.count), style="note"), ListBlock(entries)]


def _last(source: PaperSource) -> Iterator[_Slide]:
    """How to ask, and the next review."""
    asking, review, t = summary.asking(source, 3 * _TEXT), source.charter.review, source.t
    if asking:
        yield [_heading(source, "intake"), *asking]
    if review is not None and review.next is not None:
        day = t.gettext("Day of the review: %(day)s.") % {"day": t.date(review.next).rstrip(".")}
        yield [_heading(source, "review"), Paragraph(plain_runs(f"{day} {inert_line(review.body or '')}"))]


def _heading(source: PaperSource, section: str) -> HeadingBlock:
    return summary.heading(source, section_title(section, source.t), section)
