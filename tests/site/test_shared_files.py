"""Plugins and hooks that write files at a fixed place in the handbook, where versions that are built in parallel would share them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.site.handbooks import Built, Handbook

VERSIONS = ["2026-Q1", "2026-Q2", "2026-Q3"]
HOOK = """\
import shutil
import time
from pathlib import Path

import charterbook.site.pipeline.pool as pool

pool.workers = lambda: 3
place = Path(__file__).parent / "scratch"


def name(config):
    return Path(config.site_dir).name


def begin():
    if place.exists():
        shutil.rmtree(place)
    place.mkdir()


def write(config):
    place.mkdir(exist_ok=True)
    (place / "version.txt").write_text(name(config))
    time.sleep(0.3)


def on_page_content(html, page, config, files):
    return html + "<p>written for " + (place / "version.txt").read_text() + "</p>"
"""
#: Ways in which plugins use such files, by when they write them.
WAYS = {
    "with a folder that each build makes and removes": """

def on_config(config):
    begin()


def on_files(files, config):
    write(config)


def on_post_build(config):
    shutil.rmtree(place)
""",
    "before the pages": """

def on_files(files, config):
    write(config)
""",
    "with the navigation, when versions are being built": """

def on_nav(nav, config, files):
    write(config)
""",
}


@pytest.fixture
def book(tmp_path: Path) -> Handbook:
    """Three versions."""
    found = Handbook(tmp_path / "book", pages=["index"])
    for month, version in zip(("01", "04", "07"), VERSIONS, strict=True):
        found.commit(f"2026-{month}-13", title=version)
    found.replace("mkdocs.yml", "plugins:", "hooks: [hook.py]\nplugins:")
    return found


def _written_for(built: Built) -> dict[str, set[str]]:
    return {
        version: {
            found
            for page in (built.site / version).rglob("index.html")
            for found in re.findall(r"written for ([\w-]+)", page.read_text("utf-8"))
        }
        for version in VERSIONS
    }


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_each_version_reads_its_own_files(book: Handbook, way: str) -> None:
    """Also in a second build, whose versions can come from the first."""
    book.write("hook.py", HOOK + way)
    for _ in range(2):
        built = book.build("--strict")
        assert built.code == 0, built.output
        assert _written_for(built) == {version: {version} for version in VERSIONS}


def test_a_version_that_cannot_be_built_again_fails_the_build(book: Handbook) -> None:
    """Also the newest version, which the main build has made before."""
    way = """

def on_nav(nav, config, files):
    from mkdocs.exceptions import PluginError

    write(config)
    mark = Path(__file__).parent.parent / name(config)
    if name(config) == "2026-Q3" and mark.exists():
        raise PluginError("not a second time")
    mark.touch()
"""
    book.write("hook.py", HOOK + way)
    built = book.build()
    assert built.code == 1
    assert "not a second time" in built.output
    assert not (built.site / "versions.json").exists()


def test_versions_that_write_elsewhere_are_built_side_by_side(book: Handbook) -> None:
    """Files in site_dir, in the caches and in temporary folders belong to one version, or to all alike."""
    way = """

def on_env(env, config, files):
    import os, tempfile
    Path(config.site_dir).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        for folder in (Path(config.site_dir), Path(__file__).parent / ".cache", Path(temporary)):
            (folder / "note.txt").write_text("note")
    with open(Path(__file__).parent.parent / "processes", "a") as file:
        print(os.getpid(), file=file)
"""
    book.write("hook.py", HOOK.partition("def on_page_content")[0] + way)
    built = book.build()
    assert built.code == 0, built.output
    assert "one after another" not in built.output
    processes = (book.folder.parent / "processes").read_text().split()
    assert len(processes) == len(VERSIONS)
    assert len({*processes}) > 1
