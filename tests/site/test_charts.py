"""Charts: positions of lines, text alternatives, and the table beside them."""

from __future__ import annotations

import itertools
import re
from datetime import date
from typing import Any

import pytest

from charterbook.site.edition import Edition
from charterbook.site.render.views import layout_chart, layout_sparkline, series, thinned
from charterbook.site.render.views.chart_layout import LINE, ChartPanel, column_centre, spread_labels, ticks
from tests.site.editions import block, edition, metric_page, words
from tests.site.test_metric_series import Change, metric

NAMES = "<script>alert(1)</script>"


def drawing(*changes: Change) -> ChartPanel:
    """The last chart of the win rate."""
    shown = edition(*changes)
    found = layout_chart(series(shown, shown.charter.metrics[0]).panels[-1])
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (20, 25, [20, 22, 24, 26]),
        (5.9, 7.8, [5.5, 6, 6.5, 7, 7.5, 8]),
        (-3, 4, [-4, -2, 0, 2, 4]),
        (0, 0, [0, 0.5, 1]),
        (50, 50, [45, 50, 55]),
        (0.001, 0.002, [0.001, 0.0015, 0.002]),
        (1e9, 1.4e9, [1e9, 1.1e9, 1.2e9, 1.3e9, 1.4e9]),
    ],
)
def test_an_axis_has_round_numbers(low: float, high: float, expected: list[float]) -> None:
    """From below the lowest to above the highest value, also for extreme and nearly equal values."""
    assert ticks(low, high) == pytest.approx(expected)


@pytest.mark.parametrize("extreme", [1e308, -1e308, 5e-324, 1e17, 0.0])
def test_no_number_is_too_much_for_a_chart(extreme: float) -> None:
    """Every valid value can be drawn."""
    found = drawing(metric(extreme), metric(-extreme), metric(extreme))
    assert all(0 <= dot.y <= 100 for dot in found.dots)
    assert all(0 <= y <= 100 for _, y in found.ticks)
    shown = edition(metric(extreme), metric(extreme))
    assert layout_sparkline(series(shown, shown.charter.metrics[0]).panels[-1]) is not None


@pytest.mark.parametrize("values", [(1, 1, 1, 1), (1, 5, 5, 5, 5, 2), (3, 3, 3, 9, 9, 1, 1, 1, 4)])
def test_a_level_part_of_a_small_chart_has_two_spots(values: tuple[float, ...]) -> None:
    """And the line passes through the values of all versions."""
    shown = edition(*map(metric, values))
    found = layout_sparkline(series(shown, shown.charter.metrics[0]).panels[-1])
    assert found is not None
    spots = [tuple(map(float, spot.split(","))) for spot in found.lines[0].split()]
    assert max(len(list(part)) for _, part in itertools.groupby(y for _, y in spots)) <= 2
    heights = [height_at(spots, 0.8 * column_centre(index, len(values))) for index in range(len(values))]
    assert heights == pytest.approx([heights[values.index(value)] for value in values], abs=0.1)
    assert len({round(height) for height in heights}) == len(set(values))


def height_at(spots: list[tuple[float, ...]], at: float) -> float:
    """The height of a line through spots at a horizontal position."""
    for (x, y), (after, there) in itertools.pairwise(spots):
        if x - 0.1 <= at <= after + 0.1:
            return y + (there - y) * (at - x) / (after - x)
    raise AssertionError(at)


def test_labels_do_not_overlap() -> None:
    """They keep their order inside the chart, even if all belong at its edge."""
    for wanted in ([50, 50, 50], [100, 100, 99], [0, 1, 100], [40, 42, 41]):
        found = spread_labels(wanted)
        order = sorted(range(3), key=lambda index: wanted[index])
        for above, below in itertools.pairwise(order):
            assert found[below] - found[above] >= LINE - 0.01
        assert min(found) >= 0
        assert max(found) <= 100


def test_lines_stop_at_a_gap_and_at_a_break() -> None:
    """Of five values, only the first two and the last two are joined."""
    again = {"definition_version": 2}
    found = drawing(metric(1), metric(2), metric(), metric(3), metric(4, **again), metric(5, **again))
    assert len(found.dots) == 5
    assert [(line.x1, line.x2) for line in found.lines["actual"]] == [(8.33, 25.0), (75.0, 91.67)]
    assert [(cut.x, cut.why) for cut in found.cuts] == [(66.67, "definition")]


def test_a_target_goes_in_steps() -> None:
    """A level for each version, a vertical line where it changes, and a gap at a break."""
    low, high = {"target": {"value": 10}}, {"target": {"value": 20}}
    one = drawing(metric(1, **low), metric(2, **low), metric(3, **high))
    assert [(line.x1, line.x2) for line in one.lines["target"]] == [(0, 66.67), (66.67, 66.67), (66.67, 100)]
    two = drawing(metric(1, **low), metric(2, **high, definition_version=2))
    assert [(line.x1, line.x2) for line in two.lines["target"]] == [(0, 50), (50, 100)]


def test_one_value_is_a_dot() -> None:
    """And there is no sparkline."""
    found = drawing(metric(7))
    assert len(found.dots) == 1
    assert found.lines["actual"] == []
    assert layout_sparkline(found.points) is None


def test_many_versions_share_few_names() -> None:
    """At most eight on a wide screen and three on a phone, always with the newest."""
    for count in (1, 3, 8, 9, 40):
        found = thinned(count)
        assert sum(where != "narrow" for _, where in found) <= 8
        assert sum(where != "wide" for _, where in found) <= 3
        assert found[-1] == (count - 1, "both")


@pytest.fixture(scope="module")
def ramp() -> Edition:
    """A metric that was redefined, with an earlier gap; lower is better."""
    first: Change = {
        "unit": "months",
        "direction": "down",
        "baseline": {"value": 7.6},
        "target": {"value": 6.5},
    }
    second: Change = first | {"definition_version": 2, "baseline": {"value": 7.8}, "target": {"value": 6}}
    measured: Change = {"actual": {"value": 5.9, "date": date(2025, 12, 20), "note": "Until December"}}
    return edition(
        metric(7.4, **first), metric(None, **first), metric(7, **second), metric(**(second | measured))
    )


def over_time(shown: Edition) -> str:
    """The block with the chart and its table, for the win rate."""
    return block(shown, "metric_over_time", metric_page(shown, "win-rate"))


def test_a_chart_says_in_a_sentence_what_it_shows(ramp: Edition) -> None:
    """As text below it, once: the drawing itself is not read."""
    gist = (
        "Win rate: from 7 months in 2025-Q3 to 5.9 months in 2025-Q4. Target: 6 months. "
        "The definition changed in 2025-Q3: earlier values cannot be compared with later ones."
    )
    source = over_time(ramp)
    assert source.count('<svg class="cb-chart__plot" aria-hidden="true">') == source.count("<svg") > 0
    assert words(source).count(gist) == 1
    assert f'"{gist}"' not in source
    assert "Lower is better" in words(source)


def test_the_table_beside_it_has_all_figures(ramp: Edition) -> None:
    """Including the gap, and a row for the break."""
    told = words(over_time(ramp))
    assert "2025-Q1 7.6 months 6.5 months 7.4 months – ✗ target missed" in told
    assert "2025-Q2 7.6 months 6.5 months – – – no value" in told
    assert "later ones. 2025-Q3 7.8 months 6 months 7 months not comparable" in told
    assert "2025-Q4 7.8 months 6 months 5.9 months 20 December 2025 Until December ▼ better" in told


def test_earlier_versions_of_many_are_collapsed() -> None:
    """On a phone each version is a card, and the newest would be below forty of them."""
    source = over_time(edition(*[metric(20 + number) for number in range(15)]))
    folded, _, shown = source.partition("</details>")
    assert [part.count('<th scope="row">') for part in (folded, shown)] == [3, 12]
    assert re.search(r"<summary>Earlier: (\S+) to (\S+)</summary>", folded)


def test_lines_differ_by_more_than_colour(ramp: Edition) -> None:
    """Each has its own class, a label at its end and a name in the key; nothing has an id."""
    source = over_time(ramp)
    for kind, end in (("actual", "Actual 5.9"), ("target", "Target 6"), ("baseline", "Baseline 7.8")):
        assert f'<line class="cb-chart__{kind}"' in source
        assert re.search(rf'cb-chart__end--{kind}"[^>]*>{end}</text>', source)
        assert f"cb-chart__key--{kind}" in source
    assert ">new definition</text>" in source
    assert re.findall(r'id="([^"]*)"', source) == ["over-time"]


def test_figures_keep_the_unit_and_the_currency_of_their_version() -> None:
    """An old amount is not shown in today's currency."""
    source = {"id": "s", "name": "S", "funder": "S"}
    euro, dollar = ({"funding": {"owner": "X", "currency": c, "sources": [source]}} for c in ("EUR", "USD"))
    shown = edition(metric(5, unit="currency") | euro, metric(6, unit="currency") | dollar)
    told = words(over_time(shown))
    assert "2025-Q1 – – €5 " in told
    assert "2025-Q2 – – $6 " in told
    assert "The currency changed in 2025-Q2" in told


def test_an_axis_says_the_currency() -> None:
    """Of amounts; other figures have their unit in the sentence below."""
    source = {"id": "s", "name": "S", "funder": "S"}
    euro = {"funding": {"owner": "X", "currency": "EUR", "sources": [source]}}
    drawn = over_time(
        edition(metric(2_000_000, unit="currency") | euro, metric(4_000_000, unit="currency") | euro)
    )
    assert re.search(r'cb-chart__tick"[^>]*>€2M</text>', drawn)
    drawn = over_time(edition(metric(-2_000_000, unit="currency") | euro))
    assert re.search(r'cb-chart__tick"[^>]*>−€2M</text>', drawn)
    drawn = over_time(edition(metric(2, unit="days") | euro, metric(4, unit="days") | euro))
    assert re.search(r'cb-chart__tick"[^>]*>2</text>', drawn)


def test_a_metric_without_values_has_no_empty_frame() -> None:
    """The table reports that there are none."""
    source = over_time(edition(metric()))
    assert "<svg" not in source
    assert "Win rate has no value to show yet." in words(source)


def test_a_target_alone_has_no_chart() -> None:
    """Axes around a target, with a key of values that are not there, would look like a chart that failed to load."""
    source = over_time(edition(metric(target={"value": 30}), metric(target={"value": 40})))
    assert "<svg" not in source
    assert "Win rate has no value to show yet. Target: 40%." in words(source)


def test_a_list_that_grows_is_drawn_once() -> None:
    """If authors leave earlier values in the list, each value is a dot of the version that had it first, and in its row."""
    days = [date(2024, 12, 20), date(2025, 2, 10), date(2025, 4, 10), date(2025, 7, 10)]
    known: list[Change] = [{"date": day, "value": 10 + place} for place, day in enumerate(days)]
    shown = edition(*(metric(values=known[: count + 1]) for count in range(1, 4)))
    found = layout_chart(series(shown, shown.charter.metrics[0]).panels[-1])
    assert found is not None
    assert [dot.figure.value for dot in found.dots] == [10, 11, 12, 13]
    ways = [line.x2 - line.x1 for line in found.lines["actual"]]
    assert min(ways) > 0
    source = words(over_time(shown) + block(shown, "metric", metric_page(shown, "win-rate")))
    assert source.count("on 20 December 2024") == 1
    assert "Values and targets of this period" not in source


def test_a_corrected_value_is_drawn_again() -> None:
    """A value of an earlier day that differs from the earlier version's is new."""
    one, two = date(2025, 1, 20), date(2025, 4, 20)
    found = drawing(
        metric(values=[{"date": one, "value": 5}]),
        metric(values=[{"date": one, "value": 6}, {"date": two, "value": 7}]),
    )
    assert [dot.figure.value for dot in found.dots] == [5, 6, 7]


def test_names_and_units_are_escaped() -> None:
    """They come from a charter, and are in attributes and texts of a drawing."""
    shown = edition(*(metric(value, name=f'"{NAMES}', unit=NAMES[:20]) for value in (1, 2)))
    source = over_time(shown) + block(shown, "scorecard") + block(shown, "sponsor_metrics")
    assert "<script" not in source
    assert '"&lt;' not in source


def test_the_draft_is_called_a_draft() -> None:
    """In the sentence, below the chart and in the table."""
    source = over_time(edition(metric(1), draft=metric(2)))
    assert "to 2% in Draft." in words(source)
    assert source.count("Draft") >= 4


def scorecard(*changes: Change) -> str:
    """The words of the scorecard."""
    return words(block(edition(*changes), "scorecard"))


def test_the_scorecard_explains_what_is_on_track() -> None:
    """By a sign and words, with the needed value."""
    way: dict[str, Any] = {
        "baseline": {"value": 0, "date": date(2025, 1, 1)},
        "target": {"value": 100, "date": date(2025, 4, 11)},
    }
    told = scorecard(metric(1), metric(actual={"value": 40, "date": date(2025, 2, 20)}, **way))
    assert "! behind 50% needed by now ▲ better, was 1%" in told
    assert "On track: on the day it was measured" in told


def test_a_first_value_leaves_no_cell_empty() -> None:
    """There is nothing before it, and no sentence about it."""
    source = block(edition(metric(None), metric(20)), "scorecard")
    assert "20%" in source
    assert "cb-move" not in source


def test_key_metrics_have_a_value() -> None:
    """A card without a figure comes after those with one, even if its metric is a lagging one."""
    kinds = [
        {"id": "win", "name": "Win", "kind": "lagging", "target": {"value": 4}},
        {"id": "use", "name": "Use", "kind": "leading", "actual": {"value": 3}},
        {"id": "churn", "name": "Churn", "kind": "lagging", "baseline": {"value": 5}},
    ]
    source = block(edition({"metrics": kinds}), "key_metrics")
    assert re.findall(r"<h3>(?:<a[^>]*>)?(\w+)", source) == ["Churn", "Use", "Win"]


def test_a_small_chart_needs_two_values() -> None:
    """It has a text alternative."""
    assert "cb-spark" not in block(edition(metric(1), metric()), "scorecard")
    assert 'aria-label="Win rate: from 1% in 2025-Q1 to 2% in 2025-Q2."' in block(
        edition(metric(1), metric(2)), "scorecard"
    )


def test_the_tree_names_what_drives_nothing() -> None:
    """And metrics without drivers; with the state of each metric."""
    kinds = [
        {"id": "use", "name": "Use", "kind": "leading", "drives": ["win"], "actual": {"value": 3}},
        {"id": "idle", "name": "Idle", "kind": "leading"},
        {"id": "win", "name": "Win", "kind": "lagging", "actual": {"value": 5}, "target": {"value": 4}},
        {"id": "alone", "name": "Alone", "kind": "lagging"},
    ]
    told = words(block(edition({"metrics": kinds}), "metric_tree"))
    assert "Lagging Win 5%, target 4% ✓ target met Leading Use 3% – not enough data" in told
    assert "Gap: nothing drives Alone." in told
    assert "Gap: Idle drives no business result." in told
