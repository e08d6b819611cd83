"""The five questions of a charter in brief, for one page and for slides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from charterbook.charter import Audience, Service
from charterbook.papers.document import (
    Block,
    HeadingBlock,
    Inline,
    ListBlock,
    ParagraphBlock,
    Run,
    TableBlock,
    plain_runs,
)
from charterbook.papers.field_words import FieldWords
from charterbook.papers.inert_text import inert_line
from charterbook.papers.overview_blocks import scorecard
from charterbook.papers.paper_source import PaperSource
from charterbook.papers.rich_text import inline_of
from charterbook.review_date import planned_review

#: Marks that no shortened text ends with.
_LOOSE = " \u00a0\n,;:.(«“—–-"


def shortened(runs: Inline, most: int) -> Inline:
    """The runs up to a number of characters, cut between words with an ellipsis."""
    found: list[Run] = []
    left = most
    for run in runs:
        if len(run.text) > left:
            return (*found, replace(run, text=_cut(run.text, left)))
        found.append(run)
        left -= len(run.text)
    return tuple(found)


def _cut(text: str, most: int) -> str:
    """The text up to a number of characters: after a sentence if that leaves enough of it, else between words."""
    sentence = text[:most].rfind(". ")
    shown = text[:sentence] if sentence > most / 2 else text[:most].rsplit(" ", 1)[0]
    return f"{_without_loose_end(shown)}…"


def _without_loose_end(text: str) -> str:
    """The text without trailing punctuation such as a comma, and without a trailing word of one letter."""
    shown = text.rstrip(_LOOSE)
    before, _, last = shown.rpartition(" ")
    return before.rstrip(_LOOSE) if before and len(last) == 1 and last.isalpha() else shown


def enumerated(source: PaperSource, entries: Sequence[str], separator: str, most: int) -> Inline:
    """As many whole entries as fit into a number of characters, at least one, and the number of omitted ones."""
    shown = max(
        (count for count in range(1, len(entries) + 1) if len(separator.join(entries[:count])) <= most),
        default=1,
    )
    left, t = len(entries) - shown, source.t
    more = " " + t.ngettext("and %(n)s more", "and %(n)s more", left) % {"n": t.number(left)} if left else ""
    return (*shortened(plain_runs(separator.join(entries[:shown])), most), *plain_runs(more))


def mission(source: PaperSource, most: int) -> list[Block]:
    """The mission, shortened."""
    runs = inline_of(source.charter.mission.statement, source.resolve)
    return [ParagraphBlock(shortened(runs, most), style="lead")]


def current_services(source: PaperSource) -> list[Service]:
    """The services that are not retired."""
    return [one for one in source.charter.services if not one.is_retired]


def services(source: PaperSource, shown: Sequence[Service], most: int) -> TableBlock:
    """Services with their summary, their audiences and their promise."""
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
        enumerated(source, names or ["–"], ", ", most),
        enumerated(source, promises or ["–"], "; ", most),
    )


def audiences(source: PaperSource, shown: Sequence[Audience], most: int) -> ListBlock:
    """Audiences with their expectations."""
    return ListBlock(tuple((ParagraphBlock(_audience(source, one, most)),) for one in shown))


def _audience(source: PaperSource, audience: Audience, most: int) -> Inline:
    words = audience.expects or audience.summary
    return _named(source, audience.name, words, most, source.item_link("audiences", audience.id))


def _named(source: PaperSource, name: str, words: str | None, most: int, link: str | None = None) -> Inline:
    """A name, followed by a shortened text."""
    title = Run(inert_line(name), bold=True, link=link)
    return (
        (title, Run(": "), *shortened(inline_of(words, source.resolve), most)) if words and most else (title,)
    )


def metrics(source: PaperSource, first: int, count: int) -> TableBlock:
    """A part of the scorecard."""
    whole = scorecard(source)
    return TableBlock("", whole.head, whole.rows[first : first + count], whole.numeric)


def payers(source: PaperSource, most: int) -> tuple[ParagraphBlock, ParagraphBlock]:
    """Who pays which share, and who owns the budget. Names no more than `most` sources."""
    funding, t = source.charter.funding, source.t
    parts = [
        f"{inert_line(one.name)}{f' {t.percent(one.share)}' if one.share is not None else ''}"
        for one in funding.sources[:most]
    ]
    owner = inert_line(source.label(("roles",), funding.owner))
    label = FieldWords(source).name(type(funding), "owner")
    return ParagraphBlock(plain_runs(", ".join(parts))), ParagraphBlock(
        (Run(f"{label}: ", bold=True), Run(owner))
    )


def asking(source: PaperSource, most: int) -> list[ParagraphBlock]:
    """How to ask: the rule in brief, and the names of the ways."""
    intake = source.charter.intake
    if intake is None:
        return []
    ways = [inert_line(one.name) for one in intake.routes]
    named = [ParagraphBlock(enumerated(source, ways, ", ", most))] if ways else []
    return [*asking_rule(source, most), *named]


def asking_rule(source: PaperSource, most: int) -> list[ParagraphBlock]:
    """The rule for asking, in brief."""
    intake = source.charter.intake
    if intake is None or not intake.summary:
        return []
    return [ParagraphBlock(shortened(inline_of(intake.summary, source.resolve), most))]


def routes(source: PaperSource, most: int) -> ListBlock:
    """The ways to ask, each with its purpose."""
    found = source.charter.intake.routes if source.charter.intake else []
    return ListBlock(
        tuple((ParagraphBlock(_named(source, one.name, one.use_for or one.how, most)),) for one in found)
    )


def review(source: PaperSource) -> list[ParagraphBlock]:
    """The day of the next review, and the meeting that reviews the charter."""
    found, t, planned = source.charter.review, source.t, planned_review(source.charter).day
    if found is None or planned is None:
        return []
    day = t.gettext("Day of the review: %(day)s.") % {"day": t.date(planned)}
    return [ParagraphBlock(plain_runs(f"{day} {inert_line(found.body or '')}".rstrip()))]


def participants(source: PaperSource, most: int) -> list[ParagraphBlock]:
    """Who takes part in the review."""
    found = source.charter.review
    if found is None or not found.participants:
        return []
    names = [inert_line(source.label(("roles", "audiences"), one)) for one in found.participants]
    label = FieldWords(source).name(type(found), "participants")
    return [ParagraphBlock((Run(f"{label}: ", bold=True), *enumerated(source, names, ", ", most)))]


def heading(source: PaperSource, title: str, section: str) -> HeadingBlock:
    """A heading that links to the page of a section."""
    return HeadingBlock(1, title, source.section_link(section))
