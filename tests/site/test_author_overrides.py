from __future__ import annotations

import json
import re

import pytest

from tests.site.handbooks import Built, Handbook

PARTNERS = [{"id": "lab-access", "name": "R&D *lab*"}]

PAGE = """\
# Own words

{% for partner in charter.partners %}{% if partner.id == "lab-access" %}matched `{{ partner.id }}`{% endif %}{% endfor %}

[onboarding](services/{{ charter.services[0].id }}.md) and {{ charter.partners[0].name }}, {{ told() }}
"""


#: A hook and macros.py that have a module in common.
SHARING = {
    "shared.py": "WORD = 'nobody'\n",
    "hook.py": """\
import shared


def on_config(config):
    shared.WORD = "the hook"
""",
    "macros.py": """\
import shared
from charterbook.site.macros import define_env as charterbook_macros


def define_env(env):
    charterbook_macros(env)
    env.macro(lambda: f"told by {shared.WORD}", "told")
""",
}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A handbook whose author has added pages, a template and a note."""
    book = Handbook(tmp_path_factory.mktemp("own") / "book")
    book.replace("mkdocs.yml", "  name: material\n", "  name: material\n  custom_dir: overrides\n")
    book.write(
        "overrides/main.html",
        '{% extends "base.html" %}{% block extrahead %}<!-- own -->{% endblock %}'
        "{% block announce %}News{% endblock %}",
    )
    book.write("overrides/partials/content.html", "<p>An own part.</p>{{ page.content }}")
    book.write("overrides/assets/own.json", "{}")
    book.write("docs/own.md", PAGE)
    book.replace("mkdocs.yml", "plugins:\n", "hooks: [hook.py]\nplugins:\n")
    for name, text in SHARING.items():
        book.write(name, text)
    book.write("docs/zz-partners.md", "---\nsection: partners\n---\n\n# More on partners\n")
    book.write("docs/cost/each.md", "---\nfor_each: sources\n---\n\n# {{ item.name }}\n")
    book.commit("2025-02-03", "Begin", change_note="Our first.", partners=PARTNERS)
    book.commit("2025-05-05", "Go on", change_note="Our first.", partners=PARTNERS, title="Charter two")
    built = book.build("--strict")
    assert built.code == 0, built.output
    return built


def test_an_own_main_html_keeps_the_rest(own: Built) -> None:
    """The author's blocks, the style and the title are there, and once each the notice and the page foot."""
    page = own.html("2025-Q1")
    assert "<!-- own -->" in page
    assert re.search(r'href="\.\./assets/charterbook\.[0-9a-f]{8}/style\.css"', page)
    assert page.count("cb-notice--old") == page.count('class="cb-foot"') == 1
    assert "News" in own.part("2025-Q1", '<div data-md-component="announce">', "</div>\n</aside>")
    assert "<p>An own part.</p>" in page
    assert "(2025-Q1)</title>" in page


def test_scripts_and_templates_find_files_of_custom_dir_below_each_version(own: Built) -> None:
    """As in plain MkDocs, at an address relative to the home page, which Material gives to scripts as `base`."""
    base = json.loads(own.part("latest/own", '<script id="__config" type="application/json">', "</script>"))[
        "base"
    ]
    assert (
        own.site / "latest/own" / base / "assets/own.json"
    ).resolve() == own.site / "latest/assets/own.json"
    places = [own.site / name / "assets/own.json" for name in ("latest", "2025-Q1", ".")]
    assert [place.read_text() for place in places] == ["{}"] * 3


def test_ids_compare_and_link(own: Built) -> None:
    """An id is unescaped in conditions, code and links; other text is escaped."""
    page = own.html("latest/own")
    assert "<code>lab-access</code>" in page
    assert 'href="../services/onboarding/"' in page
    assert "R&#38;D &#42;lab&#42;" in page


def test_a_second_page_of_a_section(own: Built) -> None:
    """Links to the section lead to the page of that name; the other one is also in the navigation."""
    home = own.html("latest")
    assert '<li><a href="partners/">Partners</a></li>' in home
    assert home.count('href="zz-partners/"') >= 1
    assert home.count('href="cost/sales/"') >= 1


def test_a_hook_and_macros_share_a_module(own: Built) -> None:
    """As with MkDocs alone, it is loaded once in a build."""
    assert "told by the hook" in own.text("2025-Q1/own")
    assert "told by the hook" in own.text("2025-Q2/own")


def test_an_unchanged_change_note_is_not_shown(own: Built) -> None:
    """Warnings of the previous version are not repeated."""
    assert "Our first." in own.text("2025-Q1")
    assert "Our first." not in own.text("2025-Q2")
