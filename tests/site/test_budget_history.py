"""Money on the sponsor's page: sums, bars and comparisons over the versions."""

from __future__ import annotations

import re
from typing import Any

import pytest

from charterbook.site.render.views import (
    bars,
    budget_of,
    budget_turns,
    columns,
    row_letter,
    source_rows,
)
from tests.site.editions import block, charter, edition, quarters
from tests.site.sponsor_blocks import funding, page


def test_money_is_summed_only_where_that_is_right() -> None:
    """Not if an amount is missing, or is for another period."""
    assert budget_of(charter(**funding(10, 20))).total == 30
    assert budget_of(charter(**funding(10, None))).total is None
    odd = funding(10, 20)
    odd["funding"]["sources"][0]["period"] = "a month"
    assert budget_of(charter(**odd)).total is None


def test_sums_and_differences_are_exact() -> None:
    """They are decimals without rounding errors."""
    sums = [budget_of(charter(**funding(*amounts))) for amounts in ((0.1, 0.2), (0.1,))]
    assert (sums[0].total, sums[0].after(sums[1]).difference) == (0.3, 0.2)


def test_pages_show_all_digits() -> None:
    """Of shares, amounts and totals."""
    change = funding(1234567.891, 0.109)
    for source, share in zip(change["funding"]["sources"], (33.3333, 66.6667), strict=True):
        source["share"] = share
    said = block(edition(change), "funding")
    assert [text in said for text in ("33.3333%", "66.6667%", "$1,234,567.891", "$1,234,568")] == [True] * 4


def test_money_is_compared_only_where_that_is_right() -> None:
    """Another currency or period is named."""
    told = [
        page(edition(funding(100), second))
        for second in (funding(130), funding(70), funding(100), funding(130, currency="EUR"))
    ]
    assert "▲ $30 more than in 2025-Q1 (+30%)" in told[0]
    assert "▼ $30 less than in 2025-Q1 (−30%)" in told[1]
    assert "unchanged from 2025-Q1" in told[2]
    assert "2025-Q1: $100; not compared: another currency" in told[3]
    assert "more than" not in told[3]
    years = page(edition(funding(100, period="2025"), funding(130, period="2026")))
    assert "▲ $30 more than in 2025-Q1 (+30%)" in years
    assert "different times" not in years
    half = page(edition(funding(100, period="2025"), funding(60, period="FY27-H1")))
    assert "▲ $20 more than in 2025-Q1 (+20%) both per year" in half
    another = page(edition(funding(100, period="2025"), funding(130, period="a while")))
    assert "2025-Q1: $100 (2025); not compared: the length of “a while” is not known" in another.replace(
        '"', "&#34;"
    )
    assert "2025-Q1: $100; not compared" in page(edition(funding(100), funding(130, period="2026")))
    assert "amounts on both sides are for different periods and cannot be compared" in another


def test_bars_of_another_currency_are_left_out() -> None:
    """One axis has one currency."""
    shown = columns(edition(funding(5, currency="EUR"), funding(100, 50)))
    found = bars(shown, source_rows(shown))
    assert found is not None
    assert found.left_out
    assert [[(part.row, part.top, part.height) for part in bar.parts] for bar in found.bars] == [
        [],
        [(0, 33.33, 66.67), (1, 0, 33.33)],
    ]


def test_without_amounts_the_bars_show_shares() -> None:
    """Without both there is a sentence instead of an empty frame."""
    shown = columns(edition(_shares()))
    found = bars(shown, source_rows(shown))
    assert found is not None
    assert (found.of, [part.height for part in found.bars[0].parts]) == ("share", [70, 30])
    nothing = edition({})
    assert "so there is nothing to show. Who pays: Sales." in page(nothing)
    assert "<svg" not in block(nothing, "sponsor_money")


def test_an_earlier_version_with_amounts_is_still_shown() -> None:
    """The table has figures that the present charter lacks."""
    told = page(edition(funding(10), funding(None)))
    assert "so there is nothing to show." in told
    assert "Source 0 F $10 –" in told


def test_letters_continue_after_z() -> None:
    """They identify the rows of a chart."""
    assert [row_letter(number) for number in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]


def test_each_change_of_the_budget_is_a_sentence() -> None:
    """With a percentage if the amounts can be compared, and with the reason if they cannot."""
    amounts = (funding(100), funding(100), funding(88), funding(88, currency="EUR"), funding(0), funding(10))
    shown = edition(*amounts)
    said = page(shown)
    assert "−12% in 2025-Q3: $88, was $100" in said
    assert "2025-Q4: €88, not compared with $88 in 2025-Q3: another currency" in said
    assert "2026-Q2: $10, was $0" in said
    assert [turn.column.name for turn in budget_turns(columns(shown))] == quarters(6)[2:]
    yearly = funding(100), funding(300)
    for change, period in zip(yearly, ("2025-Q1", "2025"), strict=True):
        change["funding"]["period"] = period
    assert "−25% in 2025-Q2: $300, was $400 (both per year)" in page(edition(*yearly))


def test_bars_have_totals_and_names() -> None:
    """In the currency of the axis; sources that have ended are named below."""
    ended = funding(250_000, 50_000)
    source = block(edition(ended, funding(396_000, 4_000)), "sponsor_money")
    chart = source[source.index("<svg") : source.index("</svg>")]
    assert re.findall(r"cb-chart__total[^>]*>([^<]*)<", chart) == ["$300K", "$400K"]
    assert re.findall(r"cb-chart__tick[^>]*>([^<]*)<", chart)[0] == "$0"
    assert re.findall(r"cb-chart__beside[^>]*>([^<]*)<", chart) == ["A Source 0", "B Source 1"]
    three = funding(1, 2, 3)
    source = block(edition(three, funding(1, 2)), "sponsor_money")
    assert re.findall(r"cb-chart__source--both.*?</span> ([^<]*)<", source) == ["C Source 2"]
    assert "cb-chart__total" not in block(edition(_shares()), "sponsor_money")


@pytest.mark.parametrize(
    ("amounts", "label"),
    [
        ((14_000_000, 814_804), "$14.81M"),
        ((396_200, 40.55), "$396.2K"),
        ((9_000, 0.55), "$9,000.55"),
        ((14_814_804,), "$14.814804M"),
    ],
)
def test_sums_above_bars_are_rounded(amounts: tuple[float, ...], label: str) -> None:
    """From ten thousand on, to four digits. A single amount is as written, and the table has all digits."""
    chart, _, table = block(edition(funding(*amounts)), "sponsor_money").partition("</figure>")
    assert re.findall(r"cb-chart__total[^>]*>([^<]*)<", chart) == [label]
    assert f"${sum(amounts):,.15g}" in table


def _shares() -> dict[str, Any]:
    shares = funding(None, None, currency=None)
    for one, share in zip(shares["funding"]["sources"], (70, 30), strict=True):
        one["share"] = share
    return shares
