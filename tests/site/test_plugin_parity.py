"""Plugins work in a handbook as in plain MkDocs, which builds the same pages for comparison."""

from __future__ import annotations

import re
from textwrap import dedent
from urllib.parse import urljoin

import pytest

from tests.site.built_pairs import Pair, build_pair, links, missing_targets, warned
from tests.site.handbooks import Handbook

PLUGINS = """\
  - awesome-nav
  - redirects: {redirect_maps: {old.md: faq.md, 'out.md': 'scope.md#part'}}
  - glightbox
  - include-markdown
  - git-revision-date-localized: {enable_parallel_processing: false}
  - tags
  - group: {enabled: true, plugins: [meta, blog]}
"""
PLUGIN_SETTINGS = """\
site_name: Charter
site_url: https://example.org/
theme: {name: material}
hooks: [languages.py]
markdown_extensions: [admonition, attr_list, footnotes, md_in_html, abbr, pymdownx.superfences,
  pymdownx.tabbed: {alternate_style: true},
  pymdownx.snippets: {base_path: [., !relative $docs_dir, !relative ]}, toc: {permalink: true}]
"""
FAQ = """\
---
tags: [sales, onboarding]
---

# Questions

![Picture](picture.png) A note.[^1] The HTML **here**{: .own-class }

*[HTML]: HyperText

!!! note "Noted"

    Inside.

=== "First tab"

    In the tab.

--8<-- "beside.txt"

--8<-- "below.txt"

{% raw %}{% include-markdown "part.md" %}{% endraw %}

[^1]: The footnote.
"""
PLUGIN_FILES = {
    "docs/.nav.yml": "nav:\n  - Start: index.md\n  - faq.md\n  - Later:\n      - scope.md\n  - Out: https://out.example/\n",
    "docs/faq.md": dedent(FAQ),
    "docs/part.md": "# Part\n\nINCLUDED MARKDOWN\n",
    "docs/picture.png": "png",
    "docs/tags.md": "# Tags\n\n<!-- material/tags -->\n",
    "docs/folder/.meta.yml": "tags: [from-meta]\n",
    "docs/folder/page.md": "# In a folder\n",
    "docs/blog/index.md": "# Blog\n",
    **{
        f"docs/blog/posts/{name}.md": (
            f"---\ndate: 2025-01-02\nlinks:\n  - Source: https://{name}.example/\n  - Group:\n"
            f"      - Source: https://{name}.example/in-group\n---\n\n# {title} post\n\nText.\n"
        )
        for name, title in (("one", "First"), ("two", "Second"))
    },
    "beside.txt": "FROM A SNIPPET",
    "languages.py": (
        "from urllib.parse import urlsplit\n\n\ndef on_files(files, config):\n"
        "    path = urlsplit(config.site_url).path\n"
        "    config.extra['alternate'] = [{'name': 'F', 'lang': 'fr', 'link': f'{path}faq/'}]\n"
    ),
    "docs/below.txt": "FROM A SNIPPET BELOW",
}


@pytest.fixture(scope="module")
def plugged(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """Plugins and extensions that teams use, all at once."""
    pair = build_pair(tmp_path_factory.mktemp("plugged"), PLUGIN_SETTINGS, PLUGINS, PLUGIN_FILES)
    assert (pair.plain.code, pair.ours.code) == (0, 0), pair.plain.output + pair.ours.output
    assert warned(pair.ours) == warned(pair.plain) == []
    return pair


#: The elements that plugins and extensions put on the page.
ON_THE_PAGE = (
    "assets/javascripts/glightbox.min.js",
    'class="glightbox"',
    "INCLUDED MARKDOWN",
    "FROM A SNIPPET",
    "FROM A SNIPPET BELOW",
    "The footnote.",
    'class="own-class"',
    'title="HyperText"',
    "admonition note",
    "tabbed-alternate",
    'class="headerlink"',
)


@pytest.mark.parametrize("text", ON_THE_PAGE)
def test_what_plugins_put_on_a_page_is_there(plugged: Pair, text: str) -> None:
    """In every version as in plain MkDocs."""
    assert [text in page for page in plugged.pages("faq")] == [True] * 3


def test_files_of_plugins_are_where_pages_look_for_them(plugged: Pair) -> None:
    """Posts, tags, redirects, scripts: at the same addresses of each version, and in the root's sitemap."""
    added = ("blog/2025/01/02/first-post", "blog/archive/2025", "tags", "folder/page", "old")
    for root in (plugged.plain.site, plugged.ours.site / "latest", plugged.ours.site / "2025-Q1"):
        assert [name for name in added if not (root / name / "index.html").is_file()] == []
        assert (root / "assets/javascripts/glightbox.min.js").is_file()
        assert "from-meta" in (root / "tags/index.html").read_text()
    listed = set(
        re.findall("<loc>https://example.org/([^<]*)", (plugged.plain.site / "sitemap.xml").read_text())
    )
    ours = (plugged.ours.site / "sitemap.xml").read_text()
    assert [url for url in listed if f"<loc>https://example.org/latest/{url}</loc>" not in ours] == []
    assert "blog/posts/" not in ours


def test_links_lead_somewhere_wherever_a_plugin_publishes_a_page(plugged: Pair) -> None:
    """A blog has its posts below their days, and pages that docs/ lacks."""
    assert missing_targets(plugged.ours.site) == missing_targets(plugged.plain.site) == set()


@pytest.mark.parametrize("page", ["", "faq/", "folder/page/"])
def test_links_that_a_plugin_makes_from_the_address_of_a_version_stay_under_latest(
    plugged: Pair, page: str
) -> None:
    """To pages in other languages: a switch of the language does not lead from latest/ to a version."""
    for name in ("latest/", "2025-Q1/"):
        source = plugged.ours.html(name + page)
        found = re.findall(r'href="([^"]*)"[^>]*hreflang="fr"|href="([^"]*)"[^>]*>\s*F\s*</a>', source)
        assert {urljoin(f"/{name}{page}", one or other) for one, other in found} == {f"/{name}faq/"}
        assert len(found) == 2


@pytest.mark.parametrize("post", ["first", "second"])
def test_a_post_has_its_own_references(plugged: Pair, post: str) -> None:
    """They are like entries of the navigation, at the same places for each post."""
    pages = plugged.pages(f"blog/2025/01/02/{post}-post")
    found = [re.findall(r'"(https://(?:one|two)\.example/[^"]*)"', page) for page in pages]
    assert len(set(found[0])) == 2
    assert found == [found[2]] * 3


@pytest.mark.parametrize("address", ["blog/2025/01/02/first-post/", "blog/archive/2025/"])
def test_versions_know_each_others_pages_of_plugins(plugged: Pair, address: str) -> None:
    """Notices and the version selector lead to them, and to a post where its file is not."""
    pages = plugged.ours.json("pages.json")["pages"]
    assert (pages[address], pages.get("blog/posts/one/"), pages.get("old/")) == ([0, 1], None, None)
    up = "../" * (address.count("/") + 1)
    assert f'href="{up}2025-Q2/{address}"' in plugged.ours.html(f"2025-Q1/{address}")
    assert "no longer exists" not in plugged.ours.html(f"2025-Q1/{address}")


def test_a_page_links_to_itself_in_other_versions_where_a_plugin_publishes_it(plugged: Pair) -> None:
    """With its address there, from its own."""
    there = "blog/2025/01/02/first-post/"
    assert f'href="../../../../../../2025-Q1/{there}"' in plugged.ours.html(f"latest/{there}")


def test_a_navigation_made_by_a_plugin_wins(plugged: Pair) -> None:
    """Without entries that a version lacks."""
    old, new, plain = map(links, plugged.pages("faq"))
    assert [href for href, _ in new] == [href for href, _ in plain]
    assert [href for href, _ in old] == [href for href, _ in plain if "scope" not in href]


def test_redirects_lead_from_the_root_as_well(plugged: Pair) -> None:
    """A redirect to a page that a version lacks is not made there, and nobody is warned."""
    assert 'url=../latest/old/"' in plugged.ours.html("old")
    assert 'href="../scope/#part"' in plugged.ours.html("latest/out")
    assert not (plugged.ours.site / "2025-Q1/out").exists()


def test_a_second_build_with_plugins_logs_nothing(plugged: Pair) -> None:
    """If the site is up to date, plugins are skipped, without warnings and without failing a strict build."""
    again = Handbook(plugged.ours.site.parent, started=True).build("--strict")
    assert (again.code, warned(again)) == (0, []), again.output
