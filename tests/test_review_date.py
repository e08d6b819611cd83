"""Due dates of reviews, and their messages."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from charterbook.charter import Charter
from charterbook.cli import main
from charterbook.load import load
from charterbook.review_date import ReviewDue, next_review, review_due
from tests.charters import minimal_charter
from tests.histories import Repo

TODAY = datetime.date(2026, 9, 20)


def charter(**review: Any) -> Charter:
    """A charter with this review."""
    found = load(minimal_charter(review=review or None).encode()).charter
    assert found is not None
    return found


def day(month: int, number: int, year: int = 2026) -> datetime.date:
    """A day."""
    return datetime.date(year, month, number)


@pytest.mark.parametrize(
    ("review", "expected"),
    [
        ({}, ReviewDue(None)),
        ({"cadence": "quarter"}, ReviewDue(None)),
        ({"next": day(9, 30)}, ReviewDue(day(9, 30), 10)),
        ({"next": day(9, 18)}, ReviewDue(day(9, 18), -2)),
        ({"last": day(6, 30), "next": day(10, 2)}, ReviewDue(day(10, 2), 12)),
        ({"last": day(9, 18), "next": day(9, 18)}, ReviewDue(day(12, 18), 89, is_computed=True)),
        ({"last": day(8, 31), "cadence": "month"}, ReviewDue(day(9, 30), 10, is_computed=True)),
        ({"last": day(8, 31), "cadence": "half_year"}, ReviewDue(day(2, 28, 2027), 161, is_computed=True)),
        (
            {"last": day(9, 30, 9999)},
            ReviewDue(day(12, 30, 9999), (day(12, 30, 9999) - TODAY).days, is_computed=True),
        ),
        (
            {"last": day(12, 31, 9999)},
            ReviewDue(datetime.date.max, (datetime.date.max - TODAY).days, is_computed=True),
        ),
    ],
)
def test_the_day(review: dict[str, Any], expected: ReviewDue) -> None:
    """The declared one, unless that review has been held; else the last one plus the cadence."""
    assert review_due(charter(**review), TODAY) == expected


@pytest.mark.parametrize(("left", "within"), [(None, True), (-3, True), (0, True), (14, True), (15, False)])
def test_whether_to_remind(left: int | None, within: bool) -> None:
    """If it is overdue, near, or without a day."""
    assert ReviewDue(None if left is None else TODAY, left).within(14) is within


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder, on 20 September 2026."""
    monkeypatch.chdir(tmp_path)
    moment = datetime.datetime.combine(TODAY, datetime.time(12), datetime.UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(moment.timestamp())))
    return tmp_path


def asked(book: Path, *arguments: str, language: str = "en", **review: Any) -> Result:
    """Output of `charterbook due` for a charter."""
    text = minimal_charter(review=review or None, language=language)
    (book / "charter.yml").write_text(text, encoding="utf-8")
    return CliRunner().invoke(main, ["due", *arguments])


def test_there_is_time(book: Path) -> None:
    """One sentence, and nothing for a workflow."""
    result = asked(book, next=day(10, 20))
    assert result.stdout == "The review of the charter is due in 30 days, on 20 October 2026.\n"
    assert result.exit_code == 0
    github = asked(book, "--format", "github", next=day(10, 20))
    assert (github.exit_code, github.stdout) == (0, "")
    assert asked(book, "--days", "30", next=day(10, 20)).exit_code == 1


def test_it_is_near(book: Path) -> None:
    """Reviewers, participants, and the keys to update afterwards."""
    result = asked(book, next=day(9, 21), body="The board", participants=["sellers"])
    assert (result.exit_code, result.stdout.splitlines()) == (
        1,
        [
            "The review of the charter is due in 1 day, on 21 September 2026.",
            "Reviewed by: The board.",
            "Participants: Sellers.",
            "After the review, enter its date in the charter as review.last, and the date of the next one as review.next.",
        ],
    )


@pytest.mark.long
@pytest.mark.parametrize(
    ("review", "first"),
    [
        ({"next": day(9, 20)}, "Пересмотр устава назначен на сегодня, 20 сентября 2026 г."),
        ({"next": day(9, 22)}, "До пересмотра устава осталось 2 дня: он назначен на 22 сентября 2026 г."),
        ({"next": day(9, 15)}, "Срок пересмотра устава прошёл 5 дней назад, 15 сентября 2026 г."),
        ({"cadence": "year"}, "В уставе не указано, когда следующий пересмотр."),
    ],
)
def test_in_the_charters_language(book: Path, review: dict[str, Any], first: str) -> None:
    """With the right plural."""
    result = asked(book, language="ru", **review)
    assert (result.exit_code, result.stdout.splitlines()[0].replace("\N{NARROW NO-BREAK SPACE}", " ")) == (
        1,
        first,
    )


def test_for_programs(book: Path) -> None:
    """The day, and how many are left."""
    result = asked(book, "--format", "json", last=day(6, 10))
    found = json.loads(result.stdout)
    assert [(one["kind"], one["day"], one["due"]) for one in found.pop("dates")] == [
        ("review", "2026-09-10", True)
    ]
    assert found == {
        "due": True,
        "day": "2026-09-10",
        "days_left": -10,
        "reckoned": True,
        "title": "Review of the charter: 10 September 2026",
    }


def test_a_title_stays_the_same(book: Path) -> None:
    """A reminder is found by it after the day has passed."""
    titles = set()
    for left in (3, -3):
        said = asked(book, "--format", "json", next=day(9, 21), last=day(6, 1 if left > 0 else 2))
        titles.add(json.loads(said.stdout)["title"])
    assert titles == {"Review of the charter: 21 September 2026"}


def test_outputs_of_a_step(book: Path) -> None:
    """A title and a body that no text of the charter can end or extend, and that mentions nobody."""
    result = asked(book, "--format", "github", next=day(9, 21), body="@board <b> ## x")
    lines = result.stdout.splitlines()
    assert lines[0] == "title=Review of the charter: 21 September 2026"
    mark = lines[1].removeprefix("body<<")
    assert [line for line in lines if line == mark] == [lines[-1]]
    body = "\n".join(lines[2:-1])
    assert "@board" not in body
    assert "<b>" not in body


def test_markdown(book: Path) -> None:
    """A heading and paragraphs."""
    said = asked(book, "--format", "markdown", next=day(9, 21)).stdout
    assert said.startswith(
        "# Review of the charter: 21 September 2026\n\nThe review of the charter is due in 1 day,"
    )


def test_without_a_charter(book: Path) -> None:
    """Exit code 2."""
    result = CliRunner().invoke(main, ["due"])
    assert (result.exit_code, "there is no charter.yml here" in result.stderr) == (2, True)


BEGINS = day(10, 1)


@pytest.mark.parametrize(
    ("now", "later", "expected", "plans"),
    [
        pytest.param({"next": day(9, 25)}, {"next": day(12, 15)}, day(9, 25), "now", id="before it begins"),
        pytest.param({"next": day(10, 20)}, {"next": day(10, 5)}, day(10, 5), "later", id="after it begins"),
        pytest.param({"next": BEGINS}, {"next": day(12, 15)}, day(12, 15), "later", id="on its first day"),
        pytest.param(
            {"next": day(9, 10)},
            {"last": day(9, 10), "next": day(12, 15)},
            day(12, 15),
            "later",
            id="held since",
        ),
        pytest.param(
            {"last": day(6, 1), "next": day(9, 10)},
            {"last": day(6, 1), "next": day(12, 15)},
            day(9, 10),
            "now",
            id="not held",
        ),
        pytest.param(
            {"next": day(9, 25)},
            {"last": day(9, 24), "next": day(12, 15)},
            day(9, 25),
            "now",
            id="not held yet",
        ),
        pytest.param({}, {"next": day(12, 15)}, day(12, 15), "later", id="none in force"),
        pytest.param({"next": day(11, 1)}, {}, day(11, 1), "now", id="none planned later"),
    ],
)
def test_while_a_later_charter_is_agreed(
    now: dict[str, Any], later: dict[str, Any], expected: datetime.date, plans: str
) -> None:
    """Each review is planned by the charter in force on its day; a review that was held is no longer due."""
    sides = {"now": charter(**now), "later": charter(**later)}
    found, due = next_review(sides["now"], sides["later"], BEGINS, TODAY)
    assert (due.day, found) == (expected, sides[plans])


def test_due_with_an_upcoming_version(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is for October: until then the published charter counts, then the file."""
    monkeypatch.chdir(repo.folder)
    now = minimal_charter(version="2026-Q3", review={"next": day(9, 25)})
    later = minimal_charter(version="2026-Q4", review={"next": day(12, 15)})
    repo.commit({"charter.yml": now, "mkdocs.yml": "site_name: X\n"}, date="2026-07-01")
    repo.commit({"charter.yml": later}, date="2026-09-15")
    said = []
    for today in (TODAY, BEGINS):
        moment = datetime.datetime.combine(today, datetime.time(12), datetime.UTC)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(moment.timestamp())))
        said.append(json.loads(CliRunner().invoke(main, ["due", "--format", "json"]).stdout)["day"])
    assert said == ["2026-09-25", "2026-12-15"]


def test_propose_with_an_upcoming_version(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proposal is for the upcoming charter in the file; a draft is also compared with it."""
    monkeypatch.chdir(repo.folder)
    later = {"version": "2026-Q4", "title": "Later"}
    repo.commit(
        {"charter.yml": minimal_charter(version="2026-Q3"), "mkdocs.yml": "site_name: X\n"}, date="2026-07-01"
    )
    repo.commit({"charter.yml": minimal_charter(**later)}, date="2026-09-15")
    moment = datetime.datetime.combine(TODAY, datetime.time(12), datetime.UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(moment.timestamp())))
    (repo.folder / "charter.yml").write_text(minimal_charter(**later, organisation="Ours"), encoding="utf-8")
    for options in (["--set", "organisation=Theirs"], []):
        result = CliRunner().invoke(main, ["propose", *options, "--reason", "Why", "--output", "-"])
        assert result.exit_code == 0, result.output
        assert "path: organisation" in result.stdout
        assert "Later" not in result.stdout
