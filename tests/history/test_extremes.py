from __future__ import annotations

import pytest

from charterbook.charter import Charter
from charterbook.history import Version
from charterbook.history.assign_versions import CHECKED, CHECKED_IN_ALL
from charterbook.load.fast_path import IncrementalLoader
from tests.charters import charter_file, minimal_charter
from tests.histories import Repo, shown


def test_impossible_times(repo: Repo) -> None:
    """A commit from the far future is not an error."""
    blob = repo.git("hash-object", "-w", "--stdin", stdin=minimal_charter().encode())
    tree = repo.git("mktree", stdin=f"100644 blob {blob}\tcharter.yml\n".encode())
    who = "A <a@example.com> 99999999999999 +0000"
    commit = f"tree {tree}\nauthor {who}\ncommitter {who}\n\nLater\n"
    repo.git(
        "update-ref",
        "refs/heads/main",
        repo.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=commit.encode()),
    )
    assert [version.name for version in repo.history().versions] == ["2999-Q4"]


@pytest.mark.parametrize("group", [None, "all"])
@pytest.mark.parametrize("committer", ["A <a@b> x +0000", "A a@b 1743940800 +0000", "", None])
def test_a_commit_without_a_valid_date(repo: Repo, committer: str | None, group: str | None) -> None:
    """It belongs to 1970, as in git, with a warning, unless its charter names its version."""
    groups = [{"id": "all"}]
    first = repo.commit(charter_file("One", groups=groups), date="2026-01-13")
    repo.write(charter_file("Two", groups=groups))
    for version in (None, "2026-Q2"):
        repo.write(charter_file("Two", groups=groups, version=version))
        repo.git("add", "--all")
        who = "" if committer is None else f"author A <a@b> 1 +0000\ncommitter {committer}\n"
        commit = f"tree {repo.git('write-tree')}\nparent {first}\n{who}\nTwo\n"
        options = ("hash-object", "-t", "commit", "-w", "--literally", "--stdin")
        id_ = repo.git(*options, stdin=commit.encode())
        repo.git("update-ref", "refs/heads/main", id_)
        history = repo.history(for_group=group)
        warning = f"Commit {id_[:8]} has no valid date, so it counts as a commit of 1970-Q1."
        assert {version.name for version in history.versions} == {"2026-Q1", version or "1970-Q1"}
        assert history.warnings == (() if version else (warning,))


@pytest.mark.long
def test_five_thousand_commits(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a long history, only the shown charters and a few more are parsed."""
    second, step = 1_483_228_800, 63_000
    repo.import_commits(
        (second + number * step, "charter.yml", minimal_charter(title=f"No {number}"))
        for number in range(5000)
    )
    read = []
    original = IncrementalLoader.read

    def noted(series: IncrementalLoader, data: bytes) -> Charter | None:
        read.append(data)
        return original(series, data)

    monkeypatch.setattr(IncrementalLoader, "read", noted)
    history = repo.history()
    assert len(read) <= 40 + CHECKED_IN_ALL
    assert len(history.versions) == 40
    assert sum(len(version.revisions) for version in history.versions) == 5000
    assert shown(history)[-1] == ("2026-Q4", "No 4999")


def test_a_version_is_a_value(repo: Repo) -> None:
    """Reading twice gives equal versions."""
    repo.commit(charter_file("One"), date="2026-01-13")
    assert repo.history() == repo.history()
    assert isinstance(repo.history().versions[0], Version)


def test_hostile_words(repo: Repo) -> None:
    """Messages and authors are stored as git has them."""
    message = "\x1b[31m<script>{{ x }}\u202e\n\n:100644 not a raw line\n\n\nEnd"
    repo.commit(charter_file("One"), message, date="2026-01-13", author="O'Brien \u202e {{ x }}")
    tree = repo.commit(charter_file("Two"), date="2026-01-13") + "^{tree}"
    nobody = " <> 1768305600 +0000"
    commit = f"tree {repo.git('rev-parse', tree)}\nparent {repo.git('rev-parse', 'HEAD~1')}\n"
    commit += f"author{nobody}\ncommitter{nobody}\n\n"
    id_ = repo.git("hash-object", "-t", "commit", "-w", "--literally", "--stdin", stdin=commit.encode())
    repo.git("update-ref", "refs/heads/main", id_)
    first, second = repo.history().versions[0].revisions
    assert (first.message, first.author) == (message, "O'Brien \u202e {{ x }}")
    assert (second.author, second.message, second.subject) == ("", "", "")


def test_words_in_another_encoding(repo: Repo) -> None:
    """Invalid UTF-8 in an author's name or a message is shown with replacement characters."""
    repo.commit(charter_file("One"), date="2026-01-13")
    tree = repo.git("rev-parse", "HEAD^{tree}")
    who = b"B\xf6se <b@example.com> 1768305600 +0000"
    commit = b"tree " + tree.encode() + b"\nauthor " + who + b"\ncommitter " + who + b"\n\nSch\xf6n\n"
    repo.git(
        "update-ref",
        "refs/heads/main",
        repo.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=commit),
    )
    (revision,) = repo.history().versions[0].revisions
    assert (revision.author, revision.message) == (
        "B\N{REPLACEMENT CHARACTER}se",
        "Sch\N{REPLACEMENT CHARACTER}n",
    )


def test_the_number_of_charters_read_is_limited(repo: Repo) -> None:
    """Broken revisions are listed among the newest of a version; older ones are not read."""
    texts = [
        "title: [\n",
        *(minimal_charter(title=f"No {number}") for number in range(CHECKED - 1)),
        "title: {\n",
    ]
    repo.import_commits((1_768_305_600 + number, "charter.yml", text) for number, text in enumerate(texts))
    (version,) = repo.history().versions
    assert [bool(revision.problem) for revision in version.revisions] == [False] * CHECKED + [True]
