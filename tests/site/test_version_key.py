"""The key of a cached version depends on all files, settings and libraries that its pages depend on."""

from __future__ import annotations

import importlib.metadata
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from charterbook.site.incremental import fingerprint as fingerprints
from charterbook.site.incremental import up_to_date
from charterbook.site.incremental.fingerprint import (
    docs_filter,
    fingerprint,
    scan_docs,
    settings_of,
    signatures,
)
from charterbook.site.incremental.input_states import DAY, ENVIRONMENT, NAMES
from charterbook.site.incremental.version_cache import version_key
from tests.site.editions import edition
from tests.site.handbooks import Handbook


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("docs/faq.md", "# Questions\n"),
        ("docs/faq.md", "# Answers\n"),
        ("docs/logo.svg", "<svg/>\n"),
        (os.fsdecode(b"docs/\xff.txt"), "a\n"),
        ("macros.py", "from charterbook.site.macros import define_env\n"),
        ("helpers.py", "x = 1\n"),
        ("package/deep/helpers.py", "x = 1\n"),
        ("hooks/hook.py", "x = 1\n"),
        ("data/people.yml", "a: 1\n"),
        ("parts/part.md", "a\n"),
        ("overrides/main.html", "{% extends 'base.html' %}\n"),
    ],
)
def test_every_file_that_pages_depend_on_counts(tmp_path: Path, name: str, text: str) -> None:
    """Each is in the key of every entry; other files are not."""
    folder = full_handbook(tmp_path)
    before = mark(folder)
    (folder / "notes.txt").write_text("Nothing to do with pages\n")
    assert mark(folder) == before
    (folder / name).write_text(text)
    assert mark(folder) != before


def test_a_snippet_may_be_missing_at_first(tmp_path: Path) -> None:
    """With or without settings of the extension, the names of all files count if missing ones are not an error."""
    site: Any = SimpleNamespace(root=tmp_path, target=tmp_path / "site", charter="charter.yml")
    for extension, expected in (
        ("snippets", True),
        ("snippets: {check_paths: true}", False),
        ("keys", False),
    ):
        settings = f"site_name: A\nmarkdown_extensions: [pymdownx.{extension}]\n"
        (tmp_path / "mkdocs.yml").write_text(settings)
        (tmp_path / "docs").mkdir(exist_ok=True)
        scope = up_to_date._scope(site, load_config(str(tmp_path / "mkdocs.yml")), {}, asks_day=False)
        assert ((NAMES, ".") in scope.always) is expected


@pytest.mark.parametrize(
    ("plugins", "expected"),
    [
        ("[blog: {draft_if_future_date: true}]", True),
        ("[blog, tags]", False),
        ("[blog, blog: {draft_if_future_date: true}]", True),
    ],
)
def test_a_blog_that_publishes_posts_on_their_day_depends_on_the_day(
    tmp_path: Path, plugins: str, *, expected: bool
) -> None:
    """Also older versions, which have the posts."""
    site: Any = SimpleNamespace(root=tmp_path, target=tmp_path / "site", charter="charter.yml")
    (tmp_path / "mkdocs.yml").write_text(f"site_name: A\ntheme: material\nplugins: {plugins}\n")
    (tmp_path / "docs").mkdir()
    scope = up_to_date._scope(site, load_config(str(tmp_path / "mkdocs.yml")), {}, asks_day=False)
    assert ((DAY, "") in scope.always) is expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("name: Charter", "name: Handbook"),
        ("plugins:", "repo_url: https://example.com/c\nplugins:"),
        ("plugins:", "extra: {a: 1}\nplugins:"),
        ("  - pymdownx.snippets", "  - attr_list\n  - pymdownx.snippets"),
        ("name: material", "name: material\n  palette: {primary: red}"),
        ("module_name: macros", "module_name: macros\n      on_undefined: silent"),
    ],
)
def test_every_setting_counts(tmp_path: Path, old: str, new: str) -> None:
    """Of MkDocs, of Material, of plugins and extensions."""
    folder = full_handbook(tmp_path)
    before = mark(folder)
    Handbook(folder).replace("mkdocs.yml", old, new)
    assert mark(folder) != before


def test_the_versions_of_libraries_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A newer Material makes other pages."""
    before = mark(full_handbook(tmp_path))
    newer = SimpleNamespace(read_text=lambda _: "Version: 99")
    monkeypatch.setattr(importlib.metadata, "distribution", lambda _: newer)
    fingerprints._program.cache_clear()
    after = mark(tmp_path / "book")
    fingerprints._program.cache_clear()
    assert after != before


class _Own:
    """A setting without a `repr` of its own that refers to all settings, such as an object of a plugin."""

    def __init__(self, value: int, config: MkDocsConfig) -> None:
        self.value = value
        self.config = config


def test_an_object_in_the_settings_counts_by_its_attributes(tmp_path: Path) -> None:
    """Not by its address in memory, or by paths of the handbook."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: A\nplugins: []\n")
    config = load_config(str(tmp_path / "mkdocs.yml"))
    found = []
    for value in (1, 1, 2):
        config.extra["own"] = _Own(value, config)
        found.append(settings_of(config))
    assert found[0] == found[1] != found[2]
    assert str(tmp_path) not in found[0]


def test_the_place_on_disk_does_not_count(tmp_path: Path) -> None:
    """CI can reuse the cache in other runs."""
    first, second = full_handbook(tmp_path / "a"), full_handbook(tmp_path / "b")
    assert mark(first) == mark(second)


def full_handbook(parent: Path) -> Path:
    """A handbook that uses many features of MkDocs and plugins."""
    book = Handbook(parent / "book")
    book.replace("mkdocs.yml", "site_name: ", "hooks: [hooks/hook.py]\nsite_name: ")
    book.replace("mkdocs.yml", "name: material", "name: material\n  custom_dir: overrides")
    book.replace(
        "mkdocs.yml", "module_name: macros", "module_name: macros\n      include_yaml: [data/people.yml]"
    )
    snippets = "markdown_extensions:\n  - pymdownx.snippets: {base_path: parts, auto_append: [part.md]}\n"
    book.replace("mkdocs.yml", "plugins:", "exclude_docs: secret.md\nplugins:")
    settings = (book.folder / "mkdocs.yml").read_text()
    book.write("mkdocs.yml", settings + snippets)
    for name in ("hooks/hook.py", "data/people.yml", "parts/part.md", "overrides/main.html", "docs/faq.md"):
        book.write(name, "")
    for name in ("package/__init__.py", "package/deep/helpers.py", "helpers.py", "docs/logo.svg"):
        book.write(name, "")
    return book.folder


def mark(folder: Path) -> str:
    """Key of a version with these files, for any charter."""
    config = load_config(str(folder / "mkdocs.yml"))
    return version_key(edition({}), fingerprint(config), scan_docs(folder / "docs")[0])


def test_a_plugin_can_be_enabled_by_a_variable(tmp_path: Path) -> None:
    """Named by a setting, as for plugins that make PDF files; the variable is an input of all versions."""
    site: Any = SimpleNamespace(root=tmp_path, target=tmp_path / "site", charter="charter.yml")
    (tmp_path / "mkdocs.yml").write_text("site_name: A\nplugins: []\n")
    (tmp_path / "docs").mkdir()
    config = load_config(str(tmp_path / "mkdocs.yml"))
    for name, settings in (("pdf", {"enabled_if_env": "WITH_PDF", "other": "X"}), ("none", None)):
        config.plugins[name] = SimpleNamespace(config=settings)  # type: ignore[assignment]
    scope = up_to_date._scope(site, config, {}, asks_day=False)
    assert {one for one in scope.always if one[0] == ENVIRONMENT} == {(ENVIRONMENT, "WITH_PDF")}


@pytest.mark.parametrize("docs", ["docs", ".", "docs/.."])
def test_what_builds_and_git_store_is_no_page(tmp_path: Path, docs: str) -> None:
    """docs/ can be a clone of its own; a plugin can allow it to be the folder of mkdocs.yml."""
    (tmp_path / "docs/.well-known").mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text("site_name: A\nplugins: [macros]\n")
    config = load_config(str(tmp_path / "mkdocs.yml"))
    config.docs_dir = f"{tmp_path}/{docs}"  # as the plugin writes it

    def seen() -> tuple[dict[str, str], set[str]]:
        here = scan_docs(Path(config.docs_dir), docs_filter(config))[0]
        return here, {os.path.normpath(path) for path in signatures(config)}

    before = seen()
    top = tmp_path / docs
    for name in (".git/objects/a", ".git/HEAD"):
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).touch()
    assert seen() == before
    for name in (".cache/charterbook/a", "__pycache__/macros.pyc"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert seen() == before
    page = tmp_path / "docs/.well-known/.cache"
    page.touch()
    assert {os.path.normpath(top / name) for name in seen()[0].keys() - before[0].keys()} == {str(page)}
