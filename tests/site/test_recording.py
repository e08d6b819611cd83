"""The record of the actions of Python code, and the inputs among them."""

from __future__ import annotations

import glob
import importlib.metadata
import importlib.util
import json
import multiprocessing
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import charterbook
from charterbook.site.incremental import recording
from charterbook.site.incremental.input_paths import is_own
from charterbook.site.incremental.input_states import Input, InputScope, InputStates
from charterbook.site.incremental.version_inputs import ReadInputs, inputs_of, read_of

#: What a search for a plain name lists in addition: Python 3.12 lists the folder above it.
LISTED: set[Input] = {("folder", "data")} if sys.version_info[:2] == (3, 12) else set()


@pytest.fixture
def scope(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[InputScope]:
    """A handbook's folder with a few files, where everything is recorded from now on."""
    for name in (
        "data/a.csv",
        "docs/page.md",
        "docs/lacked.md",
        ".cache/charterbook/entry",
        "site/index.html",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    monkeypatch.chdir(tmp_path)
    theirs, of_tests = recording.own_modules, set(sys.modules)
    monkeypatch.setattr(
        recording, "own_modules", lambda: {name: it for name, it in theirs().items() if name not in of_tests}
    )
    recording.forget()
    recording.start()
    outputs = (tmp_path / "site", tmp_path / ".cache/charterbook")
    docs = {"page.md": "1", "lacked.md": "2"}
    yield InputScope(tmp_path, tmp_path / "docs", docs, outputs, tmp_path / "charter.yml")
    recording.forget()


def found(scope: InputScope, lacks: tuple[str, ...] = ()) -> set[Input]:
    """The inputs so far."""
    return set(inputs_of(recording.record(), scope, lacks))


def read(scope: InputScope) -> ReadInputs:
    """The files that have been read so far."""
    return read_of(recording.record(), scope, ())


def _in_thread() -> None:
    thread = threading.Thread(target=Path("data/a.csv").read_text)
    thread.start()
    thread.join()


def _open_below(folder: str, name: str) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.close(os.open(name, os.O_RDONLY, dir_fd=descriptor))
    finally:
        os.close(descriptor)


def _list_by_descriptor(listing: Callable[[int], object]) -> None:
    descriptor = os.open("data", os.O_RDONLY)
    listing(descriptor)
    os.close(descriptor)


@pytest.mark.parametrize(
    ("act", "inputs"),
    [
        (lambda: Path("data/a.csv").read_text(), {("file", "data/a.csv")}),
        (lambda: os.close(os.open(b"data/a.csv", os.O_RDONLY)), {("file", "data/a.csv")}),
        (_in_thread, {("file", "data/a.csv")}),
        (lambda: Path("none.csv").read_text(), {("file", "none.csv")}),
        (lambda: sqlite3.connect("data/a.csv").close(), {("file", "data/a.csv")}),
        (lambda: sqlite3.connect("file:data/a%2ecsv?mode=ro", uri=True).close(), {("file", "data/a.csv")}),
        (lambda: sqlite3.connect("file:some?mode=memory", uri=True).close(), set()),
        (lambda: sqlite3.connect("file::memory:", uri=True).close(), set()),
        (lambda: list(Path("data").iterdir()), {("folder", "data")}),
        (lambda: list(os.walk("data")), {("folder", "data")}),
        (lambda: os.listdir("data/"), {("folder", "data")}),  # noqa: PTH208 (Path drops the slash)
        (os.listdir, {("folder", ".")}),
        (lambda: _open_below("data", "a.csv"), {("file", "data/a.csv")}),
        (lambda: _open_below(".", "data/a.csv"), {("file", "data/a.csv")}),
        (lambda: _open_below("data", "none.csv"), {("file", "data/none.csv"), ("file", "none.csv")}),
        (lambda: list(os.fwalk(".")), {("folder", name) for name in (".", "data", "docs")}),
        (lambda: _list_by_descriptor(os.listdir), {("folder", "data")}),
        (lambda: _list_by_descriptor(lambda it: os.scandir(it).close()), {("folder", "data")}),
        (lambda: list(Path("none").iterdir()), {("folder", "none")}),
        (lambda: glob.glob("d*/a.csv"), {("flat glob", "d*/a.csv"), ("folder", ".")}),  # noqa: PTH207 (that, too)
        (lambda: list(Path("data").glob("none/a.csv")), {("glob", "data/none/a.csv"), *LISTED}),
        (lambda: list(Path("data").rglob("a.csv")), {("glob", "data/**/a.csv"), ("folder", "data")}),
        (lambda: Path("data/new.csv").write_text("x"), set()),
        (lambda: os.close(tempfile.mkstemp(dir="data")[0]), set()),
        (lambda: Path("site/index.html").read_text(), set()),
        (lambda: Path(".cache/charterbook/entry").read_text(), set()),
        (lambda: Path("docs/page.md").read_text(), set()),
        (lambda: Path(os.devnull).read_text(), set()),
        (lambda: Path(pytest.__file__).read_text(), set()),
        (lambda: list(Path(glob.__file__).parent.glob("no*.py")), set()),
        (lambda: glob.glob(f"{Path(pytest.__file__).parent}/no*.py"), set()),  # noqa: PTH207 (that, too)
        (lambda: Path(glob.__file__).read_text(), set()),
    ],
)
def test_what_is_an_input(scope: InputScope, act: Callable[[], object], inputs: set[Input]) -> None:
    """Files, folders and searches by any code, but neither outputs, known inputs nor programs."""
    with suppress(OSError):
        act()
    assert found(scope) == inputs
    assert read(scope).is_known


def test_a_page_that_a_version_lacks_is_an_input_where_it_is_read(scope: InputScope) -> None:
    """It does not count by itself."""
    Path("docs/lacked.md").read_text()
    assert found(scope, ("lacked.md",)) == {("file", "docs/lacked.md")}


def test_a_file_that_was_written_and_read_is_none(scope: InputScope) -> None:
    """A build makes its own files from files that it read before."""
    Path("data/new.csv").write_text("x")
    Path("data/new.csv").read_text()
    Path("data/new.csv").rename("data/other.csv")
    Path("data/other.csv").read_text()
    assert found(scope) == set()


def test_a_new_folder_is_none_but_an_old_one_is(scope: InputScope) -> None:
    """Plugins write into temporary folders, and list and remove them."""
    with tempfile.TemporaryDirectory(dir=scope.root) as folder:
        Path(folder, "inner").mkdir()
        Path(folder, "inner/page.md").write_text("x")
        assert [list(top.iterdir()) for top in (Path(folder), Path(folder, "inner"))]
        assert found(scope) == set()
    assert read(scope).is_known
    Path("data").mkdir(exist_ok=True)
    assert list(Path("data").iterdir())
    assert ("folder", "data") in found(scope)


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.write_text("another"),
        lambda path: path.with_name("new").write_text("another") and path.with_name("new").replace(path),
    ],
)
def test_a_file_that_was_read_and_then_written_is_not_known(
    scope: InputScope, change: Callable[[Path], object]
) -> None:
    """The page shows its first state; the next build finds another one."""
    Path("data/a.csv").read_text()
    change(Path("data/a.csv"))
    assert read(scope).unseen == {"data/a.csv changed meanwhile"}


def test_a_file_that_is_opened_to_be_changed_is_an_input(scope: InputScope) -> None:
    """It can only be read."""
    with Path("data/a.csv").open("r+") as file:
        file.read()
    assert found(scope) == {("file", "data/a.csv")}
    assert read(scope).is_known


def test_nothing_is_recorded_of_charterbook_and_after_a_build(scope: InputScope) -> None:
    """The record remains for the next build of the process, unless a file changed."""
    with recording.unrecorded():
        Path("data/a.csv").read_text()
    assert found(scope) == set()
    Path("data/a.csv").read_text()
    recording.stop()
    Path("docs/../data").iterdir()
    assert found(scope) == {("file", "data/a.csv")}
    recording.start()
    assert found(scope) == {("file", "data/a.csv")}
    recording.stop()
    Path("data/a.csv").write_text("longer")
    recording.start()
    assert found(scope) == set()


def test_a_look_for_installed_packages_is_no_input(
    scope: InputScope, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python lists all folders in which packages can be installed; the handbook's own may be one of them."""
    monkeypatch.syspath_prepend(scope.root)
    assert list(importlib.metadata.entry_points(group="mkdocs.themes"))
    assert found(scope) == set()


@pytest.mark.parametrize("package", ["git", "history", "site"])
def test_what_charterbook_reads_by_itself_is_no_input(scope: InputScope, package: str) -> None:
    """In any module of Charterbook that lists a folder."""
    file = Path(charterbook.__file__).with_name(package) / "some_module.py"
    exec(compile("import os; os.listdir('data')", str(file), "exec"))  # noqa: S102
    assert found(scope) == set()


def test_an_input_that_changes_while_it_is_built_is_not_known(scope: InputScope) -> None:
    """The page can be outdated."""
    Path("data/a.csv").read_text()
    recording.stop()
    Path("data/a.csv").write_text("longer")
    assert read(scope).unseen == {"data/a.csv changed meanwhile"}


@pytest.mark.parametrize(
    ("command", "unseen"),
    [
        (["git", "log", "-1"], set()),
        (["git", "-C", ".", "--no-pager", "-c", "a.b=c", "rev-parse", "HEAD"], set()),
        (["sh", "-c", "git rev-parse HEAD"], set()),
        (["git", "status"], {"it runs a git command that reads more than history"}),
        (["git", "describe", "--dirty"], {"it runs a git command that reads more than history"}),
        (["sh", "-c", "git log | cat"], {"it starts sh"}),
        (["cat", "data/a.csv"], {"it starts cat"}),
    ],
)
def test_reads_of_programs_other_than_git_are_unknown(
    scope: InputScope, command: list[str], unseen: set[str]
) -> None:
    """Git history commands are known inputs."""
    subprocess.run(command, capture_output=True, check=False)
    assert read(scope).unseen == unseen
    assert (("git", "") in found(scope)) == (not unseen)


@pytest.mark.parametrize(
    ("act", "unseen"),
    [
        (lambda: os.system("cat data/a.csv"), {"it starts sh"}),  # noqa: S605 (that, too)
        (lambda: os.system("git log -1 2"), set()),  # noqa: S605
        (lambda: sys.audit("os.posix_spawn", "/bin/cat", ["cat"], {}), {"it starts cat"}),
        (lambda: sys.audit("os.posix_spawn", "/bin/git", ["git", "log"], {}), set()),
        (lambda: sys.audit("os.fork"), {"it starts a process"}),
        (lambda: sys.audit("os.forkpty"), {"it starts a process"}),
        (lambda: sys.audit("open", b"\0", "r", None), set()),
        (lambda: sys.audit("glob.glob/2", 1, False, None, None), {"glob.glob/2 could not be recorded"}),
    ],
)
def test_other_ways_to_start_a_program(
    scope: InputScope, act: Callable[[], object], unseen: set[str]
) -> None:
    """By the system's shell, or by fork; anything unknown counts as unseen."""
    act()
    assert read(scope).unseen == unseen


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_reads_of_processes_are_unknown(scope: InputScope, method: str) -> None:
    """However they are started."""
    context: Any = multiprocessing.get_context(method)
    process = context.Process(target=print)
    process.start()
    process.join()
    process.close()
    assert "it starts a process" in read(scope).unseen or method == "forkserver"
    assert read(scope).unseen


def test_a_module_that_is_not_there_is_an_input(scope: InputScope, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever it would be found, but for folders of packages."""
    monkeypatch.syspath_prepend(str(scope.root / "lib"))
    with suppress(ImportError):
        __import__("handbooks_own.missing")
    places = {name for _, name in found(scope) if name.startswith("lib/")}
    assert places == {
        f"lib/handbooks_own{name}" for name in (".py", "/__init__.py", "/missing.py", "/missing/__init__.py")
    }
    assert not [name for _, name in found(scope) if "-packages" in name]


def test_network_access_is_unknown(scope: InputScope) -> None:
    """Its response is unknown."""
    with socket.socket() as one, suppress(OSError):
        one.connect(("127.0.0.1", 9))
    assert read(scope).unseen == {"it reads from 127.0.0.1"}


def test_python_may_ask_about_the_machine(scope: InputScope) -> None:
    """That is no input of a page."""
    import ctypes.util
    import platform

    platform.uname().processor  # noqa: B018 (it starts a program)
    ctypes.util.find_library("c")
    assert read(scope).unseen == set()


@pytest.mark.parametrize(
    ("name", "text", "inputs"),
    [
        ("a.py", "x = datetime.date.today()", {("day", "")}),
        (
            "a.py",
            "x = os.environ['ONE'] + os.getenv( 'TWO' )",
            {("environment", "ONE"), ("environment", "TWO")},
        ),
        ("a.py", "x = 'ONE' in os.environ", {("environment", "ONE")}),
        (
            "a.py",
            "x = 'ONE' not in environ and environ.pop( 'TWO')",
            {("environment", "ONE"), ("environment", "TWO")},
        ),
        ("a.py", "x = os.environ[name]", {("environment", "*")}),
        ("a.py", "x = os.environ['ONE'] or os.getenv(name)", {("environment", "ONE"), ("environment", "*")}),
        ("a.py", "x = {k: v for k, v in os.environ.items()}", {("environment", "*")}),
        ("a.py", "x = os.path.expandvars('$ONE')", {("environment", "*")}),
        ("a.py", "from os import environ, getenv\nx = getenv('ONE')", {("environment", "ONE")}),
        ("a.py", "x = Path.home()", {("environment", "HOME"), ("environment", "USERPROFILE")}),
        ("a.py", "x = moment.astimezone()", {("zone", "")}),
        ("a.py", "x = Path('a').exists()", {("names", ".")}),
        ("a.py", "x = Path('../a').exists()", {("names", "."), ("entry", "{above}/a")}),
        ("a.py", "x = Path('/no/a').exists()", {("names", "."), ("entry", "/no/a")}),
        ("a.py", "x = Path('.b/a').exists()", {("names", "."), ("entry", ".b/a")}),
        ("a.py", "x = '../a'", set()),
        ("a.py", "x = os.path.getsize('a')", {("statuses", ".")}),
        ("a.py", "x = path.stat().st_mtime", {("names", "."), ("statuses", ".")}),
        ("a.py", "x = os.readlink('a')", {("statuses", ".")}),
        ("a.py", "x = os.path.realpath('../a')", {("statuses", "."), ("entry", "{above}/a")}),
        ("a.py", "x = os.path.realpath(__file__)", set()),
        ("a.py", "x = 1", set()),
        ("a.py", "x = polars.read_csv('data/a.csv')", {("file", "data/a.csv")}),
        ("a.py", "x = duckdb.sql(\"from 'data/a.csv'\")", {("file", "data/a.csv")}),
        ("a.py", "from lxml import etree\nx = etree.parse(f'data/{x}.xml')", {("statuses", ".")}),
        ("a.py", "import polars\nx = polars.read_csv( name)", {("statuses", ".")}),
        ("a.py", "import polars\nx = polars.read_csv('data/a.csv')", {("file", "data/a.csv")}),
        (
            "a.py",
            "import h5py\nx = h5py.File('../a/' + name)",
            {("statuses", "."), ("entry", "{above}/a")},
        ),
        ("a.py", "x = 'data' + 'docs/page.md' + 'site/index.html' + 'data/none.csv' + '\\0.x'", set()),
        ("a.html", "{{ now() }}", {("day", "")}),
        ("a.html", "{% include 'x' ignore missing %}", {("names", ".")}),
        ("a.html", "What now (today)?", set()),
    ],
)
def test_code_and_templates_name_inputs(scope: InputScope, name: str, text: str, inputs: set[Input]) -> None:
    """The day, variables, and tests for files, for which there are no audit events."""
    with recording.unrecorded():
        Path(name).write_text(text)
    Path(name).read_text()
    above = str(scope.root.parent)
    assert found(scope) == {(kind, where.replace("{above}", above)) for kind, where in inputs} | {
        ("file", name)
    }


def test_the_state_of_an_entry_is_its_kind_and_status(scope: InputScope) -> None:
    """Missing, a folder, or a file with its size and age."""

    def state() -> str:
        return InputStates(scope).of([("entry", "data/entry")])["entry", "data/entry"]

    place, seen = scope.root / "data/entry", [state()]
    place.mkdir()
    seen.append(state())
    place.rmdir()
    for text in ("", "longer"):
        place.write_text(text)
        seen.append(state())
    assert len(set(seen)) == 4


def test_variables_of_the_shell_are_no_inputs(scope: InputScope, monkeypatch: pytest.MonkeyPatch) -> None:
    """Code that reads any variable depends on all others."""

    def state() -> str:
        return InputStates(scope).of([("environment", "*")])["environment", "*"]

    before = state()
    monkeypatch.setenv("SHLVL", "99")
    assert state() == before
    monkeypatch.setenv("HANDBOOK_WORD", "word")
    assert state() != before


def test_the_status_of_files_changes_with_size_age_mode_and_target(scope: InputScope) -> None:
    """Of those below the handbook's folder; folders have no age, since builds change it."""

    def status() -> str:
        return InputStates(scope).of([("statuses", ".")])["statuses", "."]

    seen = [status()]
    (scope.root / "data/a.csv").write_text("longer")
    seen.append(status())
    os.utime(scope.root / "data/a.csv", (1, 1))
    seen.append(status())
    (scope.root / "data/a.csv").chmod(0o755)  # for os.access
    seen.append(status())
    for target in ("a.csv", "b.csv"):
        (scope.root / "data/link").unlink(missing_ok=True)
        (scope.root / "data/link").symlink_to(target)
        os.utime(scope.root / "data/link", (1, 1), follow_symlinks=False)
        seen.append(status())
    assert len(set(seen)) == 6
    (scope.root / "site/new.html").write_text("")
    os.utime(scope.root / "docs", (1, 1))
    assert status() == seen[-1]


def test_an_unknown_kind_always_differs(scope: InputScope) -> None:
    """As in a cache of a later Charterbook."""
    assert InputStates(scope).of([("mood", "x")]) != InputStates(scope).of([("mood", "x")])


def test_a_module_that_a_handbook_imports_is_read_again_by_the_next_build(
    scope: InputScope, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It remains an input of all versions that a process builds."""
    monkeypatch.syspath_prepend(str(scope.root / "lib"))
    with recording.unrecorded():
        (scope.root / "lib/handbooks_own/inner").mkdir(parents=True)
        (scope.root / "lib/handbooks_own/inner/word.py").write_text("")
    __import__("handbooks_own.inner.word")
    assert ("file", "lib/handbooks_own/inner/word.py") in found(scope)
    with recording.recorded():
        recording.start()
    assert "handbooks_own.inner.word" in sys.modules
    recording.start()
    assert [name for name in sys.modules if name.startswith("handbooks_own")] == []


@pytest.mark.parametrize(
    ("path", "is_input"),
    [
        ("/srv/handbook/data/a.csv", True),
        ("/dev/shm/handbook/data/a.csv", True),  # noqa: S108 – nothing is written
        ("/srv/training-packages/handbook/a.csv", True),
        ("/srv/site-packages.d/a.csv", True),
        ("/dev/null", False),
        ("/proc/meminfo", False),
        ("/srv/handbook/.venv/lib/python3.11/site-packages/material/base.html", False),
        ("/usr/lib/python3/dist-packages/yaml/__init__.py", False),
        (json.__file__, False),
    ],
)
def test_files_of_the_system_and_of_packages_are_no_inputs(path: str, *, is_input: bool) -> None:
    """Files of a handbook are inputs wherever it is: also in memory, and in a folder that ends in -packages."""
    assert is_own(path) == is_input


def test_a_module_that_a_hook_imports_stays(scope: InputScope, monkeypatch: pytest.MonkeyPatch) -> None:
    """MkDocs imports hooks once, and they can share values with macros.py in a module."""
    monkeypatch.syspath_prepend(str(scope.root / "lib"))
    texts = {
        "its_hook.py": "import shared_by_hook\nfrom used_by_hook import word\n",
        "lib/shared_by_hook.py": "import inner_of_hook\n",
        "lib/inner_of_hook.py": "",
        "lib/used_by_hook.py": "def word(): ...\n",
        "lib/used_by_macros.py": "",
    }
    with recording.unrecorded():
        for name, text in texts.items():
            (scope.root / name).parent.mkdir(exist_ok=True)
            (scope.root / name).write_text(text)
    spec = importlib.util.spec_from_file_location("its_hook.py", scope.root / "its_hook.py")
    assert spec is not None
    assert spec.loader is not None
    hook = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "its_hook.py", hook)
    spec.loader.exec_module(hook)
    importlib.import_module("used_by_macros")
    recording.start()
    try:
        assert {"its_hook.py", "shared_by_hook", "inner_of_hook", "used_by_hook"} <= sys.modules.keys()
        assert "used_by_macros" not in sys.modules
    finally:
        for name in ("shared_by_hook", "inner_of_hook", "used_by_hook"):
            sys.modules.pop(name, None)


_KEPT = """
import ctypes, sys, types
sys.modules["late"] = types.ModuleType("late")
from charterbook.site.incremental import recording

class Late:
    def __del__(self):
        raise ValueError("its own error")

recording.start()
recording.stop()
sys.modules["late"].kept = Late()
for module in (recording, sys.modules["late"]):
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(module))
"""


def test_errors_while_python_ends() -> None:
    """Python sets the globals of modules that something keeps to None, then reports errors of other objects."""
    ended = subprocess.run([sys.executable, "-c", _KEPT], capture_output=True, text=True, check=False)
    assert "its own error" in ended.stderr
    assert "audit hook" not in ended.stderr
