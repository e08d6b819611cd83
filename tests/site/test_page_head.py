"""Icon, theme colours and Open Graph tags: the handbook's own, unless the author has some."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html
from mkdocs.config.defaults import MkDocsConfig

from charterbook.site.mkdocs_compat.material_templates import MATERIAL, primary_colours
from charterbook.site.pipeline.page_head import ICON, icon, icon_of, set_icon, theme_colours, write_icon
from tests.site.handbooks import Built, Handbook

LIGHT, DARK = "(prefers-color-scheme: light)", "(prefers-color-scheme: dark)"


def config(folder: Path, **theme: Any) -> MkDocsConfig:
    """Settings with a theme."""
    found = MkDocsConfig(config_file_path=str(folder / "mkdocs.yml"))
    (folder / "docs").mkdir(exist_ok=True)
    found.load_dict({"site_name": "A", "theme": {"name": "material", **theme}, "plugins": []})
    assert found.validate() == ([], [])
    return found


def test_icon_of_the_handbook(tmp_path: Path) -> None:
    """The first letter of its name on the primary colour; without one, on Charterbook's."""
    settings = config(tmp_path, palette={"primary": "teal"})
    set_icon(settings)
    write_icon(tmp_path, icon_of(settings, "«Сделки» & Co"))
    drawn = etree.fromstring((tmp_path / ICON).read_bytes())
    assert "".join(drawn.itertext()).strip() == "С"
    assert (drawn[0].get("fill"), drawn[1].get("fill")) == ("#2ea79b", "#000000")
    assert 'fill="#000000"' in icon(config(tmp_path, palette={"primary": "yellow"}), "a")


@pytest.mark.parametrize("name", ["", "🎉", "<script>", '"&', "ß", "١"])
def test_icon_of_any_name(tmp_path: Path, name: str) -> None:
    """It is valid, with one letter."""
    assert len("".join(etree.fromstring(icon(config(tmp_path), name).encode()).itertext()).strip()) == 1


def test_icon_of_the_author(tmp_path: Path) -> None:
    """A setting, or a file in the place of Material's icon."""
    settings = config(tmp_path, favicon="images/own.svg")
    set_icon(settings)
    assert settings.theme["favicon"] == "images/own.svg"
    (tmp_path / "docs/assets/images").mkdir(parents=True)
    (tmp_path / "docs/assets/images/favicon.png").write_bytes(b"x")
    settings = config(tmp_path)
    set_icon(settings)
    assert settings.theme["favicon"] == "assets/images/favicon.png"


@pytest.mark.parametrize(
    ("palette", "colours"),
    [
        ({"primary": "teal"}, [("", "#2ea79b")]),
        ({"primary": "blue grey"}, [("", "#465a64")]),
        ({"primary": "black"}, []),
        (
            [{"media": LIGHT, "primary": "red"}, {"media": DARK, "scheme": "slate"}],
            [(LIGHT, "#f16d6a"), (DARK, "#3e4fb0")],
        ),
        ([{"primary": "custom"}, {"primary": "custom", "scheme": "slate"}], [("", "#17424f")]),
        ({}, [("", "#3e4fb0")]),
    ],
)
def test_theme_colours(tmp_path: Path, palette: Any, colours: list[tuple[str, str]]) -> None:
    """As the header shows them; none if only a stylesheet knows."""
    assert theme_colours(config(tmp_path, palette=palette)) == colours


def test_colours_of_a_stylesheet_are_not_guessed(tmp_path: Path) -> None:
    """An author's own stylesheet may define the custom colour."""
    settings = config(tmp_path, palette={"primary": "custom"})
    settings.extra_css = ["own.css"]
    assert theme_colours(settings) == []


def test_all_colours_of_material_are_known() -> None:
    """The colours of its palette with six digits."""
    assert len(primary_colours()) > 15
    assert (MATERIAL / "assets").is_dir()


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A handbook whose template has its own tag."""
    book = Handbook(tmp_path_factory.mktemp("head"))
    book.write(
        "overrides/main.html",
        '{% extends "base.html" %}{% block extrahead %}<meta property="og:title" content="Own">{% endblock %}',
    )
    book.replace("mkdocs.yml", "  name: material\n", "  name: material\n  custom_dir: overrides\n")
    book.write("docs/odd.md", '# A "quoted" <b> & title\n')
    book.commit("2026-01-05", title='The "charter" & more', organisation="Acme <Ltd>")
    return book.build("--strict")


def meta(built: Built, page: str) -> dict[str, str]:
    """The Open Graph tags of a page of latest/."""
    found = html.parse(built.site / "latest" / page / "index.html")
    return {one.get("property"): one.get("content") for one in found.xpath("//meta[@property]")}


def test_open_graph(handbook: Built) -> None:
    """Each page has its title and description; a tag of the author's template replaces Charterbook's."""
    found = meta(handbook, "services")
    assert found["og:title"] == "Own"
    assert found["og:type"] == "article"
    assert found["og:site_name"]
    assert found["og:description"].startswith("Services: ")
    assert meta(handbook, "")["og:type"] == "website"


def test_the_top_of_a_page(handbook: Built) -> None:
    """It names the organisation, and the site if its name differs from the title; no comparison with one version."""
    page = html.parse(handbook.site / "latest" / "services" / "index.html")
    assert page.xpath("//p[@class='cb-top__owner']")[0].text.startswith("Acme <Ltd> · ")
    assert page.xpath("//button[@class='cb-print']")
    assert not page.xpath("//details[@class='cb-with']")
