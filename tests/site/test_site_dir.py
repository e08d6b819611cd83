"""A site_dir that contains sources of the site is refused before any change."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.config import load_config

from charterbook.errors import CharterbookError
from charterbook.site.incremental.fingerprint import files_beside_docs
from charterbook.site.output.site_dir import check_site_dir
from tests.site.handbooks import Handbook, snapshot


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Handbook:
    """A handbook below the root of its repository, with sources in many places."""
    top = tmp_path_factory.mktemp("team")
    book = Handbook(top / "repo/handbook")
    book.repo.git("init", "--quiet", str(top / "repo"))
    (book.folder / ".git").rename(top / "unused")
    (book.folder / "overrides").mkdir()
    for name in (
        "settings/base.yml",
        "hooks/hook.py",
        "elsewhere/charter.yml",
        "data/facts.yml",
        "texts/note.md",
    ):
        (top / name).parent.mkdir()
        (top / name).touch()
    (top / "hooks/hook.py").rename(top / "hook.py")
    (top / "hooks/hook.py").symlink_to("../hook.py")
    (book.folder / "charter.yml").unlink()
    (book.folder / "charter.yml").symlink_to("../../elsewhere/charter.yml")
    book.replace(
        "mkdocs.yml", "theme:\n", "INHERIT: ../../settings/base.yml\nhooks: [../../hooks/hook.py]\ntheme:\n"
    )
    book.replace("mkdocs.yml", "  name: material\n", "  name: material\n  custom_dir: overrides\n")
    book.replace(
        "mkdocs.yml",
        "module_name: macros\n",
        "module_name: macros\n      include_yaml: [../../data/facts.yml]\n",
    )
    with (book.folder / "mkdocs.yml").open("a") as file:
        file.write("markdown_extensions: [pymdownx.snippets: {base_path: [../../texts]}]\n")
    for name in (
        "bare.git/HEAD",
        "mirrors/bare.git/HEAD",
        "clones/one/.git/HEAD",
        "trees/one/.git",
        "site/.git/HEAD",
    ):
        (top / name).parent.mkdir(parents=True)
        (top / name).touch()
        for inner in ("objects", "refs"):
            (top / name).with_name(inner).mkdir()
    (top / "to-handbook").symlink_to("repo/handbook")
    (top / "to-docs").symlink_to("repo/handbook/docs")
    (top / "file").touch()
    return book


def said(book: Handbook, site_dir: str) -> str:
    """Message about a site_dir, relative to the folder above the repository; empty if it is fine."""
    config = load_config(str(book.folder / "mkdocs.yml"))
    config.site_dir = os.path.normpath(book.folder.parents[1] / site_dir)
    try:
        check_site_dir(config, "charter.yml")
    except CharterbookError as error:
        return str(error)
    return ""


REFUSED = {
    ".": "holds the folder of mkdocs.yml",
    "/": "holds the folder of mkdocs.yml",
    "repo": "holds the folder of mkdocs.yml",
    "repo/handbook": "is the folder of mkdocs.yml",
    "to-handbook": "is the folder of mkdocs.yml",
    "to-handbook/docs": "is docs_dir",
    "to-docs": "is docs_dir",
    "to-docs/inner": "is inside docs_dir",
    "repo/handbook/overrides": "is custom_dir of the theme",
    "repo/handbook/overrides/partials": "is inside custom_dir of the theme",
    "repo/.git": "is the git repository of the handbook",
    "repo/.git/objects": "is inside the git repository of the handbook",
    "settings": "holds mkdocs.yml",
    "hooks": "holds a hook",
    "elsewhere": "holds the charter",
    "data": "holds a source of pages",
    "texts": "is a source of pages",
    "bare.git": "is a git repository",
    "mirrors": "holds a git repository",
    "clones": "holds a git repository",
    "trees": "holds a git repository",
}


@pytest.mark.parametrize("site_dir", REFUSED)
def test_sources_are_never_replaced(book: Handbook, site_dir: str) -> None:
    """The message names the source, and the remedy."""
    told = said(book, site_dir)
    assert f" {REFUSED[site_dir]} (" in told, told
    place = "a folder outside" if " is inside " in told else "its own folder"
    assert told.endswith(f"Give the site {place}, such as `site_dir: site`.")


def test_a_site_in_docs_that_hold_the_handbook_has_its_place_above(book: Handbook) -> None:
    """A plugin can allow docs_dir to be the folder of mkdocs.yml; then `site` would be inside, too."""
    config = load_config(str(book.folder / "mkdocs.yml"))
    config.docs_dir = f"{book.folder}/."
    with pytest.raises(CharterbookError, match=r"is inside docs_dir .* such as `site_dir: \.\./site`\.$"):
        check_site_dir(config, "charter.yml")


@pytest.mark.parametrize(
    "site_dir",
    ["site", "repo/handbook/site", "repo/handbook/.cache/site", "repo/docs", "new/a/b", "texts/site"],
)
def test_other_folders_are_fine(book: Handbook, site_dir: str) -> None:
    """Also folders that do not exist yet."""
    assert said(book, site_dir) == ""


def linked_tree(book: Handbook, top: Path) -> Path:
    """A linked working tree: the repository is somewhere else."""
    book.repo.git("worktree", "add", "--quiet", str(top / "tree"))
    return book.folder / ".git"


def separate(book: Handbook, top: Path) -> Path:
    """A repository apart from its working tree."""
    book.repo.git("init", "--quiet", "--separate-git-dir", str(top / "kept/book.git"))
    return top / "kept"


@pytest.mark.parametrize("prepare", [linked_tree, separate])
def test_the_repository_is_found(tmp_path: Path, prepare: Callable[[Handbook, Path], Path]) -> None:
    """Wherever it is kept."""
    book = Handbook(tmp_path / "book")
    book.commit("2025-01-06")
    (tmp_path / "kept").mkdir()
    place = prepare(book, tmp_path)
    folder = tmp_path / "tree" if (tmp_path / "tree").exists() else book.folder
    config = load_config(str(folder / "mkdocs.yml"))
    config.site_dir = str(place)
    with pytest.raises(CharterbookError, match="the git repository of the handbook"):
        check_site_dir(config, "charter.yml")


def test_a_refused_build_touches_nothing(tmp_path: Path) -> None:
    """It ends with exit code 1 and one line."""
    book = Handbook(tmp_path / "book")
    book.commit("2025-01-06")
    before = snapshot(book.folder)
    built = book.build(site=".git")
    assert (built.code, len(built.log)) == (1, 2), built.output
    assert built.log[0].startswith(
        f"ERROR   -  site_dir {book.folder}/.git is the git repository of the handbook"
    )
    assert snapshot(book.folder) == before


def test_a_site_with_published_code_is_no_source(tmp_path: Path) -> None:
    """A package of the handbook is one."""
    book = Handbook(tmp_path / "book")
    book.write("docs/__init__.py", "")
    book.write("site/__init__.py", "")
    config = load_config(str(book.folder / "mkdocs.yml"))
    check_site_dir(config, "charter.yml")
    assert book.folder / "site" not in files_beside_docs(config, book.folder)
    (book.folder / "docs/__init__.py").unlink()
    with pytest.raises(CharterbookError, match="is a source of pages"):
        check_site_dir(config, "charter.yml")


@pytest.mark.parametrize("site_dir", ["site", "site/inner"])
def test_a_site_dir_of_links_in_a_circle(tmp_path: Path, site_dir: str) -> None:
    """One line says so."""
    book = Handbook(tmp_path / "book", pages=())
    (book.folder / "site").symlink_to("other")
    (book.folder / "other").symlink_to("site")
    config = load_config(str(book.folder / "mkdocs.yml"))
    config.site_dir = str(book.folder / site_dir)
    with pytest.raises(CharterbookError, match=r"site_dir .* leads in a circle: .*/(site|other) is a link"):
        check_site_dir(config, "charter.yml")


@pytest.mark.parametrize("content", [b"", b"hello", b"gitdir:", b"gitdir: \n"])
def test_a_broken_git_file_names_no_folder(tmp_path: Path, content: bytes) -> None:
    """The folder of the handbook itself is not the repository."""
    book = Handbook(tmp_path / "book")
    shutil.rmtree(book.folder / ".git")
    (book.folder / ".git").write_bytes(content)
    config = load_config(str(book.folder / "mkdocs.yml"))
    config.site_dir = str(book.folder / "site")
    check_site_dir(config, "charter.yml")


def test_a_git_file_has_no_encoding(tmp_path: Path) -> None:
    """A repository in a folder with a name that is not UTF-8 is not replaced either."""
    book = Handbook(tmp_path / "book")
    place = tmp_path / os.fsdecode(b"caf\xe9")
    place.mkdir()
    (book.folder / ".git").rename(place / "git")
    (book.folder / ".git").write_bytes(b"gitdir: " + os.fsencode(place) + b"/git\n")
    config = load_config(str(book.folder / "mkdocs.yml"))
    config.site_dir = str(place)
    with pytest.raises(CharterbookError, match="holds the git repository of the handbook"):
        check_site_dir(config, "charter.yml")
