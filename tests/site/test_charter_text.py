"""Texts of a charter in the Jinja of a page: safe and right in each context, and equal to the charter's text."""

from __future__ import annotations

import copy
import html
import json
import pickle
import re
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from lxml.html import HtmlElement, document_fromstring
from markdown import Markdown

from charterbook.load import load
from charterbook.site.render.charter_text import CharterText, SafeView, install, original, safe_value
from charterbook.site.render.charter_text_html import CharterTextInMarkdown, show_charter_text
from tests.charters import minimal_charter
from tests.site.attacks import LINES, REFUSED, TEXTS

ATTACKS = [*LINES.values(), *TEXTS.values(), *REFUSED.values()]
SIGNS = [
    *"<>&\"'`*_[]()!#:/\\{}%=;,.-+|~^$@?\n ",
    "a",
    "Ж",
    "javascript",
    "https",
    "--",
    "]]>",
    "&lt;",
    "x=1",
]
texts = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=12).map("".join)

#: Where an author may put a value: a page, and how to read it from the finished page.
TEXT_CONTEXTS = {
    "text": "Before {{ v }} after",
    "heading": "## Before {{ v }} after",
    "list": "- Before {{ v }} after\n- two",
    "emphasis": "**Before {{ v }} after**",
    "link text": "[Before {{ v }} after](x.md)",
    "code": "`Before {{ v }} after`",
    "code fence": "```\nBefore {{ v }} after\n```",
    "indented code": "    Before {{ v }} after",
    "table": "| a | b |\n|---|---|\n| Before {{ v }} after | c |",
    "HTML": "<div>Before {{ v }} after</div>",
    "HTML code": "<pre>Before {{ v }} after</pre>",
    "text area": "<textarea>Before {{ v }} after</textarea>",
    "concatenation": '{{ "Before " ~ v ~ " after" }}',
    "plus": '{{ "Before " + v + " after" }}',
    "format": '{{ "Before %s after"|format(v) }}',
    "format of Python": '{{ "Before {} after".format(v) }}',
    "join": '{{ ["Before", v, "after"]|join(" ") }}',
    "join of Python": '{{ " ".join(["Before", v, "after"]) }}',
    "block": "{% set x %}Before {{ v }} after{% endset %}{{ x }}",
    "macro": "{% macro m(a) %}Before {{ a }} after{% endmacro %}{{ m(v) }}",
    "safe": "Before {{ v|safe }} after",
    "escaped": "Before {{ v|e }} after",
    "function of Python": "{{ shown(v) }}",
}
ATTRIBUTE_CONTEXTS = {
    "double quotes": ('<p title="{{ v }}">x</p>', "p", "title"),
    "single quotes": ("<p title='{{ v }}'>x</p>", "p", "title"),
    "image": ("![{{ v }}](x.png)", "img", "alt"),
    "attribute list": ('A paragraph.\n{: title="{{ v }}" }', "p", "title"),
    "data": ('<i data-x="{{ v|e }}">x</i>', "i", "data-x"),
}
#: Where nothing of the charter may act, whatever it shows.
OTHER_CONTEXTS = [
    "[press]({{ v }})", "![image]({{ v }})", '[press](x.md "{{ v }}")', "<{{ v }}>", "<https://e.example/{{ v }}>", "[{{ v }}]",
    "[press][{{ v }}]\n\n[{{ v }}]: {{ v }}", '<a href="{{ v }}">press</a>', "<a href='{{ v }}'>press</a>", "<a href={{ v }}>press</a>",
    '<a href="java{{ v }}">press</a>', '<a href="javascript:show(\'{{ v }}\')">press</a>', '<a href=" &#106;avascript:{{ v }}">press</a>',
    '<img src="{{ v }}">', '<img srcset="{{ v }} 2x">', '<script src="{{ v }}"></script>', '<iframe src="{{ v }}"></iframe>', '<object data="{{ v }}"></object>',
    '<embed src="{{ v }}">', '<link rel="stylesheet" href="{{ v }}">', '<form action="{{ v }}"><button formaction="{{ v }}">x</button></form>',
    '<svg><a xlink:href="{{ v }}">x</a><use href="{{ v }}"/><animate attributeName="href" to="{{ v }}"/></svg>', '<math><mi xlink:href="{{ v }}">x</mi></math>',
    '<base href="{{ v }}">', '<meta http-equiv="refresh" content="0;url={{ v }}">', '<video poster="{{ v }}"></video>', '<body background="{{ v }}">',
    '<p style="color: {{ v }}">x</p>', "<style>p { color: {{ v }} }</style>", "<style>{{ v }}</style>", "<script>{{ v }}</script>", "<script>let x = '{{ v }}';</script>",
    '<script>let x = "{{ v }}";</script>', "<script>let x = `{{ v }}`;</script>", "<script>// {{ v }}\n</script>", "<script>let x = {{ v|tojson }};</script>",
    '<p onclick="show(\'{{ v }}\')">x</p>', "<p onclick='{{ v }}'>x</p>", "<p {{ v }}>x</p>", "<p title={{ v }}>x</p>", "<{{ v }} x>", "<!-- {{ v }} -->", "<!--{{ v }}-->",
    '<iframe srcdoc="{{ v }}"></iframe>', "<template>{{ v }}</template>", "<noscript>{{ v }}</noscript>", "<title>{{ v }}</title>", "<xmp>{{ v }}</xmp>",
    "{{ v|tojson }}", "<p data-x='{{ v|tojson }}'>x</p>", "{{ v|urlencode }}", "{{ v|upper }}", "{{ v[1:] }}", "{{ v|replace('a', '<') }}", "{{ v|title }}", "{{ v|list|join }}",
    "{{ v|reverse }}", "{{ v|striptags }}", "{{ v|urlize }}", "{{ v|truncate(20) }}", "{{ v|wordwrap(5) }}", "{{ [v] }}", "{{ {v: v} }}", "{{ v.split(' ') }}", "{{ v|pprint }}",
    "{{ v|indent(8, true) }}", "{{ v|xmlattr if false else {'title': v}|xmlattr }}", "{{ v|center(300) }}", "{% filter upper %}{{ v }}{% endfilter %}", "{{ dumped(v) }}", "{{ quoted(v) }}",
    "[TOC]\n\n# {{ v }}", "# x {: #{{ v }} }", "Term\n:   {{ v }}", "[^1]\n\n[^1]: {{ v }}", "*[HTML]: {{ v }}\n\nHTML", '!!! note "{{ v }}"\n    x', "```{{ v }}\nx\n```", "{{ v }}\n===",
]  # fmt: skip

ENVIRONMENT = Environment()  # noqa: S701 (as mkdocs-macros has it)
install(ENVIRONMENT)
ENVIRONMENT.globals.update(
    shown=lambda value: f"Before {value} after",
    dumped=lambda value: json.dumps({"v": value}),
    quoted=lambda value: f'<a href="https://e.example/?q={quote(value)}">x</a>',
)
MARKDOWN = Markdown(
    extensions=["attr_list", "md_in_html", "tables", "toc", "def_list", "footnotes", "abbr", "admonition",
                "fenced_code", CharterTextInMarkdown()]
)  # fmt: skip


def page(source: str, text: Any) -> str:
    """The HTML of a page with a text of the charter."""
    return show_charter_text(
        MARKDOWN.reset().convert(ENVIRONMENT.from_string(source).render(v=safe_value(text)))
    )


def tree(source: str, text: Any) -> HtmlElement:
    """The page as a browser reads it."""
    return document_fromstring(f"<!doctype html><meta charset=utf-8><main>{page(source, text)}</main>")


def shape(root: HtmlElement) -> list[tuple[str, tuple[str, ...]]]:
    """Elements and names of attributes."""
    return [(str(one.tag), tuple(sorted(one.keys()))) for one in root.iter() if isinstance(one.tag, str)]


def words(text: str) -> str:
    """A text with single spaces."""
    return " ".join(text.split())


@pytest.mark.long
@pytest.mark.parametrize("source", TEXT_CONTEXTS.values(), ids=TEXT_CONTEXTS)
def test_shown_as_it_was_written(source: str) -> None:
    """In text and in code, and after changes by Jinja and Python."""
    harmless = shape(tree(source, "harmless"))
    for attack in ATTACKS:
        root = tree(source, attack)
        assert f"Before {words(attack)} after" in words(root.text_content()), attack
        assert shape(root) == harmless, attack


@given(texts, st.sampled_from([*TEXT_CONTEXTS.values()]))
def test_any_text_is_shown(text: str, source: str) -> None:
    """Also without the meaning of an attack."""
    assert f"Before {words(text)} after".replace("  ", " ") in words(tree(source, text).text_content())


@pytest.mark.long
@pytest.mark.parametrize(("source", "tag", "name"), ATTRIBUTE_CONTEXTS.values(), ids=ATTRIBUTE_CONTEXTS)
def test_attributes_have_the_text(source: str, tag: str, name: str) -> None:
    """Whole, and no other attribute comes from it."""
    harmless = shape(tree(source, "harmless"))
    for attack in ATTACKS:
        root = tree(source, attack)
        element = root.find(f".//{tag}")
        assert element is not None
        assert words(str(element.get(name))) == words(attack)
        assert shape(root) == harmless, attack


@pytest.mark.long
@pytest.mark.parametrize("source", OTHER_CONTEXTS)
def test_nothing_acts(source: str) -> None:
    """No attack adds an element, a handler or an active address, not even where no text belongs.

    Each context has a third of the attacks, and each attack a third of the contexts.
    """
    assert_inert(source, ATTACKS[OTHER_CONTEXTS.index(source) % 3 :: 3])


@pytest.mark.slow
@pytest.mark.parametrize("source", OTHER_CONTEXTS)
def test_no_attack_acts_anywhere(source: str) -> None:
    """The same for all attacks in all contexts."""
    assert_inert(source, ATTACKS)


def assert_inert(source: str, attacks: list[str]) -> None:
    """Assert that attacks add nothing active to a page. A text instead of an element's name can name one."""
    known = {name for name, _ in shape(tree(source, "harmless"))} | {"html", "body", "p", "a"}
    is_name = source.startswith("<{{ v }}")
    for attack in attacks if not is_name else [one for one in attacks if not one[0].isalpha()]:
        root = tree(source, attack)
        for element in root.iter():
            assert "attacked" not in str(element.tag), attack
            for name, value in element.items():
                assert not re.fullmatch("on[a-z]{3,}", name) or source.startswith("<p onclick"), attack
                scheme = "".join(value.split()).lower()
                assert not (
                    name in ("href", "src", "to", "action")
                    and scheme.startswith(("javascript:", "data:", "vbscript:"))
                ), attack
                assert not (
                    name in ("src", "data", "poster", "action") and re.match(r"(\w+:)?[/\\]{2}", value)
                ), attack
        assert all(
            "</" not in str(one.text) and "attacked()" not in str(one.text)
            for one in root.iter("script", "style")
        ), attack
        assert {name for name, _ in shape(root)} <= known, attack


@given(
    texts,
    st.sampled_from(
        [
            "let x = {{ v|tojson }}",
            "{{ v|tojson }}",
            "let x = '{{ v }}'",
            'let x = "{{ v }}"',
            "let x = {{ dumped(v) }}",
        ]
    ),
)
def test_scripts_have_the_text(text: str, source: str) -> None:
    """As JSON, and in a string of JavaScript."""
    script = tree(f"<script>{source}</script>", text).find(".//script")
    value = str(script.text).removeprefix("let x = ")
    read = json.loads(value.replace("'", '"'))
    assert (read["v"] if isinstance(read, dict) else read).replace("\n", " ") == text.replace("\n", " ")


@given(texts)
def test_handlers_have_the_text(text: str) -> None:
    """In a string of JavaScript."""
    handler = str(tree("<p onclick=\"show('{{ v }}')\">x</p>", text).find(".//p").get("onclick"))
    assert json.loads(f'"{handler[6:-2]}"') == text


@pytest.mark.long
@given(texts.filter(lambda text: "\n" not in text), st.sampled_from(["{{ v|urlencode }}", "{{ v }}"]))
def test_queries_have_the_text(text: str, value: str) -> None:
    """Encoded by the author, or by Charterbook."""
    for source in (f"<a href='https://e.example/?q={value}'>x</a>", f"[x](https://e.example/?q={value})"):
        if " " in text and value == "{{ v }}" and source.startswith("["):
            continue
        found = tree(source, text).find(".//a")
        assert found is not None
        assert (
            parse_qs(urlsplit(str(found.get("href"))).query, keep_blank_values=True)["q"][0].strip()
            == text.strip()
        )


@pytest.mark.parametrize(
    "address", ["https://e.example/a?b=c&d=(e)#f", "mailto:a@e.example", "http://e.example"]
)
def test_whole_addresses_are_links(address: str) -> None:
    """In Markdown and in HTML; MkDocs sees them before it looks for pages."""
    for source in ("[x]({{ v }})", '<a href="{{ v }}">x</a>', "<a href='{{ v }}'>x</a>"):
        found = tree(source, address).find(".//a")
        assert found is not None
        assert (found.get("href"), found.text) == (address, "x")


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "//evil.example", "\\\\evil.example", "data:text/html,x", "JAVASCRIPT:x(1)"],
)
def test_unsafe_addresses_are_left_out_with_a_word(address: str, caplog: pytest.LogCaptureFixture) -> None:
    """A warning fails a strict build."""
    for source in ("[x]({{ v }})", '<a href="{{ v }}">x</a>'):
        assert tree(source, address).find(".//a").get("href") == "#"
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]


@given(texts, texts)
def test_a_value_equals_the_charters_text(text: str, other: str) -> None:
    """In comparisons, methods, slices, sets, copies, and as data."""
    value = CharterText(text)
    assert value == text
    assert text == value
    assert (value == other, value != other, value < other) == (text == other, text != other, text < other)
    assert (len(value), hash(value), bool(value)) == (len(text), hash(text), bool(text))
    assert {value} == {text}
    assert {text: 1}[value] == 1
    assert (other in value, value.count(other), value.find(other)) == (
        other in text,
        text.count(other),
        text.find(other),
    )
    assert (value[1:], value[::-1], list(value), value.split()) == (
        text[1:],
        text[::-1],
        list(text),
        text.split(),
    )
    assert (value.upper(), value.replace(other, "<"), value.partition(other)) == (
        text.upper(),
        text.replace(other, "<"),
        text.partition(other),
    )
    assert value + other == text + other
    assert other + value == other + text
    assert (copy.deepcopy(value), pickle.loads(pickle.dumps(value))) == (text, text)  # noqa: S301
    assert original(f"{value}") == text


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{{ v == 'R&D <lab>' }} {{ 'R&D <lab>' == v }} {{ v in ['R&D <lab>'] }}", "True True True"),
        ("{{ '&' in v }} {{ v|length }} {{ v[:3] == 'R&D' }}", "True 9 True"),
        ("{{ v|replace('&', ' and ') == 'R and D <lab>' }} {{ v.split(' ')[1] == '<lab>' }}", "True True"),
        ("{{ v|urlencode == 'R%26D%20%3Clab%3E' }} {{ (v|tojson)|length }}", "True 26"),
        (
            "{{ {'R&D <lab>': 'found'}[v] }} {{ [v, 'a']|sort|first|length }} {{ ('x' ~ v)|length }}",
            "found 1 10",
        ),
        (
            "{% for c in v if c == '<' %}one{% endfor %} {{ v.startswith('R&') }} {{ v|upper == 'R&D <LAB>' }}",
            "one True True",
        ),
    ],
)
def test_conditions_of_pages(source: str, shown: str) -> None:
    """As an author would write them."""
    assert words(tree(source, "R&D <lab>").text_content()) == shown


def test_parts_of_a_charter_as_data() -> None:
    """As JSON, and compared."""
    charter = load(minimal_charter(title="R&D </script>").encode()).charter
    assert charter is not None
    view = SafeView(charter)
    shown = page("<script>{{ v|tojson }}</script>", charter)
    data = json.loads(shown.removeprefix("<script>").removesuffix("</script>"))
    assert (data["title"], data["services"][0]["id"]) == ("R&D </script>", "onboarding")
    assert (
        view == SafeView(charter),
        view.services[0] == view.services[0],
        view.title == "R&D </script>",
    ) == (True, True, True)
    assert html.unescape(page("{{ v.services }}", charter)) == "<p>[SafeView(Service)]</p>"
