"""What commands show to a group of readers."""

from __future__ import annotations

import io
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
    ["export", "json"],
    ["export", "md", "draft"],
    ["export", "xlsx", "-o", "OUT"],
    ["export", "docx", "-o", "OUT"],
)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A handbook with canaries, of two versions and a draft."""
    folder = tmp_path_factory.mktemp("book")
    repo = Repo(folder)
    repo.write({"mkdocs.yml": "plugins: [charterbook]\n", "docs/index.md": "# Home\n"})
    maker, unmarked = CanaryMaker(), CanaryMaker(marked=False)
    repo.commit({"charter.yml": unmarked.charter()}, "hush message", "2026-01-10", author="hush")
    repo.commit(
        {"charter.yml": maker.charter(change_note="open")}, "hush message", "2026-04-10", author="hush"
    )
    repo.write({"charter.yml": maker.charter(change_note="open draft")})
    return folder


@pytest.mark.long
@pytest.mark.parametrize("run", RUNS, ids=" ".join)
def test_no_secret_in_what_is_shown(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: list[str]
) -> None:
    """Neither in what is printed, nor in a file; without the option, there are some."""
    monkeypatch.chdir(book)
    found = [_shown(run, tmp_path / name, group) for name, group in (("a", ["--for", "partners"]), ("b", []))]
    assert b"hush" not in found[0].lower()
    assert b"hush" in found[1].lower()
    assert found[0]


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
        (["diff", "2026-Q1", "HEAD"], "a group sees versions, latest and draft alone"),
        (["diff", "2026-Q1", "charter.yml"], "a group sees versions, latest and draft alone"),
        (["log", "services/hush-own-services"], "services/hush-own-services"),
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
