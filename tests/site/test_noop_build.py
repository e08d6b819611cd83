"""A no-op build is fast: it imports hardly more than MkDocs does."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from charterbook.site.incremental.manifest import SiteManifest, files_below
from tests.site.handbooks import Handbook, environment, snapshot
from tests.site.run_mkdocs import ROOT
from tests.site.trees import grow

UP_TO_DATE = "The site is up to date: nothing has changed since it was built."

#: Modules that build pages, serve them, or read charters.
HEAVY = {
    "babel.units",
    "charterbook.charter",
    "charterbook.history",
    "charterbook.rules",
    "charterbook.site.render.renderer",
    "charterbook.site.pipeline.version_build",
    "markdown_it",
    "nh3",
    "pydantic",
    "watchdog",
}


#: Builds, and prints the state of the process before and after.
BUILD = """\
import gc, json, logging, sys
from importlib.util import find_spec

sys.path.insert(0, "")
from mkdocs import utils
from mkdocs.__main__ import cli
from mkdocs_macros import context

def state():
    log = logging.getLogger("mkdocs.plugins.mkdocs_macros.util")
    named = [str(find_spec(name).origin) for name in ("requests", "hjson")]
    process = [gc.get_threshold(), gc.get_freeze_count(), gc.isenabled(), log.level, named]
    return [*process, repr(context.get_git_info), repr(utils.get_themes), utils.get_themes() != {}]

before = state()
cli(["build", "--strict"], standalone_mode=False)
print(json.dumps({"modules": list(sys.modules), "before": before, "after": state()}))
"""


def read(folder: Path) -> tuple[set[str], str]:
    """Modules that `mkdocs build` imports in a new process, and its output; the process state is unchanged."""
    done = subprocess.run(
        [sys.executable, "-c", BUILD],
        cwd=folder,
        env=environment(PYTHONPATH=ROOT),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    found = json.loads(done.stdout)
    assert found["after"] == found["before"]
    return set(found["modules"]), done.stderr


def test_only_a_build_that_has_work_reads_what_it_needs_for_it(small_book: Handbook) -> None:
    """Also with rules in mkdocs.yml, whose names are looked up."""
    small_book.replace("mkdocs.yml", "- charterbook\n", "- charterbook: {rules: {mission-why: off}}\n")
    small_book.commit("2025-01-06")
    modules, told = read(small_book.folder)
    assert "1 version: 1 to build" in told
    assert modules >= HEAVY - {"watchdog"}
    modules, told = read(small_book.folder)
    assert UP_TO_DATE in told
    assert modules & HEAVY == set()


def test_macros_are_not_loaded_in_a_build_without_pages(small_book: Handbook) -> None:
    """Also with an untested version of mkdocs-macros: macros.py would find no charter."""
    small_book.write("macros.py", _WANTING)
    small_book.write("data.yml", "answer: 42\n")
    small_book.replace(
        "mkdocs.yml", "module_name: macros", "module_name: macros\n      include_yaml: [data.yml]"
    )
    small_book.commit("2025-01-06")
    assert small_book.build("--strict").code == 0
    for without in ("", "all"):
        again = small_book.build("--strict", CHARTERBOOK_WITHOUT=without)
        assert (again.code, again.log) == (0, [])
        assert UP_TO_DATE in again.output


_WANTING = """\
from charterbook.site.macros import define_env as define_charterbook


def define_env(env):
    define_charterbook(env)
    assert env.variables["charter"].title
    assert env.variables["answer"] == 42
"""


def test_what_mkdocs_yml_lists_is_not_missed(small_book: Handbook) -> None:
    """Without pages, neither navigation nor own templates cause warnings."""
    small_book.write("docs/robots.txt", "User-agent: *\n")
    small_book.replace("mkdocs.yml", "plugins:", "extra_templates: [robots.txt]\nnav: [index.md]\nplugins:")
    small_book.commit("2025-01-06")
    assert small_book.build("--strict").code == 0
    before = snapshot(small_book.folder / "site")
    again = small_book.build("--strict")
    assert (again.code, again.log) == (0, [])
    assert UP_TO_DATE in again.output
    assert (snapshot(small_book.folder / "site"), small_book.left_over) == (before, [])


def test_files_of_the_users_are_no_files_of_the_site(tmp_path: Path) -> None:
    """A repository in site_dir is ignored; a changed or removed file of the site is not."""
    site = grow(tmp_path / "site", {".well-known/a": "a", "index.html": "x", "2025-Q1/index.html": "x"})
    built = SiteManifest(site, "stamp", files=files_below(site))
    grow(tmp_path / "outside", {"b": "b"})
    grow(site, {".git/config": "x", ".well-known/own": "x", ".nojekyll": "", "link": "-> ../outside"})
    assert built.is_unchanged("stamp")
    for path in (".well-known/a", "index.html", "2025-Q1/new.html", "extra", "file-link"):
        grow(site, {path: "-> index.html" if path == "file-link" else "changed"})
        assert not built.is_unchanged("stamp"), path
        (site / path).unlink()
        if path in built.files:
            built = SiteManifest(
                site, "stamp", files={name: built.files[name] for name in built.files if name != path}
            )
