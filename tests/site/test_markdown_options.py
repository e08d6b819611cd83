"""Options of Markdown extensions by any of their names, compared with the ones that Markdown itself uses."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown import Markdown
from markdown.extensions.toc import TocExtension
from mkdocs.config.base import load_config
from mkdocs.config.defaults import MkDocsConfig

from charterbook.site.markdown_options import options_of
from charterbook.site.mkdocs_compat.toc import toc_depths


def _config(folder: Path, extensions: str) -> MkDocsConfig:
    (folder / "docs").mkdir()
    file = folder / "mkdocs.yml"
    file.write_text(f"site_name: Charter\nmarkdown_extensions: {extensions}\n", "utf-8")
    return load_config(str(file))


def _depths_in_markdown(config: MkDocsConfig) -> range:
    markdown = Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs or {})
    toc = markdown.treeprocessors["toc"]
    return range(toc.toc_top, toc.toc_bottom + 1)


@pytest.mark.parametrize(
    "extensions",
    [
        "[]",
        "[toc: {toc_depth: 3}]",
        "[toc: {toc_depth: 2-3}]",
        "{toc: {toc_depth: '2'}}",
        "[markdown.extensions.toc: {toc_depth: 2-4}]",
        "['markdown.extensions.toc:TocExtension': {toc_depth: 3}]",
        "[toc: {toc_depth: 4}, markdown.extensions.toc: {toc_depth: 2}]",
        "[markdown.extensions.toc: {toc_depth: 2}, tables]",
    ],
)
def test_levels_of_headings(tmp_path: Path, extensions: str) -> None:
    """The table of contents lists the same levels as Markdown's own."""
    config = _config(tmp_path, extensions)
    assert toc_depths(config) == _depths_in_markdown(config)


def test_an_extension_that_a_hook_added(tmp_path: Path) -> None:
    """An extension can be an object."""
    config = _config(tmp_path, "[]")
    config.markdown_extensions.append(TocExtension(toc_depth="2-3"))
    assert toc_depths(config) == _depths_in_markdown(config) == range(2, 4)


def test_an_extension_that_is_not_used(tmp_path: Path) -> None:
    """An extension without options is not taken for one that is not used."""
    config = _config(tmp_path, "[pymdownx.snippets]")
    assert options_of(config, "pymdownx.snippets") == {}
    assert options_of(config, "pymdownx.tabbed") is None
