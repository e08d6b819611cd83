"""Each input of pages is changed once: the versions that it concerns are planned again, and nothing else.

Three of the changes are built, and the site is then that of a build from nothing; test_inputs.py does so for many at
once. MkDocs builds the newest version itself, so it is always among them.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import charterbook
from tests.charters import minimal_charter
from tests.site.handbooks import Built, Handbook, environment, snapshot, undated
from tests.site.planned_versions import planned_versions
from tests.site.run_mkdocs import ROOT

SCOPE = {"out": [{"id": "events", "name": "Events"}]}
ALL = {"2025-Q1", "2025-Q2", "2025-Q3"}
SECOND = {"2025-Q2", "2025-Q3"}
NEWEST = "2025-Q3"


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A handbook of three versions, the first in Russian, built: only the second has a scope, and two revisions."""
    book = Handbook(
        tmp_path_factory.mktemp("counts") / "book", pages=("index", "mission", "scope", "changes")
    )
    book.write("docs/faq.md", "# Questions\n\n{{ answer() }}\n")
    book.write(
        "docs/scope.md", (book.folder / "docs/scope.md").read_text() + '\n{% include "parts/part.md" %}\n'
    )
    book.write("docs/parts/part.md", "A part.\n")
    book.write("docs/logo.svg", "<svg/>\n")
    book.write("helpers.py", "ANSWER = 42\n")
    book.write("macros.py", MACROS)
    book.write("overrides/main.html", "{% extends 'base.html' %}\n")
    book.write("hooks.py", "")
    book.replace("mkdocs.yml", "site_name: ", "exclude_docs: parts/\nhooks: [hooks.py]\nsite_name: ")
    book.replace("mkdocs.yml", "name: material", "name: material\n  custom_dir: overrides")
    book.write(".gitignore", "site/\n.cache/\n")
    book.commit("2025-01-06", title="Устав", language="ru")
    book.commit("2025-04-07", title="Charter 1", scope=SCOPE)
    book.commit("2025-05-07", title="Charter 2", scope=SCOPE)
    book.commit("2025-07-07", title="Charter 3")
    assert rebuilt(book.build()) == ALL
    return book.folder


MACROS = """\
from charterbook.site.macros import define_env as define_charterbook
from helpers import ANSWER


def define_env(env):
    define_charterbook(env)
    env.macro(lambda: f"{ANSWER}.", "answer")
"""


@pytest.fixture
def book(built_once: Path, tmp_path: Path) -> Handbook:
    """The same in a separate folder."""
    shutil.copytree(built_once, tmp_path / "book")
    return Handbook(tmp_path / "book")


def rebuilt(built: Built) -> set[str]:
    """Versions that a build reports as built."""
    assert built.code == 0, built.output
    counted = re.search(r"(\d+) versions: (\d+) to build", built.output)
    assert counted, built.output
    named = re.findall(r"(\S+) built in .* \(", built.output)
    assert len(named) == int(counted[2]) or (named, counted[2]) == ([], "1")
    return set(named or [NEWEST])


def from_nothing(book: Handbook, **variables: str) -> dict[str, str]:
    """Site of a build without caches except the list of addresses, in another folder."""
    folder = book.folder.with_name("cold")
    shutil.copytree(book.folder, folder, ignore=shutil.ignore_patterns("site", ".cache"))
    shutil.copy(book.folder / "site" / "addresses.json", folder / "addresses.json")
    built = (
        Handbook(folder).run_in_new_process("build", **variables) if variables else Handbook(folder).build()
    )
    assert built.code == 0, built.output
    return snapshot(built.site)


def _settings(old: str, new: str) -> Callable[[Handbook], object]:
    return lambda book: book.replace("mkdocs.yml", old, new)


#: A change, and the versions that it concerns. No page goes: its address would lead on, and one built from
#: nothing would not know it.
CHANGES: dict[str, tuple[Callable[[Handbook], object], set[str]]] = {
    "nothing": (lambda _: None, {NEWEST}),
    "a file beside it": (lambda book: book.write("notes.txt", "x"), {NEWEST}),
    "charter": (
        lambda book: book.commit("2025-08-01", title="Later", version="2025-Q2", scope=SCOPE),
        SECOND,
    ),
    "language": (
        lambda book: book.commit("2025-08-01", title="Позже", version="2025-Q2", language="ru", scope=SCOPE),
        SECOND,
    ),
    "new version": (lambda book: book.commit("2025-10-06", title="Charter 4"), {NEWEST, "2025-Q4"}),
    "draft": (
        lambda book: book.write("charter.yml", minimal_charter(title="Draft")),
        {NEWEST, "draft"},
    ),
    "tag": (lambda book: book.repo.tag("2025-Q2", "HEAD~2"), SECOND),
    "page of all versions": (lambda book: book.write("docs/faq.md", "# Answers\n"), ALL),
    "page of one version": (
        lambda book: book.write("docs/scope.md", "---\nsection: scope\n---\n# X\n"),
        SECOND,
    ),
    "new page of one version": (
        lambda book: book.write("docs/out.md", "---\nsection: scope\n---\n# X\n"),
        SECOND,
    ),
    "included part": (lambda book: book.write("docs/parts/part.md", "Another part.\n"), ALL),
    "asset": (lambda book: book.write("docs/logo.svg", "<svg></svg>\n"), ALL),
    "macro": (lambda book: book.replace("macros.py", '{ANSWER}."', '{ANSWER}!"'), ALL),
    "module": (lambda book: book.write("helpers.py", "ANSWER = 43\n"), ALL),
    "hook": (
        lambda book: book.write("hooks.py", "def on_page_markdown(markdown, **_): return markdown + 'x'"),
        ALL,
    ),
    "override": (
        lambda book: book.write(
            "overrides/main.html",
            "{% extends 'base.html' %}{% block extrahead %}<meta name=x>{% endblock %}\n",
        ),
        ALL,
    ),
    "mkdocs.yml": (_settings("site_name: ", "copyright: Quillmere\nsite_name: "), ALL),
    "address": (_settings("# site_url: ", "site_url: "), ALL),
    "severity": (_settings("- charterbook", "- charterbook: {severity: {title: commitment}}"), ALL),
    "rule": (_settings("- charterbook", "- charterbook: {rules: {service-metric: hint}}"), ALL),
}


@pytest.mark.parametrize("name", CHANGES)
def test_changed_inputs_make_their_versions_outdated(book: Handbook, name: str) -> None:
    """Each input once."""
    change, concerned = CHANGES[name]
    change(book)
    assert planned_versions(book) == concerned


@pytest.mark.parametrize(
    "name",
    [
        "language",
        "new page of one version",
        "override",
        *(pytest.param(name, marks=pytest.mark.slow) for name in CHANGES),
    ],
)
def test_changed_inputs_rebuild_their_versions(book: Handbook, name: str) -> None:
    """A second build finds everything up to date."""
    change, concerned = CHANGES[name]
    change(book)
    assert rebuilt(book.build()) == concerned
    assert snapshot(book.folder / "site") == from_nothing(book)
    assert "The site is up to date" in book.build().output


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A copy of Charterbook itself."""
    shutil.copytree(Path(charterbook.__file__).parent, tmp_path / "program/charterbook")
    return tmp_path / "program"


def _catalog(program: Path) -> None:
    catalog = program / "charterbook/locale/ru/LC_MESSAGES/charterbook.po"
    text = catalog.read_text(encoding="utf-8")
    assert text.count('"Черновик"') >= 1
    catalog.write_text(
        text.replace('msgstr "', 'msgstr "Ё', 40).replace('msgstr "Ё"', 'msgstr ""'), encoding="utf-8"
    )


def _template(program: Path) -> None:
    template = program / "charterbook/site/templates/notice.html"
    template.write_text(template.read_text(encoding="utf-8") + "<!-- more -->", encoding="utf-8")


def _package(program: Path) -> None:
    (program / "nh3-99.dist-info").mkdir()
    (program / "nh3-99.dist-info/METADATA").write_text("Metadata-Version: 2.1\nName: nh3\nVersion: 99\n")


@pytest.mark.parametrize("change", [_catalog, _template, _package])
def test_another_program_has_another_fingerprint(program: Path, change: Callable[[Path], None]) -> None:
    """Other code, other templates, or another version of a library."""
    before = fingerprint_of(program)
    assert fingerprint_of(program) == before
    change(program)
    assert fingerprint_of(program) != before


def fingerprint_of(program: Path) -> str:
    """Hash of a copy of Charterbook in the keys of all versions."""
    code = "from charterbook.site.incremental import fingerprint; print(fingerprint._program())"
    path = {"PYTHONPATH": str(program)}
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, env=environment(**path), cwd=program, capture_output=True, encoding="utf-8", check=True
    ).stdout


def test_another_program_builds_all_again(book: Handbook, program: Path) -> None:
    """With its own templates."""
    path = {"PYTHONPATH": str(program)}
    assert rebuilt(book.run_in_new_process("build", **path)) == {NEWEST}
    _template(program)
    assert rebuilt(book.run_in_new_process("build", **path)) == ALL
    assert snapshot(book.folder / "site") == from_nothing(book, **path)


#: Ways in which the same site can be built.
WAYS = {
    "on one processor": "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})",
    "alone": "import charterbook.site.pipeline.pool as b; b.workers = lambda: 1",
    "by three": "import charterbook.site.pipeline.pool as b; b.workers = lambda: 3",
    "by three that are started afresh": (
        "import charterbook.site.pipeline.pool as b; b.workers = lambda: 3; "
        "import threading; threading.Thread(target=threading.Event().wait, daemon=True).start()"
    ),
}


#: Another day, place on earth and language of the machine; another order of unordered data.
ANOTHER = {
    "SOURCE_DATE_EPOCH": "1900000000",
    "TZ": "Pacific/Auckland",
    "LC_ALL": "C",
    "PYTHONHASHSEED": "3",
}


@pytest.mark.parametrize(
    "way",
    [
        "alone",
        "by three that are started afresh",
        *(pytest.param(way, marks=pytest.mark.slow) for way in ("on one processor", "by three")),
    ],
)
def test_however_it_is_built_the_bytes_are_the_same(book: Handbook, way: str) -> None:
    """Without caches, on another machine."""
    before = undated(book.folder / "site")
    for name in (".cache", "site"):
        shutil.rmtree(book.folder / name)
    start = f"{WAYS[way]}; from mkdocs.__main__ import cli; cli(['build'])"
    done = subprocess.run(
        [sys.executable, "-c", start],
        cwd=book.folder,
        env=environment(PYTHONPATH=ROOT, **ANOTHER),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "3 to build" in done.stderr
    assert undated(book.folder / "site") == before


def test_a_page_that_asks_for_the_newest_commit_is_built_with_each(book: Handbook) -> None:
    """mkdocs-macros exposes it to pages; otherwise a commit of another file affects no version."""
    book.write("docs/faq.md", "# Questions\n\nAs of {{ git.short_commit }}.\n")
    book.repo.commit({"notes.txt": "one"}, "One", "2025-08-01")
    assert rebuilt(book.build()) == ALL
    newest = book.repo.commit({"notes.txt": "two"}, "Two", "2025-08-02")
    built = book.build()
    assert rebuilt(built) == ALL
    assert f"As of {newest[:7]}" in built.text("2025-Q1/faq")
