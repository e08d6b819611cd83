from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel, get_files
from mkdocs.structure.nav import Navigation, Section, get_navigation
from mkdocs.structure.pages import Page

from charterbook.history import History, Version
from charterbook.i18n import translator
from charterbook.pages import DocsPage, pages_of, read_docs
from charterbook.site.edition import Edition
from charterbook.site.edition_builder import editions
from charterbook.site.pipeline.arranged_nav import OwnNav
from charterbook.site.pipeline.built_nav import keep_group_titles, remove_absent_pages, silence_omitted_pages
from charterbook.site.pipeline.nav import (
    NavFilter,
    default_nav,
    group_titles,
    hidden_in_nav,
    items_in_nav,
    nav_entries,
    report_nav_problems,
)
from charterbook.site.pipeline.nav_pages import nav_pages
from charterbook.site.pipeline.page_titles import home_page, own_titles
from tests.site import editions as made
from tests.site.editions import TODAY, charter
from tests.site.handbooks import Built

#: Pages that every version has, that only others have, and entries that are no page.
HERE = ("index.md", "faq.md", "services/index.md", "a/b.md")
ABSENT = ("scope.md", "services/gone.md")
OTHER = (
    "typo.md",
    "https://e.com/",
    "mailto:a@b.c",
    "/portal/",
    "../",
    "a.pdf",
    "faq.md#x",
    "?q",
    "#top",
    "tel:+1",
)

entry = st.sampled_from([*HERE, *ABSENT, *OTHER, "./faq.md", "/faq.md", "a//b.md"])
navs = st.lists(
    st.recursive(
        entry | st.builds(lambda title, path: {title: path}, st.sampled_from("STU"), entry),
        lambda inner: st.builds(
            lambda title, of: {title: of}, st.sampled_from("XYZ"), st.lists(inner, max_size=3)
        ),
        max_leaves=8,
    ),
    min_size=1,
    max_size=5,
)


def settings(absolute_links: str = "info") -> MkDocsConfig:
    """The configuration of a handbook with one level of `validation.nav`."""
    config = MkDocsConfig()
    config.load_dict({"site_name": "x", "validation": {"nav": {"absolute_links": absolute_links}}})
    errors, _ = config.validate()
    assert errors == []
    return config


LINKS_FROM_ROOT = {level: settings(level) for level in ("info", "relative_to_docs")}


def navigation(nav: list[Any], uris: tuple[str, ...], config: MkDocsConfig) -> tuple[Navigation, Files]:
    """The navigation that MkDocs makes from a `nav`."""
    files = Files([File(uri, "docs", "site", use_directory_urls=True) for uri in uris])
    config.nav = nav
    return get_navigation(files, config), files


def shown(items: list[Any], absent: tuple[str, ...] = ()) -> list[Any]:
    """A navigation as data, without pages that are absent and sections that have only those."""
    found: list[Any] = []
    for item in items:
        if item.is_section:
            children = shown(item.children, absent)
            if children or not item.children:
                found.append((item.title, children))
        elif not (item.is_page and item.file.src_uri in absent):
            found.append((item.title if item.is_link else item.file.src_uri, item.url))
    return found


@given(nav=navs, level=st.sampled_from(sorted(LINKS_FROM_ROOT)))
def test_a_fitted_nav_is_what_mkdocs_makes_without_what_a_version_lacks(nav: list[Any], level: str) -> None:
    """It equals MkDocs' navigation of all pages without the absent ones."""
    config = LINKS_FROM_ROOT[level]
    whole, _ = navigation(nav, HERE + ABSENT, config)
    pages = pages_of(charter(), [DocsPage(uri) for uri in HERE])
    fitting = NavFilter(pages, ABSENT, from_root=level == "relative_to_docs")
    fitted, _ = navigation(fitting.filtered(nav), HERE, config)
    assert shown(fitted.items) == shown(whole.items, ABSENT)


@given(nav=navs)
def test_what_a_plugin_navigates_to_is_taken_out_in_the_same_way(nav: list[Any]) -> None:
    """A plugin sees pages of other versions; they are removed from its navigation, and from previous and next links."""
    whole, files = navigation(nav, HERE + ABSENT, LINKS_FROM_ROOT["info"])
    expected = shown(whole.items, ABSENT)
    remove_absent_pages(whole, files, ABSENT)
    assert shown(whole.items) == expected
    assert [file.src_uri for file in files] == list(HERE)
    beside = [other for page in whole.pages for other in (page, page.previous_page, page.next_page)]
    assert {page.file.src_uri for page in beside if page is not None} <= set(HERE)


def test_hidden_pages_have_their_inclusion_levels() -> None:
    """Pages of `not_in_nav` stay out of the navigation."""
    files = Files([File(uri, "docs", "site", use_directory_urls=True) for uri in (*HERE, *ABSENT)])
    for file in files:
        file.inclusion = InclusionLevel.INCLUDED
    levels = silence_omitted_pages(files, ABSENT)
    assert levels == dict.fromkeys(ABSENT, InclusionLevel.INCLUDED)
    assert [file.src_uri for file in files if not file.inclusion.is_in_nav()] == list(ABSENT)


DOCS = [
    DocsPage("index.md"),
    DocsPage("scope.md", section="scope"),
    DocsPage("risks.md", section="risks"),
    DocsPage("services/each.md", for_each="services"),
    DocsPage("compare/each.md", for_each="versions"),
    DocsPage("risk/each.md", for_each="risks"),
]


def editions_with(*changes: Mapping[str, Any]) -> list[Edition]:
    """The editions of a charter with a version for each of these changes."""
    names = made.quarters(len(changes))
    versions = [Version(name, charter=charter(**change)) for name, change in zip(names, changes, strict=True)]
    return editions(History(tuple(versions), None), DOCS, TODAY)


def test_an_entry_that_no_version_has_is_reported(caplog: pytest.LogCaptureFixture) -> None:
    """At the level of `not_found`; one that only an old version has is fine. Pages that `nav` omits are listed."""
    found = editions_with({"scope": {"out": [{"id": "x", "name": "X"}]}}, {})
    config = settings()
    nav = ["index.md", {"Old": "scope.md"}, {"Group": ["risks.md", "services/onboarding.md"]}, "risk/each.md"]
    with caplog.at_level(logging.INFO):
        report_nav_problems(nav, DOCS, found, config)
    messages = [(record.levelname, record.getMessage()) for record in caplog.records]
    assert [level for level, _ in messages] == ["WARNING", "WARNING"]
    assert "'risks.md' is included in the 'nav' configuration, but no version has this page" in messages[0][1]
    assert "made for each of risks, and no charter has any" in messages[1][1]
    caplog.clear()
    with caplog.at_level(logging.INFO):
        report_nav_problems(["index.md"], DOCS, found, config)
    assert [line.strip() for line in caplog.text.splitlines()[1:]] == [
        "- scope.md",
        "- risks.md",
        "- services/each.md",
        "- risk/each.md",
    ]


def test_what_a_group_does_not_see_is_a_note(caplog: pytest.LogCaptureFixture) -> None:
    """Whatever pages are listable: the entries are those of the whole build, not computed again."""
    found = editions_with({})
    nav = ["index.md", "services/secret.md"]
    hidden = hidden_in_nav(nav, DOCS, found)
    assert hidden == {"services/secret.md"}
    with caplog.at_level(logging.INFO):
        report_nav_problems(nav, DOCS[:1], found, settings(), "partners", hidden)
    (note,) = [record for record in caplog.records if "services/secret.md" in record.getMessage()]
    assert (note.levelname, "the handbook for partners has no such page" in note.getMessage()) == (
        "INFO",
        True,
    )


def test_an_items_page_of_another_version_is_no_typing_error() -> None:
    """It is known from all versions; a page that no version has stays in the navigation, and MkDocs warns of it."""
    services = [{"id": "coaching", "name": "Coaching", "summary": "Weekly."}]
    old, new = editions_with({}, {"services": services})
    nav = ["services/onboarding.md", {"New": "services/coaching.md"}, "services/typo.md"]
    known = items_in_nav(nav, [old, new])
    assert known == {"services/onboarding.md", "services/coaching.md"}
    fitting = NavFilter(old.pages, known - old.pages.by_uri.keys())
    assert fitting.filtered(nav) == ["services/onboarding.md", "services/typo.md"]
    assert NavFilter(new.pages, known).filtered(["services/each.md"]) == ["services/coaching.md"]
    assert NavFilter(new.pages, known).filtered([{"All": "services/each.md"}, {"Empty": []}]) == [
        {"All": ["services/coaching.md"]},
        {"Empty": []},
    ]


OWN_PAGES = (
    "how-we-work.md",
    "hard-ware/index.md",
    "hard-ware/Printers.md",
    "hard-ware/a/scanner_types.md",
    "Welcome/rooms.md",
    "Welcome/deep/er/page.md",
    "admin/README.md",
    "admin/travel.md",
)


def test_pages_that_are_not_about_the_charter_stay_in_their_folders(tmp_path: Path) -> None:
    """As MkDocs groups them; those beside a section are under Reference, as are those at the top."""
    texts = dict.fromkeys(OWN_PAGES, "# Own") | {"scope.md": "---\nsection: scope\n---\n"}
    texts |= {"services/index.md": "---\nsection: services\n---\n", "services/faq.md": "# FAQ"}
    for name, text in {"index.md": "", **texts}.items():
        path = tmp_path / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    history = History((Version("v1", charter=charter(scope={"out": [{"id": "x", "name": "X"}]})),), None)
    (edition,) = editions(history, read_docs(tmp_path / "docs"), TODAY)
    config = settings()
    config.docs_dir = str(tmp_path / "docs")
    files = get_files(config)
    plain = shown(get_navigation(files, config).items)
    renderer: Any = SimpleNamespace(edition=edition, words=translator("en"))
    config.nav = default_nav(renderer, dict.fromkeys(file.src_uri for file in files))
    ours = shown(get_navigation(files, config).items)
    groups = [item for item in plain if isinstance(item[1], list) and item[0] != "Services"]
    assert sorted(ours[-3:]) == sorted(groups)
    assert ours[-4] == (
        "Reference",
        [("how-we-work.md", "how-we-work/"), ("services/faq.md", "services/faq/")],
    )
    assert {title for title, _ in ours[1:-3]} <= group_titles(translator("en"))


def page_file(uri: str, text: str) -> File:
    """A page of MkDocs with this text."""
    file = File(uri, None, "site", use_directory_urls=True)
    file.content_string = text
    return file


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("# Welcome\n", True),
        ("Text\n\n#Our charter#\n", True),
        ("Welcome\n=======\n", True),
        ("---\ntitle: Welcome\n---\n# {{ charter.title }}\n", True),
        ('# {{ _("Home") }}\n', True),
        ("# {{ charter.title }}\n", False),
        ("# [[ what_changed() ]]\n", False),
        ("---\nhide: [toc]\n---\n## Welcome\n", False),
        ("", False),
    ],
)
def test_a_title_of_the_authors_stays_in_the_navigation(text: str, own: bool) -> None:
    """As in plain MkDocs; also a title of the home page that a plugin makes from another file."""
    renderer: Any = SimpleNamespace(edition=made.edition({}), words=translator("en"))
    found = Files([page_file(uri, text) for uri in ("index.md", "b/index.md")])
    assert own_titles(found, ["index.md", None, "lost.md"]) == ({"index.md"} if own else frozenset())
    titled = own_titles(found, ["index.md"])
    listed = ["index.md", "b/index.md"]
    first = default_nav(renderer, listed, home_page(found, listed), titled)[0]
    assert first == ("index.md" if own else {"At a glance": "index.md"})
    found.get_file_from_path("index.md").name = "other"  # type: ignore[union-attr]
    assert home_page(found, listed) is None


def test_a_home_page_that_is_not_in_the_navigation_is_omitted() -> None:
    """By `not_in_nav`, as in plain MkDocs."""
    renderer: Any = SimpleNamespace(edition=made.edition({}), words=translator("en"))
    files = Files([page_file(uri, "") for uri in ("index.md", "a.md")])
    assert "index.md" not in [*nav_entries(default_nav(renderer, ["a.md"], home_page(files, ["a.md"])))]


FOLDERS = (
    "a/index.md",
    "a/b.md",
    "a/c/d.md",
    "e/f.md",
    "g/README.md",
    "h-i/index.md",
    "h_i/README.md",
    "h_i/a.md",
    "h_i/j_k/l.md",
    "top.md",
    "index.md",
)


@given(st.sets(st.sampled_from(FOLDERS)))
def test_pages_that_are_not_in_nav_do_not_move_others(hidden: set[str]) -> None:
    """Folders are the groups that MkDocs makes of the pages that are left."""
    files = Files([page_file(uri, "") for uri in FOLDERS])
    for file in files:
        file.inclusion = InclusionLevel.NOT_IN_NAV if file.src_uri in hidden else InclusionLevel.INCLUDED
    listed = [uri for uri in FOLDERS if uri not in hidden]
    docs = tuple(DocsPage(uri) for uri in FOLDERS)
    (one,) = editions(History((Version("v1", charter=charter()),), None), docs, TODAY)
    renderer: Any = SimpleNamespace(edition=one, words=translator("en"))
    config = settings()
    plain = shown(get_navigation(files, config).items)
    config.nav = default_nav(renderer, listed, home_page(files, listed))
    ours = shown(get_navigation(files, config).items)
    reference = ("Reference", [("top.md", "top/")])
    groups = [item for item in plain if isinstance(item[1], list)]
    assert ours == [
        *([("index.md", "")] if "index.md" in listed else []),
        *([reference] if "top.md" in listed else []),
        *groups,
    ]


def test_a_group_of_charterbooks_own_keeps_its_title(quarters: Built) -> None:
    """An index page in it is an entry like others, under its own title."""
    page = quarters.text("latest/compare")
    assert "Over time What changed Compare two versions" in page
    assert '<span class="md-ellipsis">Compare two versions</span>' in quarters.html("latest/history")


class Overview(Page):
    """A kind of page that a plugin brings."""


def test_pages_in_groups_stay_those_that_plugins_know() -> None:
    """Only the attributes that Material reads change."""
    config, file = settings(), File("news/index.md", "docs", "site", True)
    page = Overview(None, file, config)
    keep_group_titles(Navigation([Section("Reference", [page])], [page]), {"Reference"})
    assert (file.page is page, isinstance(page, Overview), page.is_index) == (True, True, False)


class Arranges:
    """A plugin that may change the navigation."""

    config: dict[str, Any] = {}

    def on_nav(self, nav: Navigation) -> Navigation:
        """Leave it unchanged."""
        return nav


PAGES_HERE = ("index.md", "a/index.md", "a/b.md", "a/c.md", "d.md")
OWN_ENTRIES: list[Any] = [{"Top": "index.md"}, {"One": ["d.md", {"Two": ["a/c.md", "a/index.md"]}]}, "a/b.md"]


def described(nav: Navigation) -> list[Any]:
    """All that pages show of a navigation."""
    pages = [
        (
            page.file.src_uri,
            page.title,
            str(page.previous_page),
            str(page.next_page),
            [above.title for above in page.ancestors],
        )
        for page in nav.pages
    ]
    return [str(nav), str(nav.homepage), pages]


def offered(entries: list[Any] | None, plugins: dict[str, Any]) -> tuple[Navigation, Files, MkDocsConfig]:
    """A navigation as MkDocs makes it."""
    config = MkDocsConfig()
    config.load_dict({"site_name": "A", "theme": "material", "nav": entries, "plugins": []})
    config.validate()
    config.plugins.update(plugins)
    files = Files([File(uri, "docs", "site", use_directory_urls=True) for uri in PAGES_HERE])
    return get_navigation(files, config), files, config


def test_a_navigation_that_no_plugin_arranges_is_ours() -> None:
    """With the pages that plugins have seen, and all their data from MkDocs."""
    nav, files, config = offered(None, {"arranges": Arranges()})
    own = OwnNav(OWN_ENTRIES, config)
    assert own.may_be_arranged
    own.offer(nav)
    assert own.is_unchanged(nav)
    seen = {file.src_uri: file.page for file in files}
    own.place(nav, files)
    expected, *_ = offered(OWN_ENTRIES, {})
    assert described(nav) == described(expected)
    assert {file.src_uri: file.page for file in files} == seen


def test_a_home_page_that_a_plugin_has_set_stays() -> None:
    """For example one for each language; not one that is not in the navigation."""
    for uri, found in {"a/index.md": "a/index.md", "lost.md": "index.md"}.items():
        nav, files, config = offered(None, {"arranges": Arranges()})
        own = OwnNav(OWN_ENTRIES, config)
        own.offer(nav)
        nav.homepage = next(
            (page for page in nav.pages if page.file.src_uri == uri),
            Page(None, File(uri, "docs", "site", use_directory_urls=True), config),
        )
        own.place(nav, files)
        assert nav.homepage is not None
        assert nav.homepage.file.src_uri == found


def test_a_navigation_that_a_plugin_has_arranged_stays() -> None:
    """Sorted, renamed, or with more entries."""
    for change in (list.reverse, list.pop, lambda items: items.append(Section("New", [])), rename):
        nav, _, config = offered(None, {"arranges": Arranges()})
        own = OwnNav(OWN_ENTRIES, config)
        own.offer(nav)
        change(nav.items)
        assert not own.is_unchanged(nav)


@pytest.mark.parametrize(("name", "unchanged"), [("a/.order.yml", False), ("a/other.yml", True)])
def test_a_navigation_in_a_file_for_a_plugin_stays(tmp_path: Path, name: str, *, unchanged: bool) -> None:
    """Even if it is the one that MkDocs makes by default."""
    (tmp_path / "docs/a").mkdir(parents=True)
    (tmp_path / "docs" / name).write_text("", encoding="utf-8")
    plugin = Arranges()
    plugin.config = {"filename": ".order.yml", "depth": 3}
    nav, _, config = offered(None, {"arranges": plugin})
    config.docs_dir = str(tmp_path / "docs")
    own = OwnNav(OWN_ENTRIES, config)
    own.offer(nav)
    assert own.is_unchanged(nav) == unchanged


def test_a_page_that_lists_a_navigation_has_no_links_to_pages_of_other_versions() -> None:
    """As the navigation itself. Other pages keep their links, and MkDocs warns about them."""
    reader = SimpleNamespace(config={"nav_file": "SUMMARY.md"})
    config: Any = SimpleNamespace(plugins={"reader": reader, "hook": object()})
    pages = nav_pages(config, {"a/gone page.md", "gone.md"})
    listed = "* [Home](index.md)\n* Group\n    1. [Gone *page*](<gone page.md>)\n    + [Up](../gone.md#part 'Title')\n* [Typo](gon.md)\n"
    shown = "* [Home](index.md)\n* Group\n    1. Gone *page*\n    + Up\n* [Typo](gon.md)\n"
    assert pages.without_absent(listed, "a/SUMMARY.md") == shown
    assert pages.without_absent("- [x](a/gone%20page.md)", "SUMMARY.md") == "- x"
    for markdown, uri in ((listed, "a/b.md"), ("See [it](gone.md).", "SUMMARY.md")):
        assert pages.without_absent(markdown, uri) == markdown


def rename(items: list[Any]) -> None:
    """Give a group another title."""
    next(item for item in items if item.is_section).title = "Other"


@pytest.mark.parametrize(
    ("plugins", "expected"),
    [({"macros": Arranges(), "material/tags": Arranges()}, False), ({"a": object()}, False)],
)
def test_plugins_that_only_read_a_navigation_get_ours(plugins: dict[str, Any], expected: bool) -> None:
    """So do Material's plugins, which add to it."""
    nav, _, config = offered(OWN_ENTRIES, plugins)
    own = OwnNav(OWN_ENTRIES, config)
    own.offer(nav)
    assert (own.may_be_arranged, own.is_unchanged(nav)) == (expected, True)
