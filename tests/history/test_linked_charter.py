"""A charter behind symbolic links: its history has the file that its path led to in each commit."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charterbook.history.linked_charter import read_all_changes
from charterbook.history.resolve_charter import CharterResolver
from charterbook.history.version_tags import content_changes
from charterbook.repository import find_repository
from charterbook.settings import Settings
from tests.charters import minimal_charter
from tests.generated import examples
from tests.histories import Repo

#: Paths of charters, in two folders that links can name.
FILES = [f"{folder}/{name}.yml" for folder in ("a", "b") for name in ("x", "y")]
STEPS = st.one_of(
    st.tuples(st.just("edit"), st.sampled_from(FILES)),
    st.tuples(st.just("link"), st.sampled_from(FILES)),
    st.tuples(st.just("folder"), st.sampled_from(["a", "b"])),
    st.tuples(st.just("chain"), st.sampled_from(["x", "y"])),
    st.tuples(st.just("file"), st.just("")),
)


def _replace_by_link(path: Path, target: str) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to(target)


def _take(repo: Repo, step: str, value: str, count: int) -> None:
    """Change the working tree: `charter.yml` is a file, or leads to others, by itself or through a linked folder."""
    charter = repo.folder / "charter.yml"
    if step == "edit":
        repo.write({value: minimal_charter(title=f"Title {count}")})
    elif step == "link":
        _replace_by_link(charter, value)
    elif step == "folder":
        _replace_by_link(repo.folder / "now", value)
    elif step == "chain":
        _replace_by_link(charter, f"now/{value}.yml")
    else:
        charter.unlink()
        repo.write({"charter.yml": minimal_charter(title=f"Title {count}")})


@given(st.lists(STEPS, min_size=1, max_size=8))
@settings(max_examples=examples(6))
def test_the_history_is_what_the_path_led_to_in_each_commit(steps: list[tuple[str, str]]) -> None:
    """The oracle is the file on disk after each commit, with links at any place."""
    with tempfile.TemporaryDirectory() as folder:
        repo = Repo(Path(folder) / "repo")
        repo.write({path: minimal_charter(title=path) for path in FILES})
        _replace_by_link(repo.folder / "now", "a")
        seen = []
        for count, step in enumerate([("file", ""), *steps] if steps[0][0] != "file" else steps):
            if count == 0:
                repo.write({"charter.yml": minimal_charter(title="First")})
            else:
                _take(repo, *step, count)
            seen.append((repo.commit({}), (repo.folder / "charter.yml").read_text("utf-8")))
        expected = [next(same) for _, same in itertools.groupby(seen, key=lambda one: one[1])]
        assert _contents(repo) == expected


def _contents(repo: Repo) -> list[tuple[str, str]]:
    """Each commit that changed the charter, oldest first, with the whole file."""
    found = find_repository(repo.folder / "charter.yml")
    assert found.head is not None
    changes = content_changes(read_all_changes(found.folder, found.head, found.path, found.named))
    return [
        (change.commit, repo.git("cat-file", "blob", change.blob or "") + "\n")
        for change in reversed(changes)
    ]


@pytest.fixture
def book(repo: Repo) -> Repo:
    """A link that names the next file in a later commit than the one that adds it."""
    repo.commit({"a/x.yml": minimal_charter(title="One")}, date="2026-01-13")
    (repo.folder / "charter.yml").symlink_to("a/x.yml")
    repo.commit({}, "Link", date="2026-01-14")
    repo.commit({"a/y.yml": minimal_charter(title="Idea")}, date="2026-02-13")
    repo.commit({"a/y.yml": minimal_charter(title="Two")}, date="2026-03-13")
    _replace_by_link(repo.folder / "charter.yml", "a/y.yml")
    repo.commit({}, "Point to the next", date="2026-04-13")
    return repo


def _shown(repo: Repo, **options: Any) -> list[tuple[str, str]]:
    versions = repo.history(**options).versions
    return [(version.name, version.charter.title if version.charter else "") for version in versions]


def test_a_link_to_a_file_that_was_there_before(book: Repo) -> None:
    """Earlier contents of the file were never in force; contents of the link's earlier target were."""
    assert _shown(book) == [("2026-Q1", "One"), ("2026-Q2", "Two")]


def test_a_revision_before_the_link_changed(book: Repo) -> None:
    """A git revision has the charter to which the link led then."""
    found = CharterResolver(book.folder, Settings()).find("HEAD~1")
    assert found.charter.title == "One"


def test_a_link_that_is_changed_on_disk_is_a_draft(book: Repo) -> None:
    """A link that leads elsewhere on disk publishes nothing."""
    _replace_by_link(book.folder / "charter.yml", "a/x.yml")
    history = book.history()
    assert [version.name for version in history.versions] == ["2026-Q1", "2026-Q2"]
    assert history.draft is not None
    assert history.draft.charter.title == "One"


def test_a_file_in_the_place_of_a_link(book: Repo) -> None:
    """The text of the link itself is not a charter."""
    (book.folder / "charter.yml").unlink()
    book.commit({"charter.yml": minimal_charter(title="Three")}, date="2026-07-13")
    history = book.history()
    assert [version.name for version in history.versions] == ["2026-Q1", "2026-Q2", "2026-Q3"]
    assert history.warnings == ()


@pytest.mark.parametrize(
    "target", ["../outside.yml", "missing.yml", "charter.yml", "../x\ry", "x\nblob 1\n", "../x\nmissing\n"]
)
def test_a_link_that_once_led_nowhere(book: Repo, target: str) -> None:
    """A commit in which the link leads out of the repository, to nothing or to itself has no charter."""
    good = str((book.folder / "charter.yml").readlink())
    _replace_by_link(book.folder / "charter.yml", target)
    book.commit({}, "Break", date="2026-05-13")
    _replace_by_link(book.folder / "charter.yml", good)
    book.commit({}, "Mend", date="2026-05-14")
    book.commit({"a/y.yml": minimal_charter(title="Three")}, date="2026-07-13")
    assert _shown(book) == [("2026-Q1", "One"), ("2026-Q2", "Two"), ("2026-Q3", "Three")]


def test_a_link_whose_target_is_renamed(repo: Repo) -> None:
    """It leads nowhere from then on, and a warning says so."""
    repo.commit({"team/book.yml": minimal_charter(title="One")}, date="2026-01-13")
    (repo.folder / "charter.yml").symlink_to("team/book.yml")
    repo.commit({}, date="2026-01-14")
    commit = repo.commit(
        {"team/book.yml": None, "crew/book.yml": minimal_charter(title="One")}, date="2026-04-13"
    )
    (warning,) = repo.history().warnings
    assert warning.startswith(
        f"Commit {commit[:8]} renamed team/book.yml to crew/book.yml, so changes since "
    )
