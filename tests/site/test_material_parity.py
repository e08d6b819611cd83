"""Everything that MkDocs and Material put on a page is also in a handbook: both are built from the same files."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from lxml import html

from charterbook.site.mkdocs_compat.material_templates import MATERIAL
from tests.site.material_handbooks import handbook, partials
from tests.site.material_settings import HANDBOOKS, TITLE
from tests.site.page_parts import VERSION, missing_parts
from tests.site.shared_sites import build_once

#: Pages that are the same in both; the last one is made from them by a plugin.
SITES = ("plain", "site/latest")
PAGES = ("", "own/", "group/part/", "bare/", "tags/")


def features() -> set[str]:
    """All flags of `theme.features` that the pinned Material asks for, in templates and in its script."""
    templates = "".join(path.read_text(encoding="utf-8") for path in MATERIAL.rglob("*.html"))
    script = next(MATERIAL.glob("assets/javascripts/bundle.*.js")).read_text(encoding="utf-8")
    asks = re.search(r"(\w+)\(\"navigation\.instant\"\)", script)
    assert asks is not None
    asked = re.findall(rf"\b{asks[1]}\(\"([\w.]+)\"\)", script)
    return {*re.findall(r"\"([\w.]+)\" (?:not )?in features", templates), *asked}


@pytest.fixture(scope="module", params=sorted(HANDBOOKS))
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of both sites."""
    name = request.param
    return build_once(tmp_path_factory, f"parity-{name}", lambda folder: handbook(folder, name)).site.parent


def test_pages_differ_in_what_readers_do_not_miss(both: Path) -> None:
    """Placeholders of the parts that differ on purpose."""
    ours = html.parse(both / "site/latest/own/index.html").getroot()
    assert ours.xpath("//title/text()") == [f'Own "&" proper - {TITLE} ({VERSION})']
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
    assert missing_parts(plain, ours, page) == []


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
    styles = " ".join(lost.xpath("//link[@rel='stylesheet']/@href"))
    assert re.search(r"(?<!\S)/assets/charterbook\.[0-9a-f]{8}/style\.css(?!\S)", styles)
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
