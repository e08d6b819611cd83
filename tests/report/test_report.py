"""The effect of a proposed change: its base, the people concerned, and new problems."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from charterbook.errors import CharterbookError
from charterbook.export.report_text import render
from charterbook.report import ConsultedRole, Report, report
from tests.charters import minimal_charter
from tests.histories import Repo

ROLES = [
    {"id": "lead", "name": "Lead"},
    {"id": "cro", "name": "CRO"},
    {"id": "curator", "name": "Curator", "vacant_since": datetime.date(2026, 7, 1), "backup": "lead"},
]

SERVICE = {
    "id": "training",
    "name": "Training",
    "summary": "Lessons.",
    "audiences": ["sellers"],
    "owner": "curator",
    "service_levels": [{"request": "A lesson", "within": 3}],
}

REVIEW = {"sign_offs": [{"role": "cro", "decision": "approved", "date": datetime.date(2026, 1, 10)}]}


def charter(level: int = 3, **changes: Any) -> str:
    """A charter with one service that answers within this many days."""
    levels = [{"request": "A lesson", "within": level}]
    parts: dict[str, Any] = {
        "services": [SERVICE | {"service_levels": levels}],
        "audiences": [{"id": "sellers", "name": "Sellers", "kind": "sales"}],
        "funding": {
            "owner": "lead",
            "sources": [{"id": "own", "name": "Own", "funder": "Sales", "share": 100}],
        },
        "roles": ROLES,
        "review": REVIEW,
    }
    return minimal_charter(**(parts | changes))


@pytest.fixture
def book(repo: Repo) -> Repo:
    """A charter on main, a branch that relaxes a promise, and a later change on main."""
    repo.commit({"charter.yml": charter()}, date="2026-01-13")
    repo.branch("proposal")
    repo.commit({"charter.yml": charter(5)}, date="2026-02-01")
    repo.switch("main")
    repo.commit({"charter.yml": charter(title="Another title")}, date="2026-02-02")
    repo.switch("proposal")
    return repo


def sentences(found: Report) -> list[str]:
    """The sentences of the changes."""
    assert found.comparison is not None
    return [statement.sentence for statement in found.comparison.statements]


def roles(asked: list[ConsultedRole]) -> list[tuple[str, str | None, int]]:
    """The consulted roles, the roles that they replace, and their number of changes."""
    return [(role.label, role.stands_in_for, len(role.statements)) for role in asked]


def test_only_changes_of_the_branch_are_reported(book: Repo) -> None:
    """Later changes on main are not included."""
    found = report(book.folder, "main", "proposal")
    assert sentences(found) == ["Training: “A lesson” now takes up to 5 working days, was 3 (weaker)"]
    assert found.names == ("main", "proposal")


PARTNERS = {"id": "partners", "name": "Partners"}


def outdated(book: Repo, main: str, proposal: str) -> Report:
    """The report on a proposal whose base has another charter by now."""
    book.switch("main")
    book.commit({"charter.yml": charter()}, date="2026-03-01")
    book.branch("later")
    book.commit({"charter.yml": proposal}, date="2026-03-02")
    book.switch("main")
    book.commit({"charter.yml": main}, date="2026-03-03")
    return report(book.folder, "main", "later")


def test_audiences_after_the_merge_are_affected(book: Repo) -> None:
    """Also one that the base has added since, and none that it has removed."""
    people = [{"id": "sellers", "name": "Sellers", "kind": "sales"}, PARTNERS]
    both = [SERVICE | {"audiences": ["sellers", "partners"]}]
    found = outdated(book, charter(services=both, audiences=people), charter(5))
    assert sentences(found) == ["Training: “A lesson” now takes up to 5 working days, was 3 (weaker)"]
    assert [one.id for one in found.touched] == ["sellers", "partners"]
    assert "main has changed since this proposal began" in render(found, "text")


def test_a_merge_with_conflicts_is_not_reported(book: Repo) -> None:
    """The report says so, and compares what the proposal began with."""
    found = outdated(book, charter(2), charter(5))
    began = book.git("merge-base", "main", "later")[:8]
    assert found.names == (f"main ({began})", "later")
    assert sentences(found) == ["Training: “A lesson” now takes up to 5 working days, was 3 (weaker)"]
    assert f"the changes conflict: the comparison is with main ({began})." in " ".join(
        render(found, "text").split()
    )
    assert '"merged": false' in render(found, "json")


def test_an_invalid_merge_is_named(book: Repo) -> None:
    """If the base removed what the proposal refers to."""
    people = [{"id": "sellers", "name": "Sellers", "kind": "sales"}, PARTNERS]
    book.switch("main")
    book.commit({"charter.yml": charter(audiences=people)}, date="2026-03-01")
    book.branch("later")
    both = [SERVICE | {"audiences": ["sellers", "partners"]}]
    book.commit({"charter.yml": charter(services=both, audiences=people)}, date="2026-03-02")
    book.switch("main")
    book.commit({"charter.yml": charter()}, date="2026-03-03")
    found = report(book.folder, "main", "later")
    assert found.outdated is not None
    assert found.outdated.problem is not None
    assert "would be invalid after the merge: " in " ".join(render(found, "text").split())


def test_without_head_it_is_the_draft(book: Repo) -> None:
    """The working tree, committed or not."""
    book.write({"charter.yml": charter(7)})
    assert "7 working days" in sentences(report(book.folder, "main"))[0]


def test_files_have_no_merge_base(book: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are compared directly."""
    monkeypatch.chdir(book.folder)
    book.write({"mine.yml": charter(), "yours.yml": charter(4)})
    assert len(sentences(report(Path(), "mine.yml", "yours.yml"))) == 1


def test_an_unrelated_branch_is_reported(book: Repo) -> None:
    """As in a shallow clone: a comparison with something else would be wrong."""
    book.git("checkout", "--quiet", "--orphan", "alone")
    book.commit({"charter.yml": charter(9)}, date="2026-03-01")
    with pytest.raises(CharterbookError, match=r"no common history.*--unshallow"):
        report(book.folder, "main", "alone")


def test_a_shallow_clone_is_named(book: Repo, tmp_path: Path) -> None:
    """If a commit is missing because of it."""
    clone = tmp_path / "shallow"
    book.git("clone", "--quiet", "--depth=1", book.folder.as_uri(), str(clone))
    with pytest.raises(CharterbookError, match=r"HEAD\^: no version.*shallow.*--unshallow"):
        report(clone, "HEAD^", "HEAD")


def test_reviewers_and_signers(book: Repo) -> None:
    """A vacant role's backup reviews, former signers must agree, and the affected audience is named."""
    found = report(book.folder, "main", "proposal")
    assert roles(list(found.reviewers)) == [("Lead", "Curator", 1)]
    assert roles(list(found.signers)) == [("CRO", None, 1)]
    assert [(audience.label, len(audience.statements)) for audience in found.touched] == [("Sellers", 1)]
    assert found.unowned == []


def test_settings_name_owners_and_accounts(book: Repo) -> None:
    """They take precedence over the charter."""
    book.write(
        {
            "mkdocs.yml": "plugins:\n  - charterbook:\n      owners: {services.**: cro}\n"
            "      signers: {services.training.**: [lead, cro]}\n      handles: {cro: '@our/cro', lead: [ann, bo]}\n"
        }
    )
    found = report(book.folder, "main", "proposal")
    assert [(role.label, role.handles) for role in found.reviewers] == [("CRO", ("@our/cro",))]
    assert [(role.label, role.handles) for role in found.signers] == [
        ("Lead", ("ann", "bo")),
        ("CRO", ("@our/cro",)),
    ]


def test_changes_without_an_owner(book: Repo) -> None:
    """They are reported unless they are only wording."""
    book.commit({"charter.yml": charter(title="New title", mission={"statement": "We train everybody."})})
    found = report(book.folder, "main", "proposal")
    assert {statement.path for statement in found.unowned} == {("title",), ("mission", "statement")}


def test_only_added_problems_count(book: Repo) -> None:
    """Existing problems do not count, even on another line."""
    todo = {"statement": "TODO"}
    book.switch("main")
    book.commit({"charter.yml": charter(mission=todo)})
    book.branch("worse")
    book.commit({"charter.yml": "# A comment\n" + charter(mission=todo, audiences=[*AUDIENCES, LONELY])})
    found = report(book.folder, "main", "worse")
    assert found.problems
    assert all("Lonely" in problem.text or "lonely" in problem.text for problem in found.problems)


@pytest.mark.long
def test_problems_found_by_history_rules(book: Repo) -> None:
    """An unsigned commitment and a reused id; each is reported for the change that adds it."""
    first = charter(services=[SERVICE, OTHER])
    for day, text in (("2026-02-03", first), ("2026-02-04", charter())):
        book.switch("main")
        book.commit({"charter.yml": text}, date=day)
    book.branch("reuse")
    book.commit({"charter.yml": charter(5, services=[SERVICE, OTHER | {"name": "New"}])}, date="2026-02-05")
    rules = {problem.rule for problem in report(book.folder, "main", "reuse").problems}
    assert {"id-reuse", "signed-changes"} <= rules
    book.switch("main")
    book.commit({"charter.yml": charter(5)}, date="2026-02-06")
    book.branch("next")
    book.commit({"charter.yml": charter(5, title="Next")}, date="2026-02-07")
    assert report(book.folder, "main", "next").problems == []


OTHER = {"id": "other", "name": "Other", "summary": "x", "audiences": ["sellers"]}
AUDIENCES = [{"id": "sellers", "name": "Sellers", "kind": "sales"}]
LONELY = {"id": "lonely", "name": "Lonely", "kind": "sales"}


def test_a_broken_charter_is_reported_by_its_problems(book: Repo) -> None:
    """Never as no change."""
    book.commit({"charter.yml": charter(language="xx")})
    found = report(book.folder, "main", "proposal")
    assert found.comparison is None
    assert [problem.severity for problem in found.problems] == ["error"]


def test_a_first_charter_is_reported_as_new(repo: Repo) -> None:
    """There is no comparison, and all named roles must agree."""
    repo.commit({"README.md": "x"}, date="2026-01-13")
    repo.branch("first")
    repo.commit({"charter.yml": charter()}, date="2026-01-14")
    found = report(repo.folder, "main", "first")
    assert (found.comparison, found.problems != []) == (None, True)
    assert found.contents is not None
    assert ("services", ("Training",)) in found.contents.items
    assert [(role.role, role.statements) for role in found.signers] == [("lead", ()), ("cro", ())]
    text = render(found, "markdown")
    assert "main has no charter yet, so everything in this one is new." in text
    assert "- CRO: the whole charter\n" in text
    assert "- Services (1): Training\n" in text


def test_a_repaired_charter_is_reported_as_new(repo: Repo) -> None:
    """With the error of the older charter."""
    repo.commit({"charter.yml": "title: ["}, date="2026-01-13")
    repo.branch("repair")
    repo.commit({"charter.yml": charter(language="ru")}, date="2026-01-14")
    found = report(repo.folder, "main", "repair")
    assert found.contents is not None
    assert "charter.yml:" in (found.contents.reason or "")
    assert "не читается" in render(found)


def test_the_setting_names_the_signers_of_a_first_charter(repo: Repo) -> None:
    """In addition to those responsible for the funding."""
    repo.commit({"README.md": "x"}, date="2026-01-13")
    repo.branch("first")
    repo.commit(
        {
            "charter.yml": charter(review=None),
            "mkdocs.yml": "plugins: [charterbook: {signers: {services: cro}}]",
        }
    )
    assert [role.role for role in report(repo.folder, "main", "first").signers] == ["cro", "lead"]


def test_without_git(tmp_path: Path) -> None:
    """Two files can always be compared."""
    for name, level in (("a.yml", 3), ("b.yml", 1)):
        (tmp_path / name).write_text(charter(level), encoding="utf-8")
    assert len(sentences(report(tmp_path, str(tmp_path / "a.yml"), str(tmp_path / "b.yml")))) == 1


def test_a_version_is_a_base_too(book: Repo) -> None:
    """The commit that it shows."""
    book.write({"mkdocs.yml": "plugins:\n  - charterbook:\n      branch: main\n"})
    assert len(sentences(report(book.folder, "2026-Q1", "proposal"))) == 1


def proposal(old: int, new: int) -> str:
    """A proposal to answer within this many days."""
    return (
        "charterbook: 1\nreason: We are fewer.\nchanges:\n"
        f"  - path: services.training.service_levels.A lesson.within\n    old: {old}\n    new: {new}\n"
    )


def test_proposals_of_a_branch_count_as_applied(repo: Repo) -> None:
    """Even if the charter itself is unchanged: merging the branch will apply them."""
    repo.commit({"charter.yml": charter(), "proposals/old.yml": proposal(7, 8)}, date="2026-01-13")
    repo.branch("proposal")
    repo.commit({"proposals/fewer.yml": proposal(3, 5), "proposals/notes.txt": "x"}, date="2026-02-01")
    found = report(repo.folder, "main", "HEAD")
    assert len(sentences(found)) == 1
    assert [role.role for role in found.signers] == ["cro"]
    assert found.refused == []
    assert sentences(report(repo.folder, "latest", "latest")) == []


@pytest.mark.parametrize(
    ("text", "rule"), [(proposal(4, 5), "old-value"), ("reason: x\n", "no-changes"), ("{", "yaml-syntax")]
)
def test_proposals_that_cannot_be_applied(repo: Repo, text: str, rule: str) -> None:
    """They are listed with file and reason; the rest of the branch is reported."""
    repo.commit({"charter.yml": charter()}, date="2026-01-13")
    repo.branch("proposal")
    repo.commit(
        {"charter.yml": charter(title="New"), "proposals/a.yml": text, "proposals/b.yml": proposal(3, 9)}
    )
    found = report(repo.folder, "main", "HEAD")
    assert len(sentences(found)) == 1
    assert {file for file, _ in found.refused} == {"proposals/a.yml"}
    assert rule in {problem.rule for _, problem in found.refused}
    said = render(found, "markdown")
    assert "### Proposals that cannot be applied\n\n- proposals/a.yml:" in said


def test_a_proposal_that_is_a_link_is_none(repo: Repo, tmp_path: Path) -> None:
    """Nothing outside the commit is read."""
    repo.commit({"charter.yml": charter()}, date="2026-01-13")
    repo.branch("proposal")
    (tmp_path / "secret.yml").write_text(proposal(3, 5), encoding="utf-8")
    (repo.folder / "proposals").mkdir()
    (repo.folder / "proposals" / "a.yml").symlink_to(tmp_path / "secret.yml")
    repo.commit({}, date="2026-02-01")
    assert sentences(report(repo.folder, "main", "HEAD")) == []


@pytest.mark.long
def test_proposals_for_another_charter(repo: Repo) -> None:
    """They are ignored."""
    repo.commit({"charter.yml": charter()}, date="2026-01-13")
    repo.branch("proposal")
    repo.commit({"proposals/a.yml": proposal(3, 5) + "charter: other/charter.yml\n"}, date="2026-02-01")
    found = report(repo.folder, "main", "HEAD")
    assert (sentences(found), found.refused) == ([], [])
