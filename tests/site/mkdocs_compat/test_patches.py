"""Without patches, pages and search are the same: Material's own templates and parsers, MkDocs' own listing."""

from __future__ import annotations

import re
import shutil
from contextlib import suppress
from functools import partial
from pathlib import Path, PurePosixPath
from posixpath import dirname, join, normpath

import pytest
from mkdocs import utils

from charterbook.site.mkdocs_compat import theme_files
from charterbook.site.mkdocs_compat.material_templates import MATERIAL
from charterbook.site.mkdocs_compat.registry import WITHOUT
from charterbook.site.mkdocs_compat.rows import PATCHES, SERVING
from charterbook.site.pipeline.theme_config import THEME
from tests.charters import minimal_charter
from tests.site.handbooks import Built, Handbook, snapshot

SERVICES = [{"id": name, "name": name.title(), "summary": "A summary."} for name in ("one", "two", "three")]
CHARTER = minimal_charter(services=SERVICES, scope={"out": [{"id": "events", "name": "Events"}]})

#: An order of one's own: groups in groups, a page in the folder of another section, links outwards.
OWN = """
nav:
  - index.md
  - Work:
      - services/index.md
      - More:
          - metrics/index.md
          - services/free.md
      - Elsewhere: https://example.com/
  - Money:
      - funding.md
      - audiences/index.md
"""

WAYS = {
    "as it is": "features: [content.tabs.link]",
    "all open": "features: [navigation.expand, navigation.footer, announce.dismiss]",
    "tabs": "features: [navigation.tabs, navigation.tabs.sticky, toc.integrate]",
    "an order of one's own": "logo: services/logo.svg",
    "tabs of an order of one's own": "logo: services/logo.svg\n  features: [navigation.tabs, navigation.tabs.sticky, toc.integrate]",
}

#: Pages of the handbook: sections of each group of the navigation, with pages below them and without.
PAGES = (
    "index",
    "mission",
    "services/index",
    "services/each",
    "metrics/index",
    "audiences/index",
    "funding",
    "scope",
    "history",
)

#: Files with the hashes of pages, which differ if white space does.
_OF_HASHES = ("provenance.json", "offline.json")


def handbook(folder: Path, way: str) -> Handbook:
    """A handbook whose theme has these settings, and a logo that one section's pages are beside."""
    book = Handbook(folder, pages=PAGES)
    book.write("docs/services/logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>\n")
    book.write(
        "docs/services/free.md", "---\nicon: material/book\nstatus: new\n---\n# Free\n\n## Part\n\ntext\n"
    )
    book.replace("mkdocs.yml", "name: material", f"name: material\n  {WAYS[way]}")
    if "order" in way:
        book.write("mkdocs.yml", (folder / "mkdocs.yml").read_text(encoding="utf-8") + OWN)
    book.repo.commit({"charter.yml": CHARTER}, "First", "2025-01-06")
    return book


ODD = """\
---
search:
  boost: 2
---
# Odd

Newest: {{ git.short_commit }}. {{ stops() }} {{ macros_info is defined }}

{% include "part.txt" %}

<section data-search-exclude markdown>

## Left out

text

</section>

## Found again

text
"""

MACROS = """\
from charterbook.site.macros import define_env as charterbook_macros


def define_env(env):
    charterbook_macros(env)

    @env.macro
    def stops():
        return next(iter(()))
"""


def odd(folder: Path) -> Handbook:
    """A handbook with features that patches must not lose."""
    book = handbook(folder, "as it is")
    book.replace("mkdocs.yml", "name: material", "name: material\n  custom_dir: overrides")
    book.replace("mkdocs.yml", "module_name: macros", "module_name: macros\n      on_undefined: keep")
    book.write("docs/odd.md", ODD)
    book.write("docs/part.txt", "Included: {{ git.author }}.\n")
    book.write("macros.py", MACROS)
    book.write("overrides/partials/copyright.html", "<p>Ours, {{ page.title }}.</p>\n")
    book.write("overrides/.hidden/secret.css", "")
    book.write("overrides/assets/own.css", "a { color: red }\n")
    book.write("elsewhere/linked.css", "")
    (folder / "overrides/linked").symlink_to("../elsewhere")
    return book


def comparable(built: Built) -> dict[str, str]:
    """All pages of a version: each address in them as seen from the root, and white space as a browser takes it."""
    found = {}
    for path in sorted((built.site / "2025-Q1").rglob("index.html")):
        name = path.relative_to(built.site).as_posix()
        text = re.sub(r"\s*([<>])\s*", r"\1", re.sub(r"\s+", " ", path.read_text(encoding="utf-8")))
        text = re.sub(r'\s+(?=")|(?<=")\s+(?=>)|\s+(?=>)', "", text)
        found[name] = re.sub(r'(?<=(?:href|.src)=")[^":#?]+', partial(_from_root, name), text)
    return found


def others(built: Built) -> dict[str, str]:
    """Every file of a site that is not a page."""
    return {
        name: digest
        for name, digest in snapshot(built.site).items()
        if not name.endswith((".html", *_OF_HASHES))
    }


def _from_root(page: str, address: re.Match[str]) -> str:
    return normpath(join("/", dirname(page), address[0]))


#: Ways that between them have each feature and each order; the theme as it is has each patch alone switched off below.
IN_TURN = ("all open", "tabs of an order of one's own")


@pytest.mark.parametrize(
    "way", [way if way in IN_TURN else pytest.param(way, marks=pytest.mark.slow) for way in WAYS]
)
def test_pages_are_those_of_materials_own_templates(tmp_path: Path, way: str) -> None:
    """Navigation, header, palette, search and contents, with any part open, at any depth of the page."""
    book = handbook(tmp_path / "book", way)
    ours, theirs = book.build(), book.build(site="theirs", **{WITHOUT: "all"})
    assert ours.code == theirs.code == 0, ours.output + theirs.output
    pages, expected = comparable(ours), comparable(theirs)
    assert pages.keys() == expected.keys()
    assert {PurePosixPath(name).parent.name for name in pages} >= {"two", "services", "free", "2025-Q1"}
    for name, page in pages.items():
        assert page == expected[name], name
    assert others(ours) == others(theirs)


def test_each_patch_alone_changes_nothing(tmp_path: Path) -> None:
    """Byte for byte, but for the white space and the ways to addresses that fragments bring."""
    book = odd(tmp_path / "book")
    whole = book.build("--strict")
    assert whole.code == 0, whole.output
    assert "Included: Ada." in whole.text("2025-Q1/odd")
    assert (whole.site / "assets/own.css").is_file()
    assert not (whole.site / "linked").exists()
    for name in (name for name, patch in PATCHES.items() if patch.build != SERVING):
        shutil.rmtree(book.folder / ".cache")
        without = book.build("--strict", site=name, **{WITHOUT: name})
        assert without.code == 0, without.output
        assert f"{WITHOUT}: {PATCHES[name].title} is off, builds are slower." in without.output
        same = snapshot(without.site) == snapshot(whole.site)
        assert same or (name == "fragments" and comparable(without) == comparable(whole)), name
        assert others(without) == others(whole)


def test_an_author_s_own_part_is_on_each_page(tmp_path: Path) -> None:
    """It may say something else on each."""
    book = handbook(tmp_path / "book", "as it is")
    book.write("overrides/partials/top.html", "<p>Top of {{ page.title }}.</p>\n")
    book.replace("mkdocs.yml", "name: material", "name: material\n  custom_dir: overrides")
    built = book.build()
    assert built.code == 0, built.output
    assert "Top of One." in built.text("2025-Q1/services/one")
    assert "Top of Two." in built.text("2025-Q1/services/two")


@pytest.mark.parametrize("folder", [MATERIAL, THEME], ids=["Material", "Charterbook"])
def test_no_indent_of_a_template_is_text(folder: Path) -> None:
    """No removed indent is inside an attribute, a script or preformatted text."""
    kept = re.compile(
        r"<(pre|textarea|script|style)\b[^>]*>(?:(?!</\1).)*\n\s|<\w[^<>]*\n\s*[^<>]*>", re.DOTALL
    )
    found = {}
    for path in folder.rglob("*.html"):
        html = re.sub(
            r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL
        )
        found[path.name] = [match[0] for match in kept.finditer(html)]
    assert found.keys() >= {"base.html", "search.html"} if folder == THEME else len(found) > 5
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_installed_themes_are_read_once_for_all_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    """MkDocs' own function is back afterwards, also after an error."""
    own, found = utils.get_themes, utils.get_themes()
    with theme_files.known_themes():
        utils.get_themes()
    monkeypatch.setattr(utils, "entry_points", None)
    for _ in range(2):
        with suppress(KeyError), theme_files.known_themes():
            utils.get_themes.cache_clear()
            assert utils.get_themes() == found
            raise KeyError
        assert utils.get_themes is own
