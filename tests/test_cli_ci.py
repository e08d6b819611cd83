"""`charterbook ci` on files that already exist, and on disks that fail."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from charterbook.cli import main
from charterbook.starter.ci import files_for
from charterbook.starter.ci.requirements_lock import NAME, OWN, WHEEL
from tests.site.trees import grow

GITLAB = ".gitlab-ci.yml"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The folder of a handbook, as far as the command looks at it."""
    grow(tmp_path, {"mkdocs.yml": "site_name: X\n"})
    return tmp_path


def ci(book: Path, *forge: str) -> Result:
    """The command in a handbook."""
    return CliRunner().invoke(main, ["ci", "-f", str(book / "mkdocs.yml"), *forge])


def _tree(book: Path) -> dict[str, bytes]:
    """Everything in a handbook, with the contents of regular files."""
    return {
        path.relative_to(book).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in book.rglob("*")
    }


def _link(path: Path) -> None:
    path.symlink_to("outside/nowhere")


@pytest.mark.parametrize("name", [GITLAB, NAME])
@pytest.mark.parametrize(
    "make",
    [Path.mkdir, os.mkfifo, _link, lambda path: path.write_bytes(b"caf\xe9\n"), lambda path: path.touch()],
    ids=["folder", "pipe", "link", "latin-1", "empty"],
)
def test_an_entry_that_is_not_the_file_stays(book: Path, name: str, make: Callable[[Path], object]) -> None:
    """Nothing is written, and the message names the entry. An empty requirements.lock is filled."""
    make(book / name)
    before = _tree(book)
    done = ci(book, "gitlab")
    if name == NAME and (book / NAME).is_file() and not before[NAME]:
        assert done.exit_code == 0
        return
    assert (done.exit_code, _tree(book)) == (2, before)
    assert name in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("failing", range(6))
def test_all_files_or_none(book: Path, failing: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the disk is full at any of them, the files and folders before it are removed."""
    before, written = _tree(book), 0

    def fsync(_handle: int) -> None:
        nonlocal written
        written += 1
        if written > failing:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fsync)
    done = ci(book, "github")
    if failing < len(files_for("github")) + 1:
        assert (done.exit_code, _tree(book)) == (2, before)
    else:
        assert done.exit_code == 0


def test_line_ends_and_a_mark_of_encoding_are_no_difference(book: Path) -> None:
    """As an editor or a checkout on Windows writes them; the user's own requirements stay."""
    assert ci(book, "gitlab").exit_code == 0
    for name in (GITLAB, NAME):
        text = (book / name).read_bytes() + (b"mine==1 --hash=sha256:00\n" if name == NAME else b"")
        (book / name).write_bytes((b"\xef\xbb\xbf" if name == NAME else b"") + text.replace(b"\n", b"\r\n"))
    done = ci(book, "gitlab")
    assert (done.exit_code, done.stderr) == (0, "")
    assert b"mine==1" in (book / NAME).read_bytes()


@pytest.mark.parametrize("place", ["above", "unmarked"])
def test_removed_requirements_are_reported(book: Path, place: str) -> None:
    """Requirements of the user in the part that Charterbook writes would vanish without a word."""
    assert ci(book).exit_code == 0
    text = (book / NAME).read_text(encoding="utf-8")
    mine = "Mine-plugin==1 --hash=sha256:00\n"
    changed = text.replace(OWN, mine + OWN) if place == "above" else text.replace(OWN, mine)
    (book / NAME).write_text(changed, encoding="utf-8")
    done = ci(book)
    assert "no longer has mine-plugin." in done.stderr
    assert "mine-plugin" not in (book / NAME).read_text(encoding="utf-8").lower()


def test_a_wheel_that_is_no_file_is_still_needed(book: Path) -> None:
    """Jobs cannot install a folder, so the next step is said again."""
    (book / WHEEL).mkdir(parents=True)
    assert WHEEL in ci(book, "gitlab").stdout


def test_a_handbook_in_a_folder_of_its_repository(book: Path) -> None:
    """Hosts do not read workflows there."""
    (book / ".git").mkdir()
    assert ci(book, "gitlab").stderr == ""
    grow(book / "handbook", {"mkdocs.yml": "site_name: X\n"})
    assert f"the root of the repository, {book}" in ci(book / "handbook", "gitlab").stderr
