"""Sections of a page in the search index: the same as Material's, without excluded elements."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from material.plugins.search import plugin
from material.plugins.search.plugin import Parser, SearchIndex, SearchPlugin

from charterbook.site.mkdocs_compat.search_index import install, sections_of

PAGES = [
    "",
    "text alone",
    "<h1 id='a'>Title</h1><p>One &amp; two &lt;three&gt;</p>",
    '<p>Before</p><h2 id="x">First<a class="headerlink" href="#x">¶</a></h2><p>After</p><h3 id="y">Second</h3>',
    '<h1 id="t">T</h1><ul><li>One</li><li></li><li> </li></ul><ol><li><p>Two</p></li></ol>',
    '<h1 id="t">T</h1><pre><code>a\n  b &lt; c\n</code></pre><p>x<br>y<br/>z</p>',
    '<h1 id="t">T</h1><div><h2 id="in">Inside</h2><p>its own</p></div><p>outside again</p>',
    '<h1 id="t">T <em>of</em> <code>it</code></h1><p>H<sub>2</sub>O and x<sup>2</sup></p>',
    '<h1 id="t">T</h1><script>if (a < b) { "<p>" }</script><style>p > a {}</style><p>text</p>',
    '<h1 id="t">T</h1><!-- <p>no</p> --><p title="a > b">yes</p><img alt="<p>" src="x"><hr>',
    '<h1 id="t">T</h1><table><tr><td>a</td> <td>b</td></tr></table>\n\n<p>c</p>',
    "<h1>No id</h1><p>text</p><h2>Nor here</h2><p>more</p>",
    '<h1 id="t">Заголовок</h1><p>Текст\nв две строки</p></div></p>',
    '<h2 id="x" data-search-exclude>Gone</h2><p>with all below</p><h2 id="y">Stays</h2><p>text</p>',
    '<h1 id="t">T</h1><h2 id="the-data-search-exclude">Attribute</h2><p>text</p><h2 id="x" data-search-exclude="">x</h2>',
]


def material(page: str) -> list[tuple[str | None, str, str]]:
    """The sections as Material reads them: their id, title and text."""
    parser = Parser()
    parser.feed(page)
    parser.close()
    return [
        (section.id, "".join(section.title), "".join(section.text))
        for section in parser.data
        if not section.is_excluded()
    ]


@pytest.mark.parametrize("page", PAGES)
def test_as_material_does(page: str) -> None:
    """Sections, titles, texts and the few preserved tags."""
    found = [(section.id, "".join(section.title), "".join(section.text)) for section in sections_of(page)]
    assert found == material(page)


def test_excluded_elements_are_left_out_completely() -> None:
    """Including nested elements of the same name, and headings."""
    page = '<h1 id="t">T</h1><div data-search-exclude><div>a</div><h3 id="b">b</h3>c</div><p>found</p>'
    assert [("".join(section.title), "".join(section.text)) for section in sections_of(page)] == [
        ("T", "<p>found</p>")
    ]


@pytest.mark.parametrize("text", ["<p>none</p>", '<p data-search-exclude="">one</p>', "data-search- alone"])
def test_material_removes_its_attributes(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """With its own call, whether a page has any or not; other patterns are Python's."""
    search = SearchPlugin()
    search.load_config({})
    monkeypatch.setattr(plugin, "re", re)
    for _ in range(2):
        search.search_index = SearchIndex()
        page = SimpleNamespace(content=text, meta={"search": {"exclude": True}}, toc=[], url="")
        search.on_page_context({}, page=page, config=None, nav=None)
        assert page.content == re.sub(r'\s?data-search-\w+="[^"]+"', "", text)
        install(search)
    assert plugin.re is not re
    assert plugin.re.split(",", "a,b") == ["a", "b"]
