"""A metric over the versions: comparable values, progress, and drivers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from charterbook.history import read_history
from charterbook.settings import read_settings
from charterbook.site.edition import Edition
from charterbook.site.edition_builder import editions
from charterbook.site.render.views import (
    all_series,
    count_by_state,
    driver_tree,
    latest_progress,
    latest_progresses,
    score,
    series,
)
from charterbook.site.render.views.metric_series import Series
from tests.site.editions import ROOT, TODAY, charter, edition

Change = dict[str, Any]


def metric(value: float | None = None, **more: Any) -> Change:
    """A charter's metrics: the win rate alone, with this value."""
    actual = {} if value is None else {"actual": {"value": value}}
    return {"metrics": [{"id": "win-rate", "name": "Win rate", "kind": "lagging"} | actual | more]}


def line(*changes: Change, draft: Change | None = None) -> Series:
    """The series of the newest charter's first metric."""
    shown = edition(*changes, draft=draft)
    return series(shown, shown.charter.metrics[0])


def values(found: Series) -> list[float | None]:
    """Value of each version."""
    return [point.actual.value if point.actual else None for point in found.points]


def test_a_version_without_a_value_is_a_gap() -> None:
    """So is one without the metric; nothing precedes the first version that has it."""
    other = {"metrics": [{"id": "churn", "name": "Churn", "kind": "lagging"}]}
    found = line(other, metric(1), metric(), other, metric(3))
    assert values(found) == [1, None, None, 3]
    assert [point.metric is None for point in found.points] == [False, False, True, False]
    assert [point.moved for point in found.points] == [None, None, None, None]
    assert [point.actual.value for point in found.run if point.actual] == [1, 3]


def test_a_renamed_metric_keeps_its_past() -> None:
    """Over several renames, each declared by `was`, and over a version in between that lacks it."""
    other = {"metrics": [{"id": "churn", "name": "Churn", "kind": "lagging"}]}
    found = line(metric(1, id="a"), metric(2, id="b", was=["a"]), other, metric(3, id="c", was=["b"]))
    assert values(found) == [1, 2, None, 3]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"definition_version": 2}, "definition"),
        ({"unit": "months"}, "unit"),
        ({"direction": "down"}, "direction"),
    ],
)
def test_a_series_breaks_where_figures_become_others(change: Change, why: str) -> None:
    """There is no movement across the break, neither in the series nor on the scorecard."""
    shown = edition(metric(1), metric(2), metric(3, **change))
    found = series(shown, shown.charter.metrics[0])
    assert [point.broken for point in found.points] == [None, None, why]
    assert [point.moved for point in found.points] == [None, "better", None]
    assert len(found.run) == 1
    assert score(shown, shown.charter.metrics[0]).redefined


def test_another_currency_breaks_only_a_series_of_money() -> None:
    """A percentage is unaffected."""
    source = {"id": "s", "name": "S", "funder": "S"}
    euro, dollar = ({"funding": {"owner": "X", "currency": c, "sources": [source]}} for c in ("EUR", "USD"))
    money = metric(5, unit="currency")
    assert [p.broken for p in line(money | euro, money | dollar).points] == [None, "currency"]
    assert [p.broken for p in line(metric(5) | euro, metric(5) | dollar).points] == [None, None]


def test_a_break_is_seen_across_a_gap() -> None:
    """It is noted at the version in which the metric returns."""
    other = {"metrics": [{"id": "churn", "name": "Churn", "kind": "lagging"}]}
    found = line(metric(1), other, metric(2, definition_version=2))
    assert [point.broken for point in found.points] == [None, None, "definition"]


def test_each_unit_has_an_axis_of_its_own() -> None:
    """A new definition in the same unit stays on the same one."""
    found = line(metric(9, unit="weeks"), metric(2), metric(3, definition_version=2))
    assert [[point.version for point in panel] for panel in found.panels] == [
        ["2025-Q1"],
        ["2025-Q2", "2025-Q3"],
    ]


def test_the_draft_is_the_last_point() -> None:
    """Marked by its kind."""
    found = line(metric(1), draft=metric(2))
    assert [(point.version, point.draft) for point in found.points] == [("2025-Q1", False), ("draft", True)]


def state(value: float | None = 82, on: date | None = date(2026, 11, 15), **more: Any) -> tuple[Any, Any]:
    """On track or not: by default the example's training attendance."""
    figures = {
        "baseline": {"value": 58, "date": date(2024, 12, 31)},
        "target": {"value": 85, "date": date(2026, 12, 31)},
    }
    actual = {} if value is None else {"actual": {"value": value} | ({"date": on} if on else {})}
    given = {key: value for key, value in (figures | actual | more).items() if value is not None}
    found = latest_progress(line(metric(80), metric(None, **given)))
    return found.state, found.needed


def test_on_track_is_measured_on_the_way_from_baseline_to_target() -> None:
    """58 to 85 in 730 days; 684 of them are over on 15 November 2026: 58 + 27 × 684 / 730 = 83.3."""
    assert state(82) == ("behind", 83)
    assert state(84) == ("on", 83)
    assert state(85) == ("met", None)


def test_exactly_at_the_pace_is_on_track() -> None:
    """78 to 90 in 92 days; after 46 of them 84 is needed and 84 is there."""
    begin, end = {"value": 78, "date": date(2026, 9, 30)}, {"value": 90, "date": date(2026, 12, 31)}
    assert state(84, baseline=begin, target=end) == ("on", 84)


def test_lower_may_be_better() -> None:
    """11.2 to 9 in 275 days; after 229 of them 11.2 − 2.2 × 229 / 275 = 9.37 is needed."""
    begin, end = {"value": 11.2, "date": date(2026, 3, 31)}, {"value": 9, "date": date(2026, 12, 31)}
    assert state(9.8, baseline=begin, target=end, direction="down") == ("behind", 9.4)
    assert state(9.3, baseline=begin, target=end, direction="down") == ("on", 9.4)
    assert state(8.9, baseline=begin, target=end, direction="down") == ("met", None)


def test_what_is_needed_is_as_exact_as_people_are() -> None:
    """7.6 to 6.5 in 365 days; after 90 of them 7.329 is needed. More digits only if the actual value needs them."""
    begin, end = {"value": 7.6, "date": date(2024, 12, 31)}, {"value": 6.5, "date": date(2025, 12, 31)}
    assert state(7.4, date(2025, 3, 31), baseline=begin, target=end, direction="down") == ("behind", 7.3)
    assert state(83.2) == ("behind", 83.3)


def test_after_the_last_day_only_the_target_counts() -> None:
    """The straight line ends there."""
    assert state(84, date(2027, 6, 1)) == ("behind", 85)


def test_without_days_it_counts_whether_the_value_moved() -> None:
    """Since the previous version, where it was 80."""
    assert state(81, None) == ("moving", None)
    assert state(79, None) == ("not_moving", None)
    assert state(80, None) == ("not_moving", None)


def test_a_value_from_before_the_baseline_is_on_no_line() -> None:
    """Since there is none, it counts whether the value moved."""
    assert state(81, date(2024, 6, 30)) == ("moving", None)


def test_a_value_of_the_target_s_day_or_later_is_behind() -> None:
    """With and without a line from a baseline, however the value moved."""
    target = {"value": 85, "date": date(2024, 12, 31)}
    assert state(81, date(2024, 12, 31), target=target) == ("behind", 85)
    assert state(81, date(2025, 3, 31), target=target) == ("behind", 85)
    assert state(81, date(2025, 3, 31), target=target, baseline=None) == ("behind", 85)
    assert state(85, date(2025, 3, 31), target=target) == ("met", None)


def test_unknown_progress_is_not_claimed() -> None:
    """No value, no target, or nothing that the value could be measured by."""
    assert state(None) == ("unknown", None)
    assert state(target=None) == ("unknown", None)
    assert state(81, None, definition_version=2) == ("unknown", None)


@pytest.fixture(scope="module")
def example() -> Edition:
    """The example's eighth version."""
    found = editions(read_history(ROOT, read_settings(ROOT)), (), TODAY)
    return next(one for one in found if one.name == "2026-Q4")


def test_the_example_is_as_anybody_can_work_it_out(example: Edition) -> None:
    """Four targets are met; of the rest two are on the line from baseline to target, or ahead of it."""
    found = {one.metric.id: latest_progress(one).state for one in all_series(example)}
    assert found == {
        "content-use": "met",
        "onboarding-time": "on",
        "training-attendance": "behind",
        "coaching-rate": "on",
        "service-level-adherence": "behind",
        "win-rate": "met",
        "ramp": "met",
        "sales-cycle": "met",
        "churn": "behind",
    }
    assert count_by_state(latest_progresses(all_series(example))) == {"met": 4, "on": 2, "behind": 3}


def test_ramp_breaks_at_the_start_of_2026(example: Edition) -> None:
    """The definition changed with the year plan."""
    found = series(example, next(one for one in example.charter.metrics if one.id == "ramp"))
    assert [point.version for point in found.breaks] == ["2026-Q1"]
    assert values(found) == [7.4, 7.2, 6.9, 6.6, 7.0, 6.7, 6.3, 5.9]


def drives(**who: list[str]) -> Any:
    """The tree of metrics that drive each other as given; x and y are lagging."""
    kinds = [
        {"id": name, "name": name, "kind": "lagging" if name in "xyz" else "leading", "drives": to}
        for name, to in who.items()
    ]
    return driver_tree(charter(metrics=kinds))


def test_a_metric_is_below_each_metric_that_it_drives() -> None:
    """Metrics that drive nothing, or have no drivers, are named."""
    found = drives(a=["x", "y"], b=["x"], idle=[], x=[], y=[], z=[])
    shown = {branch.metric.id: [below.metric.id for below in branch.drivers] for branch in found.branches}
    assert shown == {"x": ["a", "b"], "y": ["a"]}
    assert [one.id for one in found.undriven] == ["z"]
    assert [one.id for one in found.idle] == ["idle"]


def test_a_cycle_is_shown_once() -> None:
    """Lagging metrics that drive each other appear once each."""
    found = drives(a=["x"], x=["y"], y=["x"])
    assert {branch.metric.id for branch in found.branches} == {"x", "y"}
    assert [one.id for one in found.idle] == []


def test_a_long_chain_is_cut() -> None:
    """Deep drivers are shown on their metric's page."""
    names = [f"x{number}" for number in range(300)]
    chain = [
        {"id": name, "name": name, "kind": "lagging", "drives": [after] if after else []}
        for name, after in zip(names, [None, *names[:-1]], strict=True)
    ]
    (first, *_) = driver_tree(charter(metrics=chain)).branches
    depth = 0
    while first.drivers:
        first, depth = first.drivers[0], depth + 1
    assert depth == 5
    assert first.shown_elsewhere
