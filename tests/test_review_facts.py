"""From two files to a published review page: the files of the example, `charterbook review` and a build."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from charterbook.charter import Charter
from charterbook.load import load
from tests.charters import minimal_charter
from tests.command_line import call
from tests.histories import Repo, run_git
from tests.site.run_mkdocs import run_mkdocs

ROOT = Path(__file__).parents[1]
#: The revision before the facts of the last quarter of 2026 were entered, and the one after.
BEFORE, AFTER = "fe6abdf", "38a6928"
FACTS = ("--figures", "examples/figures.csv", "--requests", "examples/requests.csv")


def committed(revision: str) -> str:
    """The example's charter in a revision."""
    return run_git(ROOT, "show", f"{revision}:charter.yml") + "\n"


def facts(text: str) -> dict[str, object]:
    """The values of metrics, and the promises kept."""
    charter = load(text.encode()).charter
    assert isinstance(charter, Charter)
    values: dict[str, object] = {one.id: (one.actual, one.values) for one in charter.metrics}
    kept = {
        f"{one.id}/{level.request}": level.kept for one in charter.services for level in one.service_levels
    }
    return values | kept


@pytest.fixture
def book(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A copy of the example before its facts were entered, on 28 November 2026."""
    for name in ("docs", "examples"):
        shutil.copytree(ROOT / name, repo.folder / name)
    for name in ("mkdocs.yml", "macros.py"):
        shutil.copy(ROOT / name, repo.folder)
    repo.commit({"charter.yml": committed(BEFORE)}, date="2026-11-06")
    monkeypatch.chdir(repo.folder)
    now = datetime.datetime(2026, 11, 28, 12, tzinfo=datetime.UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(now.timestamp())))
    return repo


def test_two_commands_publish_the_review(book: Repo) -> None:
    """The facts of the example's files are in its charter, and the review page shows them."""
    result = call("review", *FACTS, "--apply")
    assert result.exit_code == 0, result.output
    charter = (book.folder / "charter.yml").read_text(encoding="utf-8")
    assert facts(charter) == facts(committed(AFTER))
    assert "Correction of a battle card: promised 90% within 1 working day; 89.4% on time" in result.stdout
    output = book.folder / "output"
    assert run_mkdocs(("build", "--strict"), book.folder, {}, output, 300) == 0, output.read_text()
    page = (book.folder / "site/draft/pre-read/index.html").read_text(encoding="utf-8")
    assert "89.4% on time (19 requests, " in page
    assert "Training attendance" in page


def test_without_apply_only_the_pre_read_has_the_facts(book: Repo) -> None:
    """And it says how to enter them; a second time there is nothing to enter."""
    before = (book.folder / "charter.yml").read_bytes()
    result = call("review", "draft", *FACTS)
    assert result.exit_code == 0, result.output
    assert "89.4% on time" in result.stdout
    assert "add --apply" in result.stderr
    assert (book.folder / "charter.yml").read_bytes() == before
    first = call("review", *FACTS, "--apply")
    second = call("review", *FACTS, "--apply")
    assert (first.stdout, second.exit_code) == (second.stdout, 0)
    assert "there are no new facts" in second.stderr


@pytest.mark.parametrize("option", ["--figures", "--requests"])
def test_nothing_is_written_while_a_file_cannot_be_read(book: Repo, option: str) -> None:
    """Neither the facts of that file nor the other's; with the place of the bad cell."""
    before = (book.folder / "charter.yml").read_bytes()
    rows = (
        "metric,day,value\nwin-rate,soon,3\n" if option == "--figures" else "kind,opened,answered\nx,soon,\n"
    )
    (book.folder / "bad.csv").write_text(rows)
    result = call("review", *FACTS, option, "bad.csv", "--apply")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "bad.csv:2:2" in result.stderr
    assert "charter.yml: nothing was changed." in result.stderr
    assert (book.folder / "charter.yml").read_bytes() == before


def test_notices_are_in_the_language_of_the_charter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The options of figures, promises, sign and review."""
    monkeypatch.chdir(tmp_path)
    roles = [{"id": "cro", "name": "Директор по продажам"}]
    funding = {"owner": "cro", "sources": [{"id": "sales", "name": "Sales", "funder": "Sales"}]}
    (tmp_path / "charter.yml").write_text(
        minimal_charter(language="ru", roles=roles, funding=funding, schema=2, version="2026-Q3"),
        encoding="utf-8",
    )
    assert load((tmp_path / "charter.yml").read_bytes()).problems == ()
    (tmp_path / "f.csv").write_text("metric,day,value\nwin-rate,soon,3\n")
    (tmp_path / "empty.csv").write_text("metric,day,value\n")
    said = [
        call("figures", "f.csv").stderr,
        call("figures", "empty.csv").stderr,
        call("sign", "cro", "--decision", "approved").stderr,
        call("review", "--figures", "empty.csv").stderr,
    ]
    assert [line for text in said for line in text.splitlines() if not _has_russian(line)] == []


def _has_russian(line: str) -> bool:
    return any("а" <= sign <= "я" for sign in line.lower())


@pytest.mark.parametrize(
    "arguments", [("--apply",), ("2025-Q1", *FACTS), ("latest", "--figures", "f.csv", "--apply")]
)
def test_facts_are_entered_in_the_charter_on_disk_alone(arguments: tuple[str, ...]) -> None:
    """Not in a version of the past, and not without a file."""
    assert call("review", *arguments).exit_code == 2
