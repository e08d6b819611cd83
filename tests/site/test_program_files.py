"""Files for programs: charter.json, changes.json, llms.txt, and pages as Markdown."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from markdown_it import MarkdownIt

from charterbook.charter.charter_schema import json_schema
from charterbook.export.changes_schema import schema_text
from charterbook.site.output.host_files import place_host_files
from charterbook.site.output.program_files import own_index, site_index, version_index, write_data
from charterbook.site.render.page_twin import markdown_of
from tests.site.attacks import LINES
from tests.site.editions import block, edition
from tests.site.handbooks import Built

_LINK = re.compile(r"\]\(([^)]*)\)")


def links_of(path: Path) -> list[str]:
    """The addresses in an llms.txt."""
    return _LINK.findall(path.read_text(encoding="utf-8"))


def test_each_version_has_its_data(quarters: Built) -> None:
    """By the schema that the site publishes."""
    for version in ("2025-Q1", "2025-Q2", "2025-Q4", "draft", "latest"):
        data = json.loads((quarters.site / version / "charter.json").read_text(encoding="utf-8"))
        jsonschema.validate(data, json_schema())
    assert data["services"][0]["name"] == "Ramp-up"


def test_each_page_of_changes_has_them_as_data(quarters: Built) -> None:
    """By the schema of changes, and between the same two versions."""
    pages = sorted(quarters.site.glob("2025-Q4/**/changes.json"))
    names = [str(path.parent.relative_to(quarters.site / "2025-Q4")) for path in pages]
    assert names == ["changes", "compare/2025-Q1", "compare/2025-Q2"]
    sides = []
    for path in pages:
        found = json.loads(path.read_text(encoding="utf-8"))
        jsonschema.validate(found, json.loads(schema_text()))
        sides.append((found["old"]["name"], found["new"]["name"]))
    assert sides == [("2025-Q2", "2025-Q4"), ("2025-Q1", "2025-Q4"), ("2025-Q2", "2025-Q4")]


def test_the_index_says_what_is_in_force(quarters: Built) -> None:
    """At the root; each link leads to a file of the site."""
    index = quarters.site / "llms.txt"
    assert "> In force: 2025-Q4\n" in index.read_text(encoding="utf-8")
    for address in links_of(index):
        assert (quarters.site / address).is_file(), address


def test_the_index_of_a_version_leads_to_its_pages(quarters: Built) -> None:
    """And to its data; nothing leads out of the version."""
    for version in ("2025-Q1", "2025-Q4", "draft"):
        folder = quarters.site / version
        links = links_of(folder / "llms.txt")
        assert "charter.json" in links
        assert "services/" in links
        for address in links:
            path = folder / address
            assert (path / "index.html" if address.endswith("/") else path).is_file(), address


def test_the_example_of_the_guide(quarters: Built) -> None:
    """The changes for one audience are in one file."""
    guide = (Path(__file__).parents[2] / "guide" / "papers.md").read_text(encoding="utf-8")
    code = re.search(r"```python\n# changes.py\n(.*?)```", guide, re.DOTALL)
    assert code is not None
    names: dict[str, Any] = {}
    exec(code[1], names)  # noqa: S102
    data = json.loads((quarters.site / "feeds/audiences/sellers.json").read_text(encoding="utf-8"))
    assert [step["version"] for step in data["versions"]] == ["2025-Q4", "2025-Q2", "2025-Q1"]
    everything = [change["sentence"] for step in data["versions"] for change in step["changes"]]
    assert names["changes_for"](quarters.site, "sellers", "2025-Q1") == everything
    assert names["changes_for"](quarters.site, "sellers", "2025-Q4") == []


def test_hostile_names_are_no_links() -> None:
    """A title or a name can add neither a link nor HTML to an index."""
    name = "](javascript:attacked()) <script>attacked()</script>"
    found = edition({"title": name, "services": [{"id": "a", "name": name, "summary": "x"}]})
    for text in (version_index(found, {}, twins=False), site_index([found])):
        tokens = MarkdownIt("commonmark").parse(text)
        inline = [child for token in tokens for child in token.children or []]
        assert not [one for one in (*tokens, *inline) if one.type.startswith("html")]
        links = [str(one.attrs.get("href")) for one in inline if one.type == "link_open"]
        assert links
        assert not [link for link in links if ":" in link]


def test_files_of_an_author_are_kept(tmp_path: Path) -> None:
    """An llms.txt of docs/ or of another plugin is not replaced, in a version and at the root."""
    found = edition({})
    (tmp_path / "llms.txt").write_text("# Ours\n", encoding="utf-8")
    write_data(tmp_path, found, pytest.fail, {}, twins=False)
    assert (tmp_path / "llms.txt").read_text(encoding="utf-8") == "# Ours\n"
    assert own_index(tmp_path, found) == ()
    (tmp_path / "llms.txt").unlink()
    write_data(tmp_path, found, pytest.fail, {}, twins=False)
    assert own_index(tmp_path, found) == ("llms.txt",)


def test_a_twin_has_the_words_of_its_page() -> None:
    """Each word of a block is in its Markdown, and no HTML."""
    html = block(
        edition({"services": [{"id": "a", "name": "Coaching", "summary": "Two *talks* a month."}]}),
        "service_list",
    )
    text = markdown_of(html, "Services")
    assert text.startswith("# Services\n")
    assert "Coaching" in text
    assert "Two talks a month" in text
    assert "<" not in text


@pytest.mark.parametrize("attack", LINES.values(), ids=LINES)
def test_a_twin_is_inert(attack: str) -> None:
    """Text of a charter has no effect in Markdown, as it has none in HTML."""
    service = {"id": "a", "name": attack[:200], "summary": f"x {attack}"}
    text = markdown_of(block(edition({"services": [service]}), "service_list"), "Services")
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    inline = [child for token in tokens for child in token.children or []]
    assert not [one for one in (*tokens, *inline) if one.type.startswith("html") or one.type == "image"]
    links = [str(one.attrs.get("href")) for one in inline if one.type == "link_open"]
    assert not [link for link in links if "attacked" in link or link.startswith(("javascript", "data"))]


def test_labels_of_a_page_are_words_of_its_twin() -> None:
    """Labels that only their looks keep apart are not one word; code is unchanged."""
    made = markdown_of(
        '<p><span class="cb-tag">Mid-market</span><span class="cb-tag">74 people</span></p>'
        '<pre><code><span class="k">a</span><span class="p">(</span></code></pre>',
        "T",
    )
    assert "market 74 people" in made.replace("\\", "")
    assert "a(" in made


def test_the_twin_of_a_home_page_is_in_its_version(tmp_path: Path) -> None:
    """Its links do not lead anywhere from the root, whose page is another one."""
    version, root, docs = (tmp_path / name for name in ("latest", "root", "docs"))
    for folder in (version, root, docs):
        folder.mkdir()
    for name in ("index.html", "index.md", "robots.txt"):
        (version / name).write_text(name, encoding="utf-8")
    place_host_files(root, version, None, docs, ())
    assert [one.name for one in root.iterdir()] == ["robots.txt"]
