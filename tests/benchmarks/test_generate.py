from itertools import pairwise

import pytest

from benchmarks.generate import SIZES, commits, generated, quarters
from benchmarks.handbook import pages
from charterbook.load import load


def test_a_history_is_the_same_in_every_run() -> None:
    """A history is the same in every run."""
    assert generated(SIZES["12x30"]) == generated(SIZES["12x30"])


@pytest.mark.parametrize(
    ("name", "versions", "addresses"), [("12x30", 12, 30), ("40x60", 40, 60), ("40x200", 40, 235)]
)
def test_a_size_has_as_many_versions_and_pages_as_its_name_says(
    name: str, versions: int, addresses: int
) -> None:
    """The largest has 200 services, and the pages of its sections, audiences and metrics."""
    size = SIZES[name]
    (first,) = quarters(size, 1)
    assert size.quarters == versions
    assert len(pages(first.charter)) == addresses


def test_a_longer_history_begins_with_the_shorter_one() -> None:
    """A longer history begins with the shorter one."""
    assert list(quarters(SIZES["12x30"], 5))[:3] == list(quarters(SIZES["12x30"], 3))


def test_the_first_versions_of_an_input_are_followed_by_the_next() -> None:
    """The first versions of an input are followed by the next."""
    data = generated(SIZES["12x30"])
    first = data.first(3)
    assert [revision.version for revision in first.revisions] == ["2016-Q1", "2016-Q2", "2016-Q3"]
    assert first.upcoming == data.revisions[3]


def test_charters_have_no_errors_and_each_quarter_changes_some_lines() -> None:
    """Charters have no errors and each quarter changes some lines."""
    past = list(quarters(SIZES["12x30"], 3))
    assert [load(revision.text.encode()).charter is None for revision in past] == [False] * 3
    for before, after in pairwise(past):
        changed = set(after.text.splitlines()) - set(before.text.splitlines())
        assert 5 < len(changed) < 30


def test_every_commit_of_a_long_history_changes_the_charter() -> None:
    """Every commit of a long history changes the charter."""
    past = list(commits(SIZES["12x30"], 50))
    assert len({revision.text for revision in past}) == 50
    assert past[0].version == "2016-Q1"
    assert past[-1].version >= "2025-Q3"
    assert load(past[-1].text.encode()).charter is not None
