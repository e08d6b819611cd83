"""Settings that name an item or a role of the charter or its history."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import settings as tuned
from hypothesis import strategies as st

from charterbook.check import setting_problems
from charterbook.compare.severity import fits
from charterbook.diff import diff
from charterbook.errors import SettingsError
from charterbook.load import load
from charterbook.path_patterns import pattern_fault
from charterbook.report import report
from charterbook.setting_names import unknown_names
from charterbook.settings import Settings
from tests.charters import minimal_charter
from tests.command_line import call
from tests.generated import examples
from tests.histories import Repo

ROLES = [{"id": "lead", "name": "Lead"}, {"id": "cro", "name": "CRO"}]
SERVICE = {
    "id": "onboarding",
    "name": "Onboarding",
    "summary": "x",
    "audiences": ["sellers"],
    "owner": "lead",
}

FUNDING = {"owner": "lead", "sources": [{"id": "sales", "name": "Sales", "funder": "Sales"}]}


def charter(**parts: Any) -> str:
    """A charter with roles and one service."""
    return minimal_charter(**({"roles": ROLES, "services": [SERVICE], "funding": FUNDING} | parts))


def config(options: str) -> dict[str, str]:
    """A mkdocs.yml with an option of the plugin in line 3."""
    return {"mkdocs.yml": f"plugins:\n  - charterbook:\n      {options}\n"}


WRONG = {
    "owners: {mission.**: leed}": "owners: mission.**: there is no role 'leed' in the charter; did you mean lead?",
    "signers: {mission.**: [cro, xyz]}": "signers: mission.**: there is no role 'xyz' in the charter; available: cro, lead",
    "handles: {cr: '@cro'}": "handles: cr: there is no role 'cr' in the charter; did you mean cro?",
    "sites: {partnrs: {}}": "sites: partnrs: there is no group 'partnrs' in the charter; it has no groups",
    "severity: {services.onbording.owner: order}": "there is no item 'onbording' in services; did you mean onboarding?",
    "severity: {'**.ownr': order}": "there is no item 'ownr' in **; did you mean owner?",
    "severity: {services.x*.owner: order}": "there is no item 'x*' in services; available: onboarding",
}


@pytest.mark.long
@pytest.mark.parametrize("option", WRONG)
def test_what_does_not_exist(repo: Repo, option: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """`check` reports an error with its place, and `report` fails."""
    repo.commit({"charter.yml": charter(), **config(option)}, date="2026-01-13")
    ((file, problem),) = setting_problems(repo.folder / "charter.yml")
    assert (Path(file).name, problem.line, problem.severity) == ("mkdocs.yml", 3, "error")
    assert WRONG[option] in problem.text
    with pytest.raises(SettingsError, match=r"^mkdocs\.yml:3:\d+: plugins: charterbook: "):
        report(repo.folder, "HEAD", "HEAD")
    monkeypatch.chdir(repo.folder)
    result = call("check")
    assert (result.exit_code, WRONG[option] in result.stdout) == (1, True)


def test_what_was_removed_may_be_named(repo: Repo) -> None:
    """An item of an earlier version, but no removed role."""
    other = {"id": "old-one", "name": "Old"}
    repo.commit(
        {
            "charter.yml": charter(
                services=[SERVICE, {**SERVICE, **other, "audiences": []}], roles=[*ROLES, other]
            )
        },
        date="2025-11-13",
    )
    repo.commit(
        {"charter.yml": charter(), **config("owners: {services.old-one.**: old-one}")}, date="2026-02-13"
    )
    ((_, problem),) = setting_problems(repo.folder / "charter.yml")
    assert "no role 'old-one'" in problem.text


def test_what_was_renamed_is_a_warning(tmp_path: Path) -> None:
    """The pattern matches no future change."""
    files = {"charter.yml": charter(services=[{**SERVICE, "id": "ramp", "was": ["onboarding"]}])}
    for name, text in (files | config("owners: {services.onboarding.**: lead}")).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    ((_, problem),) = setting_problems(tmp_path / "charter.yml")
    assert (problem.severity, problem.text.endswith("'onboarding' is now called 'ramp'")) == (
        "warning",
        True,
    )


def test_without_history_an_unknown_item_is_a_warning(tmp_path: Path) -> None:
    """It may have been removed."""
    for name, text in {"charter.yml": charter(), **config("owners: {services.gone: lead}")}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert [one.severity for _, one in setting_problems(tmp_path / "charter.yml")] == ["warning"]


def test_without_a_list_of_roles_a_strange_name_is_a_warning() -> None:
    """Names in plain words are compared with those in the charter; an account may have a role from settings."""
    found = load(charter(roles=[]).encode()).charter
    assert found is not None
    known = Settings(owners=(("mission", ("lead", "leed")),), handles=(("leed", ("a",)), ("led", ("b",))))
    unknown = unknown_names(known, [found], lambda: None)
    assert [(one.keys, one.level) for one in unknown] == [
        (("owners", "mission"), "warning"),
        (("handles", "led"), "warning"),
    ]


_STEPS = st.sampled_from(
    ["services", "onboarding", "owner", "*", "**", "service_levels", "within", "mission", "xyz"]
)
_OTHER = SERVICE | {"owner": "cro", "service_levels": [{"request": "within", "within": 3}]}


@pytest.mark.long
@tuned(max_examples=examples(75), deadline=None)
@given(st.lists(_STEPS, min_size=1, max_size=5))
@example(["**", "within"])
def test_a_refused_pattern_fits_no_change(steps: list[str]) -> None:
    """For any two charters."""
    old, new = (
        load(charter(**parts).encode()).charter
        for parts in ({}, {"services": [_OTHER], "mission": {"statement": "y"}})
    )
    assert old is not None
    assert new is not None
    pattern = ".".join(steps)
    if any(fits(pattern, change.path) for change in [*diff(old, new), *diff(new, old)]):
        assert pattern_fault(pattern) is None
        assert pattern_fault(pattern, [old, new]) is None
