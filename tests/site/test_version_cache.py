"""Builds with cached versions: finished versions are reused, and nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.charters import minimal_charter
from tests.site.handbooks import Built, Handbook, environment, snapshot, undated
from tests.site.run_mkdocs import ROOT
from tests.test_file_store import DAMAGES

#: Folders below .cache/charterbook/.
CACHE_FOLDERS = {"addresses", "charters", "comparisons", "forms", "inputs", "sites", "styles", "versions"}
UP_TO_DATE = "The site is up to date: nothing has changed since it was built."


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A handbook of three versions, built."""
    book = Handbook(tmp_path_factory.mktemp("cached") / "book", pages=("index", "mission", "services/index"))
    for number, day in enumerate(("2025-01-06", "2025-04-07", "2025-07-07")):
        book.commit(day, title=f"Charter {number}")
    built = book.build()
    assert count(built) == "3 versions: 3 to build, 0 unchanged"
    return book.folder


@pytest.fixture
def built(built_once: Path, tmp_path: Path) -> Handbook:
    """The same in a separate folder."""
    shutil.copytree(built_once, tmp_path / "book")
    return Handbook(tmp_path / "book")


def count(built: Built) -> str:
    """Versions that a build reports as built and as cached."""
    assert built.code == 0, built.output
    return next(line for line in built.output.splitlines() if "unchanged" in line).removeprefix("INFO    -  ")


def stats(folder: Path) -> dict[str, int]:
    """When each file below a folder was last written."""
    return {path.as_posix(): path.stat().st_mtime_ns for path in folder.rglob("*")}


def entries(book: Handbook) -> list[Path]:
    """The entries of a handbook's cache."""
    return sorted((book.folder / ".cache/charterbook/versions").iterdir())


def test_what_is_unchanged_is_not_built(built: Handbook) -> None:
    """MkDocs itself builds the newest version; the others come from the cache, with the same bytes."""
    before = snapshot(built.folder / "site")
    shutil.rmtree(built.folder / "site")
    assert count(built.build()) == "3 versions: 1 to build, 2 unchanged"
    assert snapshot(built.folder / "site") == before


def test_an_up_to_date_site_is_not_rebuilt(built: Handbook) -> None:
    """Nothing is written if nothing changed; a modified file of the site is restored."""
    built.build()
    before, marks = snapshot(built.folder / "site"), stats(built.folder / "site")
    assert UP_TO_DATE in built.build().output
    assert stats(built.folder / "site") == marks
    (built.folder / "site/2025-Q1/index.html").write_text("Touched")
    assert count(built.build()) == "3 versions: 1 to build, 2 unchanged"
    assert snapshot(built.folder / "site") == before


def test_the_same_history_gives_the_same_bytes_anywhere(built: Handbook, tmp_path: Path) -> None:
    """In another folder, on another day, without a cache, with other file times, with one more process."""
    other = Handbook(tmp_path / "elsewhere")
    shutil.rmtree(other.folder)
    built.repo.clone(other.folder)
    for path in other.folder.rglob("*"):
        if ".git" not in path.parts:
            os.utime(path, (1_000_000_000, 1_000_000_000))
    other.replace("mkdocs.yml", "- charterbook\n", "- charterbook: {cache: false}\n")
    again = other.run_in_new_process(
        "build", "--site-dir", "public", site="public", SOURCE_DATE_EPOCH="1900000000", PYTHONHASHSEED="7"
    )
    assert count(again) == "3 versions: 3 to build, 0 unchanged"
    assert undated(again.site) == undated(built.folder / "site")
    assert not (other.folder / ".cache").exists()


def test_a_new_version_builds_itself_and_the_one_before(built: Handbook) -> None:
    """The previous one is superseded; older ones are unchanged."""
    built.commit("2025-10-06", title="Charter 3")
    assert count(built.build()) == "4 versions: 2 to build, 2 unchanged"


def test_a_corrected_version_builds_what_comes_after_it_too(built: Handbook) -> None:
    """Later versions show it; earlier ones do not."""
    built.commit("2025-08-01", title="Corrected", version="2025-Q2")
    assert count(built.build()) == "3 versions: 2 to build, 1 unchanged"
    assert "Corrected" in (built.folder / "site/2025-Q2/index.html").read_text()


def test_a_draft_builds_only_itself(built: Handbook) -> None:
    """Once the version in force is also cached."""
    built.write("charter.yml", minimal_charter(title="Draft 1"))
    assert count(built.build()) == "4 versions: 2 to build, 2 unchanged"
    built.write("charter.yml", minimal_charter(title="Draft 2"))
    assert count(built.build()) == "4 versions: 1 to build, 3 unchanged"


def test_a_damaged_entry_is_rebuilt(built: Handbook) -> None:
    """One with a changed byte, one truncated: the site is the same."""
    before = snapshot(built.folder / "site")
    one, other = entries(built)
    with one.open("r+b") as file:
        file.seek(1000)
        file.write(b"X")
    os.truncate(other, other.stat().st_size - 1)
    shutil.rmtree(built.folder / "site")
    assert count(built.build()) == "3 versions: 3 to build, 0 unchanged"
    assert snapshot(built.folder / "site") == before
    shutil.rmtree(built.folder / "site")
    assert count(built.build()) == "3 versions: 1 to build, 2 unchanged"
    assert snapshot(built.folder / "site") == before


@pytest.mark.parametrize("turn", [0, 4, 9])
def test_whatever_is_damaged_the_site_is_right(built: Handbook, turn: int) -> None:
    """Versions, the manifest, charters and comparisons, each damaged in another way."""
    built.build()
    before = snapshot(built.folder / "site")
    built.write("notes.txt", "x")
    kept = sorted(path for path in (built.folder / ".cache/charterbook").rglob("*") if path.is_file())
    folders = {path.relative_to(built.folder).parts[2] for path in kept}
    # An earlier build can have stored the styles beside the program.
    assert folders | {"styles"} == CACHE_FOLDERS
    for number, path in enumerate(kept):
        DAMAGES[(number + turn) % len(DAMAGES)](path)
    again = built.build("--strict")
    assert count(again) == "3 versions: 3 to build, 0 unchanged"
    assert snapshot(built.folder / "site") == before
    assert UP_TO_DATE in built.build().output


#: Builds a handbook with its cache in one bad state after the other, and prints the messages of each build.
#: Root may read and write anything: it gives that up, as everybody else has no such right.
BAD_CACHES = """\
import ctypes, os, shutil, sys
from pathlib import Path

if os.getuid() == 0:
    class Caps(ctypes.Structure):
        _fields_ = [(name, ctypes.c_uint32) for name in ("effective", "permitted", "inheritable")]
    libc, header, caps = ctypes.CDLL(None, use_errno=True), (ctypes.c_uint32 * 2)(0x20080522, 0), (Caps * 2)()
    assert libc.capset(header, caps) == 0

from mkdocs.__main__ import cli

cache, kept = Path(".cache"), Path(".cache/charterbook")

def anew(name):
    cache.rename(".cache, " + name)
    shutil.copytree("../cache", cache)

def file():
    shutil.rmtree(cache)
    cache.write_text("")

def dangling():
    shutil.rmtree(cache)
    cache.symlink_to("/nowhere/at/all")

def unreadable():
    for path in kept.rglob("*"):
        path.chmod(0o000) if path.is_file() else None

STATES = {
    "closed": lambda: cache.chmod(0o000),
    "closed inside": lambda: kept.chmod(0o000),
    "no list of versions": lambda: (kept / "versions").chmod(0o300),
    "read only": lambda: [path.chmod(0o500) for path in (*(p for p in kept.rglob("*") if p.is_dir()), kept, cache)],
    "a file": file,
    "dangling": dangling,
    "files closed": unreadable,
}
for name, spoil in STATES.items():
    anew(name)
    spoil()
    print("==", name, flush=True)
    cli(["build", "--strict", "--site-dir", "../sites/" + name], standalone_mode=False)
"""


#: In which of these states a build cannot keep anything.
UNWRITABLE = {"closed", "closed inside", "read only", "a file", "dangling"}


@pytest.mark.skipif(sys.platform != "linux", reason="rights are given up as Linux has it")
def test_a_site_is_built_without_a_usable_cache(built: Handbook, tmp_path: Path) -> None:
    """Without a warning, with at most a line, and never with a wrong site."""
    before = snapshot(built.folder / "site")
    (built.folder / ".cache").rename(tmp_path / "cache")
    (built.folder / ".cache").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", BAD_CACHES],
        cwd=built.folder,
        env=environment(PYTHONPATH=ROOT),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "Traceback" not in done.stdout
    told = {part.partition("\n")[0]: part for part in done.stdout.split("== ")[1:]}
    assert len(told) == 7
    for name, output in told.items():
        assert snapshot(tmp_path / "sites" / name) == before, name
        assert output.count("The next build cannot use what this one has built.") == (name in UNWRITABLE), (
            output
        )


def test_manifests_of_unused_sites_are_removed(built: Handbook) -> None:
    """`mkdocs serve` builds its site in another folder each time."""
    note = built.folder / ".cache/charterbook/sites/of-another-day.json"
    note.write_text("")
    os.utime(note, (0, 0))
    built.build()
    assert not note.exists()
