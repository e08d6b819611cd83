"""Whether targets were met when the periods of versions ended, and values within periods in charts."""

from __future__ import annotations

from datetime import date
from typing import Any

from charterbook.charter.questions import DatedFigure
from charterbook.history import History, Version
from charterbook.pages import read_docs
from charterbook.site.edition import Edition
from charterbook.site.edition_builder import editions
from charterbook.site.render.views import layout_chart, period_verdicts, series
from charterbook.site.render.views.chart_layout import shares
from charterbook.site.render.views.metric_series import Point
from tests.site.editions import ROOT, TODAY, block, charter, metric_page, words

Change = dict[str, Any]

#: The quarters of a year.
DAYS = [
    (date(2025, 1, 1), date(2025, 3, 31)),
    (date(2025, 4, 1), date(2025, 6, 30)),
    (date(2025, 7, 1), date(2025, 9, 30)),
    (date(2025, 10, 1), date(2025, 12, 31)),
]


def dated(value: float, month: int, day: int) -> Change:
    """A figure of 2025."""
    return {"value": value, "date": date(2025, month, day)}


def edition(*metrics: Change, **more: Any) -> Edition:
    """The last edition of quarters, each with a metric of these figures."""
    versions = []
    for number, (figures, (begins, ends)) in enumerate(zip(metrics, DAYS, strict=False), 1):
        own = {"id": "win-rate", "name": "Win rate", "kind": "lagging"} | figures
        versions.append(
            Version(f"2025-Q{number}", charter=charter(metrics=[own], **more), begins=begins, ends=ends)
        )
    return editions(History(tuple(versions), None), read_docs(ROOT / "docs"), TODAY)[-1]


def states(*metrics: Change) -> list[str]:
    """The verdict on each past version."""
    shown = edition(*metrics)
    found = period_verdicts(series(shown, shown.charter.metrics[0]))
    return [found[name].state for name in sorted(found)]


def over_time(*metrics: Change, **more: Any) -> str:
    """The words of the metric's history."""
    shown = edition(*metrics, **more)
    return words(block(shown, "metric_over_time", metric_page(shown, "win-rate")))


def test_each_past_version_has_a_verdict() -> None:
    """By its own target; the present version has none yet."""
    met = {"actual": dated(30, 3, 31), "target": {"value": 30}}
    missed = {"actual": dated(31, 6, 30), "target": {"value": 32}}
    assert states(met, missed, {}) == ["met", "missed"]
    assert "✓ target met" in over_time(met, missed, {})
    assert "✗ target missed" in over_time(met, missed, {})


def test_the_value_of_a_period_may_be_recorded_later() -> None:
    """The figures of a quarter are entered in the next version; a correction also counts."""
    first = {"actual": dated(20, 1, 31), "target": {"value": 30}}
    assert states(first, {"actual": dated(33, 3, 31)}) == ["met"]
    corrected = {"values": [dated(29, 3, 31), dated(34, 6, 30)]}
    assert states(first, {"actual": dated(33, 3, 31)}, corrected)[0] == "missed"
    assert "33% on 31 March 2025" in over_time(first, {"actual": dated(33, 3, 31)})


def test_a_value_from_another_definition_does_not_count() -> None:
    """Values recorded after a break are not comparable."""
    first = {"actual": dated(20, 1, 31), "target": {"value": 30}}
    assert states(first, {"actual": dated(33, 3, 31), "definition_version": 2}) == ["missed"]


def test_a_value_from_before_the_period_does_not_count() -> None:
    """It was only copied."""
    first = {"actual": dated(30, 3, 31), "target": {"value": 30}}
    assert states(first, first, first) == ["met", "no_value"]


def test_a_target_that_is_due_later_is_judged_by_the_line_to_it() -> None:
    """Early, on track or behind; without a line it is not due yet."""
    way = {"baseline": dated(0, 1, 1), "target": dated(100, 12, 31)}
    values = [{"actual": dated(value, 3, 31)} for value in (100, 30, 10)]
    assert [states(way | value, {})[0] for value in values] == ["early", "on", "behind"]
    assert states({"target": dated(100, 12, 31), "actual": dated(10, 3, 31)}, {}) == ["not_due"]


def test_the_last_target_that_was_due_counts() -> None:
    """Of several with their days."""
    targets = {"targets": [dated(10, 3, 31), dated(20, 6, 30)]}
    quarters = [targets | {"actual": dated(value, month, 30)} for value, month in ((12, 3), (15, 6))]
    assert states(*quarters, {}) == ["met", "missed"]


def test_missing_figures_are_explained() -> None:
    """No target, no value."""
    assert states({"actual": dated(1, 3, 1)}, {"target": {"value": 1}}, {}) == ["no_target", "no_value"]


def test_worse_but_on_track_is_explained() -> None:
    """On the metric's page, in its history, on the scorecard and among the key metrics."""
    way = {"baseline": dated(0, 1, 1), "target": dated(100, 12, 31)}
    shown = edition(way | {"actual": dated(90, 3, 31)}, way | {"actual": dated(80, 6, 30)})
    page = metric_page(shown, "win-rate")
    for name in ("metric", "metric_over_time", "scorecard", "key_metrics"):
        said = words(block(shown, name, page if name.startswith("metric") else None))
        assert "worse" in said
        assert "on track" in said
        assert "Worse than before, but still ahead of what is needed by now." in said, name


def test_values_lie_on_their_days_in_the_chart() -> None:
    """Within the column of their version, joined to the values of the next."""
    values = {"values": [dated(1, 1, 31), dated(2, 2, 28), dated(3, 3, 31)]}
    shown = edition(values, {"actual": dated(4, 6, 30)})
    found = layout_chart(series(shown, shown.charter.metrics[0]).points)
    assert found is not None
    assert [dot.x for dot in found.dots] == [16.94, 32.5, 49.72, 75.0]
    assert [dot.inner for dot in found.dots] == [True, True, False, False]
    assert [(line.x1, line.x2) for line in found.lines["actual"]] == [
        (16.94, 32.5),
        (32.5, 49.72),
        (49.72, 75.0),
    ]
    assert "1% on 31 January 2025; 2% on 28 February 2025" in over_time(values, {})


def test_values_outside_their_period_are_evenly_spaced() -> None:
    """So are the values of a draft, whose days are unknown."""
    figures = [DatedFigure(date=date(2025, month, 1), value=1) for month in (3, 4)]
    point = Point("2025-Q1", False, None, None, begins=DAYS[0][0], ends=DAYS[0][1])
    assert shares(figures, point) == [0.25, 0.75]
    assert shares(figures, Point("draft", True, None, None)) == [0.25, 0.75]


def test_both_languages_say_the_verdict() -> None:
    """And nothing of a charter is interpreted."""
    first = {"actual": dated(30, 3, 31) | {"note": "<script>"}, "target": {"value": 30}}
    shown = edition(first, {"name": "<b>W"}, language="ru")
    source = block(shown, "metric_over_time", metric_page(shown, "win-rate"))
    assert "<script>" not in source
    assert "<b>W" not in source
    assert "✓ цель достигнута" in words(source)
