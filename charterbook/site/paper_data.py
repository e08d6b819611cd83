"""The data of papers, from an edition."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import cast

from charterbook.compare import Comparison, Severity, compare, narrowed
from charterbook.papers.audience_charter import for_audience
from charterbook.papers.paper_source import MetricHistory, PaperSource, PromiseFacts, SourceAmounts
from charterbook.settings import Settings
from charterbook.site.edition import Edition
from charterbook.site.render.views.comparison_pages import charters_between
from charterbook.site.render.views.metric_series import all_series
from charterbook.site.render.views.promise_history import promise_histories
from charterbook.site.render.views.review_pack import build_pre_read
from charterbook.site.render.views.sponsor import columns, source_rows
from charterbook.site.render.views.target_status import latest_progress


def paper_source(edition: Edition, settings: Settings, audience: str | None = None) -> PaperSource:
    """The data of the papers of an edition, narrowed to an audience if one is given."""
    shown = edition.own.shown
    base = settings.site_base
    whole = PaperSource(
        edition.charter,
        edition.name,
        edition.state == "draft",
        shown.commit if shown and shown.short else "",
        shown.date.astimezone(datetime.UTC) if shown else None,
        edition.own.first_day,
        edition.own.last_day,
        f"{base}{edition.name}/" if base else None,
        edition.pages.section_url,
        edition.pages.item_url,
        _metrics(edition),
        tuple(_promises(edition)),
        tuple(_sources(edition)),
        _comparison(edition, settings),
        partial(build_pre_read, edition, settings),
    )
    return whole if audience is None else _narrowed(whole, audience)


def _narrowed(source: PaperSource, audience: str) -> PaperSource:
    comparison = source.comparison and narrowed(source.comparison, audience=audience)
    charter = for_audience(source.charter, audience)
    return replace(source, charter=charter, whole=source.charter, audience=audience, comparison=comparison)


def _metrics(edition: Edition) -> Mapping[str, MetricHistory]:
    """The values of each metric that are comparable with its latest one."""
    found = {}
    for series in all_series(edition):
        run = {point.version for point in series.run}
        values = [
            (point.version, point.actual.value if point.actual else None)
            for point in series.points
            if point.version in run or point is series.points[-1]
        ]
        found[series.metric.id] = MetricHistory(tuple(values), latest_progress(series))
    return found


def _promises(edition: Edition) -> list[PromiseFacts]:
    return [
        PromiseFacts(
            promise.service.id,
            promise.service.service_levels.index(promise.level),
            tuple((point.version, point.fact.share if point.fact else None) for point in promise.points),
        )
        for promise in promise_histories(edition)
        if promise.here
    ]


def _sources(edition: Edition) -> list[SourceAmounts]:
    shown = columns(edition)
    return [
        SourceAmounts(
            row.item.id,
            tuple(
                (
                    column.name,
                    cell.amount if cell else None,
                    (cell and cell.currency) or column.charter.funding.currency,
                )
                for column, cell in zip(shown, row.cells, strict=True)
            ),
        )
        for row in source_rows(shown)
        if row.here
    ]


def _comparison(edition: Edition, settings: Settings) -> Comparison | None:
    """The changes since the previous version; None for the first version."""
    before = edition.before
    if before is None or before.charter is None:
        return None
    return compare(
        before.charter,
        edition.charter,
        (before.name, edition.name),
        severity=cast("dict[str, Severity]", dict(settings.severity)),
        between=charters_between(edition, before.name),
    )
