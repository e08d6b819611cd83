"""Markdown that was converted before is not converted again, unless it leads somewhere."""

from __future__ import annotations

from pathlib import Path

import markdown as library
import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from charterbook.site import markdown
from tests.site.handbooks import Handbook


def rendered(book: Handbook, name: str, text: str) -> Page:
    """A page with this text, converted."""
    config = load_config(str(book.folder / "mkdocs.yml"))
    book.write(f"docs/{name}", text)
    page = Page(None, File(name, config.docs_dir, config.site_dir, use_directory_urls=True), config)
    page.read_source(config)
    markdown.remember(page)
    home = File("index.md", config.docs_dir, config.site_dir, use_directory_urls=True)
    page.render(config, Files([home, page.file]))
    return page


def test_the_same_text_is_converted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second page has HTML, contents and title of the first."""
    book = Handbook(tmp_path / "book")
    markdown.begin("anew")
    text = "# Ours\n\n## Part\n\ntext\n"
    first = rendered(book, "a.md", text)
    monkeypatch.setattr(library.Markdown, "convert", None)
    second = rendered(book, "b.md", text)
    assert second.content == first.content
    assert second.title == "Ours"
    assert [entry.id for entry in second.toc] == ["ours"]
    assert second.toc is not first.toc


def test_what_leads_somewhere_is_always_converted(tmp_path: Path) -> None:
    """A link is seen from its page."""
    book = Handbook(tmp_path / "book")
    markdown.begin("anew")
    text = "# Ours\n\n[Home](index.md)\n"
    assert 'href="../"' in (rendered(book, "a.md", text).content or "")
    assert 'href="./"' in (rendered(book, "index.md", text).content or "")
