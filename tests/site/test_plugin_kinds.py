"""Plugins of kinds unknown to Charterbook work as in plain MkDocs; one hook does what they do."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from charterbook.site.mkdocs_compat.toc import TocHeading, flat
from charterbook.site.order import BuildWarning
from charterbook.site.pipeline.order_build import is_about_other_versions
from charterbook.site.render.renderer import PageRenderer
from charterbook.site.search_terms import _published
from tests.site.built_pairs import Pair, build_pair, links, missing_targets, warned
from tests.site.handbooks import Handbook

SETTINGS = """\
site_name: Charter
site_url: https://example.org/
theme: {name: material, custom_dir: overrides, features: [navigation.indexes, navigation.prune, navigation.sections, navigation.top, toc.follow]}
hooks: [hook.py]
extra_css: [own/theme.css]
extra_javascript: [own/theme.js, {path: own/module.js, type: module}]
markdown_extensions: [attr_list, footnotes, md_in_html, toc: {toc_depth: 2-3}]
nav: [index.md, {Services: [services/index.md, own.md]}, scope.md, made.md]
"""
HOOK = """\
import logging
from pathlib import Path

from jinja2 import BaseLoader
from mkdocs.commands.build import build
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

inner, started, counts = [], [], {"pages": [0]}
Page.loads = getattr(Page, "loads", 0) + 1


class Own:
    number = 0


config = {"nav_file": "own-list.md"}


class Rewriting(BaseLoader):
    def __init__(self, loader):
        self.loader = loader

    def get_source(self, environment, template):
        source, file, is_current = self.loader.get_source(environment, template)
        if Path(file).as_posix().endswith("material/templates/partials/nav-item.html"):
            source = source.replace('class="md-nav__link"', 'class="md-nav__link rewritten"')
        return source, file, is_current


def on_startup(command, dirty):
    started.append(command)
    Own.number += 1
    counts["pages"].append(Own.number)


def on_config(config):
    config.theme.dirs.insert(0, str(Path(config.docs_dir).with_name("more")))


def on_pre_build(config):
    Path(config.docs_dir, "made.md").write_text("# Made")


def on_files(files, config):
    places = config.docs_dir, config.site_dir, config.use_directory_urls
    pages = [File(page.src_uri, *places, inclusion=page.inclusion) for page in files.documentation_pages()]
    for page in pages:
        if page.src_uri == "mission.md":
            page.dest_uri = "moved/mission/index.html"
    kept = [page for page in pages if page.src_uri not in ("funding.md", "metrics/win-rate.md")]
    return Files([*kept, *(file for file in files if not file.is_documentation_page())])


def on_env(env, config, files):
    if files.get_file_from_path("scope.md") is None:
        logging.getLogger("mkdocs.plugins.hook").warning("The page 'scope.md' of the settings was not found.")
    env.list_templates()
    config.extra["alone"] = env.get_template("partials/copyright.html").render(config=config)
    env.loader = Rewriting(env.loader)


def on_post_page(output, page, config):
    return output + f"<!-- {started} {counts} {Page.loads} {'again' if inner else 'once'} -->"


def on_post_build(config):
    if inner:
        return
    inner.append(config)
    name = config.site_name
    if type(name) is str:
        config.load_dict({"site_name": "La Charte"})
    build(config)
    config.load_dict({"site_name": name})
    inner.clear()
    for name in ("sitemap.xml", "search/search_index.json"):
        Path(config.site_dir, name).unlink()
"""
LATE_HOOK = """\
import logging

from jinja2 import Environment, FileSystemLoader, pass_context
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.utils import templates

log = logging.getLogger("mkdocs.plugins.hook")


def on_files(files, config):
    moved = files.get_file_from_path("scope.md")
    if moved is not None:
        moved.dest_uri = "en/scope/index.html"


def late(env, config, files):
    for name in ["scope.md"]:
        if files.get_file_from_path(name) is None:
            log.warning("The page %s was not found.", name)
    if config.site_dir.endswith("2025-Q1"):
        own = Environment(loader=FileSystemLoader(config.theme.dirs))
        own.filters |= {"url": templates.url_filter, "script_tag": templates.script_tag_filter}
        return own
    if config.site_dir.endswith("2025-Q2"):
        add_to_addresses(env, "#late")


@event_priority(50)
def early(env, config, files):
    if config.site_dir.endswith("2025-Q2"):
        add_to_addresses(env, "#early")


def add_to_addresses(env, end):
    url = env.filters["url"]
    env.filters["url"] = pass_context(lambda context, value: url(context, value) + end)


on_env = CombinedEvent(early, late)


def on_post_page(output, page, config):
    config.copyright = f"After {page.file.src_uri}."
    return output


def on_shutdown():
    log.warning("It ended.")
"""
OWN = """\
# One

## Two { data-toc-label="Short" }

#### Four

## A note[^1] in it

<h2 id="raw">Raw</h2>

### Three `code` & *em*

## Two

[^1]: The note.
"""
MAIN = '{% extends "base.html" %}{% block announce %}of the hook<!-- {{ config.extra.alone.strip() }} -->{% endblock %}'
CONTENT = "of the author {{ page.content }}"

ASSETS = ("own/theme.css", "own/theme.js", "own/module.js")


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """Built strictly; the hook's own warnings would end both."""
    pair = build_pair(
        tmp_path_factory.mktemp("kinds"),
        SETTINGS,
        "",
        {
            "hook.py": HOOK,
            "docs/own.md": OWN,
            "docs/made.md": "# To be made\n",
            "docs/own-list.md": "* [Scope](scope.md)\n",
            "addresses.json": '{"folders": ["latest"], "pages": {"mission/": [0]}}',
        }
        | {"overrides/partials/content.html": CONTENT, "more/main.html": MAIN}
        | {f"overrides/{name}": "" for name in ASSETS},
    )
    assert (pair.plain.code, pair.ours.code) == (0, 0), pair.plain.output + pair.ours.output
    assert warned(pair.ours) == warned(pair.plain) == []
    return pair


def test_a_plugin_may_rewrite_the_source_of_templates(pair: Pair) -> None:
    """Around its loader, Material's templates are as Material wrote them."""
    old, new, plain = (links(page)[1:3] for page in pair.pages("own"))
    assert new == plain
    assert old == [link for link in plain if "scope" not in link[0]]
    rewritten = [page.count("md-nav__link rewritten") for page in pair.pages("own")]
    assert rewritten[0] < rewritten[1] == rewritten[2]


def test_a_hook_knows_only_the_events_of_its_own_build(pair: Pair) -> None:
    """Each version is one: MkDocs has run the first events of the newest before. What it does when it is loaded is done once."""
    expected = "<!-- ['build'] {'pages': [0, 1]} 1 again -->"
    assert [page.count(expected) for page in pair.pages("own")] == [1] * 3


def test_a_plugin_may_add_a_folder_of_templates(pair: Pair) -> None:
    """Its own and those of custom_dir replace Material's."""
    for page in pair.pages("own"):
        assert [page.count(text) for text in ("of the author", "of the hook")] == [1, 1]


def test_a_plugin_may_render_a_part_of_the_theme_alone(pair: Pair) -> None:
    """Without a page."""
    assert [page.count('<!-- <div class="md-copyright">') for page in pair.pages("own")] == [1] * 3


def test_a_plugin_may_build_again_within_a_build(pair: Pair) -> None:
    """For example once for each language: each version is built again, and the site stays whole."""
    assert all(page.endswith(" again -->") for page in pair.pages("own"))
    assert all("<title>One - La Charte" in page for page in pair.pages("own"))
    again = Handbook(pair.ours.site.parent, started=True).build("--strict")
    assert (again.code, warned(again)) == (0, []), again.output
    assert {path.name for path in again.site.iterdir()} >= {"2025-Q1", "2025-Q2", "latest", "versions.json"}


def test_a_plugin_may_make_the_files_of_pages_anew(pair: Pair) -> None:
    """From their paths alone, as for each language: pages of items still come from their template."""
    for version in ("2025-Q1", "latest"):
        assert "Sellers" in pair.ours.text(f"{version}/audiences/sellers")


def test_a_plugin_may_remove_what_mkdocs_writes(pair: Pair) -> None:
    """Then it is not at the root either."""
    for root in (pair.plain.site, pair.ours.site, pair.ours.site / "latest"):
        assert (root / "own/index.html").is_file() or root == pair.ours.site
        assert not (root / "sitemap.xml").exists()


def test_nothing_links_to_a_page_that_a_plugin_removes(pair: Pair) -> None:
    """Of a section or an item; links of blocks are plain text then, or lead to the page of the section."""
    for version in ("2025-Q1", "latest"):
        assert not (pair.ours.site / version / "funding").exists()
        assert not (pair.ours.site / version / "metrics/win-rate").exists()
        assert "Win rate" in pair.ours.text(f"{version}/metrics")
    assert {link for link in missing_targets(pair.ours.site) if "sitemap" not in link} == set()
    assert "funding/" not in pair.ours.json("pages.json")["pages"]


def test_links_lead_to_a_page_where_a_plugin_publishes_it(pair: Pair) -> None:
    """From blocks, notices and the list of pages."""
    assert 'href="moved/mission/"' in pair.ours.html("latest")
    assert 'href="../../../2025-Q1/moved/mission/"' in pair.ours.html("latest/moved/mission")
    pages = pair.ours.json("pages.json")["pages"]
    assert (pages["moved/mission/"], pages.get("mission/")) == ([0, 1], None)


def test_feeds_and_searches_lead_to_pages_where_a_plugin_publishes_them(pair: Pair) -> None:
    """Not to planned addresses: the search index is removed by the hook, but llms.txt has the same pages."""
    site = pair.ours.site
    linked = {address for feed in site.rglob("*.xml") for address in feed_links(feed)}
    past = pair.ours.json("search/past.json")
    for _, last, place, _ in past["facts"]:
        linked.add(f"{past['versions'][last]}/{past['places'][place][1]}".partition("#")[0])
    for version in ("2025-Q1", "latest"):
        index = (site / version / "llms.txt").read_text(encoding="utf-8")
        linked |= {f"{version}/{path}" for path in re.findall(r"\]\(([^)]*)\)", index)}
    assert "latest/moved/mission/" in linked
    assert {path for path in linked if not (site / path).exists()} == set()


def test_a_former_address_leads_to_where_a_plugin_publishes_the_page(pair: Pair) -> None:
    """For example after a plugin for languages was added. Nothing is at an address that was never published."""
    assert 'href="../../latest/moved/mission/"' in pair.ours.html("latest/mission")
    assert not (pair.ours.site / "2025-Q1/mission").exists()


def feed_links(feed: Path) -> set[str]:
    """Addresses of pages in a feed, relative to the site, without parameters."""
    found = re.findall(r'href="https://example.org/([^"?#]*)', feed.read_text(encoding="utf-8"))
    return set(found)


def test_search_terms_are_those_of_published_addresses() -> None:
    """With their anchors."""
    terms: dict[str, Any] = {"names": {"a/": ["A"], "a/#x": ["X"]}, "intents": [[["how"], ["a/", "b/"]]]}
    terms |= {"general": ["a/"], "last": [], "minor": ["a/#x"], "reasons": ["b/"], "cues": [["a/", "how", 2]]}
    terms["nothing"] = {"advice": "Write less.", "pages": {"a/": "A", "b/": "B"}}
    found = _published(terms, {"a/": "en/a/"})
    assert found["nothing"] == {"advice": "Write less.", "pages": {"en/a/": "A", "b/": "B"}}
    assert (found["names"], found["minor"]) == ({"en/a/": ["A"], "en/a/#x": ["X"]}, ["en/a/#x"])
    assert (found["intents"], found["reasons"]) == ([[["how"], ["en/a/", "b/"]]], ["b/"])
    assert found["cues"] == [["en/a/", "how", 2]]


def test_a_plugin_may_warn_about_a_page_that_only_other_versions_have(pair: Pair) -> None:
    """Its settings are the same for all versions: that is no reason to fail a strict build."""
    assert "INFO    -  2025-Q1: The page 'scope.md' of the settings was not found." in pair.ours.output


@pytest.fixture(scope="module")
def lacking(tmp_path_factory: pytest.TempPathFactory) -> Handbook:
    """The newest of three versions lack a section that the oldest has, and whose page a hook moves."""
    book = Handbook(tmp_path_factory.mktemp("lacking"), pages=("index", "changes"))
    book.write("hook.py", LATE_HOOK)
    book.write("docs/scope.md", "---\nsection: scope\n---\n")
    book.write("docs/own.md", "# Own\n\nAt [{{ config.site_url }}]\n")
    book.replace("mkdocs.yml", "plugins:\n", "site_url: ''\nhooks: [hook.py]\nplugins:\n")
    book.commit("2025-01-06", scope={"out": [{"id": "x", "name": "Events"}]})
    book.commit("2025-04-07")
    book.commit("2025-07-07", title="Other")
    return book


def test_a_setting_may_name_a_page_that_the_newest_version_lacks(lacking: Handbook) -> None:
    """As an entry of `nav` may; one that no version has fails a strict build. No warning after the end does, as in MkDocs."""
    built = lacking.build("--strict")
    assert built.code == 0, built.output
    assert "INFO    -  2025-Q2: The page scope.md was not found." in built.output
    assert "INFO    -  The page scope.md was not found." in built.output
    assert [line for line in built.output.splitlines() if line.endswith("It ended.")] == [
        "INFO    -  2025-Q1: It ended.",
        "WARNING -  It ended.",
    ]
    lacking.write("hook.py", LATE_HOOK.replace('["scope.md"]', '["typo.md"]'))
    failed = lacking.build("--strict", site="other")
    lacking.write("hook.py", LATE_HOOK)
    assert failed.code == 1
    assert "WARNING -  The page typo.md was not found." in failed.output


def test_a_hook_may_change_settings_after_each_page(lacking: Handbook) -> None:
    """The next page has them, so that no two pages have the same."""
    site = lacking.build("--strict").site
    for version in ("2025-Q1", "2025-Q3"):
        pages = [path.read_text(encoding="utf-8") for path in (site / version).rglob("index.html")]
        shown = [match for page in pages for match in re.findall(r"After (\S+)\.\s", page)]
        assert len(set(shown)) == len(shown) == len(pages) - 1


def test_a_hook_may_replace_the_environment_of_templates(lacking: Handbook) -> None:
    """With one of its own, or a filter of it, before or after other plugins."""
    built = lacking.build("--strict")
    old, changed, new = (built.html(f"{version}/own") for version in ("2025-Q1", "2025-Q2", "2025-Q3"))
    assert [page.count('class="cb-foot"') for page in (old, changed, new)] == [1] * 3
    assert {href for href, _ in links(changed)} == {f"{href}#early#late" for href, _ in links(new)}


def test_an_empty_address_stays_empty(lacking: Handbook) -> None:
    """MkDocs recommends it for sites without an address: templates add paths to it."""
    assert "At []" in lacking.build("--strict").text("2025-Q1/own")


def test_newer_versions_lead_to_a_page_of_an_older_one_where_a_plugin_publishes_it(lacking: Handbook) -> None:
    """From comparisons and feeds."""
    built = lacking.build("--strict")
    assert 'href="../../2025-Q1/en/scope/' in built.html("2025-Q2/changes")
    assert missing_targets(built.site) == set()
    feed = (built.site / "feeds/sections/scope.xml").read_text(encoding="utf-8")
    assert 'href="../../2025-Q1/en/scope/"' in feed
    lacking.write(
        "hook.py", LATE_HOOK.replace('moved.dest_uri = "en/scope/index.html"', "files.remove(moved)")
    )
    without = lacking.build(site="without")
    lacking.write("hook.py", LATE_HOOK)
    assert without.code == 0, without.output
    assert missing_targets(without.site) == set()


@pytest.mark.parametrize(
    ("message", "about_page", "expected"),
    [
        ("Page 'a/gone.md' not found", False, True),
        ("a/gone.md: skipped", False, True),
        ("Page 'a/gone.mdx' or b/a/gone.md", False, False),
        ("Page 'a/typo.md' not found", False, False),
        ("Doc file 'b.md' contains a link 'a/gone.md'", True, False),
    ],
)
def test_warnings_about_pages_of_other_versions(message: str, *, about_page: bool, expected: bool) -> None:
    """By their path. A link of an author's page stays a warning."""
    edition = SimpleNamespace(pages=SimpleNamespace(by_uri={"b.md": None}))
    order: Any = SimpleNamespace(edition=edition, pages_of_any_version=frozenset({"a/gone.md", "b.md"}))
    assert is_about_other_versions(BuildWarning(message, about_page), order) == expected


def test_the_table_of_contents_is_that_of_markdown(pair: Pair) -> None:
    """With its depth, labels, footnotes and titles."""
    tables = [
        re.findall(r'<a href="(#[^"]*)" class="md-nav__link">(.*?)</a>', page, re.DOTALL)
        for page in pair.pages("own")
    ]
    shown = [
        [(anchor, " ".join(re.sub("<[^>]*>", "", title).split())) for anchor, title in table]
        for table in tables
    ]
    assert ("#two", "Short") in shown[2]
    assert shown == [shown[2]] * 3


@pytest.mark.parametrize("page", ["index.html", "own/index.html", "services/index.html", "scope/index.html"])
def test_an_asset_is_found_from_a_page_of_the_same_name(pair: Pair, page: str) -> None:
    """Assets of the theme are above the version, for any address of the page."""
    source = (pair.ours.site / "latest" / page).read_text(encoding="utf-8")
    found = re.findall(r'(?:href|src)="([^"]*/own/\w+\.\w+)"', source)
    assert [(pair.ours.site / "latest" / page / ".." / path).resolve().is_file() for path in found] == [
        True
    ] * 3


def heading(level: int, name: str, *children: TocHeading) -> TocHeading:
    """A heading whose id is its name."""
    return {"level": level, "id": name, "name": name, "children": [*children]}


def test_headings_of_blocks_are_between_those_of_markdown() -> None:
    """An entry of a plugin that has no heading stays where it was."""
    known = [heading(1, "a", heading(2, "b", heading(3, "nowhere")), heading(2, "d"))]
    page = '<h1 id="a"></h1><h2 id="b"></h2><div data-charterbook-slot="0"></div><h2 id="d"></h2>'
    block = '<h3 id="c">c</h3><h5 id="deep">deep</h5>'
    renderer = cast(PageRenderer, SimpleNamespace(_slots=[block]))
    found = PageRenderer._with_blocks(renderer, page, known, range(1, 5))
    assert [entry["name"] for entry in flat(found)] == ["a", "b", "nowhere", "c", "d"]
    assert [child["name"] for child in found[0]["children"]] == ["b", "d"]
    assert PageRenderer._with_blocks(renderer, "", known, range(1, 5)) is known
