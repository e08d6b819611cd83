"""Everything that MkDocs and Material put on a page is also in a handbook: both are built from the same files."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from lxml import html

from charterbook.site.mkdocs_compat.material_templates import MATERIAL
from tests.site.material_handbooks import SITE, handbook, partials
from tests.site.material_settings import HANDBOOKS, TITLE
from tests.site.shared_sites import build_once

VERSION = "2025-Q1"

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


#: Elements whose white space is text; so is the white space of an element with its own style.
AS_WRITTEN = ("pre", "textarea", "x-own")


def address(value: str, page: str) -> str:
    """An address as seen from the root of plain MkDocs' site."""
    return re.sub(rf"^{SITE}(?:latest|{VERSION})/", SITE, urljoin(page, value))


def parts(source: str, page: str) -> Iterator[tuple[str, ...]]:
    """All elements of a page and its comments, each with its attributes, its parents, and its own text."""
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
    """Why a part of plain MkDocs' page need not be on the handbook's page, None if it must be."""
    written = " ".join(part)
    return next((reason for reason, pattern in DIFFERENT.items() if re.match(pattern, written)), None)


#: Intended differences, by their reason: the beginning of an element with its place, its attributes and its text.
DIFFERENT = {
    "the title has the name of the version": r"head\.None title \{\} ",
    "Material's stylesheets are in that of the handbook": r"head\.None link .*/assets/stylesheets/(main|palette)\.",
    "Material's script ends with an error": r"aside\.md-banner md-banner--warning script ",
    "no page asks another host for facts of the repository": r'div\.md-(header|nav)__source a \{"class": "md-source"',
    "the handbook has an icon of its own": r'head\.None link \{"href": "\S+/assets/images/favicon\.png", "rel": "icon"\}',
    "that is all that differs": r"a\.md-source div ",
    "the number of results is read": r'div\.md-search-result div \{"class": "md-search-result__meta"\}',
    "the dialog of search has a name": r'nav\.md-header__inner md-grid div \{"class": "md-search", ',
    "the path to the page has another name than the navigation": r'div\.md-content nav \{.*"class": "md-path"',
    "lines of code are no Tab stops": r'\S+ a \{"href": "#__codelineno-[\w-]+", "id": "__codelineno-[\w-]+", ',
    "the box of a task has a name": r'label\.task-list-control input \{(?:"checked": "checked", )?"disabled": "disabled", "type": "checkbox"\} ',
    "what scripts are told is looked at below": r'body\.None script \{"id": "__config"',
}


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
