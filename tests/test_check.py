"""All problems together, and the formats they are shown in."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from charterbook.check import check, check_file
from charterbook.errors import CharterbookError
from charterbook.export.problems import render, summary
from charterbook.pages import DocsPage
from charterbook.problems import Problem
from tests.load.sample import SMALL, small

SALE = Problem(8, 17, "unknown-audience", "error", 'there is no audience "sale"', 'Did you mean "sales"?')
HOSTILE = Problem(1, 2, "x", "hint", "50% \x1b[31mred\u202e", "a\nb")


def test_a_fine_charter_has_no_problem() -> None:
    """Nothing to say."""
    assert check(SMALL.encode()) == []


def test_loader_and_rules_are_sorted_by_place() -> None:
    """A hint of the loader stands among what the rules say."""
    source = small("We help.", "‹What› for {{ x }}").replace("    audiences: [sales]\n", "")
    assert [p.rule for p in check(source.encode())] == [
        "placeholder",
        "template-in-text",
        "coverage",
        "coverage",
    ]


def test_rules_wait_for_references_to_be_mended() -> None:
    """What a mistyped id leaves undone is no second problem."""
    assert check(small("[sales]", "[sale]").encode()) == [SALE]


def test_other_errors_hide_no_rule_and_no_page() -> None:
    """An impossible sum, a gap and a page in the way are told at once."""
    source = small("funder: Sales\n", "funder: Sales\n      share: 90\n").replace(
        "    audiences: [sales]\n", ""
    )
    docs = [DocsPage("audiences/sales.md"), DocsPage("audiences/each.md", for_each="audiences")]
    rules = {problem.rule for problem in check(source.encode(), docs=docs)}
    assert rules == {"shares-sum", "coverage", "page-collision"}


def test_as_text() -> None:
    """A line per problem, which editors and terminals can follow."""
    expected = (
        'charter.yml:8:17: error unknown-audience: there is no audience "sale". Did you mean "sales"?\n'
    )
    assert render([SALE], "charter.yml", "text") == expected
    assert render([], "charter.yml", "text") == ""


def test_in_a_few_words() -> None:
    """How many of each, without those of which there is none."""
    assert summary([]) == "no problems"
    assert summary([HOSTILE, SALE, SALE]) == "2 errors, 1 hint"


def test_as_json() -> None:
    """An object with the file, counts and all problems."""
    found = json.loads(render([SALE], "charter.yml", "json"))
    assert found["counts"] == {"error": 1, "warning": 0, "hint": 0}
    assert found["file"] == "charter.yml"
    assert Problem(**found["problems"][0]) == SALE


def test_for_github() -> None:
    """An annotation per problem, escaped as GitHub asks."""
    expected = (
        "::error file=a%2Cb%3Ac.yml,line=8,col=17,title=unknown-audience::"
        'there is no audience "sale". Did you mean "sales"?\n'
    )
    assert render([SALE], "a,b:c.yml", "github") == expected


@pytest.mark.parametrize("format_", ["text", "json", "github"])
def test_nothing_printed_is_live(format_: str) -> None:
    """No control characters, no turned writing, no second command."""
    printed = render([HOSTILE], "a\n::error::\x1b.yml", format_)
    assert not {"\x1b", "\u202e", "\r"} & set(printed)
    assert [line for line in printed.split("\n") if line.startswith("::error")] == []


def test_percent_signs_are_escaped_for_github() -> None:
    """They would be read as escapes."""
    assert "::50%25 " in render([HOSTILE], "f", "github")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """Is an error with the reason, no traceback."""
    with pytest.raises(CharterbookError, match=r"none\.yml: cannot be read: No such file"):
        check_file(tmp_path / "none.yml")
    with pytest.raises(CharterbookError, match="Is a directory"):
        check_file(tmp_path)


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    """50 MB are refused at once."""
    path = tmp_path / "charter.yml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    start = time.perf_counter()
    assert [problem.rule for problem in check_file(path)] == ["too-large"]
    assert time.perf_counter() - start < 1
