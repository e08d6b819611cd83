"""The output of commands for a group of readers."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.command_line import call
from tests.histories import Repo
from tests.visibility.canaries import CanaryMaker

#: Commands that read; `OUT` is a file that they write.
RUNS = (
    ["versions", "--format", "json"],
    ["log", "services/open-services", "--format", "json"],
    ["log", "funding"],
    ["diff", "2026-Q1", "latest", "--format", "json"],
    ["digest", "--since", "2026-Q1", "--format", "html"],
    ["calendar"],
    ["due", "--days", "100000"],
    ["due", "--format", "json"],
    ["review", "draft"],
    ["review", "2026-Q2", "--format", "json"],
    ["report", "2026-Q1"],
    ["report", "2026-Q1", "draft", "--format", "markdown"],
    ["report", "2026-Q1", "latest", "--format", "json"],
    ["export", "json"],
    ["export", "md", "draft"],
    ["export", "xlsx", "-o", "OUT"],
    ["export", "docx", "-o", "OUT"],
)

FOR_PARTNERS = ["--for", "partners"]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A handbook with canaries."""
    return _handbook(tmp_path_factory.mktemp("book"))


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same one with other canaries."""
    return _handbook(tmp_path_factory.mktemp("other"), "mute", 819_273, 2098)


def _handbook(folder: Path, word: str = "hush", number: int = 918_273, year: int = 2099) -> Path:
    """A handbook of two versions and a draft."""
    repo = Repo(folder)
    repo.write({"mkdocs.yml": "plugins: [charterbook]\n", "docs/index.md": "# Home\n"})
    maker, unmarked = (CanaryMaker(word, number, year, marked=marked) for marked in (True, False))
    repo.commit({"charter.yml": unmarked.charter()}, f"{word} message", "2026-01-10", author=word)
    repo.commit(
        {"charter.yml": maker.charter(change_note="open")}, f"{word} message", "2026-04-10", author=word
    )
    repo.write({"charter.yml": maker.charter(change_note="open draft")})
    return folder


@pytest.mark.long
@pytest.mark.parametrize("run", RUNS, ids=" ".join)
def test_nothing_hidden_is_shown(
    book: Path, other: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: list[str]
) -> None:
    """Neither in the output, nor in a file; without the option, there are some hidden words.

    With any hidden words, numbers and days, the output is the same byte for byte.
    """
    monkeypatch.chdir(book)
    seen, everything = _shown(run, tmp_path / "a", FOR_PARTNERS), _shown(run, tmp_path / "b", [])
    assert seen
    assert b"hush" not in seen.lower()
    assert b"hush" in everything.lower()
    if "OUT" not in run:
        monkeypatch.chdir(other)
        assert _shown(run, tmp_path / "c", FOR_PARTNERS) == seen


@pytest.mark.long
@pytest.mark.parametrize("run", [["due"], ["report", "2026-Q1"], ["diff", "2026-Q1", "draft"]])
def test_a_draft_that_cannot_be_read(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: list[str]
) -> None:
    """Without its problems, which can quote hidden parts."""
    folder = Path(shutil.copytree(book, tmp_path / "book"))
    (folder / "charter.yml").write_text("titel: hush\n")
    monkeypatch.chdir(folder)
    result = call(*run, "--for", "partners")
    assert (result.exit_code, "hush" in result.output) == (2, False)
    assert "the draft cannot be read; run `charterbook check` to see why" in result.output


def _shown(run: list[str], out: Path, group: list[str]) -> bytes:
    arguments = [str(out) if one == "OUT" else one for one in run]
    result = call(*arguments, *group)
    assert result.exit_code in (0, 1), result.output
    if not out.exists():
        return result.output.encode()
    with zipfile.ZipFile(io.BytesIO(out.read_bytes())) as packed:
        return b"".join(map(packed.read, packed.namelist()))


@pytest.mark.long
@pytest.mark.parametrize(
    ("run", "expected"),
    [
        (["diff", "2026-Q1", "HEAD"], "with `--for`, use a version, `latest` or `draft`"),
        (["diff", "2026-Q1", "charter.yml"], "with `--for`, use a version, `latest` or `draft`"),
        (["log", "services/hush-own-services"], "services/hush-own-services"),
        (["report", "HEAD~1"], "with `--for`, use a version, `latest` or `draft`"),
        (["report", "2026-Q1", "HEAD"], "with `--for`, use a version, `latest` or `draft`"),
        (["review", "draft", "--figures", "x.csv"], "in the whole charter"),
        (["review", "2025-Q1"], "2025-Q1: there is no such version"),
    ],
)
def test_what_a_group_cannot_ask_for(
    book: Path, monkeypatch: pytest.MonkeyPatch, run: list[str], expected: str
) -> None:
    """Files and git revisions have everything in them, and a hidden item does not exist."""
    monkeypatch.chdir(book)
    result = call(*run, "--for", "partners")
    assert result.exit_code == 2
    assert expected in result.output


@pytest.mark.long
@pytest.mark.parametrize(
    ("group", "expected"),
    [("partner", "did you mean"), ("../x", "is not the id of a group")],
)
def test_an_unknown_group(book: Path, monkeypatch: pytest.MonkeyPatch, group: str, expected: str) -> None:
    """With the nearest one."""
    monkeypatch.chdir(book)
    result = call("versions", "--for", group)
    assert result.exit_code == 2
    assert expected in result.output
