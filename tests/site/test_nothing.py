"""A build that has nothing to do is over at once: it reads hardly more than MkDocs does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from charterbook.site.standing import Standing, files_below
from tests.site.handbooks import Handbook, environment, snapshot
from tests.site.press import ROOT
from tests.site.trees import grow

UP_TO_DATE = "The site is up to date: nothing has changed since it was built."

#: What builds pages, serves them, or reads charters.
HEAVY = {
    "babel.messages.pofile",
    "charterbook.charter",
    "charterbook.history",
    "charterbook.rules",
    "charterbook.site.blocks",
    "charterbook.site.builder",
    "markdown_it",
    "nh3",
    "pydantic",
    "watchdog",
}


def read(folder: Path) -> tuple[set[str], str]:
    """The modules that `mkdocs build` reads in a Python of its own, and what it prints."""
    start = (
        "import sys; sys.path.insert(0, ''); from mkdocs.__main__ import cli; "
        "cli(['build', '--strict'], standalone_mode=False); print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", start],
        cwd=folder,
        env=environment(PYTHONPATH=ROOT),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return set(done.stdout.split()), done.stderr


def test_only_a_build_that_has_work_reads_what_it_needs_for_it(book: Handbook) -> None:
    """With rules in mkdocs.yml, too, whose names are looked up."""
    book.replace("mkdocs.yml", "- charterbook\n", "- charterbook: {rules: {mission-why: off}}\n")
    book.commit("2025-01-06")
    modules, told = read(book.folder)
    assert "1 version: 1 to build" in told
    assert modules >= HEAVY - {"watchdog"}
    assert "requests.sessions" not in modules
    modules, told = read(book.folder)
    assert UP_TO_DATE in told
    assert modules & HEAVY == set()
    assert "requests.sessions" not in modules


def test_a_page_that_fetches_something_still_can(book: Handbook) -> None:
    """What mkdocs-macros needs for that is read when a page asks for it; nobody answers at this address."""
    book.commit("2025-01-06")
    book.write("docs/faq.md", "# Questions\n\n{{ render_external() }}\n")
    book.write("macros.py", _FETCHING)
    built = book.build()
    assert built.code == 0, built.output
    assert "ConnectionError, Session" in built.text("2025-Q1/faq")


_FETCHING = """\
from charterbook.site.macros import define_env as define_charterbook


def define_env(env):
    import requests

    define_charterbook(env)

    def render_external():
        try:
            requests.get("http://127.0.0.1:9/", timeout=5)
        except requests.exceptions.ConnectionError as error:
            return f"{type(error).__name__}, {requests.Session.__name__}"

    env.macro(render_external)
"""


def test_what_mkdocs_yml_lists_is_not_missed(book: Handbook) -> None:
    """No page is made, and so neither navigation nor templates of the handbook's own find what they name."""
    book.write("docs/robots.txt", "User-agent: *\n")
    book.replace("mkdocs.yml", "plugins:", "extra_templates: [robots.txt]\nnav: [index.md]\nplugins:")
    book.commit("2025-01-06")
    assert book.build("--strict").code == 0
    before = snapshot(book.folder / "site")
    again = book.build("--strict")
    assert (again.code, again.log) == (0, [])
    assert UP_TO_DATE in again.output
    assert (snapshot(book.folder / "site"), book.left_over) == (before, [])


def test_files_of_the_users_are_no_files_of_the_site(tmp_path: Path) -> None:
    """A repository in site_dir changes nothing; a changed file of the site does, and so does one that is to go."""
    site = grow(tmp_path / "site", {".well-known/a": "a", "index.html": "x", "2025-Q1/index.html": "x"})
    built = Standing(site, "stamp", files=files_below(site))
    grow(tmp_path / "outside", {"b": "b"})
    grow(site, {".git/config": "x", ".well-known/own": "x", ".nojekyll": "", "link": "-> ../outside"})
    assert built.is_whole("stamp")
    for path in (".well-known/a", "index.html", "2025-Q1/new.html", "extra", "file-link"):
        grow(site, {path: "-> index.html" if path == "file-link" else "changed"})
        assert not built.is_whole("stamp"), path
        (site / path).unlink()
        if path in built.files:
            built = Standing(
                site, "stamp", files={name: built.files[name] for name in built.files if name != path}
            )
