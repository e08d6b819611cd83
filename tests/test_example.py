"""The example: this repository's own charter with its history.

Committed charters never change, and neither do the tests of past quarters.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from charterbook.charter import Charter, Metric, Service
from charterbook.check import check_file
from charterbook.history import History, Version, read_history
from charterbook.load import load
from charterbook.rule_context import unsigned_changes
from charterbook.settings import read_settings
from tests.histories import run_git

ROOT = Path(__file__).parents[1]

VERSIONS = ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]

#: The final state of each quarter.
FIGURES = {
    "win-rate": [21, 21, 20, 22, 22, 23, 23, 25],
    "ramp": [7.4, 7.2, 6.9, 6.6, 7.0, 6.7, 6.3, 5.9],
    "content-use": [38, 41, 47, 52, 55, 60, 66, 71],
}


@pytest.fixture(scope="module")
def history() -> History:
    """The history of charter.yml, all of it."""
    shallow = run_git(ROOT, "rev-parse", "--is-shallow-repository") == "true"
    assert not shallow, "this clone lacks the commits of earlier quarters: run `git fetch --unshallow`"
    return read_history(ROOT, read_settings(ROOT))


@pytest.fixture(scope="module")
def versions(history: History) -> dict[str, Version]:
    """The versions by name."""
    return {version.name: version for version in history.versions}


@pytest.fixture(scope="module")
def charters(versions: dict[str, Version]) -> dict[str, Charter]:
    """The charters that the eight versions show, by version."""
    found = {name: versions[name].charter for name in VERSIONS}
    return {name: charter for name, charter in found.items() if charter is not None}


def service(charter: Charter, id_: str) -> Service:
    """The service with this id."""
    return next(service for service in charter.services if service.id == id_)


def metric(charter: Charter, id_: str) -> Metric:
    """The metric with this id."""
    return next(metric for metric in charter.metrics if metric.id == id_)


def days(version: Version) -> list[str]:
    """The days on which a version was revised."""
    return [revision.date.date().isoformat() for revision in version.revisions]


@pytest.mark.long
def test_every_charter_ever_committed_loads(history: History) -> None:
    """Without an error, and without a warning about its format."""
    commits = run_git(ROOT, "log", "--format=%H", "--diff-filter=AMRT", "HEAD", "--", "charter.yml").split()
    problems = {}
    for commit in commits:
        loaded = load(run_git(ROOT, "show", f"{commit}:charter.yml").encode())
        problems[commit] = [str(problem) for problem in loaded.problems]
    assert len(commits) >= 24
    assert {commit: found for commit, found in problems.items() if found} == {}


def test_the_eight_quarters(history: History, charters: dict[str, Charter]) -> None:
    """In order, each readable, none skipped, each with its reason in the commits."""
    assert [version.name for version in history.versions][:8] == VERSIONS
    assert list(charters) == VERSIONS
    revisions = [revision for version in history.versions for revision in version.revisions]
    assert [revision.commit for revision in revisions if revision.problem] == []
    assert [charter.version for charter in charters.values()] == VERSIONS
    assert [name for name, charter in charters.items() if not charter.change_note] == []


@pytest.mark.parametrize("id_", FIGURES)
def test_figures(charters: dict[str, Charter], id_: str) -> None:
    """The values of each quarter, from the first to the last."""
    actual = [metric(charter, id_).actual for charter in charters.values()]
    assert [figure.value if figure else None for figure in actual] == FIGURES[id_]


def test_ramp_is_redefined(charters: dict[str, Charter]) -> None:
    """With the plan for 2026 the series breaks, and the baseline is restated."""
    ramp = [metric(charter, "ramp") for charter in charters.values()]
    assert [version.definition_version for version in ramp] == [1, 1, 1, 1, 2, 2, 2, 2]
    assert [version.baseline.value if version.baseline else None for version in ramp] == [7.6] * 4 + [7.8] * 4
    assert len({version.definition for version in ramp}) == 2


def test_content_is_split_in_two(charters: dict[str, Charter]) -> None:
    """Both parts declare their origin."""
    before = {service.id for service in charters["2025-Q3"].services}
    after = {service.id: service.was for service in charters["2025-Q4"].services}
    assert "content" in before
    assert "content" not in after
    assert [id_ for id_, was in after.items() if was == ["content"]] == ["content-library", "battle-cards"]


def test_the_name_changes(charters: dict[str, Charter]) -> None:
    """With customer success, sales enablement becomes revenue enablement, and onboarding is for all."""
    assert [charter.title for charter in charters.values()] == (
        ["Sales Enablement Charter"] * 5 + ["Revenue Enablement Charter"] * 3
    )
    assert service(charters["2026-Q2"], "onboarding").was == ["sales-onboarding"]
    assert "customer-success" in [audience.id for audience in charters["2026-Q2"].audiences]


def test_funding_sources(charters: dict[str, Charter]) -> None:
    """Shares make 100 in every quarter; the budget of 2026-Q3 is 12 % smaller."""
    shares = [[source.share or 0 for source in charter.funding.sources] for charter in charters.values()]
    assert shares == [
        [100],
        [100],
        [100],
        [70, 30],
        [70, 30],
        [60, 28, 12],
        [60, 28, 12],
        [45, 25, 20, 10],
    ]
    assert [sum(quarter) for quarter in shares] == [100] * 8
    amounts = [sum(source.amount or 0 for source in charter.funding.sources) for charter in charters.values()]
    assert amounts[6] == pytest.approx(amounts[5] * 0.88)


def test_coaching_begins_as_a_pilot(charters: dict[str, Charter]) -> None:
    """It is live five quarters later."""
    status = [service(charters[name], "manager-coaching").status for name in VERSIONS[2:]]
    assert status == ["pilot", "pilot", "pilot", "pilot", "pilot", "live"]


def test_promises_that_become_weaker(charters: dict[str, Charter]) -> None:
    """Webinars end, and a battle card takes five days instead of three."""
    before, after = charters["2026-Q2"], charters["2026-Q3"]
    assert (service(before, "webinars").status, service(after, "webinars").status) == ("live", "retired")
    levels = [service(charter, "battle-cards").service_levels[0].within for charter in (before, after)]
    assert levels == [3, 5]


def test_finance_signs_on_a_condition(charters: dict[str, Charter]) -> None:
    """The last quarter of 2026 has a conditional sign-off."""
    first, last = charters["2025-Q1"].review, charters["2026-Q4"].review
    assert first is not None
    assert last is not None
    assert [sign_off.role for sign_off in first.sign_offs] == ["Chief Revenue Officer"]
    (bound,) = [sign_off for sign_off in last.sign_offs if sign_off.condition]
    assert (bound.role, bound.decision) == ("finance-director", "approved_with_condition")


def test_maturity(charters: dict[str, Charter]) -> None:
    """From ad hoc to formal, one stage at a time."""
    stages = [charter.maturity.today if charter.maturity else None for charter in charters.values()]
    assert stages == [None, "ad_hoc", "ad_hoc", "ad_hoc", "emerging", "emerging", "emerging", "formal"]


def test_revisions_within_a_quarter(versions: dict[str, Version]) -> None:
    """A target is corrected in the middle of a quarter; a change is taken back by another."""
    assert days(versions["2026-Q2"]) == ["2026-04-14", "2026-05-11", "2026-06-30"]
    subjects = [revision.subject for revision in versions["2026-Q1"].revisions]
    raised = "Raise the hours asked of account executives to 10 a quarter"
    assert subjects[1:3] == [raised, f'Revert "{raised}"']
    plan, _, reverted, _ = versions["2026-Q1"].revisions
    assert reverted.blob == plan.blob


@pytest.mark.long
def test_the_example_has_few_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    """In November 2026, roles still name the retired webinars, and a condition is not met."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795996800")
    found = check_file(ROOT / "charter.yml")
    assert {problem.severity for problem in found} <= {"hint"}
    assert {problem.text for problem in found} <= {
        "the retired service “Product webinars” is still listed here",
        "the condition of Finance director is not met: Service-level adherence is 85%, target 90%",
    }


def test_the_other_example_is_fine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The Russian one, on its effective day: no rule finds anything."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790812800")
    assert check_file(ROOT / "examples" / "ru" / "charter.yml") == []


def test_what_was_signed_in_each_quarter(history: History) -> None:
    """Changes after a sign-off are known, including reverted ones."""
    revisions = [
        (r, c)
        for version in history.versions
        for r, c in zip(version.revisions, version.charters, strict=True)
    ]
    past = [charter for _revision, charter in revisions if charter is not None]
    found = {}
    for index, (revision, charter) in enumerate(revisions[:24]):
        changes = charter and unsigned_changes(past[:index], charter)
        if changes and changes.sentences:
            found[revision.date.date().isoformat()] = len(changes.sentences)
    assert found == {
        "2025-05-22": 3,
        "2025-06-30": 3,
        "2026-02-10": 1,
        "2026-05-11": 1,
        "2026-06-30": 1,
        "2026-09-30": 4,
    }
