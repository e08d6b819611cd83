"""Whatever a page reads is an input: a change of it is seen by the next build, and by nothing but a change is one seen.

One handbook reads in every way that is known. It is built once; then each input is changed by itself, and the states
of the inputs are asked for. A random walk over such changes is built, and compared with builds from nothing.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.config import load_config

from charterbook.site.incremental.input_states import digest_of
from charterbook.site.incremental.up_to_date import BuildState, read_build_state
from charterbook.site.incremental.version_cache import KnownInputs
from charterbook.site.pipeline.reused_versions import INPUTS
from tests.site.handbooks import Handbook, snapshot
from tests.site.run_mkdocs import ROOT

UP_TO_DATE = "The site is up to date"
SCOPE = {"out": [{"id": "events", "name": "Events"}]}

#: All that the handbook reads, beside what `charterbook new` writes; {outside} is a folder beside it.
FILES = {
    "../outside/rates.csv": "rate 1\n",
    "../outside/lib/far.py": "FAR = 'far 1'\n",
    "../outside/lib/deep/down.py": "DOWN = 'down 1'\n",
    "../outside/snippets/far.md": "Far snippet 1\n",
    "../outside/linked/page.md": "# Linked\n\nLinked 1\n",
    "../outside/linked.csv": "linked csv 1\n",
    "base.yml": "extra: {inherited: inherited 1}\n",
    "includes/note.md": "Note 1\n",
    "includes/abbr.md": "*[KPI]: Abbreviation 1\n",
    "data/team.csv": "team 1\n",
    "data/more/a.txt": "a\n",
    "data/cells/one/cell.txt": "cell 1\n",
    "data/start.json": '{"start": "start 1"}',
    "people.yml": "name: people 1\n",
    "parts/part.md": "Part 1\n",
    "helpers/__init__.py": "",
    "helpers/inner/__init__.py": "from pathlib import Path\nSTART = Path('data/start.json').read_text()\n",
    "helpers/inner/word.py": "WORD = 'word 1'\n",
    "spaced/module.py": "SPACED = 'spaced 1'\n",
    "overrides/main.html": "{% extends 'base.html' %}{% block extrahead %}{% include 'own.html' %}{% endblock %}\n",
    "overrides/own.html": "<meta name=own content='own 1'>\n",
    "hooks/hook.py": (
        "from pathlib import Path\n"
        "def on_page_markdown(markdown, **_):\n"
        "    return markdown + '\\n\\n' + Path('hooks/hooked.txt').read_text()\n"
    ),
    "hooks/hooked.txt": "hooked 1\n",
    "docs/raw.csv": "raw 1\n",
    "watched/anything.bin": "anything 1\n",
}

MACROS = """\
import glob, os, sqlite3, sys
from contextlib import suppress
from pathlib import Path
from charterbook.site.macros import define_env as define_charterbook

sys.path.append("../outside/lib")
import far
import deep.down
import helpers.inner.word
import spaced.module
try:
    from optional import OPTION
except ImportError:
    OPTION = "no option"

def define_env(env):
    define_charterbook(env)
    root = Path(env.project_dir)

    @env.macro
    def relative():
        return (root / "data" / "team.csv").read_text()

    @env.macro
    def absolute():
        return Path("{outside}", "rates.csv").read_text() + Path("{outside}", "linked-to.csv").read_text()

    @env.macro
    def listed():
        return ", ".join(sorted(os.listdir("data/more")))

    @env.macro
    def found():
        return ", ".join(sorted(glob.glob("data/cells/*/cell.txt")) + sorted(map(str, Path("data").glob("*/extra.txt"))))

    @env.macro
    def tried():
        with suppress(OSError), open("data/tried.txt") as file:
            return file.read()
        return "not there"

    @env.macro
    def looked():
        return Path("data/looked.txt").read_text() if Path("data/looked.txt").exists() else "not there either"

    @env.macro
    def imported():
        words = (far.FAR, deep.down.DOWN, helpers.inner.word.WORD, helpers.inner.START, spaced.module.SPACED, OPTION)
        return ", ".join(words)

    @env.macro
    def queried():
        with sqlite3.connect("data/rows.db") as rows:
            return str(rows.execute("select word from rows").fetchall())

    @env.macro
    def variable():
        return os.environ.get("HANDBOOK_WORD", "") + os.getenv("HANDBOOK_OTHER", "")

    @env.macro
    def scope_page():
        return str(len((root / "docs" / "scope.md").read_text()))
"""

PAGE = """\
# Own

--8<-- "includes/note.md"

--8<-- "far.md"

--8<-- "includes/later.md"

{% include "part.md" %}

{{ relative() }} {{ absolute() }} {{ listed() }} {{ found() }} {{ tried() }} {{ looked() }} {{ imported() }}
{{ queried() }} {{ variable() }} {{ scope_page() }} {{ name }} {{ config.extra.inherited }} {{ config.extra.word }}

Our KPI.
"""

SETTINGS = """\
INHERIT: base.yml
site_name: Handbook
theme: {name: material, custom_dir: overrides}
hooks: [hooks/hook.py]
watch: [watched]
extra: {word: !ENV [EXTRA_WORD, nothing]}
plugins:
  - charterbook
  - macros: {module_name: macros, on_undefined: strict, include_dir: parts, include_yaml: [people.yml]}
  - search: {separator: !ENV [SEPARATOR, ' ']}
markdown_extensions:
  - abbr
  - pymdownx.snippets: {auto_append: [includes/abbr.md], base_path: [., ../outside/snippets]}
"""


def start(folder: Path) -> Handbook:
    """The handbook, with a version that has a scope and a newer one without."""
    book = Handbook(folder / "book")
    outside = folder / "outside"
    for name, text in FILES.items():
        path = book.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (book.folder / "docs/folder").symlink_to("../../outside/linked")
    (book.folder / "docs/linked.csv").symlink_to(outside / "linked.csv")
    (outside / "linked-to.csv").symlink_to("linked.csv")
    with sqlite3.connect(book.folder / "data/rows.db") as rows:
        rows.execute("create table rows (word)")
        rows.execute("insert into rows values ('row 1')")
    book.write("macros.py", MACROS.replace("{outside}", str(outside)))
    book.write("mkdocs.yml", SETTINGS)
    book.write("docs/own.md", PAGE)
    book.write(".gitignore", "site/\n.cache/\n__pycache__/\n")
    book.commit("2025-01-06", scope=SCOPE)
    book.commit("2025-04-07")
    return book


#: What a change is: files with their new text, links (`->`), None for one that goes, or the value of a variable.
CHANGES: dict[str, dict[str, str | None]] = {
    "a snippet": {"includes/note.md": "Note 2\n"},
    "a snippet outside": {"../outside/snippets/far.md": "Far snippet 2\n"},
    "a snippet of all pages": {"includes/abbr.md": "*[KPI]: Abbreviation 2\n"},
    "a snippet that was not there": {"includes/later.md": "Later\n"},
    "a part": {"parts/part.md": "Part 2\n"},
    "a YAML file": {"people.yml": "name: people 2\n"},
    "a file by its place in the handbook": {"data/team.csv": "team 2\n"},
    "a file by its place on disk": {"../outside/rates.csv": "rate 2\n"},
    "the target of a link": {"../outside/linked.csv": "linked csv 2\n"},
    "another target of a link": {"../outside/linked-to.csv": "->rates.csv"},
    "a file that goes": {"data/team.csv": None},
    "a file in a folder that is listed": {"data/more/b.txt": ""},
    "one that goes from there": {"data/more/a.txt": None},
    "a file that is found by a pattern": {"data/cells/two/cell.txt": ""},
    "one in a folder that was there": {"data/more/extra.txt": ""},
    "a file that was opened in vain": {"data/tried.txt": "tried"},
    "a file that was looked for in vain": {"data/looked.txt": "looked"},
    "a file that a module reads at once": {"data/start.json": '{"start": "start 2"}'},
    "a module in a package": {"helpers/inner/word.py": "WORD = 'word 2'\n"},
    "a module without a package": {"spaced/module.py": "SPACED = 'spaced 2'\n"},
    "a module outside": {"../outside/lib/far.py": "FAR = 'far 2'\n"},
    "a module in a folder outside": {"../outside/lib/deep/down.py": "DOWN = 'down 2'\n"},
    "a module that was not there": {"../outside/lib/optional.py": "OPTION = 'an option'\n"},
    "a database": {"data/rows.db": "no database at all"},
    "an override that is included": {"overrides/own.html": "<meta name=own content='own 2'>\n"},
    "a hook": {"hooks/hook.py": "def on_page_markdown(markdown, **_):\n    return markdown + 'hook'\n"},
    "a file that a hook reads": {"hooks/hooked.txt": "hooked 2\n"},
    "a file of docs/": {"docs/raw.csv": "raw 2\n"},
    "a linked file of docs/": {"../outside/linked.csv": "linked 2\n"},
    "a page in a linked folder": {"../outside/linked/page.md": "# Linked\n\nLinked 2\n"},
    "a page that comes to a linked folder": {"../outside/linked/more.md": "# More\n"},
    "mkdocs.yml's parent": {"base.yml": "extra: {inherited: inherited 2}\n"},
    "a file that is watched": {"watched/anything.bin": "anything 2\n"},
    "a variable in mkdocs.yml": {"$EXTRA_WORD": "something"},
    "a variable in the settings of a plugin": {"$SEPARATOR": "-"},
    "a variable in a macro": {"$HANDBOOK_WORD": "word"},
    "another variable in a macro": {"$HANDBOOK_OTHER": "other"},
}


def change(folder: Path, what: dict[str, str | None], patch: pytest.MonkeyPatch) -> None:
    """Change files, links and variables."""
    for name, text in what.items():
        path = folder / name
        if name.startswith("$"):
            patch.setenv(name[1:], str(text))
        elif text is None:
            path.unlink()
        elif text.startswith("->"):
            path.unlink()
            path.symlink_to(text[2:])
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Handbook:
    """The handbook, built."""
    started = start(tmp_path_factory.mktemp("inputs"))
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
    """Files below a folder that a change may concern."""
    found: dict[Path, str | bytes | None] = {}
    for place, inner, names in os.walk(top):
        inner[:] = [name for name in inner if name not in (".git", ".cache", "site", "__pycache__", "cold")]
        found |= {path: kept_of(path) for path in (Path(place, name) for name in (*inner, *names))}
    return found


def kept_of(path: Path) -> str | bytes | None:
    """Where a link leads, what is in a file, or None for a folder and for what is not there."""
    if path.is_symlink():
        return str(path.readlink())
    return path.read_bytes() if path.is_file() else None


def look(folder: Path) -> BuildState:
    """What a build finds before it begins."""
    config = load_config(str(folder / "mkdocs.yml"))
    return read_build_state(config, dict(config.plugins["charterbook"].config), serving=False)


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
    """A cache may move with it; nothing of Python, of packages or of Charterbook is an input."""
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
