"""A repository that is damaged, locked or in the middle of something: the same answer, or git's reason in one line."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from charterbook.cli import main
from tests.charters import minimal_charter
from tests.histories import Repo, run_git


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A handbook with three versions on main, and a branch that conflicts with it."""
    found = Repo(tmp_path / "book")
    found.write({"mkdocs.yml": "site_name: X\n"})
    for number, day in enumerate(("2025-01-06", "2025-04-07", "2025-07-07")):
        found.commit({"charter.yml": minimal_charter(title=f"Charter {number}")}, "Change it", day)
    found.git("branch", "other", "HEAD~1")
    monkeypatch.chdir(found.folder)
    return found


def versions() -> Result:
    """The answer of `charterbook versions`."""
    return CliRunner().invoke(main, ["versions"])


def _git(*arguments: str) -> Callable[[Path], object]:
    return lambda folder: run_git(folder, *arguments)


def _write(name: str, text: str) -> Callable[[Path], object]:
    return lambda folder: (folder / ".git" / name).write_text(text)


def _rebase(folder: Path) -> None:
    run_git(folder, "switch", "--quiet", "other")
    (folder / "charter.yml").write_text(minimal_charter(title="Another"))
    run_git(
        folder,
        "-c",
        "user.name=A",
        "-c",
        "user.email=a@b.c",
        "commit",
        "--quiet",
        "--all",
        "--message",
        "Other",
    )
    done = subprocess.run(["git", "rebase", "main"], cwd=folder, capture_output=True, check=False)
    assert done.returncode
    run_git(folder, "checkout", "--quiet", "--ours", "charter.yml")


#: Faults that change nothing for readers of the history.
HARMLESS: dict[str, Callable[[Path], object]] = {
    "index lock": _write("index.lock", ""),
    "lock of a reference": _write("refs/heads/main.lock", ""),
    "garbage collected": _git("gc", "--quiet", "--prune=now"),
    "packed references": _git("pack-refs", "--all", "--prune"),
    "detached": _git("checkout", "--quiet", "--detach"),
    "bisect under way": _git("bisect", "start"),
    "merge under way": _write("MERGE_HEAD", "0" * 40 + "\n"),
    "reflogs gone": lambda folder: shutil.rmtree(folder / ".git" / "logs"),
    "hooks that fail": _write("hooks/post-checkout", "exit 1"),
}


@pytest.mark.long
@pytest.mark.parametrize("fault", HARMLESS)
def test_a_harmless_fault_changes_nothing(repo: Repo, fault: str) -> None:
    """Nothing is written to the repository, so a lock does not concern it."""
    before = versions()
    assert (before.exit_code, before.stderr) == (0, "")
    HARMLESS[fault](repo.folder)
    after = versions()
    assert (after.exit_code, after.stdout) == (0, before.stdout), after.stderr


def _remove_object(name: str) -> Callable[[Path], object]:
    def remove(folder: Path) -> None:
        digest = run_git(folder, "rev-parse", name).strip()
        (folder / ".git" / "objects" / digest[:2] / digest[2:]).unlink()

    return remove


def _spoil_object(name: str) -> Callable[[Path], object]:
    def spoil(folder: Path) -> None:
        digest = run_git(folder, "rev-parse", name).strip()
        path = folder / ".git" / "objects" / digest[:2] / digest[2:]
        path.chmod(0o600)
        path.write_bytes(b"spoilt")

    return spoil


#: Faults that damage a repository.
HARMFUL: dict[str, Callable[[Path], object]] = {
    **{
        f"missing {name}": _remove_object(name)
        for name in ("HEAD", "HEAD~1", "HEAD^{tree}", "HEAD~1:charter.yml")
    },
    **{
        f"spoilt {name}": _spoil_object(name)
        for name in ("HEAD", "HEAD~1", "HEAD^{tree}", "HEAD~1:charter.yml")
    },
    "index that is no index": _write("index", "x"),
    "no objects": lambda folder: shutil.rmtree(folder / ".git" / "objects"),
    "HEAD is empty": _write("HEAD", ""),
    "HEAD leads nowhere": _write("HEAD", "ref: refs/heads/none\n"),
    "branch of nothing": _write("refs/heads/main", "0" * 40 + "\n"),
    "branch of an unknown commit": _write("refs/heads/main", "1" * 40 + "\n"),
    "branch that is no commit": _write("refs/heads/main", "x"),
    "another branch that is no commit": _write("refs/heads/other", "x"),
    "packed references that are none": _write("packed-refs", "x\n"),
    "shallow file that is none": _write("shallow", "x\n"),
    "alternates that lead nowhere": _write("objects/info/alternates", "/none\n"),
    "settings that are none": _write("config", "[core\n"),
    "grafted history": _write("info/grafts", "x\n"),
    "rebase with a conflict": _rebase,
}


@pytest.mark.long
@pytest.mark.parametrize("fault", HARMFUL)
def test_a_harmful_fault_is_reported_or_changes_nothing(repo: Repo, fault: str) -> None:
    """Never a traceback, and never fewer versions without a word."""
    before = versions()
    HARMFUL[fault](repo.folder)
    after = versions()
    assert after.exception is None or isinstance(after.exception, SystemExit), fault
    assert after.exit_code in (0, 1, 2)
    assert "Traceback" not in after.output
    assert all(line.isprintable() for line in after.stderr.splitlines())
    if after.stdout != before.stdout:
        assert after.stderr or "working tree" in after.stdout or "draft" in after.stdout, after.stdout


def test_a_history_that_is_collected_while_it_is_read(repo: Repo) -> None:
    """`git gc` moves all objects to a pack meanwhile."""
    before, ended = versions().stdout, threading.Event()

    def collect() -> None:
        while not ended.is_set():
            run_git(repo.folder, "gc", "--quiet", "--prune=now")
            repo.git("commit", "--quiet", "--allow-empty", "--message", "Empty")

    collector = threading.Thread(target=collect)
    collector.start()
    try:
        assert [versions().stdout == before for _ in range(10)] == [True] * 10
    finally:
        ended.set()
        collector.join()
