from __future__ import annotations

from pathlib import Path

import pytest

from tests.charters import charter_file, minimal_charter
from tests.histories import Repo, shown, subjects


@pytest.fixture
def quarter(repo: Repo) -> Repo:
    """Three revisions in the first quarter and one in the second."""
    for title in ("One", "Two", "Three"):
        repo.commit(charter_file(title), title, date="2026-01-13")
    repo.commit(charter_file("Four"), "Four", date="2026-04-13")
    return repo


@pytest.mark.parametrize("annotated", [True, False])
def test_a_tag_pins_an_older_commit(quarter: Repo, annotated: bool) -> None:
    """The version shows the charter at the tag; later revisions of the period remain in its list."""
    quarter.tag("2026-Q1", "HEAD~2", annotated=annotated)
    history = quarter.history()
    assert shown(history) == [("2026-Q1", "Two"), ("2026-Q2", "Four")]
    assert subjects(history, "2026-Q1") == ["One", "Two", "Three"]
    assert [version.pinned for version in history.versions] == ["2026-Q1", None]


def test_a_clone_that_fetches_no_tags(quarter: Repo, tmp_path: Path) -> None:
    """A warning says how to get them; afterwards there is none, and there is none for a clone without tags to fetch."""
    plain = quarter.clone(tmp_path / "plain")
    assert plain.history().warnings == ()
    quarter.tag("2026-Q1", "HEAD~2")
    clone = quarter.clone(tmp_path / "clone", "--no-tags")
    (warning,) = clone.history().warnings
    assert "`git config --unset remote.origin.tagOpt && git fetch origin --tags`" in warning
    assert shown(clone.history())[0] == ("2026-Q1", "Three")
    clone.git("config", "--unset", "remote.origin.tagOpt")
    clone.git("fetch", "--quiet", "origin", "--tags")
    assert (clone.history().warnings, shown(clone.history())[0]) == ((), ("2026-Q1", "Two"))


def test_a_tag_goes_before_version_and_date(repo: Repo) -> None:
    """A pinned commit belongs to its tag's version only."""
    repo.commit(charter_file("One", version="2026-Q4"), "One", date="2026-01-13")
    repo.tag("2026-Q3")
    history = repo.history()
    assert shown(history) == [("2026-Q3", "One")]
    assert history.versions[0].shown is not None
    assert history.versions[0].shown.version == "2026-Q3"


def test_two_tags_at_one_commit(quarter: Repo) -> None:
    """Both versions show it."""
    quarter.tag("2026-Q2")
    quarter.tag("2026-Q3")
    assert shown(quarter.history()) == [("2026-Q1", "Three"), ("2026-Q2", "Four"), ("2026-Q3", "Four")]


def test_a_tag_at_a_commit_that_left_the_charter_alone(quarter: Repo) -> None:
    """The version shows the charter as of that commit; the revision stays in its own version."""
    for day, tag in (("2026-07-13", "2026-Q3"), ("2026-10-13", "2026-Q4")):
        quarter.commit({"docs/index.md": day}, f"Docs {day}", date=day)
        quarter.tag(tag)
    quarter.commit(charter_file("Five"), date="2027-01-13")
    history = quarter.history()
    assert shown(history) == [
        ("2026-Q1", "Three"),
        ("2026-Q2", "Four"),
        ("2026-Q3", "Four"),
        ("2026-Q4", "Four"),
        ("2027-Q1", "Five"),
    ]
    assert subjects(history, "2026-Q3") == ["Docs 2026-07-13"]
    assert subjects(history, "2026-Q2") == ["Four"]


def test_a_tag_beside_the_published_line(quarter: Repo) -> None:
    """The charter is read at the tag, though the commit was never merged."""
    quarter.branch("release", "HEAD~1")
    quarter.commit(charter_file("Released"), "Released", date="2026-03-01")
    quarter.tag("2026-Q1")
    quarter.switch("main")
    history = quarter.history()
    assert shown(history) == [("2026-Q1", "Released"), ("2026-Q2", "Four")]
    assert subjects(history, "2026-Q1") == ["One", "Two", "Three", "Released"]


def test_a_tag_beside_the_line_under_a_former_path(repo: Repo) -> None:
    """The charter is found under its path at that time."""
    repo.commit({"team/book.yml": minimal_charter(title="One")}, date="2026-01-13")
    repo.branch("release")
    repo.commit({"team/book.yml": minimal_charter(title="Released")}, date="2026-02-13")
    repo.tag("2026-Q1")
    repo.switch("main")
    repo.commit({"team/book.yml": None, "charter.yml": minimal_charter(title="Two")}, date="2026-04-13")
    assert shown(repo.history()) == [("2026-Q1", "Released"), ("2026-Q2", "Two")]


def test_a_tag_before_a_rename(repo: Repo) -> None:
    """A tag at a commit without a change has the path of that time."""
    repo.commit({"book.yml": minimal_charter(title="One")}, date="2026-01-13")
    repo.commit({"docs/index.md": "Hello"}, date="2026-04-13")
    repo.tag("2026-Q2")
    repo.commit({"book.yml": None, "charter.yml": minimal_charter(title="Two")}, date="2026-07-13")
    history = repo.history()
    assert shown(history) == [("2026-Q1", "One"), ("2026-Q2", "One"), ("2026-Q3", "Two")]
    assert [revision.path for revision in history.versions[1].revisions] == ["book.yml"]


def test_odd_names(quarter: Repo) -> None:
    """Tags with other names and of other periods are ignored."""
    odd = (
        "v1.0",
        "-x",
        "--help",
        "2026",
        "2026-H1",
        "FY27-Q1",
        "2026-Q5",
        "2026-Q1 ",
        "q'\"$(id)`",
        "Ünï",
        "2026-Q1/x",
    )
    for name in odd:
        if " " not in name:
            quarter.tag(name, "HEAD~3")
    history = quarter.history()
    assert shown(history) == [("2026-Q1", "Three"), ("2026-Q2", "Four")]
    assert history.warnings == ()


@pytest.mark.parametrize("name", ["2026q1", "2026-q1", "2026_Q1", "Q1-2026", "q1.2026"])
@pytest.mark.parametrize("prefix", ["", "charter-"])
def test_a_version_that_is_spelled_in_another_way(quarter: Repo, name: str, prefix: str) -> None:
    """A warning says how; it pins nothing. Other tags, such as those of releases, are no such names."""
    quarter.tag(f"{prefix}{name}", "HEAD~2")
    for other in ("v2026.1", "2026", "2026-01", "Q1", f"{prefix}2026-H1"):
        quarter.tag(other)
    history = quarter.history(tag_prefix=prefix)
    assert history.warnings == (
        f"The tag {prefix}{name} is ignored: the version is spelled {prefix}2026-Q1.",
    )
    assert shown(history)[0] == ("2026-Q1", "Three")


@pytest.mark.parametrize("prefix", ["charter/", "-", "v[0-9]*", "Ünï-"])
def test_prefix(quarter: Repo, prefix: str) -> None:
    """With a prefix, only tags that begin with it count, even with special characters."""
    quarter.tag("2026-Q1", "HEAD~3")
    if "[" not in prefix:
        quarter.tag(f"{prefix}2026-Q1", "HEAD~2")
        assert shown(quarter.history(tag_prefix=prefix))[0] == ("2026-Q1", "Two")
    else:
        assert shown(quarter.history(tag_prefix=prefix))[0] == ("2026-Q1", "Three")


def test_a_tag_of_a_tag(quarter: Repo) -> None:
    """A tag can point to another tag."""
    quarter.tag("inner", "HEAD~2", annotated=True)
    body = f"object {quarter.git('rev-parse', 'refs/tags/inner')}\ntype tag\ntag y\ntagger T <t@x> 1 +0000\n\nY\n"
    quarter.git("update-ref", "refs/tags/2026-Q1", quarter.git("mktag", stdin=body.encode()))
    assert shown(quarter.history())[0] == ("2026-Q1", "Two")


#: What a tag can name, and the end of the warning that it pins nothing; None if it pins a version.
TARGETS = {
    "HEAD~1": None,
    "HEAD~4": "there is no charter at commit {}.",
    "HEAD:charter.yml": "it names a blob.",
    "HEAD^{tree}": "it names a tree.",
}


@pytest.mark.parametrize("group", [None, "partners"])
@pytest.mark.parametrize("depth", [0, 1, 2])
@pytest.mark.parametrize("target", TARGETS)
def test_a_tag_pins_a_version_or_a_warning_names_it(
    repo: Repo, target: str, depth: int, group: str | None
) -> None:
    """Whatever it names, directly or through other tags, for everybody and for a group of readers."""
    repo.commit({"docs/index.md": "Hello"}, date="2025-01-13")
    for title in ("One", "Two", "Three", "Four"):
        repo.commit(charter_file(title, groups=[{"id": "partners"}]), title, date="2026-01-13")
    id_ = repo.git("rev-parse", target)
    reason = TARGETS[target]
    warning = reason and f"The tag charter-2025-Q3 is ignored: {reason.format(id_[:8])}"
    for _ in range(depth):
        kind = repo.git("cat-file", "-t", id_)
        body = f"object {id_}\ntype {kind}\ntag x\ntagger T <t@x> 1 +0000\n\nX\n"
        id_ = repo.git("mktag", stdin=body.encode())
    repo.git("update-ref", "refs/tags/charter-2025-Q3", id_)
    history = repo.history(tag_prefix="charter-", for_group=group)
    pinned = [("2025-Q3", "Three")] if warning is None else []
    assert shown(history) == [*pinned, ("2026-Q1", "Four")]
    assert history.warnings == (() if warning is None else (warning,))


def test_a_tag_at_a_commit_that_a_clone_lacks(repo: Repo) -> None:
    """The warning says so."""
    repo.commit(charter_file("One"), date="2026-01-13")
    (repo.folder / ".git/refs/tags/2025-Q4").write_text(f"{'1' * 40}\n")
    assert "The tag 2025-Q4 is ignored: this clone does not have its commit." in repo.history().warnings


def test_a_tag_where_there_is_no_charter(repo: Repo) -> None:
    """It pins nothing, and a warning says so."""
    empty = repo.commit({"docs/index.md": "Hello"}, date="2026-01-13")
    repo.tag("2026-Q1")
    repo.commit(charter_file("One"), date="2026-02-13")
    history = repo.history()
    assert shown(history) == [("2026-Q1", "One")]
    assert history.versions[0].pinned is None
    assert history.warnings == (f"The tag 2026-Q1 is ignored: there is no charter at commit {empty[:8]}.",)


def test_a_tag_at_a_broken_charter(repo: Repo) -> None:
    """The version shows its last valid revision before the tag, never a later one."""
    repo.commit(charter_file("One"), date="2026-01-13")
    repo.commit({"charter.yml": "title: ["}, date="2026-01-14")
    repo.tag("2026-Q1")
    repo.commit(charter_file("Three"), date="2026-01-15")
    history = repo.history()
    assert shown(history) == [("2026-Q1", "One")]
    assert len(history.warnings) == 1


def test_a_tag_at_a_rename(repo: Repo) -> None:
    """At a commit that only renames the charter, it has its new path already."""
    repo.commit({"book.yml": minimal_charter(title="One")}, date="2026-01-13")
    repo.commit({"book.yml": None, "charter.yml": minimal_charter(title="One")}, date="2026-04-13")
    repo.tag("2026-Q2")
    history = repo.history()
    assert shown(history) == [("2026-Q1", "One"), ("2026-Q2", "One")]
    assert [revision.path for revision in history.versions[1].revisions] == ["charter.yml"]
