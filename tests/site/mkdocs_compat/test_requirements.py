"""Required functions of libraries: each has the behaviour that Charterbook relies on."""

from __future__ import annotations

import logging
from itertools import product
from pathlib import Path
from urllib.parse import urljoin

import pytest
from jinja2 import DictLoader, Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from charterbook.site.mkdocs_compat.builds import build, command_line_log, load_config
from charterbook.site.mkdocs_compat.hooks import report_changed
from charterbook.site.mkdocs_compat.inclusion import InclusionLevel, set_exclusions
from charterbook.site.mkdocs_compat.index_pages import list_in_group
from charterbook.site.mkdocs_compat.logs import CountHandler, mkdocs_logger, strict_build_warned
from charterbook.site.mkdocs_compat.macros_environment import macros_environment
from charterbook.site.mkdocs_compat.material_templates import MATERIAL, add_prefix
from charterbook.site.mkdocs_compat.toc import set_toc
from charterbook.site.mkdocs_compat.urls import from_root, get_relative_url, normalize_url
from charterbook.site.render.page_headings import headings

TEXT = "# One\n\n## Two `code`\n\n#### Deep\n\n## Three & four\n\n# Again\n"


@pytest.fixture
def config(tmp_path: Path) -> MkDocsConfig:
    """The settings of plain MkDocs, with mkdocs-macros."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: S\nplugins: [macros]\n", encoding="utf-8")
    return load_config(str(tmp_path / "mkdocs.yml"))


def file_at(uri: str, config: MkDocsConfig) -> File:
    """A file of docs/."""
    return File(uri, config.docs_dir, config.site_dir, use_directory_urls=True)


def test_a_table_of_contents_from_html_is_that_from_markdown(config: MkDocsConfig) -> None:
    """With the anchors that MkDocs has found, and more."""
    page = Page(None, file_at("index.md", config), config)
    page.read_source(config)
    page.render(config, Files([page.file]))
    before = str(page.toc)
    assert before.count("\n") == 5
    set_toc(page, headings(page.content or ""), {"more"})
    assert str(page.toc) == before
    assert page.present_anchor_ids is not None
    assert page.present_anchor_ids >= {"one", "two-code", "more"}


@pytest.mark.parametrize("kind", [Page, type("Overview", (Page,), {})])
def test_an_index_page_that_is_listed_differs_from_mkdocs_own_in_nothing_else(
    kind: type[Page], config: MkDocsConfig
) -> None:
    """It is the same object of the same kind, and a page that is no index is unaffected."""
    own, listed = (
        kind("T", file_at("a/index.md", config), config),
        kind("T", file_at("a/index.md", config), config),
    )
    list_in_group(listed)
    assert own.is_index
    assert not listed.is_index
    assert isinstance(listed, kind)
    assert type(listed).__name__ == kind.__name__
    names = [name for name in dir(own) if not name.startswith("_") and name != "is_index"]
    told = ("url", "title", "canonical_url", "is_homepage", "is_top_level", "is_section", "is_page", "active")
    assert set(told) <= set(names) <= set(dir(listed))
    assert [getattr(listed, name) for name in told] == [getattr(own, name) for name in told]


PAGES = ("index.md", "a.md", "a/b.md", "a/index.md")
TARGETS = ("", "a/", "a/b/", "assets/x.css", "../up/", "/root/", "#here", "https://x.example/")


def test_an_address_from_the_root_is_that_from_the_page(config: MkDocsConfig) -> None:
    """Both lead to the same place."""
    for page, target in product(PAGES, TARGETS):
        here = Page(None, file_at(page, config), config)
        found = from_root(target, get_relative_url(".", here.url))
        place = f"https://host.example/site/{here.url}"
        assert urljoin(place, found) == urljoin(place, normalize_url(target, page=here)), (page, target)


def test_exclude_docs_and_draft_docs(tmp_path: Path) -> None:
    """Files have the right inclusion level; a level that was set before remains."""
    (tmp_path / "docs").mkdir()
    text = "site_name: S\nexclude_docs: no.md\ndraft_docs: later.md\nnot_in_nav: apart.md\n"
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    config = load_config(str(tmp_path / "mkdocs.yml"))
    files = [file_at(name, config) for name in ("no.md", "later.md", "apart.md", "index.md", ".hidden.md")]
    set_exclusions(files, config)
    excluded, draft, apart, included, hidden = (file.inclusion for file in files)
    assert (excluded, hidden) == (InclusionLevel.EXCLUDED, InclusionLevel.EXCLUDED)
    assert (draft, apart) == (InclusionLevel.DRAFT, InclusionLevel.NOT_IN_NAV)
    assert included.is_included()


def test_what_a_strict_build_counts() -> None:
    """Warnings of any plugin, by the counter that MkDocs adds for a strict build."""
    assert not strict_build_warned()
    counter = CountHandler()
    counter.setLevel(logging.WARNING)
    mkdocs_logger().addHandler(counter)
    try:
        assert not strict_build_warned()
        logging.getLogger("mkdocs.plugins.any").warning("a warning")
        assert strict_build_warned()
    finally:
        mkdocs_logger().removeHandler(counter)


def test_building_as_the_command_does(config: MkDocsConfig, capsys: pytest.CaptureFixture[str]) -> None:
    """Log messages are printed; afterwards there is no handler, and mkdocs-macros has an environment."""
    before = mkdocs_logger().handlers[:]
    with command_line_log():
        build(config)
    assert "INFO    -  Documentation built in" in capsys.readouterr().err
    assert mkdocs_logger().handlers == before
    assert macros_environment(config).from_string("{{ 1 + 1 }}").render() == "2"


def test_material_s_own_template_under_its_prefix() -> None:
    """Despite overrides."""
    env = Environment(loader=DictLoader({"base.html": "ours"}), autoescape=True)
    add_prefix(env)
    assert env.get_template("base.html").render() == "ours"
    assert env.loader is not None
    source, file, _ = env.loader.get_source(env, "material/base.html")
    assert Path(str(file)) == MATERIAL / "base.html"
    assert "<html" in source


def test_a_server_reports_a_hook_that_mkdocs_does_not_load_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """MkDocs keeps the first one until the server is restarted."""
    (tmp_path / "docs").mkdir()
    hook = tmp_path / "hook.py"
    for number in (1, 2):
        hook.write_text(f"NUMBER = {number}")
        config = MkDocsConfig(config_file_path=str(tmp_path / "mkdocs.yml"))
        config.load_dict({"site_name": "x", "plugins": [], "hooks": ["hook.py"]})
        assert config.validate() == ([], [])
        assert [module.NUMBER for module in config.hooks.values()] == [1]  # type: ignore[attr-defined]
        report_changed(config)
        assert (
            caplog.messages.count(
                "hook.py has changed. MkDocs loads a hook once: restart `mkdocs serve` to load it again."
            )
            == number - 1
        )
