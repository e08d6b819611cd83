"""The archive of compiled modules: commands import the same modules as without it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command_line import ROOT, bytecode_in, run_code

#: Number of modules of the package, enough for an archive.
_MODULES = 50

#: Imports the package below an archive, or as Python does, and prints what a module knows of itself.
_CODE = """
import importlib, importlib.resources, inspect, json, pkgutil, sys
from charterbook import module_archive

usual, folder, setup = {usual}, {folder!r}, {setup!r}
sys.path.insert(0, folder)
module_archive.code_folders = lambda: (folder,)
exec(setup)

def facts(name):
    module = importlib.import_module(name)
    return {{
        "value": module.VALUE, "doc": module.__doc__, "file": module.__file__, "cached": module.__cached__,
        "package": module.__package__, "path": list(getattr(module, "__path__", [])),
        "spec": [module.__spec__.origin, module.__spec__.has_location, module.__spec__.parent],
        "source": inspect.getsource(module), "code": module.code(),
        "resource": importlib.resources.files("book").joinpath("data.txt").read_text(),
    }}

def names():
    import book
    return ["book", *sorted(m.name for m in pkgutil.walk_packages(book.__path__, "book."))]

if usual:
    found = {{name: facts(name) for name in names()}}
else:
    with module_archive.archived_modules():
        found = {{name: facts(name) for name in names()}}
archived = [n for n in found if type(sys.modules[n].__loader__).__module__ == "charterbook.module_archive"]
print(json.dumps([found, archived]))
"""


class Book:
    """A package of many modules, and commands that import it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "lib"
        self.bytecode = folder / "bytecode"
        for number in range(_MODULES):
            self.write(f"m{number}.py", number)
        self.write("__init__.py", -1)
        self.write("part/__init__.py", -2)
        self.write("part/inner.py", -3)
        (self.folder / "book/data.txt").write_text("data")

    def write(self, path: str, value: int, *, later: bool = False) -> None:
        """Write a module, as an editor does: in place, at another time."""
        file = self.folder / "book" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(
            f'"""The doc."""\nVALUE = {value}\ndef code():\n    return code.__code__.co_filename\n'
        )
        moment = 1_600_000_000 + 10 * later
        os.utime(file, (moment, moment))

    def run(
        self, *, usual: bool = False, setup: str = "", **variables: str
    ) -> tuple[dict[str, object], list[str]]:
        """What each module knows of itself, and the names of those from the archive."""
        code = _CODE.format(usual=usual, folder=str(self.folder), setup=setup)
        done = run_code(code, self.bytecode, **variables)
        assert (done.returncode, done.stderr) == (0, "")
        found, archived = json.loads(done.stdout)
        return found, archived

    @property
    def archives(self) -> list[Path]:
        """The files of archives."""
        return list(self.bytecode.rglob("*.archive"))


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A package with an archive."""
    book = Book(tmp_path)
    assert book.run()[1] == []
    assert len(book.archives) == 1
    return book


def test_archived_modules_are_those_that_python_imports(book: Book) -> None:
    """With their files, packages, sources, resources and the paths in their code."""
    usual, _ = book.run(usual=True)
    found, archived = book.run()
    assert found == usual
    assert archived == [name for name in usual if name != "book"]


@pytest.mark.parametrize(
    "change",
    ["edited", "grown", "replaced by a package", "removed", "added"],
)
def test_a_change_is_noticed(book: Book, change: str) -> None:
    """Whether the size of a module changes or its time, or what Python finds in its folder."""
    match change:
        case "edited":
            book.write("m7.py", 8, later=True)
        case "grown":
            book.write("m7.py", 700)
        case "replaced by a package":
            book.write("m7/__init__.py", 8)
        case "removed":
            (book.folder / "book/m7.py").unlink()
        case "added":
            book.write("m99.py", 99)
    assert book.run()[0] == book.run(usual=True)[0]


def test_new_modules_join_the_archive(book: Book) -> None:
    """Once they are many."""
    for number in range(_MODULES):
        book.write(f"more/n{number}.py", number)
    book.write("more/__init__.py", 0)
    book.run()
    found, archived = book.run()
    assert archived == [name for name in found if name != "book"]


@pytest.mark.parametrize("size", [0, 3, 40, 2000])
def test_an_incomplete_archive_is_ignored(book: Book, size: int) -> None:
    """As after a full disk, and replaced."""
    [archive] = book.archives
    archive.write_bytes(archive.read_bytes()[:size])
    assert book.run()[1] == []
    assert book.run()[1] != []


def test_an_archive_of_another_python_is_ignored(book: Book) -> None:
    """Its bytecode would crash this one."""
    [archive] = book.archives
    archive.write_bytes(b"\0" + archive.read_bytes()[1:])
    assert book.run()[1] == []


def test_without_bytecode_nothing_is_written(tmp_path: Path) -> None:
    """As Python itself."""
    book = Book(tmp_path)
    book.run(PYTHONDONTWRITEBYTECODE="1")
    assert book.archives == []


def test_a_folder_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    """No message, and the exit code stays."""
    book = Book(tmp_path)
    (tmp_path / "bytecode").write_text("a file")
    assert book.run()[1] == []


_OTHER_FINDER = """
from importlib.machinery import PathFinder
class Tracer:
    find_spec = staticmethod(PathFinder.find_spec)
sys.meta_path.insert(0, Tracer)
"""
_OTHER_HOOK = """
def trace(path):
    raise ImportError
sys.path_hooks.insert(0, trace)
"""


@pytest.mark.parametrize("setup", [_OTHER_FINDER, _OTHER_HOOK])
def test_another_way_of_finding_modules_is_respected(book: Book, setup: str) -> None:
    """Tools for tracing and type checks hook into imports."""
    assert book.run(setup=setup)[1] == []


def test_the_command_line_uses_it(tmp_path: Path) -> None:
    """For all its modules, also those of libraries."""
    env = bytecode_in(tmp_path)
    command = [sys.executable, "-v", "-m", "charterbook", "check"]
    first, second = (
        subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
        for _ in range(2)
    )
    assert (first.returncode, first.stdout) == (second.returncode, second.stdout)
    by_python = [line for line in second.stderr.splitlines() if line.startswith("# code object from")]
    assert 0 < len(by_python) < 0.4 * first.stderr.count("\n# code object from"), by_python
