"""Progress of a build: a bar on a terminal, lines elsewhere; and timings on request."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.histories import Repo
from tests.site.handbooks import Handbook, environment
from tests.site.run_mkdocs import ROOT

NAMES = ["2025-Q1", "2025-Q2", "2025-Q3"]


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A handbook of three versions, not built yet."""
    book = Handbook(tmp_path_factory.mktemp("progress") / "book", pages=("index", "mission"))
    for number, day in enumerate(("2025-01-06", "2025-04-07", "2025-07-07")):
        book.commit(day, title=f"Charter {number}")
    return book.folder


@pytest.fixture
def book(handbook: Path, tmp_path: Path) -> Handbook:
    """The same in a separate folder."""
    shutil.copytree(handbook, tmp_path / "book")
    return Handbook(tmp_path / "book")


def charterbook(book: Handbook, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Output of `charterbook` in the handbook's folder."""
    return subprocess.run(
        [sys.executable, "-m", "charterbook", *arguments],
        cwd=book.folder,
        env=environment(PYTHONPATH=ROOT),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def on_a_terminal(book: Handbook, *arguments: str) -> str:
    """The output of mkdocs on a terminal."""
    here, there = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=book.folder,
        env=environment(),
        stdout=there,
        stderr=there,
    ) as run:
        os.close(there)
        sent = bytearray()
        while piece := _read(here):
            sent += piece
    os.close(here)
    assert run.returncode == 0, sent.decode()
    return sent.decode("utf-8")


def _read(terminal: int) -> bytes:
    """The next piece; empty at the end, which Linux reports as an error."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


def test_a_terminal_shows_a_bar(book: Handbook) -> None:
    """It is redrawn on the same line for each version, with the name of the last one."""
    sent = on_a_terminal(book, "build")
    bars = re.findall(r"\r\x1b\[K  ([█░]+) (\d) of 3 built  (\S*)", sent)
    assert [bar[1] for bar in bars] == ["0", "1", "2", "3"]
    assert [bar[0].count("█") for bar in bars] == [0, 8, 16, 24]
    assert sorted(bar[2] for bar in bars[1:]) == NAMES
    assert " built in " not in sent.replace("Documentation built in", "")


def test_elsewhere_there_is_a_line_for_each_version(book: Handbook) -> None:
    """As in CI."""
    lines = [line.removeprefix("INFO    -  ") for line in book.build().output.splitlines()]
    assert lines[0] == "3 versions: 3 to build, 0 unchanged"
    told = [re.fullmatch(r"(\S+) built in \d+\.\d s \((\d) of 3\)", line) for line in lines]
    assert sorted(match[1] for match in told if match) == NAMES
    assert [match[2] for match in told if match] == ["1", "2", "3"]
    assert not re.search("[█\r\x1b]", "".join(lines))


def test_quiet_is_quiet(book: Handbook) -> None:
    """Also on a terminal."""
    assert on_a_terminal(book, "build", "-q") == ""


def test_charterbook_builds_what_mkdocs_builds(book: Handbook) -> None:
    """With exit code 0, also if there is nothing to do."""
    done = charterbook(book, "build", "--site-dir", "public")
    assert (done.returncode, done.stdout) == (0, "")
    assert "INFO    -  3 versions: 3 to build, 0 unchanged\n" in done.stderr
    assert (book.folder / "public/latest/index.html").is_file()
    again = charterbook(book, "build", "--site-dir", "public")
    assert again.returncode == 0
    assert "The site is up to date" in again.stderr


def test_timings_list_the_parts_of_a_build(book: Handbook) -> None:
    """Each part of the work, the slowest versions, and their common parts."""
    done = book.run("build", "--timings", program="charterbook")
    assert done.code == 0, done.output
    told = done.output.partition("all of it\n")[2]
    whole, _, rest = told.partition("The slowest versions:\n")
    versions, _, parts = rest.partition("All versions that were built, added up:\n")
    for part in (
        "detecting changes",
        "reading history, charters and docs/",
        "reusing finished versions",
        "building versions, in parallel",
        "publishing the site",
    ):
        assert part in whole
    assert sorted(re.findall(r" s  (\S+), most of it \w+", versions)) == NAMES
    for part in ("Markdown", "blocks", "macros of pages", "search", "theme templates"):
        assert re.search(rf"\d s  {part} \(\d+ times\)", parts)
    assert " s  " not in book.run("build", program="charterbook").output


def test_a_mistake_in_the_handbook_is_exit_code_1(book: Handbook) -> None:
    """With its place; a warning counts with --strict."""
    book.write("docs/faq.md", "[Nowhere](nowhere.md)\n")
    assert book.run("build", program="charterbook").code == 0
    strict = book.run("build", "--strict", program="charterbook")
    assert (strict.code, "in strict mode!" in strict.output) == (1, True)
    book.write("charter.yml", "title: [\n")
    broken = book.run("build", program="charterbook")
    assert broken.code == 1
    assert "charter.yml:2:1: " in broken.output
    assert "Traceback" not in broken.output


def test_what_cannot_be_built_is_exit_code_2(tmp_path: Path, book: Handbook) -> None:
    """One line: there is no handbook, or its mkdocs.yml is invalid."""
    nowhere = Handbook.__new__(Handbook)
    nowhere.folder, nowhere.repo = tmp_path, Repo(tmp_path)
    missing = nowhere.run("build", program="charterbook")
    assert (missing.code, missing.output.count("\n")) == (2, 1)
    assert missing.output.startswith("charterbook: there is no mkdocs.yml here.")
    book.replace("mkdocs.yml", "plugins:", "plugins:\n  - nobody-has-this")
    unusable = book.run("build", program="charterbook")
    assert unusable.code == 2
    assert "nobody-has-this" in unusable.output
    assert "Traceback" not in unusable.output


@pytest.mark.parametrize("closed", [(2,), (1, 2), (0, 1, 2)])
def test_a_build_without_standard_streams(book: Handbook, closed: tuple[int, ...]) -> None:
    """As a service or a scheduled job can start it: Python has no streams then."""
    closing = " ".join(f"{number}>&-" for number in closed)
    program = [sys.executable, "-m", "charterbook", "build", "--strict"]
    built = subprocess.run(
        ["/bin/sh", "-c", f'"$@" {closing}', "sh", *program],
        cwd=book.folder,
        env=environment(PYTHONPATH=ROOT),
        check=False,
    )
    assert built.returncode == 0
    assert (book.folder / "site/latest/index.html").is_file()
