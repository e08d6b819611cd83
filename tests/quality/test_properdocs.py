"""ProperDocs instead of MkDocs builds the same pages."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.quality.sites import BOOKS, BUILT, ROOT, Site, set_site_url
from tests.site.handbooks import Handbook, environment, visible
from tests.site.shared_sites import PATIENCE

PROPERDOCS = ROOT / ".venv/properdocs"

#: Build like `properdocs build`, and print the modules of MkDocs that were imported.
BUILD = """\
import json, sys
from properdocs.__main__ import cli

sys.argv[0] = "properdocs"
cli(sys.argv[1:], standalone_mode=False)
files = [str(getattr(module, "__file__", "")) for module in sys.modules.values()]
print(json.dumps([file for file in files if "/mkdocs/" in file]))
"""


def properdocs(book: Handbook) -> subprocess.CompletedProcess[str]:
    """A strict build by ProperDocs."""
    assert PROPERDOCS.is_dir(), "ProperDocs is not installed: run `make .venv/properdocs/installed`"
    return subprocess.run(
        [sys.executable, "-c", BUILD, "build", "--strict", "--config-file", "mkdocs.yml"],
        cwd=book.folder,
        env=environment(PYTHONPATH=str(PROPERDOCS), SOURCE_DATE_EPOCH=BUILT),
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )


@pytest.mark.parametrize("name", ["russian", pytest.param("example", marks=pytest.mark.slow)])
def test_a_handbook_says_the_same_on_every_page(
    tmp_path: Path, site: Callable[[str], Site], name: str
) -> None:
    """In a strict build without any module of MkDocs."""
    book = BOOKS[name](tmp_path / "book")
    set_site_url(book)
    done = properdocs(book)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []
    assert done.stderr.count("ProperDocs 1.6.7 stands in for MkDocs: ") == 1
    ours, theirs = pages(site(name).folder), pages(book.folder / "site")
    assert len(ours) > (300 if name == "example" else 60)
    assert theirs.keys() == ours.keys()
    for page, text in theirs.items():
        assert text == ours[page], page


def test_a_warning_in_an_older_version_fails_a_strict_build(tmp_path: Path) -> None:
    """ProperDocs warns through a logger of another name. The old site stays."""
    book = Handbook(tmp_path / "book")
    book.write("docs/scope.md", "---\nsection: scope\n---\n\n[Nowhere](nowhere.md)\n")
    book.commit("2025-01-06", scope={"out": [{"id": "x", "name": "Events"}]})
    book.commit("2025-04-07", title="Next")
    book.write("site/old.html", "Old")
    done = properdocs(book)
    assert done.returncode == 1, done.stderr
    assert "2025-Q1: Doc file 'scope.md' contains a link 'nowhere.md'" in done.stderr
    assert [path.name for path in (book.folder / "site").iterdir()] == ["old.html"]


def pages(folder: Path) -> dict[str, str]:
    """Words of every page of a site, by path."""
    return {
        path.relative_to(folder).as_posix(): visible(path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*.html"))
    }
