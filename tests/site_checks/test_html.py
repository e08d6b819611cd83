from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from tests.site_checks import html
from tests.site_checks.html import FORGIVEN, NotInstalledError, all_html_problems, html_problems

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title></head>
<body><main><h1>A page</h1>
{body}
</main></body></html>
"""

#: Material as it comes, with all that makes its templates show themselves.
STOCK = """
site_name: Stock
site_url: http://127.0.0.1/team/charter/
repo_url: http://127.0.0.1/repo
edit_uri: edit/main/docs/
theme:
  name: material
  custom_dir: theme
  font: false
  features: [navigation.tabs, navigation.indexes, navigation.top, navigation.footer, navigation.path,
             navigation.sections,              content.action.edit, content.code.copy, content.tooltips, search.suggest, announce.dismiss]
  palette:
    - {media: "(prefers-color-scheme)", toggle: {icon: material/brightness-auto, name: To light}}
    - {media: "(prefers-color-scheme: light)", toggle: {icon: material/brightness-7, name: To dark}}
    - {media: "(prefers-color-scheme: dark)", scheme: slate, toggle: {icon: material/brightness-4, name: To system}}
    - {scheme: slate}
extra: {version: {provider: mike}}
markdown_extensions: [admonition, attr_list, md_in_html, toc: {permalink: true}, tables, footnotes, def_list,
                      pymdownx.details, pymdownx.superfences, pymdownx.tabbed: {alternate_style: true}]
nav: [index.md, Sub: [sub/index.md, sub/page.md]]
"""
DOCS = {
    "index.md": '# Home\n\nText[^1]\n\n| a | b |\n|--|--:|\n| 1 | 2 |\n\n=== "One"\n    A\n=== "Two"\n    B\n\n[^1]: Note.',
    "sub/index.md": "# Sub\n\n## One\n\n!!! note\n    Hello\n\n??? tip\n    More\n\nTerm\n:   What it means\n",
    "sub/page.md": "# Page\n\n## One\n\n### Two\n\n```python\nx = 1\n```\n",
}

#: The blocks that a site fills to get Material's banners.
MAIN = """{% extends "base.html" %}
{% block announce %}News{% endblock %}
{% block outdated %}Old{% endblock %}
"""

BAD = {
    "<span><div>x</div></span>": "element-permitted-content",
    "<p>never closed": "no-implicit-close",
    '<b id="x">1</b><b id="x">2</b>': "no-dup-id",
    '<p title="1" title="2">x</p>': "no-dup-attr",
    "<center>x</center>": "deprecated",
    "<foo>x</foo>": "element-name",
    '<img src="x.png">': "wcag/h37",
    '<p style="color: red">x</p>': "no-inline-style",
    "<p>a < b</p>": "no-raw-characters",
    "<h4>x</h4>": "heading-level",
    '<form action="/x"><input aria-label="x" type="text"></form>': "wcag/h32",
    '<a href="x"><svg></svg></a>': "wcag/h30",
    '<p aria-labelledby="none">x</p>': "no-missing-references",
}


def write(folder: Path, name: str, body: str) -> None:
    """Write a page with this body; it begins at line 4."""
    (folder / name).write_text(PAGE.format(body=body), encoding="utf-8")


def test_a_good_page(tmp_path: Path) -> None:
    """A correct page has no faults."""
    body = "<p>Hello &amp; <ins>welcome</ins> \N{WAVING HAND SIGN}<br>all</p><hr /><ul><li>One</li></ul>"
    write(tmp_path, "index.html", body)
    assert html_problems(tmp_path) == []


def test_pages_with_errors(tmp_path: Path) -> None:
    """Each fault is reported with its page, line and rule."""
    for number, body in enumerate(BAD):
        write(tmp_path, f"{number}.html", body)
    expected = {(f"{number}.html", 4, rule) for number, rule in enumerate(BAD.values())}
    assert {(problem.page, problem.line, problem.rule) for problem in html_problems(tmp_path)} >= expected


def test_errors_are_reported(tmp_path: Path) -> None:
    """A problem shows the tag it is about, also behind characters that JavaScript counts as two."""
    write(tmp_path, "index.html", '\N{WAVING HAND SIGN}<i id="x">a</i><b id="x">b</b>')
    expected = 'index.html:4:25: no-dup-id: Duplicate ID "x"\n    <b id="x">'
    assert [str(problem) for problem in html_problems(tmp_path)] == [expected]


def test_stock_material(tmp_path: Path) -> None:
    """All that Material is forgiven, and nothing else, is found in a site made by Material alone."""
    files = {"mkdocs.yml": STOCK, "theme/main.html": MAIN, **{f"docs/{name}": DOCS[name] for name in DOCS}}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    build(load_config(str(tmp_path / "mkdocs.yml")))
    problems = list(all_html_problems(tmp_path / "site"))
    assert {problem.forgiven_by() for problem in problems} == set(FORGIVEN)


def test_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without html-validate the check fails with advice."""
    monkeypatch.setattr(html, "_PROGRAM", tmp_path / "none.mjs")
    with pytest.raises(NotInstalledError, match="make html-validate"):
        html_problems(tmp_path)
