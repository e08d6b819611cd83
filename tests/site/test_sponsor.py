"""The sponsor's page: services, budget, coverage and metrics over the versions."""

from __future__ import annotations

import datetime

import pytest

from charterbook.history import read_history
from charterbook.pages import read_docs
from charterbook.settings import read_settings
from charterbook.site.edition import Edition
from charterbook.site.edition_builder import editions
from charterbook.site.render.views import (
    budget_of,
    budgets,
    columns,
    reach,
    service_rows,
    services_by_status,
    year_ago,
)
from charterbook.versions import DRAFT
from tests.charters import minimal_charter
from tests.histories import Repo
from tests.site.editions import ROOT, TODAY, block, charter, edition, words
from tests.site.sponsor_blocks import BLOCKS, Change, funding, page, services, states


def test_a_renamed_service_stays_in_its_row() -> None:
    """Ended services are below the others."""
    second = services(camp="live")
    second["services"][0]["was"] = ["start"]
    assert states(services(old="live", start="pilot"), second) == {
        "camp": ["pilot", "live"],
        "old": ["live", None],
    }


def test_a_service_that_comes_back_has_one_row() -> None:
    """With a gap."""
    assert states(services(a="live", b="live"), services(b="live"), services(a="pilot", b="live")) == {
        "a": ["live", None, "pilot"],
        "b": ["live", "live", "live"],
    }


@pytest.mark.long
def test_a_split_and_a_merge_begin_new_rows() -> None:
    """Nothing is counted twice; the old row names its successors."""
    both = services(one="live", two="live")
    for item in both["services"]:
        item["was"] = ["all"]
    assert states(services(all="live"), both) == {
        "one": [None, "live"],
        "two": [None, "live"],
        "all": ["live", None],
    }
    assert "All replaced by: One, Two" in page(edition(services(all="live"), both))
    merged = services(all="live")
    merged["services"][0]["was"] = ["one", "two"]
    assert states(services(one="live", two="pilot"), merged) == {
        "all": [None, "live"],
        "one": ["live", None],
        "two": ["pilot", None],
    }


def test_coverage_counts_those_who_may_be_served() -> None:
    """People only if all served audiences have a number."""
    team: list[Change] = [
        {"id": "sellers", "name": "Sellers", "headcount": 30},
        {"id": "success", "name": "Success", "headcount": 5},
        {"id": "idle", "name": "Idle", "headcount": 9},
        {"id": "product", "name": "Product", "part": "contributes"},
    ]
    one = {"id": "a", "name": "A", "summary": "S.", "audiences": ["sellers", "success"]}
    found = charter(audiences=team, services=[one], **funding(700))
    assert (reach(found).served, reach(found).entitled, reach(found).heads) == (2, 3, 35)
    assert budget_of(found).per_head == 20
    del team[1]["headcount"]
    unknown = charter(audiences=team, services=[one], **funding(700))
    assert (reach(unknown).heads, budget_of(unknown).per_head) == (None, None)
    told = page(edition({"audiences": team, "services": [one]}))
    assert "Sellers 1 Success 1 Idle none Product contributes Audiences served 2 of 3" in told


def test_a_retired_service_serves_nobody() -> None:
    """It is counted as retired."""
    gone = {"id": "a", "name": "A", "summary": "S.", "audiences": ["sellers"], "status": "retired"}
    found = charter(services=[gone])
    assert reach(found).served == 0
    assert services_by_status(found) == {"retired": 1}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["2025-Q1", "2025-Q2", "2025-Q4", "2026-Q1"], "2025-Q1"),
        (["FY26-H1", "FY26-H2", "FY27-H2"], "FY26-H2"),
        (["2025-12", "2026-12"], "2025-12"),
        (["2025-Q2", "2026-Q1"], None),
        (["2026-Q1"], None),
    ],
)
def test_a_year_ago_is_the_same_time_of_the_year(names: list[str], expected: str | None) -> None:
    """Not four versions ago: one can be missing."""
    found = year_ago(edition(*({} for _ in names), names=names))
    assert (found.name if found else None) == expected


def test_a_draft_is_the_last_column() -> None:
    """Marked as a draft."""
    shown = edition(funding(10), draft=funding(12))
    assert shown.name == DRAFT
    assert "Service 2025-Q1 Draft" in page(shown)
    assert "$2 more than in 2025-Q1" in page(shown)


def test_of_many_versions_the_last_are_shown() -> None:
    """Twelve of forty, with a link to the others."""
    told = words(block(edition(*({} for _ in range(40))), "sponsor_services"))
    assert (
        "Showing the last 12 of 40 versions. Open this page in an older version to see earlier ones." in told
    )
    assert "2031-Q4" not in told
    assert "Service 2032-Q1 2032-Q2" in told


def test_the_columns_of_four_cards_are_known_before_the_last_one() -> None:
    """Cards do not move while the page arrives."""
    paid = funding(1, 2) | services(a="live")
    for data in ({}, paid):
        told = block(edition(data), "sponsor_summary")
        assert ("cb-sponsor--four" in told) is (told.count('class="cb-card cb-number"') == 4)
    assert "cb-sponsor--four" in told


def test_a_large_table_is_drawn_when_it_is_in_sight() -> None:
    """One of more than a thousand cells."""
    for count, is_large in ((83, False), (84, True)):
        table = block(
            edition(*[services(**{f"s{n}": "live" for n in range(count)})] * 12), "sponsor_services"
        )
        assert ("cb-columns--huge" in table) is is_large


def test_one_version_with_five_questions_has_a_whole_page() -> None:
    """Sentences if there is nothing to show."""
    told = page(edition({}))
    for sentence in (
        "The charter states no total cost.",
        "Services Live: 1",
        "0 of 1 audiences have a service",
        "not enough data: 1",
        "The charter has no sign-offs.",
        "Onboarding Live",
    ):
        assert sentence in told
    assert "version before" not in told.replace("since the version before.", "")


def test_who_signed_and_on_which_condition() -> None:
    """And pending sign-offs."""
    signed = [
        {"role": "CRO", "decision": "approved_with_condition", "condition": "Only *until* June."},
        {"role": "CFO", "decision": "pending"},
    ]
    told = page(edition({"review": {"sign_offs": signed}}))
    assert "! Approved with a condition CRO Only until June. … Sign-off pending CFO" in told


def test_names_are_escaped() -> None:
    """They come from a charter."""
    odd = funding(1, 2, period="<script>")
    odd["funding"]["sources"][0]["name"] = '"><script>'
    shown = edition(services(a="live") | odd, odd)
    assert "<script" not in "".join(block(shown, name) for name in BLOCKS)


@pytest.fixture(scope="module")
def example() -> Edition:
    """The example's eighth version."""
    found = editions(read_history(ROOT, read_settings(ROOT)), (), TODAY)
    return next(one for one in found if one.name == "2026-Q4")


def test_the_example_says_what_its_charter_says(example: Edition) -> None:
    """$396,000 for 148 people; the years are not compared, for each amount is for its own."""
    found = budgets(columns(example))
    assert [budget.total for budget in found] == [
        168_000,
        168_000,
        300_000,
        324_000,
        400_000,
        450_000,
        396_000,
        396_000,
    ]
    assert found[-1].per_head == 2676
    assert found[-1].after(found[3]).values is None
    assert found[-1].after(found[-2]).values == (396_000, 396_000)
    assert [reach(column.charter).heads for column in columns(example)][-2:] == [142, 148]
    assert services_by_status(example.charter) == {"live": 7, "pilot": 1, "retired": 1}
    ago = year_ago(example)
    assert ago is not None
    assert ago.name == "2025-Q4"
    rows = {
        row.item.id: [cell.status if cell else None for cell in row.cells]
        for row in service_rows(columns(example))
    }
    assert rows["onboarding"] == ["live"] * 8
    assert rows["content"] == ["live"] * 3 + [None] * 5
    assert rows["webinars"] == [None] * 3 + ["live"] * 3 + ["retired"] * 2
    assert rows["manager-coaching"] == [None] * 2 + ["pilot"] * 5 + ["live"]


def test_a_change_since_several_sign_offs_is_said_once(repo: Repo) -> None:
    """With the roles that signed before it; a change since one sign-off alone is below that one."""
    signed = [
        {"role": role, "decision": "approved", "date": datetime.date(2025, month, 9)}
        for role, month in (("CRO", 1), ("CFO", 4))
    ]
    for day, said, posts, hours in (
        ("2025-01-10", signed[:1], 3, 100),
        ("2025-04-10", signed, 3, 200),
        ("2025-07-10", signed, 4, 200),
    ):
        more = {"review": {"sign_offs": said}, "capacity": {"posts": posts, "hours_per_quarter": hours}}
        repo.commit({"charter.yml": minimal_charter(**more)}, date=day)
    shown = editions(repo.history(), read_docs(ROOT / "docs"), TODAY)[-1]
    told = words(block(shown, "sponsor_summary"))
    common = "1 change since several of these sign-offs Capacity: number of posts is now 4, was 3 ↑ more (CRO, CFO)"
    assert told.endswith(common)
    assert told.count("Capacity: ") == 2
    assert told.index("CRO, 9 January") < told.index("was 100 hours") < told.index("CFO, 9 April")
