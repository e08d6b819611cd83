"""The command `check`: problems of charters, their formats and exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from charterbook.starter import start
from tests.charters import minimal_charter
from tests.command_line import ROOT, call, one_line

BROKEN = minimal_charter(audiences=[])


def test_check_a_fine_charter(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 0 and a message, on 1 October 2026, long before the next review."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790812800")
    fine = ROOT / "examples" / "ru" / "charter.yml"
    (here / "charter.yml").write_text(fine.read_text(encoding="utf-8"), encoding="utf-8")
    result = call("check", "charter.yml")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "charter.yml: проблем нет\n"


def test_check_a_charter_with_an_error(here: Path) -> None:
    """Exit code 1; problems with their places on standard output, how many on standard error."""
    (here / "charter.yml").write_text("title: [\n", encoding="utf-8")
    result = call("check")
    assert result.exit_code == 1
    assert result.stdout.startswith("charter.yml:2:1: error ")
    assert result.stderr == "charter.yml: 1 error\n"


def test_counts_are_in_the_language_of_the_charter(here: Path) -> None:
    """Like the problems, also for a pipe, which can be read only once."""
    (here / "charter.yml").write_text("language: ru\n" + BROKEN, encoding="utf-8")
    assert call("check").stderr == "charter.yml: 1 ошибка\n"
    assert "no " not in call("check").stdout


def test_check_counts_only_errors(here: Path) -> None:
    """Hints and warnings leave the exit code at 0."""
    (here / "charter.yml").write_text(minimal_charter(change_note="‹why?›"), encoding="utf-8")
    result = call("check")
    assert result.exit_code == 0
    assert "hint placeholder" in result.stdout


def test_check_formats(here: Path) -> None:
    """JSON and GitHub's annotations: only these, with the same exit code."""
    (here / "charter.yml").write_text(BROKEN, encoding="utf-8")
    found = call("check", "--format", "json")
    assert (found.exit_code, found.stderr, json.loads(found.stdout)["counts"]["error"]) == (1, "", 1)
    annotated = call("check", "--format", "github")
    assert (annotated.exit_code, annotated.stderr) == (1, "")
    assert annotated.stdout.startswith("::error file=charter.yml,line=")


def test_annotations_name_the_file_from_the_root_of_the_checkout(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A handbook in a sub-folder: GitHub looks for the file from the workspace."""
    (here / "charter.yml").write_text(BROKEN, encoding="utf-8")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(here.parent))
    found = call("check", "--format", "github").stdout
    assert found.startswith(f"::error file={here.name}/charter.yml,line=")


def test_check_several(here: Path) -> None:
    """One after the other, each with its summary; an error in any of them counts. JSON allows one file."""
    (here / "a.yml").write_text(minimal_charter(), encoding="utf-8")
    (here / "b.yml").write_text(BROKEN, encoding="utf-8")
    result = call("check", "b.yml", "a.yml")
    assert result.exit_code == 1
    assert [line.partition(":")[0] for line in result.stderr.splitlines()] == ["b.yml", "a.yml"]
    assert call("check", "a.yml", "a.yml").exit_code == 0
    assert "one file" in call("check", "--format", "json", "a.yml", "b.yml").stderr


def test_check_takes_the_charter_of_mkdocs_yml(here: Path) -> None:
    """Without FILES."""
    (here / "mkdocs.yml").write_text("plugins: [charterbook: {charter: team/book.yml}]", encoding="utf-8")
    (here / "team").mkdir()
    (here / "team" / "book.yml").write_text(BROKEN, encoding="utf-8")
    assert call("check").stdout.startswith("team/book.yml:")


def test_check_without_a_charter(here: Path) -> None:
    """The error says where to run the command."""
    result = call("check")
    assert result.exit_code == 2
    assert one_line(result) == (
        "charterbook: there is no charter.yml here. Run this in the folder of mkdocs.yml, or start a handbook with "
        "`charterbook new`."
    )


def test_check_what_cannot_be_read(here: Path) -> None:
    """A folder, a missing file, a path through a file."""
    (here / "file").touch()
    reasons = {".": "Is a directory", "x.yml": "No such file or directory", "file/x": "Not a directory"}
    for path, reason in reasons.items():
        result = call("check", path)
        assert (result.exit_code, one_line(result)) == (2, f"charterbook: {path}: cannot be read: {reason}")


def collide(book: Path, docs: str = "docs") -> None:
    """Give an item of a new handbook the address of a page of docs/."""
    start(book, "en")
    (book / "docs").rename(book / docs)
    (book / docs / "services" / "content.md").write_text("# Our content\n", encoding="utf-8")


COLLISION = (
    ":45:9: error page-collision: the page of “content” would overwrite docs/services/content.md. "
    "Give the item another id, or rename docs/services/content.md.\n"
)


@pytest.mark.long
@pytest.mark.parametrize("arguments", [[], ["charter.yml"], ["../book/charter.yml"]])
def test_check_knows_the_pages_of_docs(
    here: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    """An item's page collides with a page of docs/."""
    collide(here / "book")
    monkeypatch.chdir(here / "book")
    result = call("check", *arguments)
    assert result.exit_code == 1
    assert (arguments[0] if arguments else "charter.yml") + COLLISION in result.stdout


def test_check_from_elsewhere_knows_them_too(here: Path) -> None:
    """The handbook is found from the charter's folder or above, wherever docs/ is."""
    collide(here / "book", docs="pages")
    settings = here / "book" / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + "docs_dir: pages\n", encoding="utf-8")
    assert COLLISION in call("check", "book/charter.yml").stdout
    text = settings.read_text(encoding="utf-8").replace(
        "- charterbook\n", "- charterbook: {charter: team/x.yml}\n"
    )
    settings.write_text(text, encoding="utf-8")
    (here / "book" / "team").mkdir()
    (here / "book" / "charter.yml").rename(here / "book" / "team" / "x.yml")
    assert COLLISION in call("check", "book/team/x.yml").stdout


def test_check_of_a_charter_that_the_handbook_does_not_name(here: Path) -> None:
    """A charter in a subfolder does not belong to the handbook: its pages do not matter."""
    collide(here / "book")
    (here / "book" / "examples").mkdir()
    (here / "book" / "charter.yml").rename(here / "book" / "examples" / "charter.yml")
    assert call("check", "book/examples/charter.yml").exit_code == 0


def test_check_says_what_is_wrong_with_docs(here: Path) -> None:
    """An invalid page that prevents a build."""
    start(here / "book", "en")
    (here / "book" / "docs" / "x.md").write_text("---\nfor_each: planets\n---\n", encoding="utf-8")
    result = call("check", "book/charter.yml")
    assert result.exit_code == 2
    assert one_line(result).startswith("charterbook: docs/x.md:2:1: for_each: 'planets' cannot be used; ")
