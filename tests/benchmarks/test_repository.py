import datetime
from pathlib import Path

from benchmarks.repository import Commit, commits_of, write_repository
from benchmarks.runner import run

FIRST = Commit(
    datetime.date(2026, 2, 15), "Write it", {"charter.yml": "schema: 1\n", "docs/index.md": "# É\n"}
)
SECOND = Commit(datetime.date(2026, 5, 15), "Change it", {"charter.yml": "schema: 2\n"})


def test_commits_are_the_same_in_every_run(tmp_path: Path) -> None:
    """Commits are the same in every run."""
    for name in ("one", "two"):
        write_repository(tmp_path / name, [FIRST], SECOND)
    assert commits_of(tmp_path / "one") == commits_of(tmp_path / "two")
    assert len(commits_of(tmp_path / "one")) == 2


def test_the_upcoming_commit_is_on_no_branch_and_not_checked_out(tmp_path: Path) -> None:
    """The upcoming commit is on no branch and not checked out."""
    write_repository(tmp_path / "repo", [FIRST], SECOND)
    assert run(["git", "branch", "--format=%(refname)"], tmp_path / "repo") == "refs/heads/main\n"
    assert (
        run(["git", "log", "--format=%cI %s", "main"], tmp_path / "repo")
        == "2026-02-15T12:00:00+00:00 Write it\n"
    )
    assert (tmp_path / "repo/docs/index.md").read_text(encoding="utf-8") == "# É\n"
    assert run(["git", "status", "--short"], tmp_path / "repo") == ""
