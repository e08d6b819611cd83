"""The history as a group of readers sees it, and the published parts of commits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from charterbook.errors import CharterError, SettingsError
from charterbook.history import History, read_history
from charterbook.settings import Settings, SiteSettings
from tests.charters import minimal_charter
from tests.histories import Repo

GROUPS = [{"id": "partners"}, {"id": "internal", "sees": ["partners"]}]
MESSAGE = "Subject\n\nBody."


def item(**more: Any) -> dict[str, Any]:
    """A service that partners do not see."""
    return {"id": "secret", "name": "Secret", "summary": "Hidden.", "visible_to": ["internal"]} | more


def charter(summary: str, *hidden: dict[str, Any], **changes: Any) -> dict[str, str | bytes | None]:
    """The file of a charter with one visible service."""
    services = [{"id": "onboarding", "name": "Onboarding", "summary": summary}, *hidden]
    return {"charter.yml": minimal_charter(services=services, groups=GROUPS, **changes)}


def story(repo: Repo) -> None:
    """Four quarters; what changes in the second, and in one of two revisions of the third, is hidden."""
    repo.commit(charter("One", item()), MESSAGE, "2026-01-10")
    repo.commit(charter("One", item(summary="Other.")), MESSAGE, "2026-04-10")
    repo.commit(charter("Three", item(summary="Other.")), MESSAGE, "2026-07-10")
    repo.commit(charter("Three"), MESSAGE, "2026-08-10")
    repo.commit(charter("Four"), MESSAGE, "2026-10-10")


def history(folder: Path, **changes: Any) -> History:
    """The history of the charter in a folder."""
    return read_history(folder, Settings(**changes))


def for_partners(folder: Path, **site: Any) -> History:
    """The history that partners see."""
    return read_history(folder, Settings(sites=(("partners", SiteSettings(**site)),)).of_group("partners"))


def revisions(found: History) -> list[tuple[str, str]]:
    """The versions and days of all revisions."""
    return [(one.version, str(one.date.date())) for version in found.versions for one in version.revisions]


def test_only_what_changes_for_the_group(tmp_path: Path) -> None:
    """Revisions, and versions with none, do not exist if nothing changes for it."""
    story(Repo(tmp_path))
    assert revisions(for_partners(tmp_path)) == [
        ("2026-Q1", "2026-01-10"),
        ("2026-Q3", "2026-07-10"),
        ("2026-Q4", "2026-10-10"),
    ]
    assert len(revisions(history(tmp_path))) == 5
    internal = read_history(tmp_path, Settings().of_group("internal"))
    assert len(revisions(internal)) == 5


def test_nothing_of_git(tmp_path: Path) -> None:
    """Neither ids nor paths nor branches, and words only as far as the settings allow."""
    repo = Repo(tmp_path)
    story(repo)
    found = for_partners(tmp_path)
    known = repo.git("rev-list", "--objects", "HEAD")
    for version in found.versions:
        for one in version.revisions:
            assert (one.message, one.author, one.short, one.path) == ("", "", "", "charter.yml")
            assert one.commit.strip("~")[:7] not in known
            assert one.blob not in known
    assert (found.branch, found.tip) == (None, None)
    shown = for_partners(tmp_path, commit_messages="subject", authors=True)
    assert {(one.message, one.author) for one in shown.versions[0].revisions} == {("Subject", "Ada")}


@pytest.mark.long
@pytest.mark.parametrize(
    ("message", "published", "expected"),
    [
        (MESSAGE, "full", MESSAGE),
        (MESSAGE, "subject", "Subject"),
        (MESSAGE, "none", ""),
        ("Merge pull request #7 from ada/secret\n\nTitle\n\nBody", "subject", "Title (#7)"),
    ],
)
def test_commit_messages_of_the_whole_handbook(
    tmp_path: Path, message: str, published: str, expected: str
) -> None:
    """Everything, the line that says why, or nothing; authors apart from that."""
    Repo(tmp_path).commit(charter("One"), message)
    (version,) = history(tmp_path, commit_messages=published).versions
    assert (version.revisions[0].message, version.revisions[0].author) == (expected, "Ada")
    (version,) = history(tmp_path, authors=False).versions
    assert version.revisions[0].author == ""


@pytest.mark.long
def test_only_the_last_revision(tmp_path: Path) -> None:
    """A value that was corrected within its version is nowhere."""
    story(Repo(tmp_path))
    found = history(tmp_path, revisions="last")
    assert [len(version.revisions) for version in found.versions] == [1, 1, 1, 1]
    assert [len(version.charters) for version in found.versions] == [1, 1, 1, 1]


def test_drafts(tmp_path: Path) -> None:
    """A draft exists for a group only if it changes visible parts."""
    repo = Repo(tmp_path)
    story(repo)
    repo.write(charter("Four", item(summary="New.")))
    assert for_partners(tmp_path).draft is None
    repo.write(charter("Five", item(summary="New.")))
    draft = for_partners(tmp_path).draft
    assert draft is not None
    assert [one.id for one in draft.charter.services] == ["onboarding"]
    assert b"New" not in draft.data


def test_a_draft_hides_in_all_versions_and_shows_in_none(tmp_path: Path) -> None:
    """A proposal cannot publish hidden parts, even if they were visible once."""
    repo = Repo(tmp_path)
    repo.commit(charter("One", item(visible_to=["partners"])), date="2026-01-10")
    repo.commit(charter("Two", item()), date="2026-04-10")
    shown = charter("Two", item(visible_to=["partners"]))
    repo.write(shown)
    assert [
        len(version.charter.services) for version in for_partners(tmp_path).published if version.charter
    ] == [1, 1]
    repo.commit(shown, date="2026-07-10")
    repo.write(charter("Two", item()))
    found = [len(version.charter.services) for version in for_partners(tmp_path).published if version.charter]
    assert found == [1, 1]


def test_pinned_versions(tmp_path: Path) -> None:
    """A tag pins the group's view of its commit, even if the commit changes nothing for the group."""
    repo = Repo(tmp_path)
    story(repo)
    repo.git("tag", "2026-Q2", "HEAD~3")
    found = for_partners(tmp_path)
    assert [version.name for version in found.published] == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
    assert found.versions[1].charter == found.versions[0].charter


def test_an_unreadable_charter(tmp_path: Path) -> None:
    """Old ones are left out; the newest one may hide something, so nothing is shown without it."""
    repo = Repo(tmp_path)
    repo.commit({"charter.yml": "title: Secret\n"}, date="2026-01-10")
    repo.commit(charter("One"), date="2026-04-10")
    assert revisions(for_partners(tmp_path)) == [("2026-Q2", "2026-04-10")]
    repo.commit({"charter.yml": "title: Secret\n"}, date="2026-07-10")
    with pytest.raises(CharterError, match="what it hides is unknown"):
        for_partners(tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("committed", [True, False])
def test_unknown_groups(tmp_path: Path, committed: bool) -> None:
    """With the nearest one; also without any group."""
    repo = Repo(tmp_path)
    (repo.commit if committed else repo.write)(charter("One"))
    with pytest.raises(SettingsError, match=r"no group of this id.*partners"):
        read_history(tmp_path, Settings().of_group("partner"))
    repo.write({"charter.yml": minimal_charter()})
    repo.commit({"charter.yml": minimal_charter()})
    with pytest.raises(SettingsError, match="it has no groups"):
        read_history(tmp_path, Settings().of_group("partners"))


def test_a_charter_without_history(tmp_path: Path) -> None:
    """The working tree alone is also filtered."""
    repo = Repo(tmp_path)
    repo.write(charter("One", item()))
    for settings in (
        Settings().of_group("partners"),
        replace(Settings().of_group("partners"), history=False),
    ):
        found = read_history(tmp_path, settings)
        (version,) = found.versions
        assert (found.group, found.tip, found.branch) == ("partners", None, None)
        assert version.charter is not None
        assert [one.id for one in version.charter.services] == ["onboarding"]
        assert b"Hidden" not in (version.data or b"")


def test_an_incomplete_clone_is_reported(tmp_path: Path) -> None:
    """To whoever builds the site of a group, as for the whole handbook."""
    repo = Repo(tmp_path / "repo")
    story(repo)
    clone = repo.clone(tmp_path / "clone", "--depth=2").folder
    assert for_partners(clone).warnings == history(clone).warnings
    assert "shallow" in for_partners(clone).warnings[0]
