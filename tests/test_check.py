"""All problems together, and the formats they are shown in."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from charterbook.check import check, check_file
from charterbook.errors import CharterbookError, GitError
from charterbook.export.problem_formats import render, summary
from charterbook.pages import DocsPage
from charterbook.problems import Problem
from charterbook.rule_context import RuleContext
from charterbook.rules import Levels
from charterbook.versions import FiscalYear
from tests.charters import charter_file
from tests.histories import Repo
from tests.load.sample import SMALL, small
from tests.rules.sample import only

SALE = Problem(8, 17, "unknown-audience", "error", 'there is no audience "sale"', 'Did you mean "sales"?')
HOSTILE = Problem(1, 2, "x", "hint", "50% \x1b[31mred\u202e", "a\nb")


#: The rules that these tests are about.
FEW = RuleContext(only("placeholder", "service-audience", "audience-service"))


def test_a_fine_charter_has_no_problem() -> None:
    """The list is empty."""
    assert check(SMALL.encode(), context=FEW) == []


def test_rules_are_run() -> None:
    """All of them, with their default severities."""
    found = {(problem.rule, problem.severity) for problem in check(SMALL.encode())}
    assert ("mission-why", "warning") in found
    assert ("metric-complete", "hint") in found


def test_a_rule_has_the_configured_severity() -> None:
    """Or does not run at all."""
    levels: Levels = {**FEW.levels, "mission-why": "error", "metric-kinds": "hint"}
    found = check(SMALL.encode(), context=RuleContext(levels))
    assert [(problem.rule, problem.severity) for problem in found] == [
        ("mission-why", "error"),
        ("metric-kinds", "hint"),
    ]


def test_the_past_is_read_only_where_a_rule_needs_it() -> None:
    """Rules that are off cost nothing."""
    asked = []

    def past() -> None:
        asked.append(1)

    check(SMALL.encode(), context=RuleContext(FEW.levels, past=past))
    assert asked == []
    check(SMALL.encode(), context=RuleContext(only("id-reuse"), past=past))
    assert asked == [1]


CONTENT = {"id": "content", "name": "Content", "summary": "Decks.", "audiences": ["sellers"]}
SIGNED = {"sign_offs": [{"role": "CRO", "decision": "approved", "date": date(2026, 1, 5)}]}
HISTORY = {"id-reuse", "signed-changes"}


@pytest.fixture
def reused_id(repo: Repo) -> Path:
    """A handbook whose charter reuses an id, and changed after it was signed."""
    repo.write({"mkdocs.yml": "plugins: [charterbook]\n"})
    repo.commit(charter_file("A", services=[CONTENT], review=SIGNED), date="2026-01-05")
    repo.commit(charter_file("A", review=SIGNED), date="2026-02-05")
    repo.write(
        charter_file("A", services=[{**CONTENT, "name": "Coaching", "status": "pilot"}], review=SIGNED)
    )
    return repo.folder


def test_what_history_tells(reused_id: Path) -> None:
    """For an uncommitted charter, from any folder."""
    rules = {problem.rule for problem in check_file(reused_id / "charter.yml")}
    assert rules >= HISTORY
    assert {problem.rule for problem in check_file(reused_id / "charter.yml", handbook=reused_id)} == rules


def test_a_file_beside_the_charter_has_no_history(reused_id: Path) -> None:
    """Other files are not compared with the handbook's history."""
    other = reused_id / "other.yml"
    other.write_bytes((reused_id / "charter.yml").read_bytes())
    assert not HISTORY & {problem.rule for problem in check_file(other)}


def test_settings_decide(reused_id: Path) -> None:
    """Those in mkdocs.yml."""
    settings = "plugins: [charterbook: {rules: {id-reuse: error, signed-changes: off}}]\n"
    (reused_id / "mkdocs.yml").write_text(settings, encoding="utf-8")
    found = {problem.rule: problem.severity for problem in check_file(reused_id / "charter.yml")}
    assert found["id-reuse"] == "error"
    assert "signed-changes" not in found


def test_a_history_that_cannot_be_read() -> None:
    """A problem has git's message, and all other rules run."""

    def past() -> None:
        raise GitError("fatal: dubious ownership")

    found = check(SMALL.encode(), context=RuleContext(only("id-reuse", "mission-why"), past=past))
    assert [problem.rule for problem in found] == ["unread-history", "mission-why"]
    assert found[0].text == "the history of this charter cannot be read: fatal: dubious ownership"


def test_today_is_the_day_of_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """If SOURCE_DATE_EPOCH sets it."""
    source = f"{SMALL}review: {{next: 2026-03-01}}\n".encode()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772323200")
    assert check(source, context=RuleContext(only("review-dates"))) == []
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772409600")
    assert [problem.rule for problem in check(source, context=RuleContext(only("review-dates")))] == [
        "review-dates"
    ]


def test_loader_and_rules_are_sorted_by_place() -> None:
    """Hints of the loader and of rules are in one order."""
    source = small("We help.", "‹What› for {{ x }}").replace("    audiences: [sales]\n", "")
    assert [p.rule for p in check(source.encode(), context=FEW)] == [
        "placeholder",
        "template-in-text",
        "service-audience",
        "audience-service",
    ]


def test_rules_run_only_once_references_resolve() -> None:
    """A mistyped id causes no second problem."""
    assert check(small("[sales]", "[sale]").encode()) == [SALE]


def test_other_errors_hide_no_rule_and_no_page() -> None:
    """An impossible sum, a missing part and a page collision are reported together."""
    source = small("funder: Sales\n", "funder: Sales\n      share: 90\n").replace(
        "    audiences: [sales]\n", ""
    )
    docs = [DocsPage("audiences/sales.md"), DocsPage("audiences/each.md", for_each="audiences")]
    rules = {problem.rule for problem in check(source.encode(), docs, FEW)}
    assert rules == {"shares-sum", "service-audience", "audience-service", "page-collision"}


def test_as_text() -> None:
    """One line per problem, which editors and terminals can link."""
    expected = (
        'charter.yml:8:17: error unknown-audience: there is no audience "sale". Did you mean "sales"?\n'
    )
    assert render([SALE], "charter.yml", "text") == expected
    assert render([], "charter.yml", "text") == ""


def test_the_summary() -> None:
    """The number of each severity that occurs."""
    assert summary([]) == "no problems"
    assert summary([HOSTILE, SALE, SALE]) == "2 errors, 1 hint"
    assert summary([HOSTILE, SALE, SALE], "ru") == "2 ошибки, 1 подсказка"
    assert summary([], "ru") == "проблем нет"


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
def test_printed_text_is_escaped(format_: str) -> None:
    """No control characters, no bidirectional controls, no second command."""
    printed = render([HOSTILE], "a\n::error::\x1b.yml", format_)
    assert not {"\x1b", "\u202e", "\r"} & set(printed)
    assert [line for line in printed.split("\n") if line.startswith("::error")] == []


def test_percent_signs_are_escaped_for_github() -> None:
    """They would be read as escapes."""
    assert "::50%25 " in render([HOSTILE], "f", "github")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """An error with the reason, without a traceback."""
    with pytest.raises(CharterbookError, match=r"none\.yml: cannot be read: No such file"):
        check_file(tmp_path / "none.yml")
    with pytest.raises(CharterbookError, match="Is a directory"):
        check_file(tmp_path)


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    """A sparse file of a terabyte would not fit into memory."""
    path = tmp_path / "charter.yml"
    with path.open("wb") as file:
        file.truncate(10**12)
    assert [problem.rule for problem in check_file(path)] == ["too-large"]


def misdated(data: bytes, context: RuleContext | None = None) -> list[str]:
    """Warnings about version, day and tag that contradict each other."""
    found = check(data, context=context or RuleContext(FEW.levels))
    return [
        f"{one.line}:{one.column} {one.text} {one.fix}" for one in found if one.rule == "misdated-version"
    ]


@pytest.mark.parametrize(
    ("version", "day", "right"),
    [
        ("2026-Q3", date(2026, 7, 1), None),
        ("2026-Q3", date(2026, 9, 30), None),
        ("2026-Q3", date(2026, 10, 1), "2026-Q4"),
        ("2026-Q3", date(2026, 6, 30), "2026-Q2"),
        ("2026-H1", date(2026, 7, 1), "2026-H2"),
        ("2026", date(2027, 1, 1), "2027"),
        ("2026-07", date(2026, 8, 1), "2026-08"),
        ("draft of May", date(2026, 8, 1), None),
    ],
)
def test_effective_outside_the_version(version: str, day: date, right: str | None) -> None:
    """A warning at its place, with the version of the same kind for that day."""
    text = charter_file("A", version=version, effective=day)["charter.yml"]
    found = misdated(str(text).encode())
    assert len(found) == (right is not None)
    if right:
        assert f"effective: {day} is outside the period of version {version}" in found[0]
        assert found[0].endswith(f"Write version: {right}, or a day in that period.")
        line = int(found[0].partition(":")[0])
        assert str(text).splitlines()[line - 1].startswith("effective")


def test_a_fiscal_year_has_its_own_periods() -> None:
    """As configured in mkdocs.yml."""
    data = str(charter_file("A", version="FY27-Q1", effective=date(2026, 5, 1))["charter.yml"]).encode()
    assert misdated(data, RuleContext(FEW.levels, fiscal_year=FiscalYear(4))) == []
    assert "FY27-Q2" in misdated(data, RuleContext(FEW.levels, fiscal_year=FiscalYear(2)))[0]


def test_a_tag_that_says_another_version(repo: Repo) -> None:
    """A warning for the tagged charter only, with a day outside the tag's period."""
    repo.write({"mkdocs.yml": "plugins: [charterbook]\n"})
    repo.commit(charter_file("A", version="2026-Q3", effective=date(2026, 8, 1)), date="2026-07-01")
    repo.tag("2026-Q2")
    path = repo.folder / "charter.yml"
    found = [one for one in check_file(path) if one.rule == "misdated-version"]
    assert [one.text.partition(" ")[0] for one in found] == ["version:", "effective:"]
    assert "2026-Q2" in found[0].text
    (version,) = repo.history().versions
    assert (version.name, version.misnamed) == ("2026-Q2", "2026-Q3")
    path.write_text(str(charter_file("B", version="2026-Q3", effective=date(2026, 8, 1))["charter.yml"]))
    assert [one for one in check_file(path) if one.rule == "misdated-version"] == []
