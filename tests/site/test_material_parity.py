"""Everything that MkDocs and Material put on a page is in a handbook, too: both are built from the same files."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
import yaml
from lxml import html

from charterbook.site.mkdocs_compat.material_templates import MATERIAL
from tests.site.handbooks import Built, Handbook
from tests.site.shared_sites import build_once

TITLE = "A charter"
SITE = "https://handbook.example.com/"
VERSION = "2025-Q1"

#: Pages that are the same in both; the last one is made from them by a plugin.
SITES = ("plain", "site/latest")
PAGES = ("", "own/", "group/part/", "bare/", "tags/")

DOCS = {
    "index.md": "---\nhide: [toc]\n---\n# Home\n\n## Part\n\n[Own](own.md)\n",
    "own.md": """\
---
title: Own & proper
description: Our own description
author: Ada
subtitle: Below the title
icon: material/rocket-launch
status: new
hide: [navigation, toc, path, footer]
tags: [policy, travel costs]
---

## Part

!!! note "A note"
    Text with a[^1] footnote.

??? tip "More"
    Text.

=== "One"
    First

=== "Two"
    Second

``` { .python .annotate title="a.py" linenums="1" hl_lines="1" }
x = 1  # (1)!
```

1. Said of it.

:material-star: [Button](index.md){ .md-button title="A
   title" } ++ctrl+c++ ==marked== H~2~O <abbr title="a
  b">HTML</abbr>

| a | b |
|---|--:|
| 1 | 2 |

- [x] done

<div class="grid cards" markdown>
- Card
</div>

<div style="white-space: pre">one
     two

   three</div>

<textarea>
  a

    b</textarea>

<pre class="mermaid">graph LR
    A --> B</pre>

<x-own   data-text="one

  two">
  text   </x-own>

[^1]: The foot.
""",
    "bare.md": "---\ntemplate: bare.html\nsearch: {exclude: true}\nrevision_date: 1 May 2024\n---\n# Bare\n\n## Part\n",
    "group/part.md": "---\nstatus: deprecated\nsearch: {boost: 2}\n---\nA page without a title.\n",
    "tags.md": "# Tags\n\n<!-- material/tags -->\n",
    "people/each.md": "---\nfor_each: audiences\n---\n# {{ item.name }}\n",
    "images/logo.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>\n",
    "js/module.js": "",
    "js/plain.js": "",
    "css/own.css": "p { color: red }\n",
}

#: What an author's templates add to each block: something that can stand there.
HEAD = ("site_meta", "htmltitle", "styles", "libs", "fonts", "analytics", "extrahead")

EXTENSIONS = """
- abbr
- admonition
- attr_list
- def_list
- footnotes
- md_in_html
- tables
- toc: {permalink: true, title: On here}
- pymdownx.betterem
- pymdownx.caret
- pymdownx.details
- pymdownx.emoji:
    emoji_index: !!python/name:material.extensions.emoji.twemoji
    emoji_generator: !!python/name:material.extensions.emoji.to_svg
- pymdownx.highlight: {anchor_linenums: true}
- pymdownx.keys
- pymdownx.mark
- pymdownx.superfences
- pymdownx.tabbed: {alternate_style: true}
- pymdownx.tasklist: {custom_checkbox: true}
- pymdownx.tilde
"""

EVERYTHING: dict[str, Any] = {
    "site_author": "Bob",
    "site_description": "What our site is",
    "copyright": "Copyright &copy; Us",
    "repo_url": "https://github.com/acme/charter",
    "edit_uri": "edit/main/docs/",
    "extra_css": ["css/own.css", "assets/own/theme.css"],
    "extra_javascript": [
        "js/plain.js",
        {"path": "js/module.js", "type": "module", "defer": True, "async": True},
        {"path": "assets/own/theme.js", "defer": True},
        "https://example.org/far.js",
    ],
    "theme": {
        "name": "material",
        "custom_dir": "overrides",
        "language": "de",
        "direction": "rtl",
        "logo": "images/logo.svg",
        "favicon": "assets/own/favicon.svg",
        "font": {"text": "Roboto", "code": "Roboto Mono"},
        "icon": {
            **dict.fromkeys(("edit", "view", "menu", "search", "share", "close"), "material/star"),
            **dict.fromkeys(("repo", "alternate", "previous", "next", "top", "annotation"), "material/heart"),
            "admonition": {"note": "octicons/tag-16"},
            "tag": {"default": "material/tag", "plane": "material/airplane"},
        },
        "palette": [
            {"scheme": "default", "primary": "teal", "toggle": {"icon": "material/star", "name": "Dark"}},
            {
                "scheme": "slate",
                "accent": "deep purple",
                "toggle": {"icon": "material/heart", "name": "Light"},
            },
        ],
        "features": [
            "announce.dismiss",
            "content.action.edit",
            "content.action.view",
            "content.code.annotate",
            "content.code.copy",
            "content.code.select",
            "content.footnote.tooltips",
            "content.lazy",
            "content.tabs.link",
            "content.tooltips",
            "header.autohide",
            "navigation.footer",
            "navigation.indexes",
            "navigation.instant",
            "navigation.instant.prefetch",
            "navigation.instant.preview",
            "navigation.instant.progress",
            "navigation.path",
            "navigation.prune",
            "navigation.sections",
            "navigation.tabs",
            "navigation.tabs.sticky",
            "navigation.top",
            "navigation.tracking",
            "search.highlight",
            "search.share",
            "search.suggest",
            "toc.follow",
        ],
        "static_templates": ["own.html", "own.txt"],
    },
    "extra": {
        "version": {"provider": "mike", "default": "latest", "alias": True},
        "generator": True,
        "homepage": "https://example.org/",
        "alternate": [
            {"name": "English", "link": "/en/", "lang": "en"},
            {"name": "Deutsch", "link": "./de/", "lang": "de"},
        ],
        "social": [
            {"icon": "material/star", "link": "https://example.org/me", "name": "We"},
            {"icon": "fontawesome/brands/mastodon", "link": "https://example.org/toot"},
        ],
        "analytics": {
            "provider": "custom",
            "feedback": {
                "title": "Helpful?",
                "ratings": [
                    {"icon": "material/star", "name": "Yes", "data": 1, "note": "Thanks for {url} {title}"}
                ],
            },
        },
        "consent": {"title": "Cookies", "description": "May we?", "actions": ["accept", "reject", "manage"]},
        "annotate": {"json": [".s2"]},
        "polyfills": ["js/plain.js"],
        "status": {"new": "Recently added"},
        "tags": {"policy": "plane"},
        "scope": "/",
    },
    "plugins": [
        "search",
        "tags",
        {"git-revision-date-localized": {"type": "iso_date", "enable_creation_date": True}},
    ],
}

OTHERWISE: dict[str, Any] = {
    "repo_url": "https://git.example.com/charter",
    "repo_name": "Our repository",
    "edit_uri_template": "https://git.example.com/edit/{path}?at={path!q}",
    "theme": {
        "name": "material",
        "custom_dir": "partly",
        "logo": "assets/own/logo.svg",
        "font": False,
        "palette": EVERYTHING["theme"]["palette"],
        "features": [
            "announce.dismiss",
            "content.action.edit",
            "content.tabs.link",
            "navigation.expand",
            "navigation.footer",
            "navigation.instant.progress",
            "navigation.path",
            "navigation.sections",
            "navigation.tabs",
            "navigation.top",
            "toc.follow",
            "toc.integrate",
        ],
    },
    "extra": EVERYTHING["extra"]
    | {"generator": False, "analytics": {"provider": "google", "property": "G-1"}},
    "plugins": ["search", "tags"],
}

HANDBOOKS = {"everything": EVERYTHING, "otherwise": OTHERWISE}


def features() -> set[str]:
    """All flags of `theme.features` that the pinned Material asks for, in templates and in its script."""
    templates = "".join(path.read_text(encoding="utf-8") for path in MATERIAL.rglob("*.html"))
    script = next(MATERIAL.glob("assets/javascripts/bundle.*.js")).read_text(encoding="utf-8")
    asks = re.search(r"(\w+)\(\"navigation\.instant\"\)", script)
    assert asks is not None
    asked = re.findall(rf"\b{asks[1]}\(\"([\w.]+)\"\)", script)
    return {*re.findall(r"\"([\w.]+)\" (?:not )?in features", templates), *asked}


def blocks() -> list[str]:
    """The blocks of the pinned Material's base template."""
    base = (MATERIAL / "base.html").read_text(encoding="utf-8")
    return list(dict.fromkeys(re.findall(r"\{% block (\w+) %\}", base)))


def partials() -> list[str]:
    """The pinned Material's partials, but for its words in each language."""
    found = (
        path.relative_to(MATERIAL).as_posix() for path in sorted((MATERIAL / "partials").rglob("*.html"))
    )
    return [name for name in found if "/languages/" not in name]


def write_overrides(book: Handbook) -> None:
    """An author's main.html that adds to each block, and parts of their own."""
    added = [
        f'<meta name="block" content="{name}">' if name in HEAD else f"<b hidden>{name}</b>"
        for name in blocks()
    ]
    main = "".join(
        f"{{% block {name} %}}{{{{ super() }}}}{mark}{{% endblock %}}"
        for name, mark in zip(blocks(), added, strict=True)
    )
    book.write("overrides/main.html", f'{{% extends "base.html" %}}{main}')
    book.write(
        "overrides/bare.html",
        '{% extends "main.html" %}{% block site_nav %}<i>no navigation</i>{% endblock %}',
    )
    book.write(
        "overrides/404.html", '{% extends "main.html" %}{% block content %}<h1>Lost</h1>{% endblock %}'
    )
    book.write(
        "overrides/own.html", '{% extends "main.html" %}{% block content %}<h1>Static</h1>{% endblock %}'
    )
    book.write("overrides/own.txt", "For {{ config.site_name }}")
    book.write("overrides/partials/comments.html", "<h2>Comments on {{ page.title }}</h2>")
    book.write("overrides/partials/integrations/analytics/custom.html", "<script>var custom = 1</script>")
    for folder in ("overrides", "partly"):
        for name in ("theme.js", "theme.css", "favicon.svg", "logo.svg"):
            book.write(f"{folder}/assets/own/{name}", "")
    book.write(
        "partly/bare.html",
        '{% extends "main.html" %}{% block announce %}News{% endblock %}{% block outdated %}Old{% endblock %}',
    )
    for name in partials():
        book.write(f"partly/{name}", marked((MATERIAL / name).read_text(encoding="utf-8"), name))


def marked(template: str, name: str) -> str:
    """A template that leaves a comment with its name wherever it is used; a file of macros, in each of them."""
    comment = f"<!-- {name} -->"
    bare = re.sub(r"\{#.*?#\}|\{% macro.*?\{% endmacro %\}|\{%.*?%\}", "", template, flags=re.DOTALL).strip()
    if bare or name.endswith("comments.html"):
        return template + comment
    return (
        re.sub(r"(\{% macro (?:render|t)\(.*?%\})", rf"\1{comment}", template)
        if name != LANGUAGE
        else template
    )


#: Its macro gives words: they stand in attributes, where a comment would be text.
LANGUAGE = "partials/language.html"


def handbook(folder: Path, name: str) -> Built:
    """Both sites: the handbook is `site`, that of plain MkDocs `plain`."""
    book = Handbook(folder)
    for page in (folder / "docs").rglob("*.*"):
        page.unlink()
    for path, text in DOCS.items():
        book.write(f"docs/{path}", text)
    write_overrides(book)
    shared: dict[str, Any] = {
        "site_name": TITLE,
        "site_url": SITE,
        "nav": [{"Home": "index.md"}, "own.md", {"Group": ["group/part.md"]}],
    }
    shared["nav"] += ["bare.md", "tags.md"]
    settings = shared | HANDBOOKS[name]
    ours = settings | {
        "plugins": [
            {"charterbook": {"content_security_policy": False}},
            {"macros": {"module_name": "macros"}},
            *settings["plugins"],
        ]
    }
    for file, content in (("mkdocs.yml", ours), ("plain.yml", settings)):
        text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
        extensions = "".join(f"\n  {line}" for line in EXTENSIONS.strip().split("\n"))
        book.write(file, f"{text}markdown_extensions:{extensions}\n")
    book.commit("2025-01-06", title=TITLE)
    plain = book.run("build", "--strict", "-f", "plain.yml", "--site-dir", "plain", site="plain")
    assert plain.code == 0, plain.output
    return book.build("--strict")


@pytest.fixture(scope="module", params=sorted(HANDBOOKS))
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of both sites."""
    name = request.param
    return build_once(tmp_path_factory, f"parity-{name}", lambda folder: handbook(folder, name)).site.parent


#: Elements whose white space is text; so is that of an element with a style of its own.
AS_WRITTEN = ("pre", "textarea", "x-own")


def address(value: str, page: str) -> str:
    """An address as seen from the root of plain MkDocs' site."""
    return re.sub(rf"^{SITE}(?:latest|{VERSION})/", SITE, urljoin(page, value))


def parts(source: str, page: str) -> Iterator[tuple[str, ...]]:
    """All elements of a page and its comments, each with its attributes, what is around it, and its own text."""
    for node in html.document_fromstring(source).iter():
        around = node.getparent()
        text = "".join([node.text or "", *(child.tail or "" for child in node)])
        written = text if node.tag in AS_WRITTEN or "style" in node.attrib else " ".join(text.split())
        attributes = {
            key: address(value, page) if key in ("href", "src", "action") else value
            for key, value in node.attrib.items()
        }
        if "class" in attributes:
            attributes["class"] = " ".join(attributes["class"].split())
        place = "" if around is None else f"{around.tag}.{around.get('class')}"
        yield (place, str(node.tag), json.dumps(attributes, sort_keys=True), written)


def different(part: tuple[str, ...]) -> str | None:
    """Why a part of plain MkDocs' page need not be on the handbook's page, None where it must be."""
    written = " ".join(part)
    return next((reason for reason, pattern in DIFFERENT.items() if re.match(pattern, written)), None)


#: What differs on purpose, by its reason: the beginning of an element with its place, its attributes and its text.
DIFFERENT = {
    "the title has the name of the version": r"head\.None title \{\} ",
    "Material's stylesheets are in that of the handbook": r"head\.None link .*/assets/stylesheets/(main|palette)\.",
    "Material's script ends with an error": r"aside\.md-banner md-banner--warning script ",
    "no page asks another host for facts of the repository": r'div\.md-(header|nav)__source a \{"class": "md-source"',
    "that is all that differs": r"a\.md-source div ",
    "the dialog of search has a name": r'nav\.md-header__inner md-grid div \{"class": "md-search", ',
    "what scripts are told is looked at below": r'body\.None script \{"id": "__config"',
}


def test_pages_differ_in_what_readers_do_not_miss(both: Path) -> None:
    """Placeholders of the parts that differ on purpose."""
    ours = html.parse(both / "site/latest/own/index.html").getroot()
    assert ours.xpath("//title/text()") == [f"Own & proper - {TITLE} ({VERSION})"]
    for link in ours.xpath("//a[@class='md-source']"):
        assert " ".join(link.text_content().split()) in ("GitHub", "Our repository")
        assert link.get("title")
        assert link.xpath(".//svg")


def test_scripts_get_the_same_configuration(both: Path) -> None:
    """Features, translations, annotations, tags and versions."""
    told = []
    for site in SITES:
        page = html.parse(both / site / "own/index.html").getroot()
        told.append(json.loads(page.get_element_by_id("__config").text))
    plain, ours = told
    assert sorted(ours.pop("features")) == sorted(plain.pop("features"))
    assert ours.pop("search").endswith("#" + Path(plain.pop("search")).name)
    assert ours == plain


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_all_that_plain_mkdocs_puts_on_it(both: Path, page: str) -> None:
    """Head, header, navigation, content, page foot, footer and scripts."""
    plain, ours = (both / site / page / "index.html" for site in SITES)
    expected = Counter(parts(plain.read_text(encoding="utf-8"), SITE + page))
    found = Counter(parts(ours.read_text(encoding="utf-8"), f"{SITE}latest/{page}"))
    missing = [part for part in (expected - found).elements() if different(part) is None]
    assert missing == []


def test_search_finds_the_same(both: Path) -> None:
    """Titles, texts, tags and boosts of all pages that are not kept out."""
    found = [
        json.loads(
            re.sub(r"\s+", " ", (both / site / "search/search_index.json").read_text(encoding="utf-8"))
        )
        for site in SITES
    ]
    plain, ours = (
        [entry for entry in index["docs"] if entry["location"].startswith(PAGES[1:])] for index in found
    )
    assert found[0]["config"]["lang"] == found[1]["config"]["lang"]
    assert len(plain) > 5
    assert [entry for entry in plain if entry not in ours] == []
    assert not [entry for entry in ours if entry["location"].startswith("bare/")]


def test_static_templates_are_made(tmp_path_factory: pytest.TempPathFactory) -> None:
    """An author's own 404.html and templates that are named in mkdocs.yml: though they are no page of a charter."""
    built = build_once(tmp_path_factory, "parity-everything", lambda folder: handbook(folder, "everything"))
    site = built.site / "latest"
    lost, static = (html.parse(site / name).getroot() for name in ("404.html", "own.html"))
    assert lost.xpath("//h1/text()") == ["Lost"]
    assert static.xpath("//h1/text()") == ["Static"]
    assert "/assets/charterbook/style.css" in lost.xpath("//link[@rel='stylesheet']/@href")
    assert (site / "own.txt").read_text(encoding="utf-8") == f"For {TITLE}"


def test_a_page_made_for_an_item_leads_to_its_file_in_docs(both: Path) -> None:
    """Its content can be edited there."""
    page = html.parse(both / "site/latest/people/sellers/index.html").getroot()
    (link,) = page.xpath("//a[@rel='edit']/@href")
    assert link.partition("?")[0].endswith("/people/each.md")


def test_every_part_of_an_author_is_used(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each of Material's partials, overridden in custom_dir, is on pages of plain MkDocs: so the test above covers it."""
    site = build_once(tmp_path_factory, "parity-otherwise", lambda folder: handbook(folder, "otherwise")).site
    pages = "".join(
        (site.parent / "plain" / page / "index.html").read_text(encoding="utf-8") for page in PAGES
    )
    unused = {name for name in partials() if f"<!-- {name} -->" not in pages}
    assert unused == UNUSED


#: Partials of Material's blog, another provider's script, and words.
UNUSED = {"partials/post.html", "partials/pagination.html", "partials/language.html"}


def test_every_flag_of_material_is_tried() -> None:
    """A new flag of Material must be added here."""
    tried = {flag for settings in HANDBOOKS.values() for flag in settings["theme"]["features"]}
    assert tried == features()
    assert len(tried) > 25
