from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from charterbook import git
from charterbook.errors import GitError
from tests.histories import Repo


def fake_git(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a program called git first on the PATH."""
    program = folder / "bin" / "git"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")


def test_run(repo: Repo) -> None:
    """The output of git is returned as bytes."""
    commit = repo.commit({"a.txt": "A"})
    assert git.run(repo.folder, "rev-parse", "HEAD") == f"{commit}\n".encode()


def test_failure_keeps_gits_own_words(repo: Repo) -> None:
    """An error names the command, and has git's message."""
    with pytest.raises(GitError, match="git cat-file: fatal: Not a valid object name nothing"):
        git.run(repo.folder, "cat-file", "-t", "nothing")


def test_an_accepted_exit_code_is_no_failure(repo: Repo) -> None:
    """Some commands report results by exit code."""
    assert git.run(repo.folder, "rev-parse", "--quiet", "--verify", "HEAD", accept=(0, 1)) == b""


def test_exit_codes_as_booleans(repo: Repo) -> None:
    """Exit codes 0 and 1 are results; anything else is an error."""
    first = repo.commit({"a.txt": "A"})
    second = repo.commit({"a.txt": "B"})
    assert git.succeeds(repo.folder, "merge-base", "--is-ancestor", first, second)
    assert not git.succeeds(repo.folder, "merge-base", "--is-ancestor", second, first)
    with pytest.raises(GitError, match="git merge-base: fatal: Not a valid"):
        git.succeeds(repo.folder, "merge-base", "--is-ancestor", "nothing", first)


def test_outside_a_repository(tmp_path: Path) -> None:
    """A folder outside any repository is a separate error."""
    with pytest.raises(git.NoRepositoryError, match="not a git repository"):
        git.run(tmp_path, "rev-parse", "--show-toplevel")


@pytest.mark.parametrize("filter_", ["blob:none", "tree:0"])
def test_what_a_partial_clone_lacks(repo: Repo, tmp_path: Path, filter_: str) -> None:
    """Git says that it is missing, as for a file that a commit does not have: versions of git differ."""
    first = repo.commit({"a.txt": "A"})
    second = repo.commit({"a.txt": "B"})
    repo.git("config", "uploadpack.allowFilter", "true")
    blob, other = repo.git("rev-parse", f"{first}:a.txt"), "0" * 40
    clone = repo.clone(tmp_path / "clone", f"--filter={filter_}").folder
    for name in (blob, f"{first}:a.txt"):
        with git.ObjectReader(clone) as objects, pytest.raises(GitError, match="This is a partial clone"):
            objects.read(name)
    with pytest.raises(GitError, match="This is a partial clone"):
        git.run(clone, "diff-tree", "-r", "-p", first, second)
    with git.ObjectReader(clone) as objects:
        assert objects.read(f"{second}:b.txt") is objects.read("refs/heads/b") is None
        assert objects.read(f"{second}:a.txt") is not None
    with git.ObjectReader(repo.folder) as objects:
        assert objects.read(other) is objects.read(f"{second}:b.txt") is None


def test_a_worktree_whose_repository_is_gone_is_a_failure(tmp_path: Path) -> None:
    """A broken link to a repository is not taken for no repository."""
    (tmp_path / ".git").write_text("gitdir: /nowhere/at/all\n")
    with pytest.raises(GitError, match="not a git repository: ") as caught:
        git.run(tmp_path, "rev-parse", "--show-toplevel")
    assert not isinstance(caught.value, git.NoRepositoryError)


def test_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If git is not installed, that is what the error says."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(git.NoRepositoryError, match="Git is not installed"):
        git.run(tmp_path, "version")


def test_dubious_ownership(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A repository of another user: the error gives the command that repairs it."""
    words = (
        "fatal: detected dubious ownership in repository at '/srv/team book'\n"
        "To add an exception for this directory, call:\n\n"
        "\tgit config --global --add safe.directory '/srv/team book'"
    )
    fake_git(tmp_path, monkeypatch, f'cat >&2 <<"END"\n{words}\nEND\nexit 128')
    with pytest.raises(GitError) as caught:
        git.run(tmp_path, "rev-parse", "--show-toplevel")
    assert str(caught.value) == (
        "Git does not read this repository, because it belongs to another user. If you trust it, run: "
        "git config --global --add safe.directory '/srv/team book'\n"
        "(git: fatal: detected dubious ownership in repository at '/srv/team book')"
    )


@pytest.mark.parametrize(
    ("words", "first"),
    [
        (
            "usage: git diff-tree [--stdin] [-m]\n   -r  diff recursively",
            "usage: git diff-tree [--stdin] [-m]",
        ),
        ("error: unknown option `no-relative'\nusage: git …", "error: unknown option `no-relative'"),
        ("fatal: unrecognized argument: --diff-merges=x", "fatal: unrecognized argument: --diff-merges=x"),
        ("fatal: unknown value for --diff-merges: x", "fatal: unknown value for --diff-merges: x"),
    ],
)
def test_an_old_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, first: str) -> None:
    """It does not know an option: the error says which version does."""
    fake_git(tmp_path, monkeypatch, f'cat >&2 <<"END"\n{words}\nEND\nexit 129')
    with pytest.raises(GitError) as caught:
        git.run(tmp_path, "diff-tree", "--stdin")
    assert str(caught.value) == (
        f"This git is too old: version 2.31 or newer is needed.\n(git diff-tree: {first})"
    )


@pytest.mark.parametrize(
    ("name", "value"), [("extensions.future", "1"), ("core.repositoryFormatVersion", "9")]
)
def test_a_repository_for_a_newer_git(repo: Repo, name: str, value: str) -> None:
    """As one with a format of refs that this git does not know: the error does not call it damaged."""
    repo.git("config", name, value)
    if name.startswith("extensions"):
        repo.git("config", "core.repositoryFormatVersion", "1")
    with pytest.raises(GitError, match=r"newer version of git .*\n\(git rev-parse: fatal: .+\)$"):
        git.run(repo.folder, "rev-parse", "HEAD")


def test_a_repositorys_settings_run_nothing(repo: Repo, tmp_path: Path) -> None:
    """Settings and attributes of a hostile repository start no program."""
    trap, caught = tmp_path / "trap", tmp_path / "caught"
    trap.write_text(f"#!/bin/sh\necho $0 >> {caught}\n")
    trap.chmod(0o755)
    first = repo.commit({"charter.yml": "a: 1\n", ".gitattributes": "* diff=trap filter=trap\n"})
    for key in (
        "core.pager", "core.fsmonitor", "core.sshCommand", "core.editor", "diff.external", "diff.trap.textconv",
        "diff.trap.command", "filter.trap.smudge", "filter.trap.clean", "gpg.program", "core.alternateRefsCommand",
        "pager.log", "pager.diff-tree", "credential.helper",
    ):  # fmt: skip
        repo.git("config", key, str(trap))
    repo.git("config", "log.showSignature", "true")
    repo.write({".git/hooks/post-index-change": trap.read_text()})
    (repo.folder / ".git/hooks/post-index-change").chmod(0o755)
    git.run(repo.folder, "log", "--raw", "-p", "--no-ext-diff", "--no-textconv", first)
    git.run(repo.folder, "diff-index", "--cached", "-M", first)
    assert not caught.exists()


def test_a_hooks_variables_are_dropped(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hook's GIT_DIR names its own repository, not the requested one."""
    commit = repo.commit({"a.txt": "A"})
    Repo(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other" / ".git"))
    assert git.run(repo.folder, "rev-parse", "HEAD").decode().strip() == commit


def test_objects(repo: Repo) -> None:
    """Objects are read by id or by path, with any content; missing ones are None."""
    content = b"one\x00two\nthree missing\n"
    commit = repo.commit({"a file.txt": content, "empty": b""})
    with git.ObjectReader(repo.folder) as objects:
        found = objects.read(f"{commit}:a file.txt")
        assert found is not None
        assert (found.kind, found.content) == ("blob", content)
        assert objects.read(found.id) == found
        names = [f"{commit}:empty", "0" * 40, f"{commit}:no such file", f"{commit}:a\nb", commit]
        assert [object_ and object_.kind for object_ in objects.read_all(names)] == [
            "blob",
            None,
            None,
            None,
            "commit",
        ]


def test_many_objects_with_long_names(repo: Repo) -> None:
    """Neither long requests nor large answers block the pipes."""
    commit = repo.commit({"large": b"x" * 300_000})
    names = [f"{commit}:large", f"{commit}:{'long/' * 700}"] * 150
    with git.ObjectReader(repo.folder) as objects:
        sizes = [object_ and len(object_.content) for object_ in objects.read_all(names)]
    assert sizes == [300_000, None] * 150


def test_objects_that_git_cannot_read(tmp_path: Path) -> None:
    """An early exit of git is an error with its message."""
    with git.ObjectReader(tmp_path) as objects, pytest.raises(GitError, match="not a git repository"):
        objects.read("HEAD")
