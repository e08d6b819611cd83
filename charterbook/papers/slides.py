"""A charter as slides: the five questions, the figures, and the changes. Lists are complete."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TypeVar

from charterbook.compare.field_names import section_title
from charterbook.export.changes_words import ChangeWords
from charterbook.papers import summary_blocks as summary
from charterbook.papers.document import (
    Block,
    HeadingBlock,
    Inline,
    ListBlock,
    PaperDocument,
    ParagraphBlock,
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
#: Maximum number of metrics with table and charts on one slide.
_FEW_METRICS = 2
#: Maximum number of intake routes that leave space for the review.
_ROUTES = 5
#: Lines of a table and of a list on a slide, and characters in a line of each.
_TABLE_LINES, _LINES, _IN_CELL, _IN_LINE = 16, 18, 26, 84
_TEXT, _MISSION = 120, 1200
#: The width of a line, relative to the size of large text.
_LINE = 42.0
#: The text of the mission, relative to other text.
_LEAD = 1.7
#: The height of a chart in centimetres, and the size of its text in points, independent of other text.
_CHART, _CHART_TEXT = 5.3, 15

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
    found = [
        [blocks_data(slide, _LINE) for slide in topic]
        for _, topic in groupby(slides_of(source), key=lambda slide: slide[0])
    ]
    return as_pdf(
        "slides",
        document_data(document)
        | {"topics": found, "lead": _LEAD, "chart_height": _CHART, "chart_text": _CHART_TEXT},
        source.made,
        source.report_signs,
    )


def slides_of(source: PaperSource) -> Iterator[_Slide]:
    """The blocks of each slide after the first one."""
    yield [_heading(source, "mission"), *summary.mission(source, _MISSION), *_why(source)]
    services = summary.services(source, summary.current_services(source), _TEXT)
    for rows in _fitting(services.rows, _row_height, _TABLE_LINES):
        yield [_heading(source, "services"), replace(services, rows=rows)]
    audiences = summary.audiences(source, source.charter.audiences, _TEXT)
    for entries in _fitting(audiences.entries, _entry_height, _LINES):
        yield [_heading(source, "audiences"), replace(audiences, entries=entries)]
    yield [_heading(source, "funding"), *_money(source)]
    yield from _metrics(source)
    yield from _changes(source)
    yield from _last(source)


def _metrics(source: PaperSource) -> Iterator[_Slide]:
    """Tables, then charts; a few of both share a slide."""
    places = range(0, len(source.charter.metrics), _METRICS)
    tables: list[_Slide] = [[summary.metrics(source, start, _METRICS)] for start in places]
    drawn: list[_Slide] = [list(part) for part in _parts(list(charts(source)), _CHARTS)]
    if len(source.charter.metrics) <= _FEW_METRICS and len(drawn) == len(tables) == 1:
        tables, drawn = [tables[0] + drawn[0]], []
    for slide in (*tables, *drawn):
        yield [_heading(source, "metrics"), *slide]


def _parts(items: Sequence[_Kind], size: int) -> Iterator[Sequence[_Kind]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _fitting(found: Sequence[_Kind], height: Callable[[_Kind], float], most: int) -> list[tuple[_Kind, ...]]:
    """The fewest slides that they fit on, about equally full."""
    heights = [height(one) for one in found]
    count = len(_ends(heights, most))
    limit = next(low for low in range(1, most + 1) if len(_ends(heights, low)) <= count)
    ends = _ends(heights, limit)
    return [tuple(found[start:end]) for start, end in zip([0, *ends], ends, strict=False)]


def _ends(heights: Sequence[float], most: int) -> list[int]:
    """The end of each slide if each takes as many as fit."""
    ends, filled = [], 0.0
    for place, height in enumerate(heights):
        if filled and filled + height > most:
            ends.append(place)
            filled = 0.0
        filled += height
    return [*ends, len(heights)] if heights else []


def _row_height(row: tuple[Inline, ...]) -> int:
    return max(_height(text_of(cell), _IN_CELL) for cell in row)


def _height(text: str, width: int) -> int:
    return 1 + len(text) // width


def _entry_height(entry: tuple[Block, ...]) -> int:
    return sum(_height(text_of(one.runs), _IN_LINE) for one in entry if isinstance(one, ParagraphBlock))


def _why(source: PaperSource) -> Iterator[Block]:
    why = source.charter.mission.why
    if why:
        yield ParagraphBlock(summary.shortened(inline_of(why, source.resolve), _MISSION))


def _money(source: PaperSource) -> _Slide:
    shown, owner = summary.payers(source, len(source.charter.funding.sources))
    bar: _Slide = [*shares(source)]
    return [*(bar or [shown]), owner, *amounts(source)]


def _changes(source: PaperSource) -> Iterator[_Slide]:
    """The most important changes since the previous version."""
    if source.comparison is None or not source.comparison.statements:
        return
    words = ChangeWords(source.comparison)
    shown = source.comparison.ranked[:_CHANGES] or source.comparison.statements[:_CHANGES]
    entries = tuple((ParagraphBlock(plain_runs(inert_line(one.sentence))),) for one in shown)
    yield [
        HeadingBlock(1, words.title),
        ParagraphBlock(plain_runs(words.count), style="note"),
        ListBlock(entries),
    ]


def _last(source: PaperSource) -> Iterator[_Slide]:
    """How to ask, and the next review, on the same slide if both fit."""
    found, review = list(_asking(source)), list(_review(source))
    if review and found and len(found) == 1 and len(summary.routes(source, _TEXT).entries) <= _ROUTES:
        found, review = [[*found[0], *review]], []
    yield from (slide for slide in (*found, review) if slide)


def _asking(source: PaperSource) -> Iterator[_Slide]:
    rule, ways = summary.asking_rule(source, 3 * _TEXT), summary.routes(source, _TEXT)
    for entries in _fitting(ways.entries, _entry_height, _LINES):
        yield [_heading(source, "intake"), *rule, ListBlock(entries)]
        rule = []
    if rule:
        yield [_heading(source, "intake"), *rule]


def _review(source: PaperSource) -> Iterator[Block]:
    found = summary.review(source)
    if found:
        yield _heading(source, "review")
        yield from (*found, *summary.participants(source, 3 * _TEXT))


def _heading(source: PaperSource, section: str) -> HeadingBlock:
    return summary.heading(source, section_title(section, source.t), section)
