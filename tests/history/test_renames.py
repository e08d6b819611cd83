from __future__ import annotations

from pathlib import Path

import pytest

from charterbook.history import read_history
from charterbook.settings import Settings
from tests.charters import minimal_charter
from tests.histories import Repo, shown

ONE, TWO, THREE = (minimal_charter(title=title) for title in ("One", "Two", "Three"))


def paths(repo: Repo, **settings: object) -> list[tuple[str, str]]:
    """Each revision's subject and the charter's path in it, oldest first."""
    versions = repo.history(**settings).versions
    return [(revision.subject, revision.path) for version in versions for revision in version.revisions]


def test_a_rename_alone(repo: Repo) -> None:
    """A rename is not a revision, and earlier revisions are found."""
    repo.commit({"book.yml": ONE}, "Begin", date="2026-01-13")
    repo.commit({"book.yml": None, "charter.yml": ONE}, "Rename", date="2026-04-13")
    repo.commit({"charter.yml": TWO}, "Edit", date="2026-07-13")
    assert paths(repo) == [("Begin", "book.yml"), ("Edit", "charter.yml")]


def test_a_move_into_a_folder_with_an_edit(repo: Repo) -> None:
    """Moved and edited in one commit: that commit is a revision, at the new path."""
    repo.commit({"charter.yml": ONE}, "Begin", date="2026-01-13")
    repo.commit({"charter.yml": None, "team/book/charter.yml": TWO}, "Move", date="2026-04-13")
    assert paths(repo, charter="team/book/charter.yml") == [
        ("Begin", "charter.yml"),
        ("Move", "team/book/charter.yml"),
    ]


def test_renamed_there_and_back(repo: Repo) -> None:
    """Several renames are followed, back to a name that it has again."""
    repo.commit({"charter.yml": ONE}, "Begin", date="2026-01-13")
    repo.commit({"charter.yml": None, "old.yml": TWO}, "There", date="2026-02-13")
    repo.commit({"old.yml": None, "charter.yml": THREE}, "Back", date="2026-03-13")
    assert paths(repo) == [("Begin", "charter.yml"), ("There", "old.yml"), ("Back", "charter.yml")]


def test_a_rename_on_a_merged_branch(repo: Repo) -> None:
    """The merge is where the rename landed."""
    repo.commit({"book.yml": ONE}, "Begin", date="2026-01-13")
    repo.branch("side")
    repo.commit({"book.yml": None, "charter.yml": ONE}, "Rename", date="2026-02-01")
    repo.commit({"charter.yml": TWO}, "Edit", date="2026-02-02")
    repo.switch("main")
    repo.commit({"docs/index.md": "Hello"}, "Docs", date="2026-02-03")
    repo.merge("side", "Merge", date="2026-04-13")
    repo.commit({"charter.yml": THREE}, "Edit again", date="2026-04-14")
    assert paths(repo) == [("Begin", "book.yml"), ("Merge", "charter.yml"), ("Edit again", "charter.yml")]


def test_a_charter_that_began_as_a_copy(repo: Repo) -> None:
    """The history of the copied file is not its own."""
    repo.commit({"examples/charter.yml": ONE}, "Example", date="2026-01-13")
    repo.commit({"charter.yml": ONE}, "Begin", date="2026-04-13")
    assert paths(repo) == [("Begin", "charter.yml")]


def test_deleted_and_made_again(repo: Repo) -> None:
    """A deletion is not a revision, and does not hide earlier ones."""
    repo.commit({"charter.yml": ONE}, "Begin", date="2026-01-13")
    repo.commit({"charter.yml": None, "docs/index.md": "Hello"}, "Delete", date="2026-02-13")
    repo.commit({"charter.yml": TWO}, "Again", date="2026-04-13")
    assert paths(repo) == [("Begin", "charter.yml"), ("Again", "charter.yml")]


def test_deleted_and_restored(repo: Repo) -> None:
    """The same content again is not a change of content."""
    repo.commit({"charter.yml": ONE}, "Begin", date="2026-01-13")
    repo.commit({"charter.yml": None, "docs/index.md": "Hello"}, "Delete", date="2026-02-13")
    repo.commit({"charter.yml": ONE}, "Restore", date="2026-04-13")
    assert paths(repo) == [("Begin", "charter.yml")]


def test_deleted_for_good(repo: Repo) -> None:
    """Published versions stay published."""
    repo.commit({"charter.yml": ONE}, date="2026-01-13")
    commit = repo.commit({"charter.yml": None, "docs/index.md": "Hello"}, date="2026-04-13")
    history = repo.history()
    assert shown(history) == [("2026-Q1", "One")]
    (warning,) = history.warnings
    assert (history.draft, history.doubts) == (None, ())
    assert warning.startswith(
        f"Commit {commit[:8]} removed charter.yml, so its last state is shown as in force. "
    )


@pytest.mark.parametrize("group", [None, "all"])
def test_deleted_in_the_working_tree(repo: Repo, group: str | None) -> None:
    """Also by a rename that is not committed: the author sees what is published, and is told why."""
    repo.commit({"charter.yml": minimal_charter(title="One", groups=[{"id": "all"}])}, date="2026-01-13")
    repo.git("mv", "charter.yml", "charter.yaml")
    history = repo.history(for_group=group)
    assert shown(history) == [("2026-Q1", "One")]
    (warning,) = history.warnings
    assert warning == (
        "charter.yml is missing in the working tree, so only its committed states are shown. "
        "Run `git restore charter.yml`, or set `charter` for charterbook in mkdocs.yml to its new path."
    )


@pytest.mark.parametrize("group", [None, "all"])
@pytest.mark.parametrize("name", ["Charter.yml", "team/charter.yml", "Ünï\n.yml"])
def test_a_rename_that_the_settings_do_not_follow(repo: Repo, name: str, group: str | None) -> None:
    """What was published stays published, with a warning, since later changes are not shown."""
    text = minimal_charter(title="One", groups=[{"id": "all"}])
    repo.commit({"charter.yml": text}, date="2026-01-13")
    commit = repo.commit({"charter.yml": None, name: f"{text}# Moved\n"}, date="2026-04-13")
    repo.commit({name: TWO}, date="2026-07-13")
    history = repo.history(for_group=group)
    assert shown(history) == [("2026-Q1", "One")]
    (warning,) = history.warnings
    assert warning == (
        f"Commit {commit[:8]} renamed charter.yml to {name.replace(chr(10), ' ')}, so changes since then are not shown. "
        "Set `charter` for charterbook in mkdocs.yml to the new path."
    )


def test_a_rename_that_is_not_committed(repo: Repo) -> None:
    """A staged rename keeps its history; an unchanged charter is not a draft."""
    repo.commit({"book.yml": ONE}, date="2026-01-13")
    repo.git("mv", "book.yml", "charter.yml")
    history = repo.history()
    assert shown(history) == [("2026-Q1", "One")]
    assert history.draft is None


def test_a_rename_on_a_branch_that_is_not_merged(repo: Repo) -> None:
    """A pull request that renames and edits the charter is a draft against the published history."""
    repo.commit({"book.yml": ONE}, date="2026-01-13")
    repo.branch("idea")
    repo.commit({"book.yml": None, "charter.yml": TWO}, date="2026-02-13")
    history = repo.history(branch="main")
    assert shown(history) == [("2026-Q1", "One")]
    assert history.draft is not None
    assert history.draft.charter.title == "Two"


def test_a_folder_that_once_had_the_charters_name(repo: Repo) -> None:
    """Files in a folder of that name are not the charter."""
    repo.commit({"charter.yml/notes.txt": "Hello"}, "Folder", date="2026-01-13")
    repo.git("rm", "-r", "--quiet", "charter.yml")
    repo.commit({"charter.yml": ONE}, "Begin", date="2026-04-13")
    assert paths(repo) == [("Begin", "charter.yml")]


@pytest.mark.parametrize(
    "name",
    ["-x.yml", "a b.yml", "Ünï «1».yml", "q'\"$(id).yml", ":(top)x.yml", ":!x.yml", "--all", "[ab].yml"],
)
def test_odd_file_names(repo: Repo, name: str) -> None:
    """A charter file can have any name, before and after a rename."""
    repo.commit({name: ONE, "a.yml": "decoy"}, "Begin", date="2026-01-13")
    assert paths(repo, charter=name) == [("Begin", name)]
    repo.commit({name: None, "charter.yml": ONE}, "Rename", date="2026-02-13")
    assert paths(repo) == [("Begin", name)]


def test_a_former_name_that_is_no_text(repo: Repo) -> None:
    """A former path that is no UTF-8 is followed, and shown with replacement characters."""
    Path(bytes(repo.folder).decode() + "/b\udcff.yml").write_text(ONE)
    repo.commit({}, "Begin", date="2026-01-13")
    repo.git("mv", "b\udcff.yml", "charter.yml")
    repo.commit({"charter.yml": TWO}, "Rename", date="2026-04-13")
    assert paths(repo) == [("Begin", "b\N{REPLACEMENT CHARACTER}.yml"), ("Rename", "charter.yml")]


def test_a_charter_in_a_folder_of_a_larger_repository(repo: Repo) -> None:
    """The handbook's folder can be anywhere in a repository; paths are relative to its root."""
    repo.commit({"README.md": "All", "teams/sales book/charter.yml": ONE}, "Begin", date="2026-01-13")
    repo.commit({"charter.yml": "not this one"}, "Other", date="2026-04-13")
    history = read_history(repo.folder / "teams" / "sales book", Settings())
    assert shown(history) == [("2026-Q1", "One")]
    assert [revision.path for revision in history.versions[0].revisions] == ["teams/sales book/charter.yml"]


def test_a_charter_above_the_handbook(repo: Repo) -> None:
    """The setting can lead out of the handbook's folder."""
    repo.commit({"charter.yml": ONE, "book/mkdocs.yml": ""}, date="2026-01-13")
    history = read_history(repo.folder / "book", Settings(charter="../charter.yml"))
    assert shown(history) == [("2026-Q1", "One")]


def test_settings_of_the_repository_change_nothing(repo: Repo) -> None:
    """Settings about logs, diffs and colours do not matter."""
    repo.commit({"book.yml": ONE}, "Begin", date="2026-01-13", author="Ада")
    repo.commit({"book.yml": None, "team/charter.yml": TWO}, "Move", date="2026-04-13")
    for setting in (
        "log.follow=true", "log.showSignature=true", "log.diffMerges=combined", "log.decorate=full", "color.ui=always",
        "diff.renames=copies", "diff.relative=true", "diff.noprefix=true", "diff.orderFile=/nowhere", "core.abbrev=4",
        "diff.renameLimit=1", "core.quotePath=true", "format.pretty=raw", "i18n.logOutputEncoding=KOI8-R",
    ):  # fmt: skip
        repo.git("config", *setting.split("=", 1))
    history = read_history(repo.folder / "team", Settings())
    assert shown(history) == [("2026-Q1", "One"), ("2026-Q2", "Two")]
    assert history.versions[0].revisions[0].author == "Ада"


def test_replaced_commits(repo: Repo) -> None:
    """The history is the commits: `git replace` does not change published content."""
    first = repo.commit({"charter.yml": ONE}, "Begin", date="2026-01-13")
    second = repo.commit({"charter.yml": TWO}, "Edit", date="2026-04-13")
    repo.git("replace", second, first)
    assert shown(repo.history()) == [("2026-Q1", "One"), ("2026-Q2", "Two")]


def test_a_link_to_the_charter(repo: Repo) -> None:
    """If the charter is a symbolic link, the file that it leads to has the history."""
    repo.commit({"book/team.yml": ONE}, "Begin", date="2026-01-13")
    (repo.folder / "charter.yml").symlink_to("book/team.yml")
    repo.commit({}, "Link", date="2026-04-13")
    repo.commit({"book/team.yml": TWO}, "Edit", date="2026-07-13")
    assert paths(repo) == [("Begin", "book/team.yml"), ("Edit", "book/team.yml")]


def test_a_link_in_the_place_of_the_charter_leads_to_its_past(repo: Repo) -> None:
    """Also if it led to another file before."""
    repo.commit({"team/charter.yml": minimal_charter(title="One")}, date="2026-01-13")
    link = repo.folder / "team/charter.yml"
    for target, title, date in (
        ("../shared/a.yml", "Two", "2026-04-13"),
        ("../shared/b.yml", "Three", "2026-07-13"),
    ):
        link.unlink()
        link.symlink_to(target)
        name = target.removeprefix("../")
        repo.commit({name: minimal_charter(title=title), "other.yml": title}, date=date)
    found = repo.history(charter="team/charter.yml")
    assert [version.name for version in found.versions] == ["2026-Q1", "2026-Q2", "2026-Q3"]
    assert [version.revisions[0].path for version in found.versions] == [
        "team/charter.yml",
        "shared/a.yml",
        "shared/b.yml",
    ]
    assert found.warnings == ()
