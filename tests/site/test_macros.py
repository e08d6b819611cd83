"""The macros that pages of docs/ call."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from charterbook.site.macros import DEPRECATED, warn_about_hidden_macros
from charterbook.site.render.renderer import block_names
from tests.site.handbooks import Handbook


def test_former_names_of_macros_work_with_one_warning_each(tmp_path: Path) -> None:
    """For any number of pages and versions that call them; the pages are the same."""
    book = Handbook(tmp_path / "old")
    book.commit("2025-01-06")
    book.commit("2025-04-07")
    shutil.copytree(book.folder, tmp_path / "new")
    new = Handbook(tmp_path / "new", started=True)
    for handbook, names in ((book, DEPRECATED), (new, DEPRECATED.values())):
        text = "\n\n".join(f"{{{{ {name}() }}}}" for name in names)
        for page in ("index.md", "more.md"):
            handbook.write(f"docs/{page}", f"# Page\n\n{text}\n")
    built, expected = book.build(), new.build("--strict")
    assert (built.code, expected.code, expected.log) == (0, 0, [])
    assert [line.partition(" -  ")[2] for line in built.log] == [
        f"The macro {old}() is now {new}(). The old name is dropped in 1.0."
        for old, new in DEPRECATED.items()
    ]
    for version in ("2025-Q1", "latest"):
        for page in ("", "/more"):
            assert built.html(version + page) == expected.html(version + page)
    assert book.build("--strict").code == 1


@pytest.mark.parametrize(
    ("meta", "markdown", "warned"),
    [
        (
            {"mission": "x"},
            "{{ mission() }}",
            "p.md: `mission` in the front matter hides mission(), which the page uses. Rename the key.",
        ),
        (
            {"charter": "x"},
            "{% if charter.title %}",
            "p.md: `charter` in the front matter hides charter, which the page uses. Rename the key.",
        ),
        ({"mission": "x", "render_macros": False}, "{{ mission() }}", ""),
        ({"mission": "x"}, "{{ mission }}, our mission (in short)", ""),
        ({"charter": {"title": "x"}}, "{{ charter.title }}", ""),
        ({"scope": "x"}, "{{ mission() }}", ""),
    ],
)
def test_a_key_of_front_matter_that_hides_a_used_macro(
    caplog: pytest.LogCaptureFixture, meta: dict[str, Any], markdown: str, warned: str
) -> None:
    """It does so in plain MkDocs, which shows where a text was called, but not why."""
    warn_about_hidden_macros("p.md", markdown, meta)
    assert [record.getMessage() for record in caplog.records] == [warned] * bool(warned)


def test_variables_that_hide_macros(tmp_path: Path) -> None:
    """Of include_yaml and macros.py, in one line."""
    book = Handbook(tmp_path, pages=["index"])
    book.write("docs/index.md", "---\nmetric: 1\n---\n# Home\n\n{{ mission.text }} {{ metric }}\n")
    book.write("data.yml", "text: From a file")
    book.replace(
        "mkdocs.yml", "module_name: macros", "module_name: macros\n      include_yaml: [mission: data.yml]"
    )
    book.write(
        "macros.py",
        "from charterbook.site import macros\n\n\ndef define_env(env):\n    macros.define_env(env)\n    env.variables['scope'] = 1\n",
    )
    book.commit("2025-01-06")
    built = book.build("--strict")
    assert built.code == 0, built.output
    assert "From a file 1" in built.text("latest")
    assert re.findall("plugins.macros: (.*)", built.output) == [
        "variables hide Charterbook's macros of the same names: mission, scope. Pages that call these end the build."
    ]


@pytest.mark.parametrize("order", ["before", "after"])
def test_an_author_s_macro_and_filter_replace_those_of_the_same_name(tmp_path: Path, order: str) -> None:
    """Whether they are defined before Charterbook's or after them, in one line; `charter` is the handbook's."""
    book = Handbook(tmp_path, pages=["index"])
    book.write(
        "docs/index.md",
        "# Home\n\n{{ history(1) }} {{ 'a b' | replace }} {{ 'a' | urlencode(2) }} {{ charter.title }}\n",
    )
    own = "    env.macro(history)\n    env.filter(replace)\n    env.filter(urlencode)\n    env.variables['charter'] = 1\n"
    ours = "    macros.define_env(env)\n"
    code = "from charterbook.site import macros\n\ndef history(n):\n    return f'own {n}'\n\ndef replace(text):\n    return f'({text})'\n\ndef urlencode(text, n):\n    return text * n\n\ndef define_env(env):\n"
    if order == "after":
        own = own.replace("    env.variables['charter'] = 1\n", "")
    book.write("macros.py", code + (own + ours if order == "before" else ours + own))
    book.commit("2025-01-06")
    built = book.build("--strict")
    assert built.code == 0, built.output
    assert "own 1 (a b) aa Enablement charter" in built.text("latest")
    assert built.output.count("macros.py:3: the macro history replaces Charterbook's of the same name.") == 1
    replaced = "plugins.macros: the variable charter is replaced by the handbook's."
    assert built.output.count(replaced) == (order == "before")


def test_calls_on_pages_without_macros_are_not_text_without_a_word(tmp_path: Path) -> None:
    """With `render_by_default: false`; code, and pages that say whether macros are rendered, are meant as they are."""
    book = Handbook(tmp_path, pages=["index"])
    book.replace("mkdocs.yml", "module_name: macros", "module_name: macros\n      render_by_default: false")
    call = '\n{{ link("services") }} `{{ has("x") }}` {{ secrets.x }} {{ other() }}\n'
    book.write("docs/index.md", f"# Home\n{call}")
    book.write("docs/yes.md", "---\nrender_macros: true\n---\n# Yes\n\n{{ link('services') }}\n")
    book.write("docs/no.md", f"---\nrender_macros: false\n---\n# No\n{call}")
    book.commit("2025-01-06")
    built = book.build()
    assert re.findall("WARNING -  (.*)", built.output) == [
        "docs/index.md:3:4: this call of link is shown as text. Set `render_macros: true` in the front matter of the page, or false if it is meant to be text."
    ]


def test_a_variable_that_a_plugin_adds_for_macros_is_not_text_without_a_word(tmp_path: Path) -> None:
    """As git-revision-date does on each page; an author's own statements are meant as they are."""
    book = Handbook(tmp_path, pages=["index"])
    book.replace("mkdocs.yml", "module_name: macros", "module_name: macros\n      render_by_default: false")
    book.replace("mkdocs.yml", "plugins:", "hooks: [add.py]\nplugins:")
    book.write(
        "add.py",
        "def on_page_markdown(markdown, page, **_):\n"
        "    return '{% set day = 1 %}\\n' + markdown if page.title != 'Own' else markdown\n",
    )
    own = "{% raw %} {% set own = 2 %}\n\n    {% set code = 3 %}\n"
    book.write("docs/index.md", f"# Home\n\n{own}")
    book.write("docs/own.md", f"# Own\n\n{own}")
    book.write("docs/yes.md", "---\nrender_macros: true\n---\n# Yes\n")
    book.write("docs/no.md", "---\nrender_macros: false\n---\n# No\n")
    book.commit("2025-01-06")
    assert [line.partition(": ")[0] for line in re.findall("WARNING -  (.*)", book.build().output)] == [
        "index.md"
    ]


def test_former_names_lead_to_macros() -> None:
    """They are no macros themselves."""
    assert set(DEPRECATED.values()) <= set(block_names())
    assert not DEPRECATED.keys() & set(block_names())
