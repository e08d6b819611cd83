"""Handbooks that use all that MkDocs and Material offer, with pages and templates of their author."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from charterbook.site.mkdocs_compat.material_templates import MATERIAL
from tests.site.handbooks import Built, Handbook
from tests.site.material_settings import EXTENSIONS, HANDBOOKS, TITLE

SITE = "https://handbook.example.com/"
DOCS = {
    "index.md": "---\nhide: [toc]\n---\n# Home\n\n## Part\n\n[Own](own.md)\n",
    "own.md": """\
---
title: Own "&" proper
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
    "bare.md": '---\ntemplate: bare.html\nsearch: {exclude: true}\nrevision_date: 1 May 2024\n---\n# The "bare" one\n\n## Part\n',
    "group/part.md": "---\nstatus: deprecated\nsearch: {boost: 2}\n---\nA page without a title.\n",
    "tags.md": "# Tags\n\n<!-- material/tags -->\n",
    "people/each.md": "---\nfor_each: audiences\n---\n# {{ item.name }}\n",
    "images/logo.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>\n",
    "js/module.js": "",
    "js/plain.js": "",
    "css/own.css": "p { color: red }\n",
}
#: The additions of an author's templates to each block: elements that are valid there.
HEAD = ("site_meta", "htmltitle", "styles", "libs", "fonts", "analytics", "extrahead")


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
    """An author's main.html that adds to each block, and the author's own parts."""
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


#: Its macro returns words for attributes, where a comment would be text.
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
        "nav": [{"Home": "index.md"}, "own.md", {'The "group"': [{'A "part"': "group/part.md"}]}],
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
