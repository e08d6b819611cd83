"""What is made once for many pages is on each of them what Material's own templates would put there."""

from __future__ import annotations

import re
import shutil
from functools import partial
from pathlib import Path, PurePosixPath
from posixpath import dirname, join, normpath

import pytest

from charterbook.site.once import ALIKE, MATERIAL, THEME, TWICE
from tests.charters import minimal_charter
from tests.site.handbooks import Built, Handbook

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
    "tabs of an order of one's own": "features: [navigation.tabs]",
}


def handbook(folder: Path, way: str) -> Handbook:
    """A handbook whose theme has these settings, and a logo that one section's pages are beside."""
    book = Handbook(folder)
    book.write("docs/services/logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>\n")
    book.write(
        "docs/services/free.md", "---\nicon: material/book\nstatus: new\n---\n# Free\n\n## Part\n\ntext\n"
    )
    book.replace("mkdocs.yml", "name: material", f"name: material\n  {WAYS[way]}")
    if "order" in way:
        book.write("mkdocs.yml", (folder / "mkdocs.yml").read_text(encoding="utf-8") + OWN)
    book.repo.commit({"charter.yml": CHARTER}, "First", "2025-01-06")
    return book


def with_materials_own(book: Handbook) -> Handbook:
    """The same handbook, for which all parts are made on each page: they are taken for the author's own."""
    own = book.folder / "overrides/partials"
    for name in (*ALIKE, TWICE, "partials/nav-item.html", "partials/language.html"):
        changed = THEME / name
        keep = changed.exists() and name not in ("partials/nav-item.html", "partials/language.html")
        target = own.parent / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(changed if keep else MATERIAL / name, target)
    book.replace("mkdocs.yml", "name: material", "name: material\n  custom_dir: overrides")
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


def _from_root(page: str, address: re.Match[str]) -> str:
    return normpath(join("/", dirname(page), address[0]))


@pytest.mark.parametrize("way", WAYS)
def test_pages_are_those_of_materials_own_templates(tmp_path: Path, way: str) -> None:
    """Navigation, header, palette, search and contents, whatever is open and however deep a page is."""
    ours = handbook(tmp_path / "ours", way).build()
    theirs = with_materials_own(handbook(tmp_path / "theirs", way)).build()
    assert ours.code == theirs.code == 0, ours.output + theirs.output
    pages, expected = comparable(ours), comparable(theirs)
    assert pages.keys() == expected.keys()
    assert {PurePosixPath(name).parent.name for name in pages} >= {"two", "services", "free", "2025-Q1"}
    for name, page in pages.items():
        assert page == expected[name], name


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
    """Indents are taken out of these templates: none is in an attribute, in a script or in text that is shown as written."""
    kept = re.compile(
        r"<(pre|textarea|script|style)\b[^>]*>(?:(?!</\1).)*\n\s|<\w[^<>]*\n\s*[^<>]*>", re.DOTALL
    )
    found = {}
    for path in folder.rglob("*.html"):
        html = re.sub(
            r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL
        )
        found[path.name] = [match[0] for match in kept.finditer(html)]
    assert len(found) > 5
    assert {name: texts for name, texts in found.items() if texts} == {}
