"""Pages of a charter from docs/, and mistakes in docs/."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from mkdocs.utils.meta import get_data

from charterbook.charter import Charter
from charterbook.errors import CharterbookError
from charterbook.load import load
from charterbook.pages import DocsPage, Page, Pages, collisions, page_problems, pages_of, read_docs
from charterbook.source_map import SourceMap
from tests.charters import minimal_charter

DOCS = Path(__file__).parents[2] / "docs"


def charter(**changes: Any) -> Charter:
    """The minimal charter with changes."""
    return loaded(**changes)[0]


def loaded(**changes: Any) -> tuple[Charter, SourceMap]:
    """The same with the places of its values."""
    found = load(minimal_charter(**changes).encode())
    assert found.charter is not None, found.problems
    return found.charter, found.places


def service(*ids: str) -> list[dict[str, str]]:
    """Services with these ids."""
    return [{"id": name, "name": name.title(), "summary": "A service."} for name in ids]


def docs(folder: Path, **files: str) -> Path:
    """A folder of docs/; `a__b` means the file a/b.md."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_a_section_has_a_page_where_the_charter_has_it() -> None:
    """A section that is missing, or empty, has none."""
    pages = [DocsPage("scope.md", section="scope"), DocsPage("faq.md")]
    assert pages_of(charter(), pages).urls == {"faq/"}
    assert pages_of(charter(scope={"out": []}), pages).section_url("scope") == "scope/"
    assert pages_of(charter(roadmap=[]), [DocsPage("roadmap.md", section="roadmap")]).urls == frozenset()


def test_a_page_is_made_for_each_item_beside_its_source() -> None:
    """In the order of the charter, after the pages of docs/."""
    pages = pages_of(
        charter(services=service("b", "a")),
        [DocsPage("services/each.md", for_each="services"), DocsPage("z.md")],
    )
    assert pages.pages == (
        Page("z.md", "z.md"),
        Page("services/b.md", "services/each.md", None, "services", "b"),
        Page("services/a.md", "services/each.md", None, "services", "a"),
    )


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("index.md", ""),
        ("README.md", ""),
        ("a/README.md", "a/"),
        ("a/b.c.md", "a/b.c/"),
        ("a/readme.md", "a/readme/"),
        ("how to/ä.markdown", "how%20to/%C3%A4/"),
    ],
)
def test_addresses_are_those_of_mkdocs(path: str, address: str) -> None:
    """With a slash at the end, and quoted as in a link."""
    assert Page(path, path).url == address


def test_items_are_found_on_their_own_page_or_on_their_sections() -> None:
    """A funding source is on the page of the funding; without such a page, nowhere."""
    found = pages_of(
        charter(),
        [DocsPage("money.md", section="funding"), DocsPage("s/each.md", for_each="services")],
    )
    assert found.item_url("services", "onboarding") == "s/onboarding/"
    assert found.item_url("sources", "sales") == "money/#sources-sales"
    assert found.item_url("metrics", "win-rate") is None
    assert Pages(()).section_url("funding") is None


def test_an_item_never_replaces_a_page_of_docs() -> None:
    """The page of docs/ stays, and the collision is reported; capitals do not count, as on many disks."""
    pages = [DocsPage("services/FAQ.md"), DocsPage("services/each.md", for_each="services")]
    clash = charter(services=service("faq", "index-of-all"))
    assert [(hit.kind, hit.item, hit.other) for hit in collisions(clash, pages)] == [
        ("services", "faq", "docs/services/FAQ.md")
    ]
    pages = [DocsPage("services/faq.md"), DocsPage("services/each.md", for_each="services")]
    assert {page.uri: page.source for page in pages_of(clash, pages).pages} == {
        "services/faq.md": "services/faq.md",
        "services/index-of-all.md": "services/each.md",
    }


def test_items_of_two_kinds_may_not_share_an_address() -> None:
    """Two pages with `for_each` in one folder, and an id that both kinds have."""
    pages = [DocsPage("a.md", for_each="audiences"), DocsPage("b.md", for_each="services")]
    clash = charter(services=service("sellers"))
    assert [(hit.item, hit.other) for hit in collisions(clash, pages)] == [("sellers", "docs/a.md")]


def test_a_collision_is_a_problem_at_the_items_id() -> None:
    """With line and column in charter.yml, and advice."""
    (problem,) = page_problems(*loaded(services=service("a", "faq")), read_pages())
    assert (problem.line, problem.column, problem.rule) == (8, 7, "page-collision")
    assert problem.fix == "Give the item another id, or rename docs/services/faq.md."


def read_pages() -> list[DocsPage]:
    """A docs/ with a page at the address of a service."""
    return [DocsPage("services/faq.md"), DocsPage("services/each.md", for_each="services")]


def test_docs_are_read_in_their_order_then_by_path(tmp_path: Path) -> None:
    """`order` in the front matter moves a page to the front; hidden files are none."""
    docs(tmp_path, b="# B", a="# A", z="---\norder: 1\n---\n# Z", **{".hidden": "", "c__.d__e": ""})
    assert [page.source for page in read_docs(tmp_path)] == ["z.md", "a.md", "b.md"]


def test_front_matter_says_what_a_page_is_for(tmp_path: Path) -> None:
    """Also with a byte order mark and Windows' line ends."""
    docs(
        tmp_path,
        a="\ufeff---\r\nsection: scope\r\n---\r\n# A",
        b="---\nfor_each: roles\n---\n",
        c="no front matter",
    )
    assert read_docs(tmp_path) == (
        DocsPage("a.md", section="scope"),
        DocsPage("b.md", for_each="roles"),
        DocsPage("c.md"),
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "---\nsection: scopes\n---\n",
            "docs/a.md:2:1: section: 'scopes' cannot be used; did you mean scope?",
        ),
        (
            "---\nfor_each: teams\n---\n",
            "docs/a.md:2:1: for_each: 'teams' cannot be used; available: services, audiences,",
        ),
        (
            "---\nfor_each: [services]\n---\n",
            "docs/a.md:2:1: for_each: ['services'] cannot be used; did you mean services?",
        ),
        ("---\nrequires: facts\n---\n", "docs/a.md:2:1: requires: 'facts' cannot be used; available: kept"),
        (
            "---\na: [x\n---\n",
            "docs/a.md:2:4: the closing ] is missing. End the list with ], or put text that begins with [ in quotes.",
        ),
        (
            "---\ntitle: Funding: who pays\n---\n",
            'docs/a.md:2:15: a text contains a colon followed by a space, or the indentation is off. For text, write it in quotes: title: "Funding: who pays".',
        ),
        ("---\ntitle: x\nfor-each: services\n---\n", "docs/a.md:3:1: for-each: did you mean for_each?"),
        ("---\nredirectFrom: a.md\n---\n", "docs/a.md:2:1: redirectFrom: did you mean redirect_from?"),
        ("---\norder: first\n---\n", "docs/a.md:2:1: order: 'first' is not a number, such as 2."),
        (
            "---\nredirect_from: /old/\n---\n",
            "docs/a.md:2:1: redirect_from: '/old/' is not the path of a former page, such as old.md, or a list of them.",
        ),
        (
            "---\nsection: funding\n\n# A",
            "docs/a.md:1:1: the front matter that begins here has no end; add a line with --- below its last key",
        ),
    ],
)
def test_front_matter_that_cannot_be_used_is_named(tmp_path: Path, text: str, words: str) -> None:
    """With the page, and a correction."""
    with pytest.raises(CharterbookError) as caught:
        read_docs(docs(tmp_path, a=text))
    assert words in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "[English](https://example.org/?a=b)\n\n![Picture](a.png)",
        "**Warning**: read this: first.",
        "- a list: [",
        "Text.",
        "",
    ],
)
def test_text_between_rulers_is_no_front_matter(tmp_path: Path, text: str) -> None:
    """A page can begin with them. MkDocs shows it as it is."""
    page = f"---\n\n{text}\n\n---\n\n# A\n"
    assert read_docs(docs(tmp_path, a=page)) == (DocsPage("a.md"),)
    assert get_data(page) == (page, {})


def test_a_page_that_is_no_utf8_is_named(tmp_path: Path) -> None:
    """Without a traceback, and with the place of the first such byte."""
    for data, found in ((b"# \xff", r"1:3: .*0xFF"), ("# A".encode("utf-16"), "1:1: .*it looks like UTF-16")):
        (tmp_path / "a.md").write_bytes(data)
        with pytest.raises(CharterbookError, match=rf"docs/a\.md:{found}"):
            read_docs(tmp_path)


def test_a_page_whose_name_is_no_utf8_is_named(tmp_path: Path) -> None:
    """It has no address. Without a traceback."""
    (tmp_path / os.fsdecode(b"\xff.md")).write_text("# A")
    with pytest.raises(CharterbookError, match=r"the file name b'\\xff\.md' is not UTF-8"):
        read_docs(tmp_path)


def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its pages would be missing without a word, as in MkDocs; but a disk of its own may have a folder of the system."""
    whole = docs(tmp_path / "whole", index="", **{"lost+found__x": ""})
    spoiled = docs(tmp_path / "spoiled", index="", a__b__page="")
    real = os.scandir

    def scandir(path: str) -> Any:
        if Path(path).name in ("b", "lost+found"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", scandir)
        with pytest.raises(CharterbookError, match=r"^docs/a/b/ cannot be read: Permission denied\.$"):
            read_docs(spoiled)
        assert [page.source for page in read_docs(whole)] == ["index.md"]


@pytest.mark.parametrize("encoding", ["ascii", "iso8859-1", "koi8-r"])
def test_a_locale_with_other_file_names_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    """Links to such a page would lead nowhere."""
    name = "größe.md".encode()
    docs(tmp_path, index="")
    (tmp_path / name.decode(encoding, "surrogateescape")).write_text("")
    monkeypatch.setattr(sys, "getfilesystemencoding", lambda: encoding)
    monkeypatch.setattr(os, "fsencode", lambda text: text.encode(encoding, "surrogateescape"))
    with pytest.raises(
        CharterbookError, match=rf"docs/: größe\.md: .*file names are {encoding}.*PYTHONUTF8=1"
    ):
        read_docs(tmp_path)


def test_a_readme_beside_an_index_is_no_page(tmp_path: Path) -> None:
    """As in MkDocs; alone it is the folder's page."""
    docs(tmp_path, index="", README="", a__README="")
    assert [page.source for page in read_docs(tmp_path)] == ["a/README.md", "index.md"]


def test_two_pages_may_not_share_an_address(tmp_path: Path) -> None:
    """MkDocs would let one replace the other."""
    with pytest.raises(
        CharterbookError, match=r"docs/a\.md and docs/a/index\.md would have the same address: a/"
    ):
        read_docs(docs(tmp_path, a="", a__index=""))


def test_linked_folders_are_read(tmp_path: Path) -> None:
    """MkDocs publishes the targets of symbolic links in docs/."""
    docs(tmp_path / "elsewhere", a="# A")
    docs(tmp_path / "docs", b="# B")
    (tmp_path / "docs" / "more").symlink_to(tmp_path / "elsewhere")
    assert [page.source for page in read_docs(tmp_path / "docs")] == ["b.md", "more/a.md"]


def test_the_handbooks_own_docs_have_a_page_for_every_section() -> None:
    """And for each service, audience, metric and section of one's own."""
    found = read_docs(DOCS)
    assert {page.for_each for page in found} >= {"services", "audiences", "metrics", "sections"}
    assert {page.section for page in found} >= {"mission", "funding", "review", "glossary", "roadmap"}
