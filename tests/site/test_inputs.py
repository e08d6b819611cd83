"""Everything that a page reads is an input: the next build detects every change, and nothing else.

One handbook reads in every way that is known. It is built once; then each input is changed separately, and
the states of the inputs are compared. A random walk over such changes is built, and compared with builds from
nothing.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.config import load_config

from charterbook.site.incremental.input_states import digest_of
from charterbook.site.incremental.up_to_date import BuildState, read_build_state
from charterbook.site.incremental.version_cache import KnownInputs
from charterbook.site.pipeline.reused_versions import INPUTS
from tests.site.handbooks import Handbook, snapshot
from tests.site.recorded_handbook import CHANGES, change, start
from tests.site.run_mkdocs import ROOT

UP_TO_DATE = "The site is up to date"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Handbook:
    """The handbook, built, in a folder whose parents have names like those of files that do not count."""
    started = start(tmp_path_factory.mktemp("inputs") / ".charterbook-ci/training-packages/.git/.cache")
    built = started.build("--strict")
    assert built.code == 0, built.output
    assert "Not kept" not in built.output
    return started


@pytest.fixture
def folder(book: Handbook, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Folder of the handbook; all files in it and beside it are restored afterwards."""
    before = kept(book.folder.parent)
    yield book.folder
    monkeypatch.undo()
    for path in sorted(kept(book.folder.parent).keys() - before.keys(), reverse=True):
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    for path, content in before.items():
        if content is not None and kept_of(path) != content:
            path.unlink(missing_ok=True)
            path.symlink_to(content) if isinstance(content, str) else path.write_bytes(content)


def kept(top: Path) -> dict[Path, str | bytes | None]:
    """Files below a folder that a change can concern."""
    found: dict[Path, str | bytes | None] = {}
    for place, inner, names in os.walk(top):
        inner[:] = [name for name in inner if name not in (".git", ".cache", "site", "__pycache__", "cold")]
        found |= {path: kept_of(path) for path in (Path(place, name) for name in (*inner, *names))}
    return found


def kept_of(path: Path) -> str | bytes | None:
    """The target of a link, the content of a file, or None for a folder and for a missing file."""
    if path.is_symlink():
        return str(path.readlink())
    return path.read_bytes() if path.is_file() else None


def look(folder: Path) -> BuildState:
    """The state that a build finds before it begins."""
    config = load_config(str(folder / "mkdocs.yml"))
    return read_build_state(config, dict(config.plugins["charterbook"].config), "build")


def known(folder: Path) -> dict[str, tuple[str, ...]]:
    """All that each version is made from, as hashes."""
    found, notes = look(folder), folder / ".cache/charterbook" / INPUTS
    inputs = {note.name: KnownInputs(notes).get(note.name) or frozenset() for note in notes.iterdir()}
    docs = repr(sorted(found.docs.items()))
    return {name: (found.common, docs, digest_of(found.states.of(one))) for name, one in inputs.items()}


@pytest.mark.parametrize("name", CHANGES)
def test_each_input_counts_by_itself(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """For all versions, and for whether the site is up to date."""
    before = known(folder)
    assert len(before) == 2
    assert look(folder).is_current
    change(folder, CHANGES[name], monkeypatch)
    after = known(folder)
    assert [version for version in before if before[version] == after[version]] == []
    assert not look(folder).is_current


@pytest.mark.parametrize(
    "what",
    [
        {"data/team.csv": "team 1\n"},
        {"../outside/other.txt": "x"},
        {"data/more/.a.txt.swp": "x"},
        {"$NOBODY_ASKS": "x"},
    ],
)
def test_what_is_not_read_does_not_count(
    folder: Path, monkeypatch: pytest.MonkeyPatch, what: dict[str, str | None]
) -> None:
    """A file rewritten with the same content, an unread file, and an editor's file."""
    change(folder, what, monkeypatch)
    assert look(folder).is_current


def test_inputs_are_relative_to_the_handbook(book: Handbook) -> None:
    """A cache can move with it; nothing of Python, of packages or of Charterbook is an input."""
    notes = book.folder / ".cache/charterbook" / INPUTS
    inputs = {one for note in notes.iterdir() for one in KnownInputs(notes).get(note.name) or ()}
    theirs = (str(book.folder.parent / "outside"), ROOT)
    assert [name for _, name in sorted(inputs) if name.startswith("/") and not name.startswith(theirs)] == []
    assert ("file", "data/team.csv") in inputs


#: Changes after which the handbook can still be built, and shows the same wherever it is.
BUILDABLE = sorted(CHANGES.keys() - {"a file that goes", "a database"})


def from_nothing(folder: Path, variables: dict[str, str]) -> dict[str, str]:
    """Site of a build without caches, in a folder beside the handbook's."""
    cold = folder.with_name("cold")
    shutil.rmtree(cold, ignore_errors=True)
    shutil.copytree(
        folder, cold, symlinks=True, ignore=shutil.ignore_patterns("site", ".cache", "__pycache__")
    )
    built = Handbook(cold, started=True).build(**variables)
    assert built.code == 0, built.output
    return snapshot(built.site)


def test_an_incremental_build_equals_a_clean_build(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After any changes in sequence: the same files with the same bytes. Then the site is up to date."""
    book, chance = Handbook(folder, started=True), random.Random(29)  # noqa: S311 (the same in every run)
    for step in (1, 2):
        names = chance.sample(BUILDABLE, 4)
        for name in names:
            change(folder, CHANGES[name], monkeypatch)
        for path in (*folder.rglob("*.py"), *folder.with_name("outside").rglob("*.py")):
            os.utime(path, (step, step))  # Python looks at the second at which a module was written
        variables = {
            name[1:]: os.environ.get(name[1:], "") for one in names for name in CHANGES[one] if name[0] == "$"
        }
        built = book.build(**variables)
        assert built.code == 0, built.output
        assert snapshot(built.site) == from_nothing(folder, variables), names
        assert UP_TO_DATE in book.build(**variables).output


def test_a_named_mkdocs_yml_is_the_same(folder: Path) -> None:
    """With relative paths, the next build finds everything cached."""
    book = Handbook(folder, started=True)
    built = book.build("-f", "mkdocs.yml", site="named")
    assert (built.code, "Not kept" in built.output) == (0, False), built.output
    assert UP_TO_DATE in book.build("-f", "mkdocs.yml", site="named").output


_STARTING = """\
import subprocess
from charterbook.site.macros import define_env as define_charterbook

def define_env(env):
    define_charterbook(env)
    env.macro(lambda: subprocess.check_output(["cat", "data.txt"], encoding="utf-8"), "told")
"""


def test_reads_of_programs_are_never_stale(tmp_path: Path) -> None:
    """Versions whose pages start a program are always rebuilt, and a line says so."""
    book = Handbook(tmp_path / "book")
    book.write("macros.py", _STARTING)
    book.write("data.txt", "told once\n")
    book.write("docs/told.md", "# Told\n\n{{ told() }}\n")
    book.commit("2025-01-06")
    book.commit("2025-04-07", title="Another")
    for word in ("once", "twice"):
        book.write("data.txt", f"told {word}\n")
        built = book.build("--strict")
        assert built.code == 0, built.output
        assert [f"told {word}" in built.text(f"{name}/told") for name in ("2025-Q1", "latest")] == [
            True,
            True,
        ]
        assert built.output.count("Not cached for the next build") == 1
    assert "2025-Q1, 2025-Q2 (it starts cat)" in built.output
