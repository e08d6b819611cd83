"""Page cache while serving: most pages are reused, and the site is the same as after a full build."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from charterbook.site.output.served_folder import MARK
from tests.charters import minimal_charter
from tests.site.handbooks import Handbook, environment, snapshot
from tests.site.run_mkdocs import ROOT

#: Builds a handbook as its server does, once for each set of edits, and prints how many pages were rendered.
SERVE = """\
import json, shutil, sys
from pathlib import Path
from jinja2 import Template
from mkdocs.commands.build import build
from mkdocs.config import load_config

rendered, render = [], Template.render

def counted(template, *arguments, **variables):
    if template.name == "main.html":
        rendered.append(template)
    return render(template, *arguments, **variables)

Template.render = counted
for number, edits in enumerate(json.loads(sys.argv[1])):
    for name, text in edits.items():
        Path(name).write_text(text, encoding="utf-8")
    rendered.clear()
    config = load_config("mkdocs.yml")
    config.plugins.on_startup(command="serve", dirty=False)
    build(config)
    config.plugins.on_shutdown()
    print(len(rendered))
    shutil.copytree("site", f"../{sys.argv[2]}-{number}")
"""

CHARTER = minimal_charter()
ANOTHER_TEXT = CHARTER.replace("Four weeks", "Five weeks")
ANOTHER_NAME = ANOTHER_TEXT.replace("name: Onboarding", "name: First weeks")


def serve(folder: Path, edits: list[dict[str, str]], name: str) -> list[int]:
    """The number of pages that each build of a server rendered; the sites are beside the folder."""
    done = subprocess.run(
        [sys.executable, "-c", SERVE, json.dumps(edits), name],
        cwd=folder,
        env=environment(PYTHONPATH=ROOT),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [int(line) for line in done.stdout.split()]


#: A page with front matter that the navigation of other pages shows.
MARKED = "---\nstatus: new\nicon: material/star\nsubtitle: All of them\n---\n# Answers\n\nA page.\n\n"

PAGES = ("index", "mission", "services/index", "services/each", "funding", "metrics/index")


def begun(folder: Path) -> Handbook:
    """One version, and a page of the handbook's own."""
    book = Handbook(folder / "book", pages=PAGES)
    book.write("docs/faq.md", "# Questions\n\nA page.\n")
    book.replace("mkdocs.yml", "  - admonition\n", "  - admonition\n  - attr_list\n")
    book.commit("2025-01-06", title="In force")
    return book


@pytest.fixture
def handbook(tmp_path: Path) -> Handbook:
    """The same for one test."""
    return begun(tmp_path)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[int]]:
    """The handbook after a server has built it with each edit, and how many pages each build rendered."""
    book = begun(tmp_path_factory.mktemp("served"))
    cold = book.folder.with_name("cold")
    shutil.copytree(book.folder, cold)
    return cold, serve(book.folder, edits(book), "served")


def edits(book: Handbook) -> list[dict[str, str]]:
    """Edits by an author, one after the other."""
    settings = (book.folder / "mkdocs.yml").read_text(encoding="utf-8")
    return [
        {"charter.yml": CHARTER},
        {"charter.yml": CHARTER},
        {"charter.yml": ANOTHER_TEXT},
        {"charter.yml": ANOTHER_NAME},
        {"docs/faq.md": "# Answers\n\nA page.\n"},
        {"mkdocs.yml": settings.replace("site_name: ", "copyright: Quillmere\nsite_name: ")},
        {"docs/faq.md": f"{MARKED}## Part\n"},
        {"docs/faq.md": f"{MARKED}## Part {{ data-toc-label='Piece' }}\n"},
    ]


def test_what_is_served_is_what_a_build_from_nothing_makes(served: tuple[Path, list[int]]) -> None:
    """After a text and a name in the navigation were edited; then a page of docs/, the settings, and what lists of pages and
    of headings show.
    """
    cold, _ = served
    done = edits(Handbook(cold, started=True))
    for last in (3, 6, 7):
        state = {name: text for edit in done[: last + 1] for name, text in edit.items()}
        for kept in (".cache", "site"):
            shutil.rmtree(cold / kept, ignore_errors=True)
        serve(cold, [state], f"built{last}")
        served_files = snapshot(cold.with_name(f"served-{last}"))
        assert {name: it for name, it in served_files.items() if not name.startswith(MARK)} == snapshot(
            cold.with_name(f"built{last}-0")
        )


def test_only_pages_that_say_something_new_are_rendered(served: tuple[Path, list[int]]) -> None:
    """Nothing new, a text of one page, a name, a page of docs/ whose title is in the navigation, the settings, a heading."""
    _, (pages, unchanged, text, name, page, settings, _, heading) = served
    assert unchanged == 0
    assert 0 < text < pages / 2
    assert 0 < name < pages
    assert 0 < page <= pages
    assert settings == pages
    assert heading == 1


def test_with_an_author_s_own_templates_all_pages_are_rendered(handbook: Handbook) -> None:
    """Their inputs are unknown."""
    handbook.write("overrides/main.html", "{% extends 'base.html' %}\n")
    handbook.replace("mkdocs.yml", "name: material", "name: material\n  custom_dir: overrides")
    pages, unchanged = serve(handbook.folder, edits(handbook)[:2], "served")
    assert pages == unchanged > 0
