"""The five questions of a charter in short, for one page and for slides."""

from __future__ import annotations

from collections.abc import Sequence

from charterbook.charter import Audience, Service
from charterbook.papers.document import (
    Block,
    HeadingBlock,
    Inline,
    ListBlock,
    Paragraph,
    Run,
    TableBlock,
    plain_runs,
)
from charterbook.papers.field_words import FieldWords
from charterbook.papers.inert_text import inert_line
from charterbook.papers.overview_blocks import scorecard
from charterbook.papers.paper_source import PaperSource
from charterbook.papers.rich_text import inline_of


def shortened(runs: Inline, most: int) -> Inline:
    """The runs up to a number of characters, cut between words with an ellipsis."""
    found: list[Run] = []
    left = most
    for run in runs:
        if len(run.text) > left:
            cut = run.text[:left].rsplit(" ", 1)[0].rstrip(" ,;:.")
            return (*found, Run(f"{cut}…", run.bold, run.italic, run.code, run.link))
        found.append(run)
        left -= len(run.text)
    return tuple(found)


def mission(source: PaperSource, most: int) -> list[Block]:
    """The mission, shortened."""
    runs = inline_of(source.charter.mission.statement, source.resolve)
    return [Paragraph(shortened(runs, most), style="lead")]


def living(source: PaperSource) -> list[Service]:
    """The services that are not retired."""
    return [one for one in source.charter.services if one.status != "retired"]


def services(source: PaperSource, shown: Sequence[Service], most: int) -> TableBlock:
    """Services with what they are, whom they are for, and their promise."""
    t = source.t
    head = (t.gettext("Service"), t.gettext("What it is"), t.gettext("For"), t.gettext("Promise"))
    return TableBlock("", head, tuple(_service(source, one, most) for one in shown))


def _service(source: PaperSource, service: Service, most: int) -> tuple[Inline, ...]:
    names = [inert_line(source.label(("audiences",), id_)) for id_ in service.audiences]
    promises = [
        f"{inert_line(level.request)}: {source.t.duration(level.within, level.unit)}"
        for level in service.service_levels
    ]
    return (
        (Run(inert_line(service.name), bold=True, link=source.item_link("services", service.id)),),
        shortened(inline_of(service.summary, source.resolve), most),
        shortened(plain_runs(", ".join(names) or "–"), most),
        shortened(plain_runs("; ".join(promises) or "–"), most),
    )


def audiences(source: PaperSource, shown: Sequence[Audience], most: int) -> ListBlock:
    """Audiences with what they may expect."""
    return ListBlock(tuple((Paragraph(_audience(source, one, most)),) for one in shown))


def _audience(source: PaperSource, audience: Audience, most: int) -> Inline:
    name = Run(inert_line(audience.name), bold=True, link=source.item_link("audiences", audience.id))
    words = audience.expects or audience.summary
    return (
        (name, Run(": "), *shortened(inline_of(words, source.resolve), most)) if words and most else (name,)
    )


def metrics(source: PaperSource, first: int, count: int) -> TableBlock:
    """A part of the scorecard."""
    whole = scorecard(source)
    return TableBlock("", whole.head, whole.rows[first : first + count], whole.numeric)


def payers(source: PaperSource, most: int) -> tuple[Paragraph, Paragraph]:
    """Who pays which share, and who owns the budget. Names no more than `most` sources."""
    funding, t = source.charter.funding, source.t
    parts = [
        f"{inert_line(one.name)}{f' {t.percent(one.share)}' if one.share is not None else ''}"
        for one in funding.sources[:most]
    ]
    owner = inert_line(source.label(("roles",), funding.owner))
    label = FieldWords(source).name(type(funding), "owner")
    return Paragraph(plain_runs(", ".join(parts))), Paragraph(plain_runs(owner), label)


def asking(source: PaperSource, most: int) -> list[Paragraph]:
    """How to ask: the rule in short, and the names of the ways."""
    intake = source.charter.intake
    if intake is None:
        return []
    rule = shortened(inline_of(intake.summary, source.resolve), most) if intake.summary else ()
    ways = shortened(plain_runs(", ".join(inert_line(one.name) for one in intake.routes)), most)
    return [Paragraph(one) for one in (rule, ways) if one]


def heading(source: PaperSource, title: str, section: str) -> HeadingBlock:
    """A heading that links the page of a section."""
    return HeadingBlock(1, title, source.section_link(section))
