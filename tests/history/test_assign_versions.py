from __future__ import annotations

import datetime

import pytest

from charterbook.history import Revision
from tests.charters import charter_file, minimal_charter
from tests.histories import Repo, shown, subjects

BROKEN = "title: [\n"


def test_linear(repo: Repo) -> None:
    """Each quarter is a version that shows its last revision; the newest is the latest."""
    repo.commit(charter_file("One"), date="2026-01-13")
    repo.commit(charter_file("Two"), date="2026-04-13")
    repo.commit(charter_file("Two, corrected"), date="2026-05-13")
    history = repo.history()
    assert shown(history) == [("2026-Q1", "One"), ("2026-Q2", "Two, corrected")]
    assert [version.aliases for version in history.versions] == [(), ("latest",)]
    assert (history.draft, history.draft_problems, history.warnings, history.shallow) == (None, (), (), False)
    assert history.branch == "main"
    assert history.published == history.versions


def test_what_a_revision_knows(repo: Repo) -> None:
    """Commit, commit date, author, message, path and content."""
    commit = repo.commit(
        charter_file("One"), "Begin\n\nBecause.", date="2026-01-13T23:30:00-02:00", author="Zoë \x1b[31m"
    )
    version = repo.history(timezone="Europe/Berlin").versions[0]
    assert version.shown == Revision(
        commit=commit,
        date=datetime.datetime.fromisoformat("2026-01-14T02:30:00+01:00"),
        author="Zoë \x1b[31m",
        message="Begin\n\nBecause.",
        path="charter.yml",
        blob=repo.git("rev-parse", "HEAD:charter.yml"),
        version="2026-Q1",
    )
    assert (version.shown.subject, version.shown.short) == ("Begin", commit[:8])
    assert version.data == minimal_charter(title="One").encode()


def test_commits_that_do_not_change_the_charter(repo: Repo) -> None:
    """Other files, another mode and an empty commit are not revisions."""
    repo.commit(charter_file("One"), "Begin", date="2026-01-13")
    repo.commit({"docs/index.md": "Hello"}, "Docs", date="2026-04-13")
    (repo.folder / "charter.yml").chmod(0o755)
    repo.commit({}, "Mode", date="2026-07-13")
    repo.commit({}, "Nothing", date="2026-10-13")
    history = repo.history()
    assert shown(history) == [("2026-Q1", "One")]
    assert subjects(history, "2026-Q1") == ["Begin"]


def test_merges(repo: Repo) -> None:
    """A merged branch is one revision, at the merge."""
    repo.commit(charter_file("One"), "Begin", date="2026-01-13")
    repo.branch("idea")
    repo.commit(charter_file("An idea"), "An idea", date="2026-02-01")
    repo.commit(charter_file("A better idea"), "A better idea", date="2026-03-01")
    repo.switch("main")
    repo.commit({"docs/index.md": "Hello"}, "Docs", date="2026-03-02")
    repo.merge("idea", "Merge the idea", date="2026-04-02")
    history = repo.history()
    assert shown(history) == [("2026-Q1", "One"), ("2026-Q2", "A better idea")]
    assert subjects(history, "2026-Q1") == ["Begin"]
    assert subjects(history, "2026-Q2") == ["Merge the idea"]


def test_a_merge_that_brings_nothing_new(repo: Repo) -> None:
    """A merge with the first parent's charter is not a revision."""
    repo.commit(charter_file("One"), date="2026-01-13")
    repo.branch("side")
    repo.commit({"docs/index.md": "Hello"}, date="2026-02-01")
    repo.switch("main")
    repo.commit(charter_file("Two"), "Two", date="2026-02-02")
    repo.merge("side", date="2026-04-02")
    assert shown(repo.history()) == [("2026-Q1", "Two")]


def test_a_broken_revision_then_corrected(repo: Repo) -> None:
    """An invalid revision is listed with its problem; once corrected there is no warning."""
    repo.commit(charter_file("One"), date="2026-01-13")
    repo.commit({"charter.yml": BROKEN}, date="2026-01-14")
    repo.commit(charter_file("One, mended"), date="2026-01-15")
    history = repo.history()
    assert shown(history) == [("2026-Q1", "One, mended")]
    assert [bool(revision.problem) for revision in history.versions[0].revisions] == [False, True, False]
    assert history.warnings == ()


def test_a_broken_last_revision(repo: Repo) -> None:
    """The version shows its last valid revision, and one warning names commit, place and reason."""
    good = repo.commit(charter_file("One"), date="2026-01-13")
    repo.commit({"charter.yml": BROKEN}, date="2026-01-14")
    bad = repo.commit({"charter.yml": "title: 5\n"}, date="2026-01-15")
    history = repo.history()
    assert shown(history) == [("2026-Q1", "One")]
    problem = history.versions[0].revisions[-1].problem
    assert problem is not None
    (warning,) = history.warnings
    assert warning == (
        f"2026-Q1: the charter of commit {bad[:8]} cannot be read, so the version shows {good[:8]}. "
        f"charter.yml:{problem.line}:{problem.column}: {problem.words}"
    )
    assert (history.draft, history.draft_problems) == (None, ())


def test_a_version_whose_every_revision_is_unreadable(repo: Repo) -> None:
    """It is listed without a charter, and is not the latest."""
    repo.commit(charter_file("One"), date="2026-01-13")
    bad = repo.commit({"charter.yml": BROKEN}, date="2026-04-13")
    history = repo.history()
    assert shown(history) == [("2026-Q1", "One"), ("2026-Q2", None)]
    assert [version.name for version in history.published] == ["2026-Q1"]
    assert history.versions[0].aliases == ("latest",)
    assert history.versions[1].shown is None
    assert history.warnings[0].startswith(
        f"2026-Q2: the charter of commit {bad[:8]} cannot be read, so the version has"
    )


def test_a_hostile_broken_charter_in_a_warning(repo: Repo) -> None:
    """A warning contains nothing that moves a terminal's cursor."""
    name = "\x1b[2J\u202e.yml"
    repo.commit({name: 'title: "\\e[2J\\u202E"\n"\\e[31mred": 1\n'}, date="2026-01-13")
    (warning,) = repo.history(charter=name).warnings
    assert not set(warning) & set("\x1b\u202e")


def test_version_key(repo: Repo) -> None:
    """The charter's own `version:` takes precedence over the date."""
    repo.commit(charter_file("Next year", version="2027-Q1"), date="2026-12-13")
    assert shown(repo.history()) == [("2027-Q1", "Next year")]


def test_version_key_of_a_broken_charter(repo: Repo) -> None:
    """An unreadable revision still belongs to the version that it names."""
    repo.commit({"charter.yml": "version: 2026-Q3\n" + BROKEN}, date="2026-12-13")
    assert shown(repo.history()) == [("2026-Q3", None)]


def test_version_key_of_another_period(repo: Repo) -> None:
    """A team may move from half-years to quarters."""
    repo.commit(charter_file("Half", version="2025-H2"), date="2025-07-13")
    repo.commit(charter_file("Quarter", version="2026-Q1"), date="2026-01-13")
    assert shown(repo.history()) == [("2025-H2", "Half"), ("2026-Q1", "Quarter")]


def test_version_key_that_is_no_version(repo: Repo) -> None:
    """It is a problem of the charter, and the date decides."""
    repo.commit(charter_file("One", version="Winter"), date="2026-01-13")
    (version,) = repo.history().versions
    assert version.name == "2026-Q1"
    problem = version.revisions[0].problem
    assert problem is not None
    assert problem.rule == "bad-version"


def test_version_key_going_back(repo: Repo) -> None:
    """An older version may be corrected after a newer one began."""
    repo.commit(charter_file("Two", version="2026-Q2"), date="2026-04-13")
    repo.commit(charter_file("Three", version="2026-Q3"), date="2026-07-13")
    repo.commit(charter_file("Two, corrected", version="2026-Q2"), date="2026-07-14")
    assert shown(repo.history()) == [("2026-Q2", "Two, corrected"), ("2026-Q3", "Three")]


def test_two_revisions_and_one_that_reverts(repo: Repo) -> None:
    """A revert is a revision with the content of the one before."""
    for title, subject in (("One", "Begin"), ("Wrong", "Try"), ("One", "Revert")):
        repo.commit(charter_file(title), subject, date="2026-01-13")
    history = repo.history()
    assert shown(history) == [("2026-Q1", "One")]
    assert subjects(history, "2026-Q1") == ["Begin", "Try", "Revert"]


def test_dates_out_of_order(repo: Repo) -> None:
    """Within a version the order of commits decides, not their dates."""
    repo.commit(charter_file("Written first"), date="2026-02-20")
    repo.commit(charter_file("Next quarter"), date="2026-04-20")
    repo.commit(charter_file("Written last"), date="2026-02-10")
    assert shown(repo.history()) == [("2026-Q1", "Written last"), ("2026-Q2", "Next quarter")]


def test_the_commit_date_decides(repo: Repo) -> None:
    """Not the author's date."""
    repo.commit(charter_file("One"), date="2026-04-13")
    repo.git(
        "commit", "--quiet", "--amend", "--no-edit", "--date=2026-01-13T12:00:00+00:00", date="2026-04-13"
    )
    assert shown(repo.history()) == [("2026-Q2", "One")]


@pytest.mark.parametrize(
    ("date", "timezone", "version"),
    [
        ("2026-03-31T23:30:00+00:00", "UTC", "2026-Q1"),
        ("2026-03-31T23:30:00+00:00", "Europe/Moscow", "2026-Q2"),
        ("2026-04-01T08:00:00+09:00", "UTC", "2026-Q1"),
        ("2026-03-31T20:00:00-05:00", "UTC", "2026-Q2"),
        ("2026-03-31T20:00:00-05:00", "America/New_York", "2026-Q1"),
    ],
)
def test_time_zones(repo: Repo, date: str, timezone: str, version: str) -> None:
    """The day is the one in the configured time zone, wherever the commit was made."""
    repo.commit(charter_file("One"), date=date)
    assert shown(repo.history(timezone=timezone)) == [(version, "One")]


@pytest.mark.parametrize(
    ("period", "start", "version"),
    [
        ("month", 1, "2026-05"),
        ("half", 1, "2026-H1"),
        ("year", 1, "2026"),
        ("quarter", 4, "FY27-Q1"),
        ("month", 4, "FY27-M02"),
    ],
)
def test_periods(repo: Repo, period: str, start: int, version: str) -> None:
    """Versions may cover months, half-years or years, and fiscal years begin in any month."""
    repo.commit(charter_file("One"), date="2026-05-13")
    assert shown(repo.history(period=period, fiscal_year_start=start)) == [(version, "One")]
