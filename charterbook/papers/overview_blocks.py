"""Tables and charts over a whole section: scorecard, promises, responsibilities, money; and the changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from charterbook.charter import Metric
from charterbook.charter.questions import Figure
from charterbook.export.changes_words import ChangeWords
from charterbook.i18n import N_
from charterbook.metric_progress import State
from charterbook.papers.document import (
    Block,
    ChartPoint,
    HeadingBlock,
    Inline,
    LineChart,
    ListBlock,
    ParagraphBlock,
    Run,
    ShareBar,
    TableBlock,
    plain_runs,
)
from charterbook.papers.inert_text import inert_line
from charterbook.papers.paper_source import PaperSource

#: The words for the status of a metric.
STATES: dict[State, str] = {
    "met": N_("target met"),
    "on": N_("on track"),
    "behind": N_("behind"),
    "moving": N_("moving towards target"),
    "not_moving": N_("not moving towards target"),
    "unknown": N_("not enough data"),
}

_RACI = {
    "accountable": N_("Accountable"),
    "responsible": N_("Responsible"),
    "consulted": N_("Consulted"),
    "informed": N_("Informed"),
}

_SCORECARD = (N_("Metric"), N_("Baseline"), N_("Target"), N_("Actual"), N_("On track?"))
_PROMISES = (N_("Service"), N_("Promise"), N_("Within"), N_("On-time target"), N_("Promise kept"))

#: Maximum number of versions in a table or a chart.
MOST_VERSIONS = 8


def overview(section: str, source: PaperSource) -> Iterator[Block]:
    """The blocks before the items of a section."""
    found = _OVERVIEWS.get(section)
    if found is not None:
        yield from found(source)


def scorecard(source: PaperSource) -> TableBlock:
    """All metrics with baseline, target, value and status."""
    t = source.t
    head = tuple(map(t.gettext, _SCORECARD))
    rows = tuple(
        (
            (Run(inert_line(metric.name), link=source.item_link("metrics", metric.id)),),
            *(
                plain_runs(figure_words(source, metric, one))
                for one in (metric.baseline, metric.target, metric.actual)
            ),
            plain_runs(status_words(source, metric)),
        )
        for metric in source.charter.metrics
    )
    return TableBlock(t.gettext("Scorecard"), head, rows, frozenset({1, 2, 3}))


def figure_words(source: PaperSource, metric: Metric, figure: Figure | None) -> str:
    """A value of a metric with its unit."""
    if figure is None:
        return "–"
    currency = metric.currency or source.charter.funding.currency
    return source.t.figure(figure.value, inert_line(metric.unit), currency)


def status_words(source: PaperSource, metric: Metric) -> str:
    """The status of a metric in this version."""
    found = source.metrics.get(metric.id)
    state: State = found.status.state if found else "unknown"
    return source.t.gettext(STATES[state])


def _metrics(source: PaperSource) -> Iterator[Block]:
    yield scorecard(source)
    yield from charts(source)


def charts(source: PaperSource) -> Iterator[LineChart]:
    """A chart for each metric with values in two versions or more."""
    for metric in source.charter.metrics:
        history = source.metrics.get(metric.id)
        values = history.values[-MOST_VERSIONS:] if history else ()
        points = tuple(_point(source, metric, name, value) for name, value in values)
        if sum(point.value is not None for point in points) > 1:
            yield _chart(source, metric, points)


def _point(source: PaperSource, metric: Metric, name: str, value: float | None) -> ChartPoint:
    words = "" if value is None else figure_words(source, metric, Figure(value=value))
    return ChartPoint(name, value, words)


def _chart(source: PaperSource, metric: Metric, points: tuple[ChartPoint, ...]) -> LineChart:
    t, name = source.t, inert_line(metric.name)
    first, *_, last = [point for point in points if point.value is not None]
    alt = t.gettext("%(name)s: from %(first)s in %(start)s to %(last)s in %(end)s.") % {
        "name": name,
        "first": first.words,
        "start": first.name,
        "last": last.words,
        "end": last.name,
    }
    if metric.target is None:
        return LineChart(name, alt, points)
    target = figure_words(source, metric, metric.target)
    alt += " " + t.gettext("Target: %(target)s.") % {"target": target}
    return LineChart(name, alt, points, metric.target.value, target)


def _services(source: PaperSource) -> Iterator[Block]:
    """All promises with their results in one table."""
    rows = tuple(_promise_rows(source))
    if rows:
        head = tuple(map(source.t.gettext, _PROMISES))
        yield TableBlock(source.t.gettext("Promises"), head, rows, frozenset({3, 4}))


def _promise_rows(source: PaperSource) -> Iterator[tuple[Inline, ...]]:
    t = source.t
    for service in source.charter.services:
        for level in service.service_levels:
            target = t.percent(level.target_share) if level.target_share is not None else "–"
            kept = t.percent(level.kept.share) if level.kept else "–"
            words = (inert_line(level.request), t.duration(level.within, level.unit), target, kept)
            link = source.item_link("services", service.id)
            yield ((Run(inert_line(service.name), link=link),), *map(plain_runs, words))


def _roles(source: PaperSource) -> Iterator[Block]:
    """Who is responsible, accountable, consulted and informed: a row for each service."""
    t, charter = source.t, source.charter
    rows = []
    for service in charter.services:
        cells = [
            ", ".join(inert_line(role.name) for role in charter.roles if service.id in getattr(role, part))
            for part in _RACI
        ]
        if any(cells):
            name = Run(inert_line(service.name), link=source.item_link("services", service.id))
            rows.append(((name,), *(plain_runs(cell or "–") for cell in cells)))
    if rows:
        head = (t.gettext("Service"), *map(t.gettext, _RACI.values()))
        yield TableBlock(t.gettext("Who does what"), head, tuple(rows))


def _funding(source: PaperSource) -> Iterator[Block]:
    yield from shares(source)
    yield from amounts(source)


def shares(source: PaperSource) -> Iterator[ShareBar]:
    """Who pays which share, if all shares are known."""
    sources, t = source.charter.funding.sources, source.t
    if all(one.share is not None for one in sources) and len(sources) > 1:
        parts = tuple((inert_line(one.name), one.share or 0.0, t.percent(one.share or 0)) for one in sources)
        alt = "; ".join(f"{name}: {words}" for name, _, words in parts)
        yield ShareBar(t.gettext("Shares of the budget"), alt, parts)


def amounts(source: PaperSource) -> Iterator[TableBlock]:
    """The amounts of each source in the last versions."""
    t = source.t
    with_amounts = [one for one in source.sources if any(amount is not None for _, amount, _ in one.amounts)]
    if not with_amounts:
        return
    names = [name for name, _, _ in with_amounts[0].amounts[-MOST_VERSIONS:]]
    rows = tuple(
        (
            plain_runs(source.label(("sources",), one.source)),
            *(
                plain_runs("–" if amount is None else t.money(amount, currency))
                for _, amount, currency in one.amounts[-MOST_VERSIONS:]
            ),
        )
        for one in with_amounts
    )
    yield TableBlock(
        t.gettext("Budget history"), (t.gettext("Source"), *names), rows, frozenset(range(1, len(names) + 1))
    )


_OVERVIEWS: dict[str, Callable[[PaperSource], Iterator[Block]]] = {
    "metrics": _metrics,
    "services": _services,
    "roles": _roles,
    "funding": _funding,
}


def changes(source: PaperSource) -> Iterator[Block]:
    """The changes since the previous version, by section."""
    comparison = source.comparison
    if comparison is None:
        return
    words = ChangeWords(comparison)
    yield HeadingBlock(1, words.title)
    yield ParagraphBlock(plain_runs(words.count))
    for title, groups in words.sections():
        yield HeadingBlock(2, title)
        entries = [
            (
                ParagraphBlock(
                    (
                        Run(f"{_capital(words.severity(one.severity))}: ", bold=True),
                        Run(inert_line(one.sentence)),
                    )
                ),
            )
            for group in groups
            for one in group.statements
        ]
        yield ListBlock(tuple(entries))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
